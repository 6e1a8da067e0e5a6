import { createSignal, Show, untrack } from 'solid-js'
import { limits } from '#shared/limits.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Segmented, Switch, TextField } from '#client/ui/field.tsx'
import { Modal } from '#client/ui/modal.tsx'
import type { RoundWish } from '../api.ts'

export interface OpenRoundProps {
  open: boolean
  onClose: () => void
  /** Time now on the server's clock, ms. */
  now: () => number
  /** Ends when all have voted, unless that is switched off. */
  quorum: boolean
  /** Where the focus goes from here: what opened the sheet is gone once a round is open. */
  backTo: () => HTMLElement | undefined
  /** Resolves true when the round is open. */
  onStart: (wish: RoundWish) => Promise<boolean>
}

const MINUTE_MS = 60_000
const LENGTHS = [1, 3, 10, 30] as const
type Length = (typeof LENGTHS)[number] | 0

/** Asked once, from one sheet: how long, open or hidden, and whether it ends when all have voted. */
export function OpenRoundSheet(props: OpenRoundProps) {
  const [length, setLength] = createSignal<Length>(3)
  const [until, setUntil] = createSignal(clockIn(30))
  const [tally, setTally] = createSignal<'open' | 'hidden'>('open')
  const [quorum, setQuorum] = createSignal(untrack(() => props.quorum))
  const [busy, setBusy] = createSignal(false)
  const start = async (): Promise<void> => {
    setBusy(true)
    const when =
      length() === 0
        ? { deadlineAt: nextTime(until(), props.now()) }
        : { lengthMs: length() * MINUTE_MS }
    const started = await props.onStart({ ...when, hidden: tally() === 'hidden', quorum: quorum() })
    setBusy(false)
    if (started) props.onClose()
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      backTo={() => props.backTo()}
      title={t('votes.start')}
      footer={
        <Button look="pri" size={56} grow busy={busy()} onClick={() => void start()}>
          {t('votes.start')}
        </Button>
      }
    >
      <div class="flex flex-col gap-5 pb-2">
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-2 px-1 text-13 font-semi text-ink-2">{t('votes.length')}</legend>
          <Segmented
            label={t('votes.length')}
            value={length()}
            options={[
              ...LENGTHS.map((minutes) => ({
                value: minutes as Length,
                label: t('votes.minutesShort', { count: minutes }),
              })),
              { value: 0, label: t('votes.untilSome') },
            ]}
            onChange={setLength}
          />
          <Show when={length() === 0}>
            <TextField
              label={t('votes.until')}
              type="time"
              value={until()}
              onInput={setUntil}
              hint={t('votes.untilHint')}
            />
          </Show>
        </fieldset>
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-2 px-1 text-13 font-semi text-ink-2">{t('votes.tallyHow')}</legend>
          <Segmented
            label={t('votes.tallyHow')}
            value={tally()}
            options={[
              { value: 'open', label: t('votes.tallyOpen') },
              { value: 'hidden', label: t('votes.tallyHidden') },
            ]}
            onChange={setTally}
          />
          <p class="px-1 text-13 text-ink-2">
            {tally() === 'hidden' ? t('votes.tallyHiddenHint') : t('votes.tallyOpenHint')}
          </p>
        </fieldset>
        <div class="flex items-center justify-between gap-4 px-1">
          <span>
            <b class="block text-15 font-semi">{t('votes.quorum')}</b>
            <small class="block text-13 text-ink-2">{t('votes.quorumHint')}</small>
          </span>
          <Switch label={t('votes.quorum')} checked={quorum()} onChange={setQuorum} />
        </div>
      </div>
    </Modal>
  )
}

function clockIn(minutes: number): string {
  const at = new Date(Date.now() + minutes * MINUTE_MS)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

/** The next moment at which clocks here show `time`; within a day. */
export function nextTime(time: string, now: number): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const at = new Date(now)
  at.setHours(hour, minute, 0, 0)
  const first = at.getTime()
  return first > now ? first : first + limits.ROUND_DEADLINE_MAX_MS
}
