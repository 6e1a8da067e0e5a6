import { A } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import { limits } from '#shared/limits.ts'
import { foldText } from '#shared/places.fold.ts'
import { parseHours } from '#shared/places.hours.ts'
import { cleanPlaceName } from '#shared/places.details.ts'
import { categories, categorySchema } from '#shared/places.ts'
import type { Category, Place, PlaceHit } from '#shared/places.ts'
import { graphemeCount } from '#shared/users.names.ts'
import { placesApi } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormSheet } from '../../ui/formSheet.tsx'
import { ChevronDown, MapPin } from '../../ui/icons.ts'
import { Banner, Notice } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { say } from '../home/say.ts'
import { useExplore } from './explore.ts'
import type { Explore } from './explore.ts'

/** Adds what the map lacks: first where, then what. */
export function AddPlace() {
  const explore = useExplore()
  const adding = () => explore.adding()
  const cancel = (): void => explore.setAdding(null)
  return (
    <>
      <Show when={adding()?.at === null && adding()}>
        {(wish) => (
          <div
            class="explore-where"
            style={{
              left: `${explore.layout.padding().left}px`,
              right: `${explore.layout.padding().right}px`,
              top: `${explore.layout.padding().top}px`,
              bottom: `${explore.layout.padding().bottom}px`,
            }}
          >
            <i aria-hidden="true">
              <MapPin size={40} />
            </i>
            <Banner
              tone="calm"
              icon={<MapPin size={20} />}
              title={t('explore.addWhere')}
              action={
                <Button look="txt" size={36} onClick={cancel}>
                  {t('common.cancel')}
                </Button>
              }
            />
            <Button
              look="pri"
              size={56}
              onClick={() => explore.setAdding({ ...wish(), at: explore.middle() })}
            >
              {t('explore.addHere')}
            </Button>
          </div>
        )}
      </Show>
      <Form />
    </>
  )
}

const REST_MS = 350
const SIMILAR_M = 250
const SIMILAR_MOST = 3

/** Known places near by whose name says the same, as one types. */
function createSimilar(name: () => string, at: () => LatLng | null) {
  const [similar, setSimilar] = createSignal<readonly PlaceHit[]>([])
  const isSame = (hit: PlaceHit, wanted: string): boolean => {
    const known = foldText(hit.name)
    return (
      (hit.distanceM ?? Infinity) <= SIMILAR_M && (known.includes(wanted) || wanted.includes(known))
    )
  }
  createEffect(
    on([name, at], ([text, near]) => {
      const wanted = foldText(text)
      if (!near || wanted.length < 2) return void setSimilar([])
      const asked = new AbortController()
      const timer = setTimeout(() => {
        placesApi.searchPlaces(text.trim().slice(0, 80), near, asked.signal).then(
          ({ hits }) =>
            setSimilar(hits.filter((hit) => isSame(hit, wanted)).slice(0, SIMILAR_MOST)),
          // Only a hint: without it the place can be added all the same.
          () => undefined,
        )
      }, REST_MS)
      onCleanup(() => {
        clearTimeout(timer)
        asked.abort()
      })
    }),
  )
  return similar
}

/** What keeps it from being the name of a place, in words; of an empty one nothing is said. */
function whyNot(name: string): string | undefined {
  if (name.trim() === '') return undefined
  const max = limits.PLACE_NAME_GRAPHEMES
  if (graphemeCount(name.trim()) > max) return t('explore.addNameLong', { max })
  try {
    cleanPlaceName(name)
    return undefined
  } catch {
    return t('explore.addNameWrong')
  }
}

function Form() {
  const explore = useExplore()
  const [name, setName] = createSignal('')
  const [category, setCategory] = createSignal<Category>('other')
  const [address, setAddress] = createSignal('')
  const [hours, setHours] = createSignal('')
  let key = crypto.randomUUID()
  const at = () => explore.adding()?.at ?? null
  const similar = createSimilar(name, at)
  const wrongName = createMemo(() => whyNot(name()))
  const wrongHours = (): boolean => hours().trim() !== '' && !parseHours(hours())
  const save = async (): Promise<boolean> => {
    const spot = at()
    if (!spot) return false
    try {
      const wish = { key, name: name().trim(), category: category(), at: spot }
      const id = await placesApi.addPlace({
        ...wish,
        ...(address().trim() && { address: address().trim() }),
        ...(hours().trim() && { hours: hours().trim() }),
      })
      celebrate(explore, {
        ...wish,
        ...spot,
        id,
        nameEn: null,
        addressEn: null,
        menuEn: null,
        address: address().trim() || null,
        price: null,
        menu: null,
        hours: hours().trim() || null,
        source: 'people',
      })
      return true
    } catch (error) {
      say(error)
      return false
    }
  }
  return (
    <FormSheet
      open={at() !== null}
      title={t('explore.addTitle')}
      does={t('explore.addDo')}
      incomplete={name().trim() === '' || wrongName() !== undefined || wrongHours()}
      onOpen={() => {
        key = crypto.randomUUID()
        setName(explore.adding()?.name ?? '')
        setCategory('other')
        setAddress('')
        setHours('')
      }}
      onClose={() => explore.setAdding(null)}
      onSave={save}
    >
      <TextField
        label={t('explore.addName')}
        labelShown
        value={name()}
        onInput={setName}
        wrong={wrongName()}
        required
        autofocus
      />
      <Show when={similar().length > 0}>
        <Notice
          title={t('explore.similar')}
          text={t('explore.similarText')}
          icon={<MapPin size={20} />}
        />
        <ul class="explore-similar">
          <For each={similar()}>
            {(hit) => (
              <li>
                <A href={`/place/${hit.id}`} state={{ back: true }}>
                  {[hit.name, hit.address].filter(Boolean).join(' · ')}
                </A>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <label class="explore-kind">
        <span>{t('explore.addCategory')}</span>
        <select
          value={category()}
          onChange={(event) => setCategory(categorySchema.parse(event.currentTarget.value))}
        >
          <For each={categories}>
            {(kind) => (
              <option value={kind}>
                {kind === 'other' ? t('explore.addCategoryNone') : t(`categories.${kind}`)}
              </option>
            )}
          </For>
        </select>
        <ChevronDown size={18} />
      </label>
      <TextField
        label={t('explore.addAddress')}
        labelShown
        value={address()}
        onInput={setAddress}
        maxlength={limits.NOTE_GRAPHEMES}
      />
      <TextField
        label={t('explore.addHours')}
        labelShown
        value={hours()}
        onInput={setHours}
        hint={t('explore.addHoursHint')}
        wrong={wrongHours() ? t('explore.addHoursWrong') : undefined}
      />
    </FormSheet>
  )
}

/** It is there at once, and can be taken back as long as the toast stands; later from its page. */
function celebrate(explore: Explore, place: Place): void {
  explore.browse.again()
  explore.look(place)
  const undo = async (): Promise<void> => {
    try {
      await placesApi.removePlace(place.id)
      if (explore.picked()?.id === place.id) explore.pick(null)
      explore.browse.again()
      showToast(t('place.removed', { name: place.name }))
    } catch (error) {
      say(error)
    }
  }
  showToast(t('explore.added', { name: place.name }), {
    label: t('common.undo'),
    run: () => void undo(),
  })
}
