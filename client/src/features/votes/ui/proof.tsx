import './votes.css'
import { createMemo, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import { drawMessage, verifyDraw } from '#shared/votes.draw.ts'
import type { DrawProof, RoundView } from '#shared/votes.ts'
import { formatTime } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { NumberMark } from '#client/ui/dish.tsx'
import { ChevronDown, CircleCheck, ShieldCheck, TriangleAlert } from '#client/ui/icons.ts'
import { showToast } from '#client/ui/toast.tsx'

const SHORT = 4

/** While a vote is open: what a draw would come of, sealed before anybody chose. To be noted down and compared later. */
export function SealBox(props: { round: RoundView; children: JSX.Element }) {
  const short = (): string => {
    const { seedHash } = props.round
    return `${seedHash.slice(0, SHORT)} … ${seedHash.slice(-SHORT)}`
  }
  return (
    <details class="draw-proof" data-small="" data-testid="seal">
      <summary>
        <ShieldCheck size={18} aria-hidden="true" />
        <span>
          {props.children}{' '}
          <small>
            {t('votes.seal')} <code>{short()}</code>
          </small>
        </span>
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <p>{t('votes.sealWhy')}</p>
      <dl>
        <dt>{t('votes.seal')}</dt>
        <dd>
          <code>SHA-256(seed) = {props.round.seedHash}</code>
        </dd>
        <dt>{t('decision.proofRound')}</dt>
        <dd>
          <code>{props.round.firstRoundId}</code>
        </dd>
        <dt>{t('votes.sealSum')}</dt>
        <dd>
          <code>HMAC-SHA-256(seed, "{drawMessage(props.round.firstRoundId, EXAMPLE)}") mod 2</code>
        </dd>
      </dl>
      <p>{t('votes.sealExample')}</p>
    </details>
  )
}
/** What a sum looks like before it is known what ties. */
const EXAMPLE = [1, 2]

/** What was sealed, what was revealed, the sum that anybody can repeat, and whether this device computes the same. */
export function ProofBox(props: { proof: DrawProof; children?: JSX.Element }) {
  const right = createMemo(() => verifyDraw(props.proof))
  const place = (): number =>
    [...props.proof.numbers].sort((a, b) => a - b).indexOf(props.proof.picked)
  return (
    <details class="draw-proof" data-testid="proof">
      <summary>
        <ShieldCheck size={20} aria-hidden="true" />
        {t('decision.proof')}
        <ChevronDown size={20} aria-hidden="true" />
      </summary>
      <dl>
        <dt>{t('decision.proofSeal')}</dt>
        <dd>
          <time>{formatTime(props.proof.sealedAt)}</time>
          <br />
          <code>SHA-256(seed) = {props.proof.seedHash}</code>
        </dd>
        <dt>{t('decision.proofSeed')}</dt>
        <dd>
          <code>seed = {props.proof.seed}</code>
        </dd>
        <dt>{t('decision.proofRound')}</dt>
        <dd>
          <code>{props.proof.firstRoundId}</code>
        </dd>
        <dt>{t('decision.proofSum')}</dt>
        <dd>
          <code>{formulaOf(props.proof)}</code>
          <br />
          {t('votes.proofSum', { rest: place() })}{' '}
          <NumberMark number={props.proof.picked} size="sm" />
        </dd>
      </dl>
      <p>{t('votes.proofHow')}</p>
      <Show
        when={right()}
        fallback={
          <p class="ok text-danger-ink" role="alert">
            <TriangleAlert size={18} aria-hidden="true" />
            {t('votes.proofWrong')}
          </p>
        }
      >
        <p class="ok">
          <CircleCheck size={18} aria-hidden="true" />
          {t('decision.proofSame')}
        </p>
      </Show>
      {props.children}
    </details>
  )
}

const formulaOf = ({ firstRoundId, numbers }: DrawProof): string =>
  `HMAC-SHA-256(seed, "${drawMessage(firstRoundId, numbers)}") mod ${numbers.length}`

/** Everything that another program needs to repeat it. */
export async function copyProof(proof: DrawProof): Promise<void> {
  const text = [
    `SHA-256(seed) = ${proof.seedHash}`,
    `seed = ${proof.seed}`,
    `message = ${drawMessage(proof.firstRoundId, proof.numbers)}`,
    `HMAC-SHA-256(seed, message) mod ${proof.numbers.length} → ${proof.picked}`,
  ].join('\n')
  await navigator.clipboard.writeText(text)
  showToast(t('common.copied'))
}
