import { LegalPage } from './legal/legal.tsx'

export function Page() {
  return <LegalPage name="terms" />
}
