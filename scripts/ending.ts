/**
 * Runs the work and then the ends that it registered, in reverse order, whether it returned, threw,
 * or was told to stop by Ctrl-C, SIGTERM or a closed terminal. Ends run once.
 */
export async function withEndings<T>(
  work: (
    endings: { push(end: () => Promise<void> | void): void },
    stopped: AbortSignal,
  ) => Promise<T>,
): Promise<T> {
  const ends: (() => Promise<void> | void)[] = []
  const stopping = new AbortController()
  const endAll = async (): Promise<void> => {
    for (let end = ends.pop(); end; end = ends.pop()) {
      try {
        await end()
      } catch (error) {
        process.stderr.write(`${String(error)}\n`)
      }
    }
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) return // a second Ctrl-C changes nothing: ending takes a moment
    stopping.abort()
    void endAll().then(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  const watch = watchParent(() => onSignal('SIGTERM'))
  try {
    return await work(ends, stopping.signal)
  } finally {
    clearInterval(watch)
    await endAll()
    // Only now: a Ctrl-C while ending must not leave half of it running.
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** pnpm doesn't always pass a signal on before it dies; a script whose pnpm is gone ends too. */
function watchParent(gone: () => void): NodeJS.Timeout | undefined {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== parent) gone()
  }, 1000)
  return timer.unref()
}
