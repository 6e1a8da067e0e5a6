/** One tab per device plays and sends. Tabs of one browser tell each other who has voice. */
export interface TabClaim {
  claim(): void
  release(): void
  close(): void
}

type Word = { kind: 'claimed' | 'freed' | 'who'; tab: string }

/** `taken`: another tab has or took voice; `freed`: nobody has it. */
export function claimDevice(heard: { taken(): void; freed(): void }): TabClaim {
  const tab = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? '0'
  let mine = false
  if (typeof BroadcastChannel === 'undefined') return { claim() {}, release() {}, close() {} }
  const channel = new BroadcastChannel('bapmap.voice')
  const say = (kind: Word['kind']): void => channel.postMessage({ kind, tab } satisfies Word)
  const free = (): void => {
    if (!mine) return
    mine = false
    say('freed')
  }
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.tab === tab) return
    if (data.kind === 'who' && mine) say('claimed')
    if (data.kind === 'freed') heard.freed()
    if (data.kind === 'claimed') {
      mine = false
      heard.taken()
    }
  }
  addEventListener('pagehide', free)
  say('who')
  return {
    claim() {
      mine = true
      say('claimed')
    },
    release: free,
    close() {
      free()
      removeEventListener('pagehide', free)
      channel.close()
    },
  }
}
