/** The same function, which keeps its answers: what it is asked is mostly of a few. When `most` are kept, all are forgotten. */
export function remembered<V>(make: (key: string) => V, most: number): (key: string) => V {
  const kept = new Map<string, V>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(key)
    if (kept.size >= most) kept.clear()
    kept.set(key, made)
    return made
  }
}
