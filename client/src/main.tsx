import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './ui/base.css'
import { render } from 'solid-js/web'
import { markDocument } from './lib/i18n/i18n.ts'
import { applyTheme } from './ui/theme.ts'

markDocument()
applyTheme()

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')

// The board of primitives exists in development only: the condition is a constant, so the build drops its import.
if (import.meta.env.DEV && location.pathname === '/ui') {
  const { UiPage } = await import('./app/ui.page.tsx')
  render(() => <UiPage />, root)
}
