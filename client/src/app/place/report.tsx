import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { limits } from '#shared/limits.ts'
import { notedReports, reportKinds } from '#shared/places.details.ts'
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
  wrong_name: 'place.report_wrong_name',
  wrong_place: 'place.report_wrong_place',
  wrong_hours: 'place.report_wrong_hours',
  wrong_menu: 'place.report_wrong_menu',
  not_food: 'place.report_not_food',
  duplicate: 'place.report_duplicate',
  other: 'place.report_other',
} as const satisfies Record<ReportKind, string>

/** What is asked for beside the reason. */
const NOTES = {
  closed: 'place.note',
  wrong_name: 'place.noteName',
  wrong_place: 'place.note',
  wrong_hours: 'place.noteHours',
  wrong_menu: 'place.noteMenu',
  not_food: 'place.note',
  duplicate: 'place.note',
  other: 'place.noteOther',
} as const satisfies Record<ReportKind, string>

/** What the sheet opens for: any of the reasons, one of them, or the hours that nobody knows yet. */
export type Asked = ReportKind | 'any' | 'hours'

/** One of few reasons, and a line in own words. Sent twice it is one report. */
export function ReportSheet(props: PlaceProps & { asked: Asked | null; onClose: () => void }) {
  const [kind, setKind] = createSignal<ReportKind | null>(null)
  const [note, setNote] = createSignal('')
  // What was asked for stays while the sheet goes away.
  const [tells, setTells] = createSignal(false)
  const noted = (): boolean => notedReports.has(kind() ?? 'closed')
  const label = (): string => t(tells() ? 'place.hours' : NOTES[kind() ?? 'closed'])
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
      title={t(tells() ? 'place.tellTitle' : 'place.reportTitle')}
      does={t(tells() ? 'place.tellHours' : 'place.reportDo')}
      incomplete={kind() === null || (noted() && note().trim() === '')}
      onOpen={() => {
        const { asked } = props
        setTells(asked === 'hours')
        setKind(asked === 'hours' ? 'wrong_hours' : asked === 'any' ? null : asked)
        setNote('')
      }}
      onClose={() => props.onClose()}
      onSave={report}
    >
      <Show when={!tells()}>
        <Reasons
          chosen={kind()}
          onChoose={(reason) => {
            setKind(reason)
            setNote('')
          }}
        />
      </Show>
      <TextField
        label={label()}
        labelShown
        value={note()}
        onInput={setNote}
        hint={kind() === 'wrong_hours' ? t('explore.addHoursHint') : undefined}
        maxlength={limits.NOTE_GRAPHEMES}
        required={noted()}
        autofocus={tells()}
      />
    </FormSheet>
  )
}

function Reasons(props: { chosen: ReportKind | null; onChoose: (reason: ReportKind) => void }) {
  const group = createUniqueId()
  return (
    <div class="placep-reasons" role="radiogroup" aria-label={t('place.reportTitle')}>
      <For each={reportKinds}>
        {(reason) => (
          <label>
            <input
              type="radio"
              name={group}
              checked={props.chosen === reason}
              onChange={() => props.onChoose(reason)}
            />
            <span>{t(WORDS[reason])}</span>
          </label>
        )}
      </For>
    </div>
  )
}
