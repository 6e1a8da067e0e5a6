import { createSignal, onCleanup } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Clock, Ring } from '#client/ui/clock.tsx'
import * as Icons from '#client/ui/icons.ts'
import { PortraitStack } from '#client/ui/portrait.tsx'
import { QrCode } from '#client/ui/qr.tsx'
import { Banner, Notice, SkeletonRows, StatePage } from '#client/ui/states.tsx'
import { LevelMeter, SignalBars, Wave } from '#client/ui/vote.tsx'
import { Board, Row } from './ui.page.board.tsx'
import { seated } from './ui.page.people.tsx'

const TOTAL_MS = 180_000

function Meters() {
  const [level, setLevel] = createSignal(0.4)
  const timer = setInterval(() => setLevel(Math.random()), 200)
  onCleanup(() => clearInterval(timer))
  const now = Date.now()
  return (
    <Row name="Clock, ring, wave, signal, level">
      <Clock
        endsAt={now + 134_000}
        totalMs={TOTAL_MS}
        say={(time) => t('votes.timeLeft', { time })}
      />
      <Clock
        endsAt={now + 25_000}
        totalMs={TOTAL_MS}
        show="text"
        class="text-22 font-bold tracking-tight"
      />
      <Ring share={null} size={20} />
      <Wave class="text-ink-2" />
      <SignalBars quality="good" label={t('common.signalGood')} />
      <SignalBars quality="fair" label={t('common.signalFair')} />
      <SignalBars quality="poor" label={t('common.signalPoor')} />
      <LevelMeter level={level()} label={t('voice.levelMeter')} class="w-40" />
      <LevelMeter level={level()} label={t('voice.levelMeter')} dots />
    </Row>
  )
}

function Notes() {
  return (
    <>
      <Banner
        icon={<Icons.WifiOff size={20} />}
        title={t('common.offline')}
        text={t('common.offlineSince', { time: '18:43' })}
      />
      <Banner
        tone="calm"
        icon={<Ring share={null} size={20} />}
        title={t('common.reconnecting')}
        text={t('common.reconnectingKept')}
      />
      <Banner
        tone="calm"
        icon={<Icons.Map size={20} />}
        title={t('map.tilesMissing')}
        text={t('map.tilesMissingHint')}
        action={
          <Button look="txt" class="text-ink!">
            {t('common.retry')}
          </Button>
        }
      />
      <Notice
        icon={<Icons.TriangleAlert size={20} />}
        title={t('voice.blockedTitle')}
        text={t('voice.unavailableHint')}
      />
      <Notice
        tone="calm"
        icon={<Icons.Info size={20} />}
        title={t('voice.unavailable')}
        text={t('voice.unavailableHint')}
      />
      <Notice
        tone="danger"
        icon={<Icons.TriangleAlert size={20} />}
        title={t('common.errorTitle')}
        text={t('chat.broken')}
      />
    </>
  )
}

function Pages() {
  return (
    <div class="grid gap-4 tablet:grid-cols-2">
      <StatePage
        icon={<Icons.Hourglass size={26} />}
        title={t('rooms.expiredTitle')}
        text={t('rooms.expiredText')}
        actions={
          <>
            <Button>{t('rooms.seeResult')}</Button>
            <Button look="pri">{t('rooms.openNew')}</Button>
          </>
        }
      />
      <StatePage
        art={<PortraitStack of={seated} size={30} most={8} />}
        title={t('rooms.fullTitle')}
        text={t('rooms.fullText', { max: 20 })}
      />
      <StatePage
        title={t('places.emptyTitle')}
        text={t('places.emptyText')}
        actions={
          <Button look="pri" icon={<Icons.Plus size={18} />}>
            {t('places.add')}
          </Button>
        }
      />
      <StatePage
        icon={<Icons.Unplug size={26} />}
        title={t('common.errorTitle')}
        text={t('common.errorKept')}
        actions={<Button look="pri">{t('common.retryLong')}</Button>}
        code={t('common.errorId', { id: '7F3K-20Q' })}
      />
    </div>
  )
}

export function StatesBoard() {
  return (
    <Board title="States">
      <Meters />
      <Notes />
      <Row name="Skeleton">
        <div class="w-full">
          <SkeletonRows label={t('common.loading')} />
        </div>
      </Row>
      <Pages />
      <Row name="QR">
        <QrCode
          text="https://bapmap.example/r/abcd-efgh-jkmn"
          label={t('common.qrOf', { name: t('common.appName') })}
          size={160}
        />
      </Row>
    </Board>
  )
}
