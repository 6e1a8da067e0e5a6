import './ui/base.css'
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import { render } from 'solid-js/web'
import { App } from './app/app.tsx'
import { markDocument } from './lib/i18n/i18n.ts'
import { watchErrors } from './lib/report.ts'
import { applyTheme } from './ui/theme.ts'

watchErrors()
markDocument()
applyTheme()
const root = document.querySelector('#app')
if (root) render(() => <App />, root)
