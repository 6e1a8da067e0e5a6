import { foldCharacter, isSyllable } from './places.fold.ts'
import { readQuery } from './places.search.ts'

/**
 * Where a text holds what was searched, as [from, to) of UTF-16 units, ascending, not overlapping: for marks.
 * Whole characters are marked, also when only a part of the last syllable was typed; by initials the letters they stand for.
 */
export function findMarks(text: string, q: string): [number, number][] {
  const query = readQuery(q)
  if (!query) return []
  const units = unitsOf(text)
  const terms = [
    { text: query.whole, initials: query.terms.every((term) => term.initials) },
    ...query.terms,
  ]
  const marked = units.map(() => false)
  for (const term of terms) {
    const found = markTerm(
      units,
      term.initials ? (unit) => unit.initial : (unit) => unit.code,
      term.text,
      marked,
    )
    if (found && term === terms[0]) break
  }
  const marks: [number, number][] = []
  for (const [index, unit] of units.entries()) {
    if (!marked[index]) continue
    const last = marks.at(-1)
    if (last && marked[index - 1]) last[1] = unit.to
    else marks.push([unit.from, unit.to])
  }
  return marks
}

interface Unit {
  code: string
  initial: string
  from: number
  to: number
}

function unitsOf(text: string): Unit[] {
  const units: Unit[] = []
  let from = 0
  for (const character of text) {
    const code = foldCharacter(character.normalize('NFC'))
    units.push({
      code,
      initial: isSyllable(character) ? code.slice(0, 1) : code,
      from,
      to: from + character.length,
    })
    from += character.length
  }
  return units
}

function markTerm(
  units: Unit[],
  codeOf: (unit: Unit) => string,
  term: string,
  marked: boolean[],
): boolean {
  const code = units.map(codeOf).join('')
  const at = code.indexOf(term)
  if (at < 0 || term === '') return false
  let position = 0
  for (const [index, unit] of units.entries()) {
    const end = position + codeOf(unit).length
    if (position < at + term.length && end > at) marked[index] = true
    position = end
  }
  return true
}
