import { useLocation, useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { PlaceDetails } from '#shared/places.details.ts'
import { namesOf, placesApi } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ChevronLeft, Ellipsis, Flag, Plus, Trash } from '../../ui/icons.ts'
import { createMedia, TABLET } from '../../ui/media.ts'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { Modal } from '../../ui/modal.tsx'
import { SidePanel } from '../../ui/sheet.tsx'
import { showToast } from '../../ui/toast.tsx'
import { say } from '../home/say.ts'
import { createOpening } from '../openRoom.ts'
import { Head } from './head.tsx'
import { PlaceMap } from './map.tsx'
import { type Asked, ReportSheet } from './report.tsx'
import { Contact, DietLine, Hours, MenuBill, Sources } from './sections.tsx'

export interface PlaceProps {
  place: PlaceDetails
}

/** On the phone a page under its piece of map; from the tablet on a panel beside the map that it is the subject of. */
export function PlaceScreen(props: PlaceProps) {
  const wide = createMedia(TABLET)
  const [reporting, setReporting] = createSignal<Asked | null>(null)
  const bar = () => <Bar place={props.place} onReport={() => setReporting('any')} />
  const body = () => (
    <>
      <Head place={props.place} />
      <MenuBill place={props.place} onTell={() => setReporting('wrong_menu')} />
      <Hours place={props.place} onTell={() => setReporting('hours')} />
      <Contact place={props.place} />
      <DietLine place={props.place} />
      <Sources place={props.place} />
    </>
  )
  return (
    <>
      <Show
        when={wide()}
        fallback={
          <>
            <div class="placep-hero">
              <PlaceMap place={props.place} still />
              {bar()}
            </div>
            <main class="placep">{body()}</main>
            <div class="placep-dock">
              <OpenHere place={props.place} />
            </div>
          </>
        }
      >
        <PlaceMap place={props.place} />
        <SidePanel
          class="placep-d"
          label={namesOf(props.place)[0]}
          head={bar()}
          footer={<OpenHere place={props.place} />}
        >
          {body()}
        </SidePanel>
      </Show>
      <ReportSheet place={props.place} asked={reporting()} onClose={() => setReporting(null)} />
    </>
  )
}

function OpenHere(props: PlaceProps) {
  const { busy, open } = createOpening()
  return (
    <Button
      look="pri"
      size={56}
      grow
      busy={busy()}
      icon={<Plus size={20} />}
      onClick={() => void open({ kind: 'place', placeId: props.place.id })}
    >
      {t('place.openHere')}
    </Button>
  )
}

/** The way back, and what is seldom done. */
function Bar(props: PlaceProps & { onReport: () => void }) {
  const go = useNavigate()
  const here = useLocation<{ back?: boolean }>()
  const [asking, setAsking] = createSignal(false)
  const back = (): void => {
    if (here.state?.back) go(-1)
    else go('/map')
  }
  const remove = async (): Promise<void> => {
    setAsking(false)
    try {
      await placesApi.removePlace(props.place.id)
      showToast(t('place.removed', { name: props.place.name }))
      back()
    } catch (error) {
      say(error)
    }
  }
  const items = (): MenuItem[] => [
    { label: t('place.report'), icon: <Flag size={18} />, onSelect: () => props.onReport() },
    ...(props.place.mine
      ? [
          {
            label: t('place.remove'),
            icon: <Trash size={18} />,
            danger: true,
            line: true,
            onSelect: () => setAsking(true),
          },
        ]
      : []),
  ]
  return (
    <header class="placep-bar">
      <IconButton label={t('common.back')} onClick={back}>
        <ChevronLeft size={22} />
      </IconButton>
      <Menu
        label={t('place.more', { name: props.place.name })}
        triggerClass="rb"
        trigger={<Ellipsis size={22} />}
        items={items()}
      />
      <Modal
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('place.removeAsk')}
        footer={
          <>
            <Button size={56} onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button look="danger" size={56} onClick={() => void remove()}>
              {t('place.removeDo')}
            </Button>
          </>
        }
      >
        <p class="text-15 text-ink-2">{t('place.removeHint')}</p>
      </Modal>
    </header>
  )
}
