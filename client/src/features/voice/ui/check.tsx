import './check.css'
import { createEffect, Match, on, Show, Switch, untrack } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Ring } from '#client/ui/clock.tsx'
import { Check, Mic, MicOff, ShieldCheck, TriangleAlert, Volume2 } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { Notice } from '#client/ui/states.tsx'
import { LevelMeter, Wave } from '#client/ui/vote.tsx'
import { createVoiceCheck, RECORDING_MS } from '../state.check.ts'
import type { CheckProblem, VoiceCheck } from '../state.check.ts'
import { createDevices, DevicePick } from './devices.tsx'
import type { SheetProps } from './sheets.tsx'

const DISC_PX = 112
const METER_STEPS = 20

const problems = {
  denied: ['voice.blockedTitle', 'voice.checkDenied'],
  missing: ['voice.missingTitle', 'voice.checkMissing'],
  busy: ['voice.checkBusyTitle', 'voice.checkBusy'],
  insecure: ['voice.checkInsecureTitle', 'voice.checkInsecure'],
  silent: ['voice.checkSilentTitle', 'voice.checkSilent'],
  failed: ['voice.checkFailedTitle', 'voice.checkFailed'],
} as const satisfies Record<CheckProblem, readonly string[]>

/** Does my microphone work? Its level, and three seconds of it to listen to; needs neither a network nor company. */
export function MicrophoneCheck(props: SheetProps) {
  const check = createVoiceCheck(() => props.voice.settings())
  const devices = createDevices(() => props.open && check.phase() !== 'off')
  createEffect(
    on(
      () => props.open,
      (open) => open || check.end(),
      { defer: true },
    ),
  )
  const choose = async (microphone: string | null): Promise<void> => {
    await props.voice.change({ microphone })
    await check.begin()
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={t('voice.check')}
      footer={<Acts check={check} onClose={() => props.onClose()} />}
    >
      <div class="check">
        <Disc check={check} />
        <p class="check-say" aria-live="polite">
          {say(check)}
        </p>
        <Show when={check.recorded()}>
          <Button
            size={36}
            aria-disabled={check.phase() !== 'ready'}
            icon={<Volume2 size={18} />}
            onClick={() => check.phase() === 'ready' && void check.play()}
          >
            {t('voice.checkListen')}
          </Button>
        </Show>
        <Show when={check.problem()}>
          {(why) => (
            <Notice
              class="w-full"
              icon={<TriangleAlert size={20} />}
              title={t(problems[why()][0])}
              text={t(problems[why()][1])}
            />
          )}
        </Show>
        <Show when={check.phase() !== 'off' && check.phase() !== 'asking'}>
          <LevelMeter
            class="check-level"
            level={check.level()}
            steps={METER_STEPS}
            label={t('voice.levelMeter')}
          />
          <DevicePick
            label={t('voice.microphone')}
            of={devices()?.microphones ?? []}
            value={props.voice.settings().microphone}
            onChange={(microphone) => void choose(microphone)}
          />
        </Show>
        <p class="check-private">
          <ShieldCheck size={16} aria-hidden="true" />
          {t('voice.checkPrivate')}
        </p>
      </div>
    </Modal>
  )
}

function say(check: VoiceCheck): string {
  if (check.problem()) return ''
  switch (check.phase()) {
    case 'off':
      return t('voice.checkIntro')
    case 'asking':
      return t('voice.checkAllow')
    case 'recording':
      return t('voice.checkRecording')
    case 'playing':
      return t('voice.checkPlaying')
    case 'ready':
      return t(check.recorded() ? 'voice.checkGood' : 'voice.checkSpeak')
  }
}

function Disc(props: { check: VoiceCheck }) {
  const { phase, leftMs, level, problem } = untrack(() => props.check)
  return (
    <span class="check-disc" data-phase={phase()} style={{ '--level': level() }} aria-hidden="true">
      <Switch fallback={<Mic size={36} />}>
        <Match when={problem() && phase() === 'off'}>
          <MicOff size={36} />
        </Match>
        <Match when={phase() === 'recording'}>
          <Ring share={leftMs() / RECORDING_MS} size={DISC_PX} stroke={5} />
          <b class="tn">{Math.ceil(leftMs() / 1_000)}</b>
        </Match>
        <Match when={phase() === 'playing'}>
          <Wave />
        </Match>
      </Switch>
    </span>
  )
}

/** One red act: what is to be done next. It is one button throughout, so that the focus stays on it. */
function Acts(props: { check: VoiceCheck; onClose: () => void }) {
  const { phase, recorded, problem, begin, record } = untrack(() => props.check)
  const off = (): boolean => phase() === 'off' || phase() === 'asking'
  const busy = (): boolean => phase() === 'recording' || phase() === 'playing'
  const says = (): string => {
    if (off()) return t(problem() ? 'voice.tryAgain' : 'voice.checkStart')
    return t(recorded() ? 'voice.checkDone' : 'voice.checkRecord')
  }
  const next = (): void => {
    if (off()) void begin()
    else if (recorded()) props.onClose()
    else if (!busy()) void record()
  }
  let act!: HTMLButtonElement
  const again = (): void => {
    if (busy()) return
    // This button goes while it records.
    act.focus()
    void record()
  }
  return (
    <>
      <Show when={!off() && recorded()}>
        <Button size={56} aria-disabled={busy()} onClick={again}>
          {t('voice.checkAgain')}
        </Button>
      </Show>
      <Button
        ref={act}
        look="pri"
        size={56}
        grow
        busy={phase() === 'asking'}
        aria-disabled={busy() && !recorded()}
        icon={!off() && recorded() ? <Check size={20} /> : <Mic size={20} />}
        onClick={next}
      >
        {says()}
      </Button>
    </>
  )
}
