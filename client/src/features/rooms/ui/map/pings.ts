import { colourOfSeat } from '#shared/rooms.code.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Seat } from '#shared/rooms.ts'
import { cleanPingWords } from '#shared/rooms.ping.ts'
import { limits } from '#shared/limits.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import type { Ground, GroundItem } from '#client/lib/leafletGround.ts'
import { paintPerson, writeName } from './paint.ts'
import type { Called } from './paint.ts'

export interface ShownPing extends Called {
  seat: Seat
  at: LatLng
  words: string
}
/** What the flag of my own ping offers while it stands. */
export interface PingOffers {
  addWords(at: LatLng, words: string): void
  putForward(at: LatLng): void
}
export interface Pings {
  show(ping: ShownPing, offers?: PingOffers): void
  remove(): void
}

/** Rings twice, then fades by then (docs/design.md, Motion). */
const STANDS_MS = 6_000
const MAX_SHOWN = 12

const make = (tag: string, className: string, text = ''): HTMLElement => {
  const el = document.createElement(tag)
  el.className = className
  el.textContent = text
  return el
}

/** Rings on the ground with a flag above. One per person: the next takes the place of the last. */
export function makePings(ground: Ground): Pings {
  const shown = new Map<Seat, { item: GroundItem; timer: number }>()
  const drop = (seat: Seat): void => {
    const known = shown.get(seat)
    if (!known) return
    window.clearTimeout(known.timer)
    known.item.remove()
    shown.delete(seat)
  }
  const standFor = (seat: Seat, item: GroundItem): void => {
    window.clearTimeout(shown.get(seat)?.timer)
    shown.set(seat, { item, timer: window.setTimeout(() => drop(seat), STANDS_MS) })
  }
  const wordsField = (ping: ShownPing, offers: PingOffers): HTMLElement => {
    const form = document.createElement('form')
    form.className = 'bm-ping-words'
    const input = document.createElement('input')
    input.setAttribute('aria-label', t('map.addWords'))
    input.maxLength = limits.PING_WORDS_GRAPHEMES * 4
    input.enterKeyHint = 'send'
    // Typing holds the ping: it must not fade under somebody's words.
    input.addEventListener('input', () => {
      const known = shown.get(ping.seat)
      if (known) standFor(ping.seat, known.item)
    })
    input.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key === 'Escape') drop(ping.seat)
      // Enter that ends a composition is not "send".
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229))
        event.preventDefault()
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const words = cleanPingWords(input.value) ?? ''
      if (words !== '') offers.addWords(ping.at, words)
      else drop(ping.seat)
    })
    form.append(input)
    return form
  }
  const offerRow = (ping: ShownPing, offers: PingOffers): HTMLElement => {
    const row = make('span', 'bm-ping-offers')
    const words = make('button', '', t('map.addWords'))
    const put = make('button', '', t('rooms.putHere'))
    for (const button of [words, put]) button.setAttribute('type', 'button')
    words.addEventListener('click', () => {
      const field = wordsField(ping, offers)
      row.replaceChildren(field)
      field.querySelector('input')?.focus()
    })
    put.addEventListener('click', () => {
      drop(ping.seat)
      offers.putForward(ping.at)
    })
    row.append(words, put)
    // The map under it would pan, ping or close what is open.
    for (const type of ['pointerdown', 'click', 'dblclick', 'contextmenu', 'wheel'])
      row.addEventListener(type, (event) => event.stopPropagation())
    return row
  }
  return {
    show: (ping, offers) => {
      drop(ping.seat)
      const oldest = shown.size >= MAX_SHOWN ? [...shown.keys()][0] : undefined
      if (oldest !== undefined) drop(oldest)
      const el = make('div', 'bm-ping')
      el.dataset.seat = String(ping.seat)
      const body = make('div', 'bm-ping-body')
      paintPerson(body, colourOfSeat(ping.seat))
      const flag = make('span', 'bm-flag')
      writeName(flag, ping)
      if (ping.words !== '') flag.append(make('span', '', ` · ${ping.words}`))
      body.append(make('i', ''), make('i', ''), make('b', ''), flag)
      if (offers) body.append(offerRow(ping, offers))
      el.append(body)
      const item = ground.add(el, body)
      item.moveTo(ground.worldOf(ping.at))
      standFor(ping.seat, item)
    },
    remove: () => {
      for (const seat of shown.keys()) drop(seat)
    },
  }
}
