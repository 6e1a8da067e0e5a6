import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { createQuery } from '@tanstack/solid-query'
import { dishOf } from '#shared/dishes.ts'
import { walkMinutes } from '#shared/geo.measure.ts'
import type { LatLng } from '#shared/geo.ts'
import type { PlaceHit } from '#shared/places.ts'
import type { ShareTextReading } from '#shared/rooms.ts'
import { roomsApi } from '../../features/rooms/index.ts'
import type { Proposition } from '../../features/rooms/index.ts'
import { formatPrice, formatWalk } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { queryOptions } from '../../lib/query.ts'
import { trpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dish, NumberMark } from '../../ui/dish.tsx'
import { SearchField, TextField } from '../../ui/field.tsx'
import { MapPin, Plus } from '../../ui/icons.ts'
import { Modal } from '../../ui/modal.tsx'
import { SkeletonRows, createPatience } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { RoomMapHandle } from './map.tsx'
import { useScene } from './scene.ts'

export interface ProposeProps {
  open: boolean
  /** Where a pin was dropped; null: search. */
  pin: LatLng | null
  map: RoomMapHandle | undefined
  onPin: (at: LatLng | null) => void
  onClose: () => void
}

const TYPING_REST_MS = 220
/** What map apps share is a link or several lines; a search is neither. */
const SHARED = /https?:\/\/|\n|\[(네이버|카카오)/

/** Puts a place forward: by search, by a pin with a name, by what a map app shared. */
export function ProposeSheet(props: ProposeProps) {
  const scene = useScene()
  const [extras, setExtras] = createSignal<ShareTextReading | null>(null)
  const close = (): void => {
    setExtras(null)
    props.onClose()
  }
  const put = async (what: Proposition, name: string, link?: string): Promise<boolean> => {
    const key = crypto.randomUUID()
    let number = 0
    const done = await scene.attempt(async () => {
      const made = await roomsApi.propose(scene.roomId, key, what, link ? { link } : {})
      number = made.number
    })
    if (!done) return false
    showToast(t('rooms.placed', { number, name }))
    close()
    const at = scene.standing().find((candidate) => candidate.number === number)
    if (at) props.map?.show(at)
    return true
  }
  const here = (): LatLng | undefined => {
    const bounds = props.map?.layer.camera.freeBounds()
    return bounds && { lat: (bounds.south + bounds.north) / 2, lng: (bounds.west + bounds.east) / 2 }
  }
  return (
    <Modal open={props.open} onClose={close} title={t('places.add')} class="propose" width={520}>
      <Show
        when={props.pin}
        fallback={
          <SearchPlaces
            near={here()}
            onPut={(hit) => put({ kind: 'place', placeId: hit.id }, hit.name)}
            onPin={() => props.onPin(here() ?? null)}
            onShared={(reading) => {
              setExtras(reading)
              props.onPin(here() ?? null)
            }}
          />
        }
      >
        {(at) => <NamePin reading={extras()} onPut={(name) => put({ kind: 'pin', name, ...at(), category: 'other' }, name, extras()?.link ?? undefined)} />}
      </Show>
      <Allowance />
    </Modal>
  )
}

/** How many more I may put forward; the reason when it is none. */
function Allowance() {
  const scene = useScene()
  const left = (): number => {
    const most = scene.rights() === false ? scene.config.limits.CANDIDATES_PER_PERSON : scene.config.limits.CANDIDATES_PER_HOST
    const mine = scene.standing().filter(({ proposerSeat }) => proposerSeat === scene.me().seat).length
    return Math.max(0, Math.min(most - mine, scene.config.limits.CANDIDATES_PER_ROOM - scene.standing().length))
  }
  return <p class="pt-4 pb-2 text-center text-13 text-ink-2">{left() > 0 ? t('rooms.moreAllowed', { count: left() }) : t('rooms.moreAllowedNone')}</p>
}

function SearchPlaces(props: { near: LatLng | undefined; onPut: (hit: PlaceHit) => Promise<boolean>; onPin: () => void; onShared: (reading: ShareTextReading) => void }) {
  const scene = useScene()
  const [typed, setTyped] = createSignal('')
  const [asked, setAsked] = createSignal('')
  const near = props.near
  let timer = 0
  createEffect(
    on(typed, (text) => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => setAsked(text.trim().slice(0, 80)), TYPING_REST_MS)
    }),
  )
  const found = createQuery(() => ({
    ...queryOptions(['places.search'], trpc.places.search, { q: asked() || ' ', near, limit: 20 }),
    enabled: asked() !== '' && !SHARED.test(typed()),
    placeholderData: (before) => before,
  }))
  const waits = createPatience(() => found.isFetching && !found.data)
  const read = async (text: string): Promise<void> => {
    await scene.attempt(async () => props.onShared(await roomsApi.readShareText(text)))
  }
  const input = (text: string): void => {
    setTyped(text)
    if (SHARED.test(text)) void read(text)
  }
  return (
    <div class="flex flex-col gap-2">
      <SearchField
        label={t('places.add')}
        placeholder={t('places.searchPlaceholder')}
        value={typed()}
        onInput={input}
        autofocus
        // A field of one line folds what is pasted into one: its lines are read first.
        onPaste={(event: ClipboardEvent) => {
          const text = event.clipboardData?.getData('text') ?? ''
          if (!SHARED.test(text)) return
          event.preventDefault()
          void read(text)
        }}
      />
      <Show when={waits()}>
        <SkeletonRows rows={3} label={t('common.loading')} />
      </Show>
      <ul class="flex flex-col" aria-live="polite" aria-busy={found.isFetching}>
        <For each={asked() === '' ? [] : found.data?.hits}>{(hit) => <Hit hit={hit} words={asked()} onPut={() => props.onPut(hit)} />}</For>
      </ul>
      <Show when={asked() !== '' && found.data?.hits.length === 0}>
        <p class="px-3 py-2 text-14 text-ink-2" role="status">
          {found.data?.known ? t('places.noneFound') : t('places.noneKnown')}
        </p>
      </Show>
      <div class="flex flex-wrap gap-2 pt-1">
        <Button icon={<MapPin size={18} />} onClick={() => props.onPin()}>
          {t('places.dropPin')}
        </Button>
      </div>
      <p class="px-1 text-13 text-ink-2">{t('rooms.pasteHint')}</p>
    </div>
  )
}

function Hit(props: { hit: PlaceHit; words: string; onPut: () => Promise<boolean> }) {
  const scene = useScene()
  const [busy, setBusy] = createSignal(false)
  const known = () => scene.standing().find(({ placeId }) => placeId === props.hit.id)
  const metres = () => {
    const distance = scene.distanceOf({ ...props.hit } as never)
    return distance ?? props.hit.distanceM
  }
  const about = (): string =>
    [props.hit.price === null ? '' : formatPrice(props.hit.price), metres() === null ? '' : formatWalk(walkMinutes(metres() ?? 0)), props.hit.menu ?? props.hit.address ?? '']
      .filter((part) => part !== '')
      .join(' · ')
  const put = async (): Promise<void> => {
    setBusy(true)
    await props.onPut()
    setBusy(false)
  }
  return (
    <li class="flex min-h-16 items-center gap-3 py-2">
      <Dish name={dishOf(props.hit)} size={48} flat />
      <span class="min-w-0 flex-1">
        <b class="block text-16 font-semi">
          <Marked text={props.hit.name} words={props.words} />
        </b>
        <small class="tn line-clamp-1 block text-13 text-ink-2">{about()}</small>
      </span>
      <Show
        when={known()}
        fallback={
          <Button icon={<Plus size={18} />} busy={busy()} onClick={() => void put()} aria-label={t('rooms.putName', { name: props.hit.name })}>
            {t('places.putForward')}
          </Button>
        }
      >
        {(candidate) => (
          <span class="flex items-center gap-1.5 text-13 text-ink-2">
            <NumberMark number={candidate().number} />
            {t('places.isCandidate')}
          </span>
        )}
      </Show>
    </li>
  )
}

/** What was searched for, marked where it stands in the name. */
function Marked(props: { text: string; words: string }) {
  const at = () => props.text.toLocaleLowerCase().indexOf(props.words.toLocaleLowerCase())
  return (
    <Show when={at() >= 0} fallback={props.text}>
      {props.text.slice(0, at())}
      <mark>{props.text.slice(at(), at() + props.words.length)}</mark>
      {props.text.slice(at() + props.words.length)}
    </Show>
  )
}

function NamePin(props: { reading: ShareTextReading | null; onPut: (name: string) => Promise<boolean> }) {
  const [name, setName] = createSignal(props.reading?.name ?? '')
  const [busy, setBusy] = createSignal(false)
  const put = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    await props.onPut(name())
    setBusy(false)
  }
  return (
    <form class="flex flex-col gap-3" onSubmit={(event) => void put(event)}>
      <p class="text-14 text-ink-2">{props.reading ? t('rooms.pasteFound', { name: props.reading.name }) : t('rooms.pinHint')}</p>
      <TextField label={t('places.pinName')} labelShown value={name()} onInput={setName} autofocus />
      <Button type="submit" look="pri" size={56} busy={busy()} icon={<Plus size={20} />}>
        {t('places.putForward')}
      </Button>
    </form>
  )
}
