import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DecisionView } from '#shared/votes.ts'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { loadDialog } from '#client/ui/modal.tsx'
import { dismissToast, Toaster } from '#client/ui/toast.tsx'
import { Directions } from './directions.tsx'
import { Picks } from './picks.tsx'
import { Share } from './share.tsx'
import { Table } from './table.tsx'
import { Why } from './why.tsx'

// Its first loading takes as long as the machine is busy.
beforeAll(() => loadDialog())
beforeEach(() => {
  localStorage.clear()
  setLang('ko')
})
afterEach(() => {
  cleanup()
  dismissToast()
  Reflect.deleteProperty(navigator, 'share')
  Reflect.deleteProperty(navigator, 'clipboard')
})

const place = {
  number: 1,
  placeId: null,
  name: '빈대떡마을',
  category: 'pancake',
  address: null,
  lat: 37.5559,
  lng: 126.9019,
  price: null,
  menu: null,
} as const
const names = ['지우', '서연', '하린', null]
const decision: DecisionView = {
  id: 'a'.repeat(22),
  demo: false,
  roomName: null,
  roomCreatedAt: 0,
  zone: 'Asia/Seoul',
  locale: 'ko',
  at: 0,
  when: null,
  meeting: null,
  winner: place,
  by: 'choices',
  runoff: false,
  runoffChoices: null,
  fine: 0,
  candidates: [
    { number: 1, name: '빈대떡마을', category: 'pancake', choices: 2, hard: false },
    { number: 2, name: '동일루', category: 'chinese', choices: 3, hard: true },
  ],
  people: names.map((name, index) => ({
    portrait: `abcd${index}234`,
    seat: index + 1,
    ticked: true,
    choseWinner: index < 2,
    simulated: false,
    name,
    chose: [[1, 2], [1], [2], [2]][index] ?? [],
    settled: null,
  })),
  proof: null,
  member: true,
  mySeat: 1,
  host: false,
  published: true,
  roomCode: null,
}
const seenByVisitor: DecisionView = {
  ...decision,
  member: false,
  mySeat: null,
  people: decision.people.map((person) => ({ ...person, name: null, chose: null })),
}

describe('the way there', () => {
  test('asks for the map once, then opens the remembered one; another can be chosen', async () => {
    const { unmount } = render(() => <Directions to={place} />)
    fireEvent.click(screen.getByRole('button', { name: '길찾기' }))
    const naver = await screen.findByRole('link', { name: /네이버 지도/ })
    expect(
      screen.getAllByRole('link').map((link) => new URL(link.getAttribute('href') ?? '').hostname),
    ).toEqual(['map.kakao.com', 'map.naver.com', 'www.google.com', 'www.openstreetmap.org'])
    naver.addEventListener('click', (event) => event.preventDefault())
    fireEvent.click(naver)
    // The button that asked is gone: the focus goes on to the way that took its place.
    await waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-label')).toBe('네이버 지도로 길찾기'),
    )
    unmount()
    render(() => <Directions to={place} />)
    const straight = screen.getByRole('link', { name: '네이버 지도로 길찾기' })
    expect(straight.getAttribute('href')).toContain('map.naver.com')
    expect(straight.getAttribute('rel')).toContain('noopener')
    fireEvent.click(screen.getByRole('button', { name: '다른 지도 고르기' }))
    expect(
      (await screen.findByRole('link', { name: /네이버 지도 지난번에 골랐어요/ })).isConnected,
    ).toBe(true)
  })

  test('a kept value that is no map of ours is asked for again', () => {
    localStorage.setItem('bapmap.wayMap', '"javascript:alert(1)"')
    render(() => <Directions to={place} />)
    expect(screen.getByRole('button', { name: '길찾기' }).isConnected).toBe(true)
    expect(screen.queryByRole('link')).toBeNull()
  })
})

describe('sharing', () => {
  const share = (how?: (data: ShareData) => Promise<void>) => {
    const copied = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: copied },
    })
    if (how) Object.defineProperty(navigator, 'share', { configurable: true, value: how })
    render(() => (
      <>
        <Share
          id={decision.id}
          text="금요일 저녁 · 빈대떡마을로 가요"
          place="빈대떡마을"
          decided=""
        />
        <Toaster />
      </>
    ))
    return copied
  }

  test('without a sheet of the device the link is copied', async () => {
    const copied = share()
    expect(screen.queryByRole('button', { name: '공유하기' })).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: '링크 복사' }))
    await waitFor(() => expect(screen.getByText('링크를 복사했어요').isConnected).toBe(true))
    expect(copied).toHaveBeenCalledWith(`${location.origin}/d/${decision.id}`)
  })

  test('the sheet of the device gets text and address; closing it does nothing, failing copies', async () => {
    const answers = [undefined, new DOMException('closed', 'AbortError'), new TypeError('none')]
    const sheet = vi.fn<(data: ShareData) => Promise<void>>(() => {
      const answer = answers.shift()
      return answer ? Promise.reject(answer) : Promise.resolve()
    })
    const copied = share(sheet)
    const button = screen.getByRole('button', { name: '공유하기' })
    fireEvent.click(button)
    expect(sheet).toHaveBeenCalledWith({
      text: '금요일 저녁 · 빈대떡마을로 가요',
      url: `${location.origin}/d/${decision.id}`,
    })
    fireEvent.click(button)
    await Promise.resolve()
    expect(copied).not.toHaveBeenCalled()
    fireEvent.click(button)
    await waitFor(() => expect(copied).toHaveBeenCalledOnce())
  })

  test('a card that cannot be drawn leaves no broken picture', () => {
    share()
    fireEvent.error(screen.getByRole('img', { name: '공유 카드: 빈대떡마을로 가요' }))
    expect(screen.queryByRole('img')).toBeNull()
  })
})

/** Two places chosen by two each, one person who said anything is fine, and a run-off that three of the five chose in. */
const afterRunoff: DecisionView = {
  ...decision,
  runoff: true,
  candidates: decision.candidates.map((one) => ({ ...one, choices: 2, hard: false })),
  runoffChoices: [
    [1, 2],
    [2, 1],
  ],
  fine: 1,
  people: ['지우', '서연', '하린', '도윤', '민수'].map((name, index) => ({
    portrait: `abcd${index}234`,
    seat: index + 1,
    ticked: true,
    choseWinner: index === 0 || index === 4,
    simulated: false,
    name,
    chose: [[1], [1], [2], [2], []][index] ?? [],
    settled: [1, null, null, 2, 1][index] ?? null,
  })),
}

describe('after a run-off', () => {
  test('both rounds are told, with the people that each count is of', () => {
    render(() => (
      <>
        <Why decision={afterRunoff} />
        <Picks decision={afterRunoff} />
      </>
    ))
    const [why, first, runoff] = screen.getAllByRole('list')
    expect(why?.textContent).toBe(
      '빈대떡마을, 동일루가 두 명씩 동점이라 결선을 했어요결선에서 다섯 명 중 두 명이 골랐어요',
    )
    const said = (list: HTMLElement | undefined) =>
      [...(list?.querySelectorAll('[role=img][aria-label]') ?? [])].map((each) =>
        each.getAttribute('aria-label'),
      )
    expect(said(first)).toEqual(['나, 서연이 골랐어요', '하린, 도윤이 골랐어요', '민수가 골랐어요'])
    expect(said(runoff)).toEqual(['나, 민수가 골랐어요', '도윤이 골랐어요'])
    expect(first?.textContent).not.toContain('정한 곳')
    expect(runoff?.textContent).toContain('정한 곳')
  })

  test('visitors get the counts of both, and the faces of who decided', () => {
    const people = afterRunoff.people.map((one) => ({
      ...one,
      name: null,
      chose: null,
      settled: null,
    }))
    render(() => <Picks decision={{ ...afterRunoff, member: false, mySeat: null, people }} />)
    const counts = [...document.querySelectorAll('.dec-count')].map(
      ({ textContent }) => textContent,
    )
    expect(counts).toEqual(['두 명', '두 명', '한 명', '한 명'])
    expect(screen.getByRole('img', { name: '두 명이 골랐어요' }).isConnected).toBe(true)
  })
})

describe('who picked what', () => {
  test('members see names, and who left without one', () => {
    render(() => <Picks decision={decision} />)
    expect(screen.getByRole('img', { name: '나, 서연이 골랐어요' }).isConnected).toBe(true)
    expect(screen.getByRole('img', { name: '나, 하린, 떠난 사람이 골랐어요' }).isConnected).toBe(
      true,
    )
    expect(screen.getByText('누군가에게 어려운 곳이었어요').isConnected).toBe(true)
  })

  test('visitors see counts, and faces without names where it was decided', () => {
    render(() => (
      <>
        <Table
          people={seenByVisitor.people}
          mySeat={null}
          dish="jeon"
          number={1}
          size={148}
          label="표"
        />
        <Picks decision={seenByVisitor} />
      </>
    ))
    expect(
      screen.getByRole('img', { name: '두 명이 골랐어요' }).querySelectorAll('.pt'),
    ).toHaveLength(2)
    expect(screen.getByText('세 명').isConnected).toBe(true)
    for (const name of ['지우', '서연', '하린'])
      expect(document.body.textContent).not.toContain(name)
  })

  test('everybody sits at the table; who chose it has a tick', () => {
    const { container } = render(() => (
      <Table
        people={decision.people}
        mySeat={1}
        dish="jeon"
        number={1}
        size={148}
        label="빈대떡마을. 지우, 서연이 골랐어요"
      />
    ))
    expect(container.querySelectorAll('.pt')).toHaveLength(4)
    expect(container.querySelectorAll('.tick')).toHaveLength(2)
    expect(container.querySelectorAll('[data-me]')).toHaveLength(1)
  })
})

test('the reasons are sentences, with numerals of the language', () => {
  render(() => <Why decision={decision} />)
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '네 명 중 두 명이 골랐어요',
    '어렵다는 사람이 없었어요',
  ])
  setLang('en')
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Chosen by 2 of 4',
    'Nobody objected',
  ])
  cleanup()
  const one = { ...decision, fine: 1, people: decision.people.slice(1) }
  render(() => <Why decision={one} />)
  const first = (): string | null | undefined => screen.getAllByRole('listitem')[0]?.textContent
  expect(first()).toBe('1 chose it, 1 was fine with anything')
  setLang('ko')
  expect(first()).toBe('한 명이 고르고 한 명은 아무거나 좋대요')
})
