import './home.css'
import { useNavigate } from '@solidjs/router'
import { createResource, createSignal, For, onMount, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { newFaceSeed } from '#shared/faces.ts'
import { formatRoomCode, readRoomCode } from '#shared/rooms.code.ts'
import type { Anchor, RoomCard } from '#shared/rooms.ts'
import {
  createRoomCards,
  RoomCardItem,
  roomsApi,
  roomTitle,
  suggestName,
} from '../features/rooms/index.ts'
import { votesApi } from '../features/votes/index.ts'
import { recentAreas } from '../lib/areas.ts'
import type { Area } from '../lib/areas.ts'
import { createServerClock } from '../lib/clock.ts'
import { formatAgo } from '../lib/i18n/format.ts'
import { lang, t, tError } from '../lib/i18n/i18n.ts'
import { person, readPerson } from '../lib/session.ts'
import { failureOf } from '../lib/trpc.ts'
import { ownZone } from '../lib/zones.ts'
import { HomeScene } from './home/scene.tsx'
import { Wordmark } from '../ui/brand.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dish } from '../ui/dish.tsx'
import { Chip, TextField } from '../ui/field.tsx'
import { Copy, MapPin, Plus, Settings } from '../ui/icons.ts'
import { Modal } from '../ui/modal.tsx'
import { createPatience, SkeletonRows } from '../ui/states.tsx'
import { showRefusal, showToast } from '../ui/toast.tsx'

const say = (error: unknown): void => {
  const failure = failureOf(error)
  showRefusal(failure.code === 'unreachable' ? t('rooms.offline') : tError(failure))
}

/** Start a room in one tap; my rooms as they are now; what was decided. Reading makes no session. */
export function Page() {
  const [known] = createResource(async () =>
    person() === undefined ? readPerson() : (person() ?? null),
  )
  const waiting = createPatience(() => known.loading)
  onMount(() => void (document.title = t('common.appName')))
  return (
    <>
      <header class="home-bar">
        <div>
          <Wordmark />
          <ButtonLink
            href="/settings"
            look="txt"
            aria-label={t('settings.title')}
            icon={<Settings size={22} />}
          />
        </div>
      </header>
      <main class="home">
        <Start />
        <Show
          when={!known.loading}
          fallback={
            <Show when={waiting()}>
              <SkeletonRows rows={3} label={t('common.loading')} />
            </Show>
          }
        >
          <Show when={known()} fallback={<HomeScene />}>
            <div class="grid content-start gap-7">
              <OurRooms />
              <Decisions />
            </div>
          </Show>
        </Show>
        <footer class="home-foot">
          <a href="/privacy">{t('home.privacy')}</a>
          <a href="/terms">{t('home.terms')}</a>
        </footer>
      </main>
    </>
  )
}

/** One red act. The name is a friendly one until its owner changes it inside. */
function Start() {
  const go = useNavigate()
  const [busy, setBusy] = createSignal(false)
  const [entering, setEntering] = createSignal(false)
  const open = async (area?: Area): Promise<void> => {
    if (busy()) return
    setBusy(true)
    // Without an area there is no meeting point yet, and so no walking times that nobody asked for.
    const anchor: Anchor | undefined = area && {
      kind: 'view',
      lat: area.lat,
      lng: area.lng,
      zoom: area.zoom,
    }
    const nickname = person()?.name || suggestName(lang())
    const portrait = person()?.portrait || newFaceSeed()
    try {
      const code = await roomsApi.openRoom({
        nickname,
        portrait,
        locale: lang(),
        zone: ownZone(),
        anchor,
      })
      go(`/r/${formatRoomCode(code)}`)
    } catch (error) {
      say(error)
      setBusy(false)
    }
  }
  return (
    <section>
      <h1>{t('home.title')}</h1>
      <p class="home-lead">{t('home.lead')}</p>
      <div class="home-acts">
        <Button
          look="pri"
          size={56}
          busy={busy()}
          icon={<Plus size={22} />}
          onClick={() => void open()}
        >
          {t('home.openRoom')}
        </Button>
        <Button size={56} icon={<Copy size={20} />} onClick={() => setEntering(true)}>
          {t('home.enterCode')}
        </Button>
      </div>
      <Show when={recentAreas().length > 0}>
        <div class="home-areas" role="group" aria-label={t('home.recentAreas')}>
          <For each={recentAreas()}>
            {(area) => (
              <Chip onClick={() => void open(area)}>
                <MapPin size={16} />
                {t('home.near', { place: area.label })}
              </Chip>
            )}
          </For>
        </div>
      </Show>
      <EnterCode open={entering()} onClose={() => setEntering(false)} />
    </section>
  )
}

/** The link or code that somebody sent, typed or pasted as it is. */
function EnterCode(props: { open: boolean; onClose: () => void }) {
  const go = useNavigate()
  const [text, setText] = createSignal('')
  const [wrong, setWrong] = createSignal(false)
  const enter = (event: SubmitEvent): void => {
    event.preventDefault()
    const code = readRoomCode(/\/r\/([\w-]+)/.exec(text())?.[1] ?? text())
    if (code) go(`/r/${formatRoomCode(code)}`)
    else setWrong(true)
  }
  return (
    <Modal open={props.open} onClose={() => props.onClose()} title={t('home.enterCode')}>
      <form class="grid gap-3" onSubmit={enter}>
        <TextField
          label={t('home.pasteLink')}
          value={text()}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          wrong={wrong() ? t('home.codeWrong') : undefined}
          onInput={(value) => {
            setText(value)
            setWrong(false)
          }}
        />
        <Button look="pri" size={56} type="submit" disabled={text().trim() === ''}>
          {t('home.enter')}
        </Button>
      </form>
    </Modal>
  )
}

function OurRooms() {
  const { cards, drop } = createRoomCards()
  const now = createServerClock(1_000)
  const waiting = createPatience(() => cards() === null)
  const part = async (
    card: RoomCard,
    how: (roomId: string) => Promise<unknown>,
    said: string,
  ): Promise<void> => {
    const { undo } = drop(card.roomId)
    try {
      await how(card.roomId)
      showToast(said)
    } catch (error) {
      undo()
      say(error)
    }
  }
  return (
    <section aria-labelledby="our-rooms">
      <h2 id="our-rooms">{t('home.ourRooms')}</h2>
      <Show
        when={cards()}
        fallback={
          <Show when={waiting()}>
            <SkeletonRows rows={2} label={t('common.loading')} />
          </Show>
        }
      >
        {(all) => (
          <Show
            when={all().length > 0}
            fallback={<p class="text-15 text-ink-2">{t('home.noRoomsHint')}</p>}
          >
            <ul class="card-rows">
              <For each={all()}>
                {(card) => (
                  <RoomCardItem
                    card={card}
                    now={now()}
                    onHide={() => void part(card, roomsApi.hideRoom, t('home.hidden'))}
                    onLeave={() => void part(card, roomsApi.leaveRoom, t('home.left'))}
                  />
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </section>
  )
}

function Decisions() {
  const [decisions] = createResource(() => votesApi.readMyDecisions().catch(() => []))
  return (
    <Show when={(decisions()?.length ?? 0) > 0}>
      <section aria-labelledby="decisions">
        <h2 id="decisions">{t('home.decisions')}</h2>
        <ul>
          <For each={decisions()}>
            {(decision) => (
              <li>
                <a class="home-decision" href={`/d/${decision.id}`}>
                  <Dish
                    name={dishOf({ category: decision.category, name: decision.name, menu: null })}
                    size={44}
                    flat
                  />
                  <span class="card-words">
                    <b style={{ 'font-size': 'var(--text-16)' }}>{decision.name}</b>
                    <small>
                      {roomTitle({
                        name: decision.roomName,
                        createdAt: decision.roomCreatedAt,
                        zone: decision.zone,
                      })}
                      {' · '}
                      {formatAgo(decision.at, Date.now())}
                    </small>
                  </span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
