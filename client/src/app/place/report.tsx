import { createSignal, createUniqueId, For } from 'solid-js'
import { limits } from '#shared/limits.ts'
import { reportKinds } from '#shared/places.details.ts'
import type { ReportKind } from '#shared/places.details.ts'
import { placesApi } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { TextField } from '../../ui/field.tsx'
import { FormSheet } from '../../ui/formSheet.tsx'
import { showToast } from '../../ui/toast.tsx'
import { say } from '../home/say.ts'
import type { PlaceProps } from './screen.tsx'

const WORDS = {
  closed: 'place.report_closed',
  wrong_place: 'place.report_wrong_place',
  wrong_hours: 'place.report_wrong_hours',
  not_food: 'place.report_not_food',
  duplicate: 'place.report_duplicate',
  other: 'place.report_other',
} as const satisfies Record<ReportKind, string>

/** One of few reasons, and a line in own words. Sent twice it is one report. */
export function ReportSheet(
  props: PlaceProps & { asked: ReportKind | 'any' | null; onClose: () => void },
) {
  const group = createUniqueId()
  const [kind, setKind] = createSignal<ReportKind | null>(null)
  const [note, setNote] = createSignal('')
  const report = async (): Promise<boolean> => {
    const chosen = kind()
    if (!chosen) return false
    try {
      await placesApi.reportPlace(props.place.id, chosen, note())
      showToast(t('place.reportThanks'))
      return true
    } catch (error) {
      say(error)
      return false
    }
  }
  return (
    <FormSheet
      open={props.asked !== null}
      title={t('place.reportTitle')}
      does={t('place.reportDo')}
      incomplete={kind() === null}
      onOpen={() => {
        setKind(props.asked === 'any' ? null : props.asked)
        setNote('')
      }}
      onClose={() => props.onClose()}
      onSave={report}
    >
      <div class="placep-reasons" role="radiogroup" aria-label={t('place.reportTitle')}>
        <For each={reportKinds}>
          {(reason) => (
            <label>
              <input
                type="radio"
                name={group}
                checked={kind() === reason}
                onChange={() => setKind(reason)}
              />
              <span>{t(WORDS[reason])}</span>
            </label>
          )}
        </For>
      </div>
      <TextField
        label={t('place.note')}
        labelShown
        value={note()}
        onInput={setNote}
        maxlength={limits.NOTE_GRAPHEMES}
      />
    </FormSheet>
  )
}
