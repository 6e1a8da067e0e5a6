import { personVars } from '#client/ui/person.ts'
import { shortName } from './shortName.ts'

/** A person's colours on a plain element (colourOfSeat, 1 to 20). */
export function paintPerson(el: HTMLElement, colour: number): void {
  for (const [name, value] of Object.entries(personVars(colour)))
    el.style.setProperty(name, String(value))
}

/** A person's name where there is little room. */
export interface Called {
  name: string
  /** Said after the name, of who is simulated; else empty. */
  mark: string
}

/** Writes the name short, and its mark whole. */
export function writeName(el: HTMLElement, { name, mark }: Called): void {
  el.textContent = shortName(name)
  if (mark === '') return
  const said = document.createElement('span')
  said.className = 'practice'
  said.textContent = mark
  el.append(said)
}
