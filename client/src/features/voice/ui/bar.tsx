import './bar.css'
import { createMemo, createSignal, Match, onCleanup, onMount, Show, Switch } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button, IconButton } from '#client/ui/button.tsx'
import { Headphones, Mic, MicOff, Phone, PhoneOff, Settings, Volume2 } from '#client/ui/icons.ts'
import { Portrait, PortraitStack } from '#client/ui/portrait.tsx'
import type { Sitter } from '#client/ui/portrait.tsx'
import { LevelMeter, Wave } from '#client/ui/vote.tsx'
import { createSpaceToTalk } from '../state.space.ts'
import type { Voice } from '../state.ts'

export interface Speaker extends Sitter {
  personId: string
}

export interface VoiceBarProps {
  voice: Voice
  /** dock: the phone's lower edge; pill: floating on a larger screen. */
  layout: 'dock' | 'pill'
  me: Speaker
  /** Who is in voice as far as presence tells, without me. */
  inside: readonly Speaker[]
  /** Who speaks now, the latest first, without me. */
  speakers: readonly Speaker[]
  /** Moves the map to who is speaking; without it there is no map to move. */
  onJump?: (personId: string) => void
  onSounds: () => void
  onDevices: () => void
  onHelp: () => void
  /** Offers the check of the microphone beside joining. */
  onCheck?: (() => void) | undefined
}

const METER_EVERY_MS = 80
const LONG_PRESS_MS = 450

/** Voice in one line: join, microphone, who speaks, and every way in which it can't be had. */
export function VoiceBar(props: VoiceBarProps) {
  createSpaceToTalk(() => props.voice)
  const phase = () => props.voice.phase()
  const joined = () => phase() === 'in' || phase() === 'reconnecting'
  return (
    <div class="voice" data-layout={props.layout} data-phase={phase()}>
      <Switch>
        <Match when={phase() === 'unavailable'}>
          <span class="voice-mic" aria-hidden="true">
            <PhoneOff size={22} />
          </span>
          <p class="voice-note">
            <b>{t('voice.unavailable')}</b>
            {t('voice.unavailableHint')}
          </p>
          <CheckButton onCheck={props.onCheck} />
        </Match>
        <Match when={phase() === 'elsewhere'}>
          <p class="voice-note">
            <b>{t('voice.otherTab')}</b>
          </p>
          <Button onClick={() => void props.voice.moveHere()}>{t('voice.moveHere')}</Button>
        </Match>
        <Match when={joined() && props.voice.soundBlocked()}>
          <Button
            look="pri"
            size={56}
            grow
            icon={<Volume2 size={20} />}
            onClick={() => void props.voice.startSound()}
          >
            {t('voice.soundBlocked')}
          </Button>
        </Match>
        <Match when={joined() && props.voice.microphone() !== 'ok'}>
          <MicButton voice={props.voice} />
          <p class="voice-note" data-tone="warn" role="alert">
            <b>
              {t(
                props.voice.microphone() === 'denied' ? 'voice.blockedTitle' : 'voice.missingTitle',
              )}
            </b>
            {t('voice.blockedHint')}
          </p>
          <Button onClick={() => props.onHelp()}>{t('voice.blockedHow')}</Button>
        </Match>
        <Match when={joined()}>
          <MicButton voice={props.voice} />
          <SpeakerPill {...props} />
        </Match>
        <Match when={true}>
          <JoinPill {...props} />
          <CheckButton onCheck={props.onCheck} />
        </Match>
      </Switch>
      <Show when={joined() && props.layout === 'pill'}>
        <IconButton label={t('voice.perPerson')} onClick={() => props.onSounds()}>
          <Headphones size={20} />
        </IconButton>
        <IconButton label={t('voice.devices')} onClick={() => props.onDevices()}>
          <Settings size={20} />
        </IconButton>
        <Button onClick={() => void props.voice.leave()}>{t('voice.leave')}</Button>
      </Show>
    </div>
  )
}

function CheckButton(props: { onCheck: (() => void) | undefined }) {
  return (
    <Show when={props.onCheck}>
      {(check) => (
        <Button class="voice-check" aria-haspopup="dialog" onClick={() => check()()}>
          {t('voice.check')}
        </Button>
      )}
    </Show>
  )
}

function JoinPill(props: VoiceBarProps) {
  return (
    <button
      type="button"
      class="voice-pill"
      data-join=""
      aria-busy={props.voice.phase() === 'joining' || undefined}
      onClick={() => void props.voice.join()}
    >
      <Phone size={20} />
      <span class="voice-words">
        <b>
          <span>{t(props.voice.phase() === 'joining' ? 'voice.joining' : 'voice.join')}</span>
        </b>
        <Show when={props.inside.length > 0}>
          <small>{t('voice.together', { count: props.inside.length })}</small>
        </Show>
      </span>
      <PortraitStack of={props.inside} size={28} most={3} />
    </button>
  )
}

/** Open microphone: a switch. Push to talk: held by pointer, Space or Enter. */
function MicButton(props: { voice: Voice }) {
  const push = () => props.voice.settings().mode === 'push'
  const [level, setLevel] = createSignal(0)
  onMount(() => {
    const timer = setInterval(
      () => setLevel(props.voice.open() ? props.voice.level() : 0),
      METER_EVERY_MS,
    )
    onCleanup(() => clearInterval(timer))
  })
  const hold = (event: PointerEvent & { currentTarget: HTMLButtonElement }): void => {
    if (!push() || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    void props.voice.push(true)
  }
  const key = (event: KeyboardEvent, held: boolean): void => {
    if (!push() || (event.key !== ' ' && event.key !== 'Enter') || event.repeat) return
    event.preventDefault()
    void props.voice.push(held)
  }
  const look = () => {
    if (props.voice.microphone() !== 'ok') return 'blocked'
    if (!props.voice.open()) return 'off'
    return push() ? 'push' : 'open'
  }
  const label = () => {
    if (push()) return t('voice.pushToTalk')
    return t(props.voice.open() ? 'voice.mute' : 'voice.unmute')
  }
  return (
    <button
      type="button"
      class="voice-mic"
      data-mic={look()}
      aria-label={label()}
      aria-pressed={props.voice.open()}
      onClick={() => {
        if (!push()) void props.voice.setOpen(!props.voice.open())
      }}
      onPointerDown={hold}
      onPointerUp={() => void props.voice.push(false)}
      onPointerCancel={() => void props.voice.push(false)}
      onContextMenu={(event) => {
        if (push()) event.preventDefault()
      }}
      onKeyDown={(event) => key(event, true)}
      onKeyUp={(event) => key(event, false)}
      onBlur={() => void props.voice.push(false)}
    >
      <Show when={props.voice.open()} fallback={<MicOff size={22} />}>
        <Mic size={22} />
        <LevelMeter level={Math.sqrt(level())} label={t('voice.levelMeter')} dots />
      </Show>
    </button>
  )
}

/** Who speaks: a tap goes there, a long press opens everybody's volume. */
function SpeakerPill(props: VoiceBarProps) {
  const mine = () =>
    props.voice.open() && (props.voice.speaking() || props.voice.settings().mode === 'push')
  const first = createMemo<Speaker | undefined>(
    () => props.speakers[0] ?? (mine() ? props.me : undefined),
  )
  const title = () => {
    if (props.voice.phase() === 'reconnecting') return t('voice.reconnecting')
    if (props.speakers.length > 0) return props.speakers.map((speaker) => speaker.name).join(', ')
    return mine() ? t('voice.iSpeak') : t('voice.nobodySpeaks')
  }
  const hint = () => {
    const [speaker] = props.speakers
    if (speaker && props.onJump) return t('voice.jumpTo', { name: speaker.name })
    if (mine() && props.voice.settings().mode === 'push') return t('voice.releaseToMute')
    if (props.layout === 'pill' && props.voice.settings().mode === 'push')
      return t('voice.holdSpace')
    return t('voice.together', { count: props.inside.length + 1 })
  }
  let pressed: ReturnType<typeof setTimeout> | undefined
  let opened = false
  const press = (): void => {
    opened = false
    pressed = setTimeout(() => {
      opened = true
      props.onSounds()
    }, LONG_PRESS_MS)
  }
  const tap = (): void => {
    clearTimeout(pressed)
    const [speaker] = props.speakers
    if (opened) opened = false
    else if (speaker && props.onJump) props.onJump(speaker.personId)
    else props.onSounds()
  }
  onCleanup(() => clearTimeout(pressed))
  return (
    <button
      type="button"
      class="voice-pill"
      aria-haspopup="dialog"
      onPointerDown={press}
      onPointerUp={() => clearTimeout(pressed)}
      onPointerCancel={() => clearTimeout(pressed)}
      onContextMenu={(event) => event.preventDefault()}
      onClick={tap}
    >
      <Show
        when={first()}
        fallback={<PortraitStack of={[props.me, ...props.inside]} size={32} most={3} />}
      >
        {(speaker) => <Portrait of={speaker()} size={36} ring />}
      </Show>
      <span class="voice-words">
        <b>
          <span>{title()}</span>
          <Show when={first()}>
            <Wave />
          </Show>
        </b>
        <small>{hint()}</small>
      </span>
    </button>
  )
}
