import './settings.css'
import { createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { JSX, ParentProps } from 'solid-js'
import { t, tError } from '../lib/i18n/i18n.ts'
import { HttpRefusal, person, readPerson } from '../lib/session.ts'
import { isBoolean, keep, readKept } from '../lib/storage.ts'
import { failureOf, isWireError } from '../lib/trpc.ts'
import { readVoiceSettings, writeVoiceSettings } from '../features/voice/index.ts'
import { Button } from '../ui/button.tsx'
import { Segmented, Switch } from '../ui/field.tsx'
import { ChevronLeft, ChevronRight, LogOut, Smartphone } from '../ui/icons.ts'
import { createMedia } from '../ui/media.ts'
import { Portrait } from '../ui/portrait.tsx'
import { Kbd } from '../ui/states.tsx'
import { showRefusal } from '../ui/toast.tsx'
import { LanguageChoice, ThemeChoice } from './looks.tsx'
import { ElsewhereSheet } from './elsewhere.tsx'
import { LeaveSheet } from './settings/leave.tsx'
import { MyProfileSheet, NO_SEAT_COLOUR } from './settings/profile.tsx'

/** The same keys that the room reads. */
const HIDE_MINE_KEY = 'bapmap.hideMine'
const LETTER_KEYS_KEY = 'bapmap.letterKeys'

/** Says why something wasn't done. */
function sayFailure(error: unknown): void {
  const failure = error instanceof HttpRefusal ? error.failure : failureOf(error)
  if (isWireError(failure)) showRefusal(tError(failure))
  else showRefusal(t('rooms.offline'))
}

/** What is kept about me and on this device. Only what exists; reading makes no session. */
export function Page() {
  const [open, setOpen] = createSignal<'profile' | 'elsewhere' | 'leave' | null>(null)
  const close = (): void => void setOpen(null)
  createEffect(() => void (document.title = `${t('settings.title')} · ${t('common.appName')}`))
  onMount(() => {
    if (person() === undefined) readPerson().catch(sayFailure)
  })
  return (
    <div class="prefs-page">
      <header class="prefs-bar">
        <a class="rb" data-look="quiet" data-size="44" href="/" aria-label={t('common.goHome')}>
          <ChevronLeft size={24} />
        </a>
        <h1>{t('settings.title')}</h1>
      </header>
      <main class="prefs">
        <Me onEdit={() => setOpen('profile')} />
        <LookAndLanguage />
        <InRooms />
        <VoiceDefaults />
        <Show when={person()}>
          <ThisDevice onElsewhere={() => setOpen('elsewhere')} onLeave={() => setOpen('leave')} />
        </Show>
        <p class="prefs-foot">
          <a href="/privacy">{t('common.privacy')}</a>
          <a href="/terms">{t('common.terms')}</a>
        </p>
      </main>
      <MyProfileSheet open={open() === 'profile'} onClose={close} onFailed={sayFailure} />
      <ElsewhereSheet open={open() === 'elsewhere'} onClose={close} onFailed={sayFailure} />
      <LeaveSheet
        open={open() === 'leave'}
        onClose={close}
        onElsewhere={() => setOpen('elsewhere')}
        onFailed={sayFailure}
      />
    </div>
  )
}

function Me(props: { onEdit: () => void }) {
  const name = (): string => person()?.name || t('settings.nobody')
  return (
    <div class="prefs-me">
      <Portrait
        of={{
          name: person()?.name ?? '',
          portrait: person()?.portrait ?? null,
          colour: NO_SEAT_COLOUR,
        }}
        size={60}
      />
      <div>
        <b>{name()}</b>
        <small>{person()?.name ? t('settings.guest') : t('settings.nobodyHint')}</small>
      </div>
      <Button size={44} onClick={() => props.onEdit()} disabled={person() === undefined}>
        {t('common.edit')}
      </Button>
    </div>
  )
}

function Group(props: ParentProps<{ title: string; hint?: string }>) {
  return (
    <section class="prefs-group">
      <h2>{props.title}</h2>
      <ul>{props.children}</ul>
      <Show when={props.hint}>{(hint) => <p>{hint()}</p>}</Show>
    </section>
  )
}

function Row(
  props: ParentProps<{ title: string; hint?: JSX.Element; icon?: JSX.Element; stacked?: boolean }>,
) {
  return (
    <li data-stacked={props.stacked ? '' : undefined}>
      {props.icon}
      <span>
        <b>{props.title}</b>
        <Show when={props.hint}>{(hint) => <small>{hint()}</small>}</Show>
      </span>
      {props.children}
    </li>
  )
}

function LookAndLanguage() {
  return (
    <Group title={t('settings.look')}>
      <Row title={t('common.language')} stacked>
        <LanguageChoice onFailed={sayFailure} />
      </Row>
      <Row title={t('common.theme')} stacked>
        <ThemeChoice />
      </Row>
    </Group>
  )
}

/** A switch whose state is kept on this device. */
function createKept(key: string, otherwise: boolean) {
  const [on, setOn] = createSignal(readKept(key, isBoolean) ?? otherwise)
  const set = (next: boolean): void => {
    keep(key, next)
    setOn(next)
  }
  return [on, set] as const
}

function InRooms() {
  const [hides, setHides] = createKept(HIDE_MINE_KEY, false)
  const [letters, setLetters] = createKept(LETTER_KEYS_KEY, true)
  const hasKeyboard = createHasKeyboard()
  return (
    <Group title={t('settings.inRooms')}>
      <Row title={t('rooms.hideMine')} hint={t('rooms.hideMineHint')}>
        <Switch label={t('rooms.hideMine')} checked={hides()} onChange={setHides} />
      </Row>
      <Show when={hasKeyboard()}>
        <Row title={t('settings.shortcuts')} hint={<Shortcuts />}>
          <Switch label={t('settings.shortcuts')} checked={letters()} onChange={setLetters} />
        </Row>
      </Show>
    </Group>
  )
}

/** No device tells of its keyboard: where a mouse comes first there is one, and elsewhere once a key is pressed outside a field. */
function createHasKeyboard(): () => boolean {
  const mouse = createMedia('(pointer: fine)')
  const [pressed, setPressed] = createSignal(false)
  const press = ({ target }: KeyboardEvent): void => {
    if (!(target instanceof HTMLInputElement)) setPressed(true)
  }
  document.addEventListener('keydown', press)
  onCleanup(() => document.removeEventListener('keydown', press))
  return () => mouse() || pressed()
}

const LETTERS = [
  ['V', 'settings.keyVote'],
  ['N', 'settings.keyPass'],
  ['P', 'settings.keyPing'],
] as const

function Shortcuts() {
  return (
    <>
      {t('settings.shortcutsHint')}
      <span class="prefs-keys">
        <For each={LETTERS}>
          {([key, does]) => (
            <span>
              <Kbd>{key}</Kbd> {t(does)}
            </span>
          )}
        </For>
      </span>
    </>
  )
}

function VoiceDefaults() {
  const [voice, setVoice] = createSignal(readVoiceSettings())
  const change = (part: Partial<ReturnType<typeof voice>>): void => {
    // Read anew: a room in another tab may have changed volumes since.
    setVoice(writeVoiceSettings({ ...readVoiceSettings(), ...part }))
  }
  return (
    <Group title={t('settings.voice')} hint={t('settings.voiceHint')}>
      <Row title={t('voice.way')} stacked>
        <Segmented<'open' | 'push'>
          label={t('voice.way')}
          value={voice().mode}
          options={[
            { value: 'open', label: t('voice.wayOpen') },
            { value: 'push', label: t('voice.wayPush') },
          ]}
          onChange={(mode) => change({ mode })}
        />
      </Row>
      <Row title={t('voice.echo')}>
        <Switch
          label={t('voice.echo')}
          checked={voice().echoCancellation}
          onChange={(echoCancellation) => change({ echoCancellation })}
        />
      </Row>
      <Row title={t('voice.noise')}>
        <Switch
          label={t('voice.noise')}
          checked={voice().noiseSuppression}
          onChange={(noiseSuppression) => change({ noiseSuppression })}
        />
      </Row>
    </Group>
  )
}

function ThisDevice(props: { onElsewhere: () => void; onLeave: () => void }) {
  return (
    <Group title={t('settings.device')}>
      <li>
        <button
          type="button"
          class="prefs-act"
          aria-haspopup="dialog"
          onClick={() => props.onElsewhere()}
        >
          <Smartphone size={20} />
          <span>
            <b>{t('rooms.otherBrowser')}</b>
            <small>{t('settings.elsewhereHint')}</small>
          </span>
          <ChevronRight size={20} />
        </button>
      </li>
      <li>
        <button
          type="button"
          class="prefs-act"
          data-danger
          aria-haspopup="dialog"
          onClick={() => props.onLeave()}
        >
          <LogOut size={20} />
          <span>
            <b>{t('settings.leave')}</b>
            <small>{t('settings.leaveHint')}</small>
          </span>
          <ChevronRight size={20} />
        </button>
      </li>
    </Group>
  )
}
