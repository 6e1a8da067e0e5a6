import { createSignal } from 'solid-js'
import { FormSheet } from '#client/ui/formSheet.tsx'
import { ProfileFields } from './fields.tsx'

export interface ProfileSheetProps {
  open: boolean
  title: string
  hint?: string
  /** What the button says; default: save. */
  does?: string
  /** What it starts with each time it is opened. */
  of: { name: string; portrait: string; colour: number }
  onClose: () => void
  /** True: kept. A text: what is wrong with the name. False: refused, and said elsewhere. */
  onSave: (name: string, portrait: string) => Promise<boolean | string>
}

/** Own name and face, of the person or of their seat in one room. */
export function ProfileSheet(props: ProfileSheetProps) {
  const [name, setName] = createSignal('')
  const [portrait, setPortrait] = createSignal('')
  const [wrong, setWrong] = createSignal<string>()
  const start = (): void => {
    setName(props.of.name)
    setPortrait(props.of.portrait)
    setWrong(undefined)
  }
  const save = async (): Promise<boolean> => {
    const said = await props.onSave(name(), portrait())
    if (typeof said === 'string') setWrong(said)
    return said === true
  }
  return (
    <FormSheet
      open={props.open}
      title={props.title}
      onOpen={start}
      onClose={() => props.onClose()}
      onSave={save}
      does={props.does}
      incomplete={name().trim() === ''}
    >
      <ProfileFields
        name={name()}
        portrait={portrait()}
        colour={props.of.colour}
        onName={(next) => {
          setName(next)
          setWrong(undefined)
        }}
        onPortrait={setPortrait}
        wrong={wrong()}
        hint={props.hint}
        enterkeyhint="done"
      />
    </FormSheet>
  )
}
