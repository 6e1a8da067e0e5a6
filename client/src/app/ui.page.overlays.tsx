import { createSignal, For, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { TextField } from '#client/ui/field.tsx'
import * as Icons from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { Popover, Tooltip } from '#client/ui/popover.tsx'
import { BottomSheet, SidePanel, type SheetStop } from '#client/ui/sheet.tsx'
import { showRefusal, showToast } from '#client/ui/toast.tsx'
import { Board, Row } from './ui.page.board.tsx'

function SheetTrial(props: { onClose: () => void }) {
  const [stop, setStop] = createSignal<SheetStop>('half')
  return (
    <BottomSheet
      label={t('rooms.panel')}
      stop={stop()}
      onStop={setStop}
      as="section"
      head={
        <div class="flex items-center gap-2 pr-4 pb-2 pl-5">
          <h2 class="grow text-18 font-bold tracking-tight">
            {t('votes.chosenOf', { total: 6, done: 5 })}
          </h2>
          <Button icon={<Icons.X size={18} />} onClick={() => props.onClose()}>
            {t('common.close')}
          </Button>
        </div>
      }
    >
      <ul class="px-2">
        <For each={Array.from({ length: 24 }, (_, row) => row + 1)}>
          {(row) => (
            <li>
              <button
                type="button"
                class="flex min-h-19 w-full items-center px-3 text-16 font-semi"
              >
                {row}
              </button>
            </li>
          )}
        </For>
      </ul>
    </BottomSheet>
  )
}

export function OverlaysBoard() {
  const [open, setOpen] = createSignal<'modal' | 'sheet' | 'panel' | 'popover' | null>(null)
  const [name, setName] = createSignal('금요일 저녁, 망원')
  const close = () => setOpen(null)
  return (
    <Board title="Overlays">
      <Row name="Modal, sheet, panel, popover, tooltip">
        <Button onClick={() => setOpen('modal')}>Modal</Button>
        <Button onClick={() => setOpen('sheet')}>BottomSheet</Button>
        <Button onClick={() => setOpen('panel')}>SidePanel</Button>
        <Popover
          open={open() === 'popover'}
          onOpenChange={(on) => setOpen(on ? 'popover' : null)}
          label={t('rooms.invite')}
          trigger={{
            label: t('rooms.invite'),
            class: 'rb bg-well',
            children: <Icons.UserPlus size={20} />,
          }}
        >
          <p class="text-14 leading-body">{t('rooms.inviteHint')}</p>
        </Popover>
        <Tooltip text={t('rooms.lockHint')}>
          <Button icon={<Icons.Lock size={18} />}>{t('rooms.lock')}</Button>
        </Tooltip>
      </Row>
      <Row name="Toast">
        <Button onClick={() => showToast(t('common.copied'))}>{t('common.copyLink')}</Button>
        <Button
          onClick={() =>
            showToast(t('places.withdrawn', { name: '고향집' }), {
              label: t('common.undo'),
              run: () => {},
            })
          }
        >
          {t('common.undo')}
        </Button>
        <Button look="danger" onClick={() => showRefusal(t('errors.round_closed'))}>
          {t('votes.closeNow')}
        </Button>
      </Row>
      <Modal
        open={open() === 'modal'}
        onClose={close}
        title={t('settings.title')}
        footer={
          <>
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Button look="pri" onClick={close}>
              {t('common.save')}
            </Button>
          </>
        }
      >
        <TextField label={t('rooms.name')} labelShown value={name()} onInput={setName} />
      </Modal>
      <Show when={open() === 'sheet'}>
        <SheetTrial onClose={close} />
      </Show>
      <Show when={open() === 'panel'}>
        <SidePanel
          as="section"
          label={t('rooms.panel')}
          head={<h2 class="px-5 pt-4 text-18 font-bold">{name()}</h2>}
          footer={<Button onClick={close}>{t('common.close')}</Button>}
        >
          <p class="px-5 text-14 text-ink-2">{t('places.emptyText')}</p>
        </SidePanel>
      </Show>
    </Board>
  )
}
