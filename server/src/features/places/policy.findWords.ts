const PAIR = 65_536

/**
 * Finds which of many words stand in a text, in one walk through it: at each letter only the words that begin with it and the next are
 * compared. Every word has two letters or more.
 */
export function makeWordFinder(words: Iterable<string>): (text: string) => string[] {
  const byPair = new Map<number, string[]>()
  // Most letters of a text begin no word.
  const begins = new Uint8Array(PAIR)
  for (const word of words) {
    begins[word.charCodeAt(0)] = 1
    const pair = pairAt(word, 0)
    byPair.set(pair, [...(byPair.get(pair) ?? []), word])
  }
  return (text) => {
    const found: string[] = []
    for (let at = 0; at < text.length - 1; at++) {
      if (begins[text.charCodeAt(at)] === 0) continue
      for (const word of byPair.get(pairAt(text, at)) ?? none)
        if (text.startsWith(word, at)) found.push(word)
    }
    return found
  }
}

const none: readonly string[] = []
const pairAt = (text: string, at: number): number =>
  text.charCodeAt(at) * PAIR + text.charCodeAt(at + 1)
