import './sheets.css'
import { createEffect, createSignal, For, on, onCleanup, onMount } from 'solid-js'
import type { Accessor } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'

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

/**
 * The devices of this browser, read again as they come and go; undefined until they are known. No resource: reading one suspends the
 * dialog around it, which takes it out of the page and the focus with it. Must be created under an owner.
 */
export function createDevices(wanted: () => boolean): Accessor<Devices | undefined> {
  const [devices, setDevices] = createSignal<Devices>()
  const read = async (): Promise<void> => {
    if (wanted()) setDevices(await readDevices())
  }
  const changed = (): void => void read()
  createEffect(on(wanted, changed))
  onMount(() => navigator.mediaDevices?.addEventListener('devicechange', changed))
  onCleanup(() => navigator.mediaDevices?.removeEventListener('devicechange', changed))
  return devices
}

/** One of them, or the browser's own choice. */
export function DevicePick(props: {
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
