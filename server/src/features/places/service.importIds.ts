/** Ids seen in a file, of which only a number of 53 bits is kept: flat memory, and a wrong answer once in a billion. */
export interface SeenIds {
  /** Whether it was there before. */
  add(id: string): boolean
}

const FIRST_SLOTS = 4_096
/** 32 MB: duplicates are looked for among the first three million ids. */
const SLOTS_MAX = 2 ** 22
const FULL = 0.75

export function makeSeenIds(): SeenIds {
  let slots = new Float64Array(FIRST_SLOTS)
  let count = 0
  const grow = (): void => {
    const old = slots
    slots = new Float64Array(old.length * 2)
    for (const number of old) if (number !== 0) slots[slotOf(slots, number)] = number
  }
  return {
    add: (id) => {
      const number = numberOf(id)
      const slot = slotOf(slots, number)
      if (slots[slot] === number) return true
      if (count > slots.length * FULL) {
        if (slots.length >= SLOTS_MAX) return false
        grow()
      }
      slots[slotOf(slots, number)] = number
      count++
      return false
    },
  }
}

/** Open addressing: where it stands, or the free slot where it would. */
function slotOf(slots: Float64Array, number: number): number {
  let slot = number % slots.length
  while (slots[slot] !== 0 && slots[slot] !== number) slot = (slot + 1) % slots.length
  return slot
}

/** Two FNV-1a hashes with different starts, side by side; never 0, which marks a free slot. */
function numberOf(id: string): number {
  let low = 0x811c9dc5
  let high = 0x9e3779b1
  for (let i = 0; i < id.length; i++) {
    const unit = id.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
  }
  return ((high >>> 0) % 2 ** 21) * 2 ** 32 + (low >>> 0) + 1
}
