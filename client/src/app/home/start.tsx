import { useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { formatRoomCode, readRoomCode } from '#shared/rooms.code.ts'
import { recentAreas } from '../../lib/areas.ts'
import type { Area } from '../../lib/areas.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, TextField } from '../../ui/field.tsx'
import { ClipboardPaste, MapPin, Plus } from '../../ui/icons.ts'
import { Modal } from '../../ui/modal.tsx'
import { createOpening } from '../openRoom.ts'

/** One red act. */
export function Start() {
  const { busy, open } = createOpening()
  const [entering, setEntering] = createSignal(false)
  // Without an area there is no meeting point yet, and so no walking times that nobody asked for.
  const openAt = (area?: Area): Promise<void> =>
    open(area && { kind: 'view', lat: area.lat, lng: area.lng, zoom: area.zoom })
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
          onClick={() => void openAt()}
        >
          {t('home.openRoom')}
        </Button>
        <Button size={56} icon={<ClipboardPaste size={20} />} onClick={() => setEntering(true)}>
          {t('home.enterCode')}
        </Button>
      </div>
      <Show when={recentAreas().length > 0}>
        <div class="home-areas" role="group" aria-label={t('home.recentAreas')}>
          <For each={recentAreas()}>
            {(area) => (
              <Chip onClick={() => void openAt(area)}>
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
          labelShown
          placeholder={`${location.host}/r/…`}
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
