const RULE = /^(?:- )?\*\*(\d+)(?: [^*]*)?\*\* /gm
const ROW = /^\| ([\d, ]+) \| (.+) \|$/gm
const PATH = /`([^`]+)`/g

/** What is wrong with the rules' table of proofs: files that are gone, rules that don't exist, numbers out of order. */
export function missingProofs(rules: string, exists: (path: string) => boolean): string[] {
  const numbers = [...rules.matchAll(RULE)].map(([, number]) => Number(number))
  const faults = numbers.flatMap((number, index) =>
    number === index + 1 ? [] : [`docs/rules.md: rule ${number} stands at place ${index + 1}`],
  )
  for (const [, of = '', by = ''] of rules.matchAll(ROW)) {
    for (const number of of.split(',').map(Number))
      if (!numbers.includes(number)) faults.push(`docs/rules.md: there is no rule ${number}`)
    for (const [, path = ''] of by.matchAll(PATH))
      if (!exists(path)) faults.push(`docs/rules.md: ${path}, shown for rule ${of}, doesn't exist`)
  }
  return faults
}
