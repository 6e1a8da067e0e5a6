import './fields.css'
import type { JSX } from 'solid-js'
import { newFaceSeed } from '#shared/faces.ts'
import { lang, t } from '#client/lib/i18n/i18n.ts'
import { IconButton } from '#client/ui/button.tsx'
import { TextField } from '#client/ui/field.tsx'
import { RefreshCw, Shuffle } from '#client/ui/icons.ts'
import { Portrait } from '#client/ui/portrait.tsx'
import { suggestName } from '../state.names.ts'

export interface ProfileFieldsProps {
  name: string
  portrait: string
  /** 1 to 20; the seat's, or that of who has none yet. */
  colour: number
  onName: (name: string) => void
  onPortrait: (portrait: string) => void
  /** What is wrong with the name, in words. */
  wrong?: string | undefined
  hint?: string | undefined
  enterkeyhint: 'go' | 'done'
  /** Between face and name. */
  children?: JSX.Element
}

/** Face and name, each with another one at a tap: what others see of a person, wherever it is asked for. */
export function ProfileFields(props: ProfileFieldsProps) {
  return (
    <>
      <div class="profile-face">
        <Portrait
          of={{ name: props.name, portrait: props.portrait, colour: props.colour }}
          size={108}
        />
        <IconButton
          look="float"
          label={t('rooms.faceShuffle')}
          onClick={() => props.onPortrait(newFaceSeed())}
        >
          <Shuffle size={20} />
        </IconButton>
      </div>
      {props.children}
      <TextField
        label={t('rooms.nickLabel')}
        size={56}
        value={props.name}
        autocomplete="nickname"
        enterkeyhint={props.enterkeyhint}
        wrong={props.wrong}
        hint={props.hint}
        onInput={(name) => props.onName(name)}
        after={
          <IconButton
            label={t('rooms.nickShuffle')}
            onClick={() => props.onName(suggestName(lang(), props.name))}
          >
            <RefreshCw size={20} />
          </IconButton>
        }
      />
    </>
  )
}
