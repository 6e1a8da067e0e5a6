import { render } from 'solid-js/web'
import { App } from './app.tsx'
import { markDocument } from '../lib/i18n/i18n.ts'
import { watchErrors } from '../lib/report.ts'
import { applyTheme } from '../ui/theme.ts'

/** Puts the app into the page. */
export function boot(): void {
  watchErrors()
  markDocument()
  applyTheme()
  const root = document.querySelector('#app')
  if (root) render(() => <App />, root)
}
