import { AppError } from './errors.ts'
import { limits } from './limits.ts'
import { cleanName } from './users.names.ts'

/** The words of a ping as others may see them: '' for none, null when they may not be shown at all. */
export function cleanPingWords(raw: string): string | null {
  if (raw.trim() === '') return ''
  try {
    return cleanName(raw, limits.PING_WORDS_GRAPHEMES)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
