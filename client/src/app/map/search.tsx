import { createSignal } from 'solid-js'
import { SearchPlaces } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { useExplore } from './explore.ts'

/** The search of the room, here to find places on the map; the way on from nothing is to add what is missing. */
export function ExploreSearch(props: { inline?: boolean; onDone?: () => void }) {
  const explore = useExplore()
  const [text, setText] = createSignal('')
  return (
    <SearchPlaces
      label={t('explore.find')}
      near={() => explore.middle()}
      numberOf={() => null}
      now={explore.now()}
      zone={explore.zone()}
      onShow={(hit) => {
        props.onDone?.()
        explore.look(hit)
      }}
      onPoint={(hit) => explore.point(hit?.id ?? null)}
      pinLabel={t('explore.addMissing')}
      onDropPin={() => {
        props.onDone?.()
        explore.setAdding({ name: text().trim(), at: null })
      }}
      onText={(typed) => {
        setText(typed)
        return false
      }}
      inline={props.inline}
      autofocus={!props.inline}
    />
  )
}
