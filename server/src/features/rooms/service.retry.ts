const LOCK_NOT_AVAILABLE = '55P03'

/** Runs a transaction, and once more if it was cancelled while it waited for a lock: by then a holder that froze has been ended. */
export async function untilFree<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE))
      throw error
    return run()
  }
}
