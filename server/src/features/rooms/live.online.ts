/** Who listens to which room through this process. */
export interface Online {
  add(roomId: string, personId: string): { remove(): void }
  pairs(): { roomId: string; personId: string }[]
}

/** Counts per room and person: several tabs are one person, and the last one to go is the one that counts. */
export function makeOnline(onLast: (pair: { roomId: string; personId: string }) => void): Online {
  const counts = new Map<string, { roomId: string; personId: string; tabs: number }>()
  return {
    add: (roomId, personId) => {
      const key = `${roomId} ${personId}`
      const entry = counts.get(key) ?? { roomId, personId, tabs: 0 }
      entry.tabs++
      counts.set(key, entry)
      let over = false
      return {
        remove: () => {
          if (over) return
          over = true
          entry.tabs--
          if (entry.tabs > 0) return
          counts.delete(key)
          onLast({ roomId, personId })
        },
      }
    },
    pairs: () => [...counts.values()].map(({ roomId, personId }) => ({ roomId, personId })),
  }
}
