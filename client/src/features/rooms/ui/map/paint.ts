import { personVars } from '#client/ui/person.ts'

/** A person's colours on a plain element (colourOfSeat, 1 to 20). */
export function paintPerson(el: HTMLElement, colour: number): void {
  for (const [name, value] of Object.entries(personVars(colour)))
    el.style.setProperty(name, String(value))
}
