import './sheets.css'
import { createEffect, createResource, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Segmented, Slider, Switch } from '#client/ui/field.tsx'
import { PhoneOff, Settings, Volume2 } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { Portrait } from '#client/ui/portrait.tsx'
import { LevelMeter, SignalBars } from '#client/ui/vote.tsx'
import type { Quality } from '../../../lib/livekit.ts'
import type { Voice } from '../state.ts'
import type { Speaker } from './bar.tsx'

interface SheetProps {
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

interface Devices {
  microphones: MediaDeviceInfo[]
  speakers: MediaDeviceInfo[]
}

/** Names are empty until the microphone was allowed once: such devices are left out, the default stays. */
async function readDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  const named = all.filter((device) => device.label !== '' && device.deviceId !== 'default')
  return {
    microphones: named.filter((device) => device.kind === 'audioinput'),
    speakers: named.filter((device) => device.kind === 'audiooutput'),
  }
}

/** Microphone, speaker, way to talk, and what the browser does to the sound; with a meter of the own level. */
export function DeviceSheet(props: SheetProps) {
  const [devices, { refetch }] = createResource(() => props.open || undefined, readDevices)
  const [level, setLevel] = createSignal(0)
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        const timer = setInterval(() => setLevel(props.voice.level()), 80)
        const changed = (): void => void refetch()
        navigator.mediaDevices?.addEventListener('devicechange', changed)
        onCleanup(() => {
          clearInterval(timer)
          navigator.mediaDevices?.removeEventListener('devicechange', changed)
        })
      },
    ),
  )
  const settings = () => props.voice.settings()
  return (
    <Modal open={props.open} onClose={() => props.onClose()} title={t('voice.devices')}>
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

function DevicePick(props: {
  label: string
  of: readonly MediaDeviceInfo[]
  value: string | null
  onChange: (deviceId: string | null) => void
}) {
  const known = () => props.of.some((device) => device.deviceId === props.value)
  return (
    <label class="devices-row">
      <span>{props.label}</span>
      <select
        class="devices-pick"
        value={known() ? (props.value ?? '') : ''}
        onChange={(event) => props.onChange(event.currentTarget.value || null)}
      >
        <option value="">{t('voice.defaultDevice')}</option>
        <For each={props.of}>
          {(device) => <option value={device.deviceId}>{device.label}</option>}
        </For>
      </select>
    </label>
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
