import { Route, Router, useLocation } from '@solidjs/router'
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  lazy,
  on,
  onCleanup,
  Show,
  Suspense,
  untrack,
} from 'solid-js'
import type { Component, ParentProps } from 'solid-js'
import { t } from '../lib/i18n/i18n.ts'
import { onUncaught, reportError } from '../lib/report.ts'
import { ButtonLink } from '../ui/button.tsx'
import { holdFocusInMain } from '../ui/focus.ts'
import { SearchX } from '../ui/icons.ts'
import { StatePage } from '../ui/states.tsx'
import { showRefusal, Toaster } from '../ui/toast.tsx'
import { BrokenPage } from './broken.tsx'
import { heldVoice, keepsVoice } from './heldVoice.ts'

/** Each page is a file of its own, loaded when it is opened; a page that doesn't exist yet has no route. */
const pages = import.meta.glob<{ Page: Component }>(['./*.page.tsx', '!./ui.page.tsx'])
const ROUTES: readonly [path: string, page: string][] = [
  ['/', 'home'],
  ['/r/:code', 'room'],
  ['/d/:id', 'decision'],
  ['/map', 'map'],
  ['/place/:id', 'place'],
  ['/island', 'island'],
  ['/settings', 'settings'],
  ['/continue', 'continue'],
  ['/privacy', 'privacy'],
  ['/terms', 'terms'],
]

// The condition is a constant, so that the build drops its import.
const board = import.meta.env.DEV ? (
  <Route
    path="/ui"
    component={lazy(async () => ({ default: (await import('./ui.page.tsx')).UiPage }))}
  />
) : null

function routeOf([path, name]: readonly [string, string]) {
  const load = pages[`./${name}.page.tsx`]
  return (
    load && <Route path={path} component={lazy(async () => ({ default: (await load()).Page }))} />
  )
}

/** Routes, and what every page has: toasts, and a way on from whatever breaks. */
export function App() {
  return (
    <Router root={Shell}>
      {ROUTES.map(routeOf)}
      {board}
      <Route path="*" component={NothingHere} />
    </Router>
  )
}

function Shell(props: ParentProps) {
  const location = useLocation()
  createEffect(
    on(
      () => location.pathname,
      () => onCleanup(holdFocusInMain()),
      { defer: true },
    ),
  )
  onCleanup(onUncaught((id) => showRefusal(t('errors.unexpected', { id }))))
  return (
    <>
      <ErrorBoundary fallback={(error: unknown, retry) => <Broken error={error} retry={retry} />}>
        <Suspense>{props.children}</Suspense>
      </ErrorBoundary>
      <TalkOn />
      <Toaster />
    </>
  )
}

const HeldVoiceBar = lazy(async () => ({
  default: (await import('./heldVoiceBar.tsx')).HeldVoiceBar,
}))

/** A group that looks at its result goes on talking; whoever goes anywhere else has left. */
function TalkOn() {
  const location = useLocation()
  const apart = () => {
    const held = heldVoice()
    const company = held?.aside()
    return held && company ? { held, company } : null
  }
  createEffect(() => {
    const now = apart()
    if (now && !keepsVoice(location.pathname, now.held)) now.held.end()
  })
  return (
    <Show when={apart()}>
      {(now) => (
        <Suspense>
          <HeldVoiceBar held={now().held} company={now().company} />
        </Suspense>
      )}
    </Show>
  )
}

/** A page of an older release may name files that are gone: that is mended by loading it anew, once. */
function isGoneChunk(error: unknown): boolean {
  return (
    error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)
  )
}

function Broken(props: { error: unknown; retry: () => void }) {
  const [id, setId] = createSignal<string | null>(null)
  const gone = untrack(() => isGoneChunk(props.error))
  if (!gone) setId(untrack(() => reportError(props.error)))
  return <BrokenPage id={id()} onRetry={() => (gone ? location.reload() : props.retry())} />
}

function NothingHere() {
  return (
    <StatePage
      page
      icon={<SearchX size={26} />}
      title={t('errors.not_found')}
      text={t('common.nothingText')}
      actions={
        <Show when={pages['./home.page.tsx']}>
          <ButtonLink href="/">{t('common.goHome')}</ButtonLink>
        </Show>
      }
    />
  )
}
