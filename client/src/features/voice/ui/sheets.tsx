import './sheets.css'
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Segmented, Slider, Switch } from '#client/ui/field.tsx'
import { Mic, PhoneOff, Settings, Volume2 } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { Portrait } from '#client/ui/portrait.tsx'
import { LevelMeter, SignalBars } from '#client/ui/vote.tsx'
import type { Quality } from '../../../lib/livekit.ts'
import type { Voice } from '../state.ts'
import type { Speaker } from './bar.tsx'
import { createDevices, DevicePick } from './devices.tsx'

export interface SheetProps {
  voice: Voice
  open: boolean
  onClose: () => void
}

const VOLUME_MAX_PERCENT = 150
const qualityText = {
  good: 'common.signalGood',
  fair: 'common.signalFair',
  poor: 'common.signalPoor',
} as const

/** One person's volume, for me alone. `named`: who it is stands above already. */
export function VolumeRow(props: {
  voice: Voice
  of: Speaker
  quality?: Quality
  named?: boolean
}) {
  const percent = () => Math.round(props.voice.volumeOf(props.of.personId) * 100)
  const say = (value: number) => (value === 0 ? t('voice.off') : t('voice.percent', { value }))
  return (
    <li class="volume">
      <Show when={!props.named} fallback={<Volume2 size={20} class="justify-self-center" />}>
        <Portrait of={props.of} size={36} />
      </Show>
      <b>{props.named ? t('voice.volume') : props.of.name}</b>
      <Slider
        label={t('voice.volumeOf', { name: props.of.name })}
        value={percent()}
        max={VOLUME_MAX_PERCENT}
        step={5}
        say={say}
        onChange={(value) => props.voice.setVolume(props.of.personId, value / 100)}
      />
      <span class="tn">{say(percent())}</span>
      <Show when={props.quality}>
        {(quality) => <SignalBars quality={quality()} label={t(qualityText[quality()])} />}
      </Show>
    </li>
  )
}

/** Everybody's volume; the way to devices, and out of voice on a phone. */
export function SoundSheet(
  props: SheetProps & { inside: readonly Speaker[]; onDevices: () => void },
) {
  const qualityOf = (personId: string): Quality =>
    props.voice.peers().find((peer) => peer.personId === personId)?.quality ?? 'good'
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={t('voice.sounds')}
      footer={
        <>
          <Button icon={<Settings size={18} />} onClick={() => props.onDevices()}>
            {t('voice.devices')}
          </Button>
          <Button
            icon={<PhoneOff size={18} />}
            grow
            onClick={() => {
              props.onClose()
              void props.voice.leave()
            }}
          >
            {t('voice.leave')}
          </Button>
        </>
      }
    >
      <p class="text-13 text-ink-2">
        {t(props.inside.length > 0 ? 'voice.soundsHint' : 'voice.nobodyElse')}
      </p>
      <ul>
        <For each={props.inside}>
          {(person) => (
            <VolumeRow voice={props.voice} of={person} quality={qualityOf(person.personId)} />
          )}
        </For>
      </ul>
    </Modal>
  )
}

/** Microphone, speaker, way to talk, and what the browser does to the sound; with a meter of the own level. */
export function DeviceSheet(props: SheetProps & { onCheck: () => void }) {
  const devices = createDevices(() => props.open)
  const [level, setLevel] = createSignal(0)
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        const timer = setInterval(() => setLevel(props.voice.level()), 80)
        onCleanup(() => clearInterval(timer))
      },
    ),
  )
  const settings = () => props.voice.settings()
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={t('voice.devices')}
      footer={
        <Button icon={<Mic size={18} />} grow onClick={() => props.onCheck()}>
          {t('voice.check')}
        </Button>
      }
    >
      <div class="devices">
        <DevicePick
          label={t('voice.microphone')}
          of={devices()?.microphones ?? []}
          value={settings().microphone}
          onChange={(microphone) => void props.voice.change({ microphone })}
        />
        <div class="devices-row">
          <span>{t('voice.levelMeter')}</span>
          <LevelMeter level={Math.sqrt(level())} label={t('voice.levelMeter')} />
        </div>
        <Show when={(devices()?.speakers.length ?? 0) > 0}>
          <DevicePick
            label={t('voice.speaker')}
            of={devices()?.speakers ?? []}
            value={settings().speaker}
            onChange={(speaker) => void props.voice.change({ speaker })}
          />
        </Show>
        <Segmented
          label={t('voice.way')}
          value={settings().mode}
          options={[
            { value: 'open', label: t('voice.wayOpen') },
            { value: 'push', label: t('voice.wayPush') },
          ]}
          onChange={(mode) => void props.voice.change({ mode })}
        />
        <div class="devices-row">
          <span>{t('voice.noise')}</span>
          <Switch
            label={t('voice.noise')}
            checked={settings().noiseSuppression}
            onChange={(noiseSuppression) => void props.voice.change({ noiseSuppression })}
          />
        </div>
        <div class="devices-row">
          <span>{t('voice.echo')}</span>
          <Switch
            label={t('voice.echo')}
            checked={settings().echoCancellation}
            onChange={(echoCancellation) => void props.voice.change({ echoCancellation })}
          />
        </div>
      </div>
    </Modal>
  )
}

/** How to allow the microphone, in the words of what was refused. */
export function MicrophoneHelp(props: SheetProps) {
  const retry = (): void => {
    props.onClose()
    void props.voice.setOpen(true)
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={t('voice.helpTitle')}
      footer={
        <Button look="pri" size={56} grow onClick={retry}>
          {t('voice.tryAgain')}
        </Button>
      }
    >
      <div class="grid gap-3 text-15">
        <p>
          {t(props.voice.microphone() === 'missing' ? 'voice.helpMissing' : 'voice.helpDenied')}
        </p>
        <Show when={props.voice.microphone() === 'denied'}>
          <p class="text-ink-2">{t('voice.helpInApp')}</p>
        </Show>
      </div>
    </Modal>
  )
}
