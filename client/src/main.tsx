import './ui/base.css'
import 'virtual:fonts/ui.css'
import { readRoomCode } from '#shared/rooms.code.ts'
import { askEarly, readPageAnswers } from './lib/early.ts'
import { fontsKnown, loadFonts } from './lib/fonts.ts'

/** A page that says itself when its first picture stands has its fonts then; at the latest now. */
const FONTS_AFTER_MS = 4_000

/* Small on purpose: it runs while the rest is on the way, so that code and data come side by side. */
const room = /^\/r\/([^/]+)/.exec(location.pathname)?.[1]
if (!room || fontsKnown()) loadFonts()
else window.setTimeout(loadFonts, FONTS_AFTER_MS)
readPageAnswers()
if (room) void readRoomEarly(room)
// No top-level await: whatever imports a part of this file would wait for the whole app.
void import('./app/boot.tsx').then(({ boot }) => boot())

/** What entering a room reads, in the room's own order: votes after the snapshot that they belong to. */
async function readRoomEarly(raw: string): Promise<void> {
  void import('./app/room.page.tsx')
  const code = readRoomCode(raw)
  if (code === null) return
  void askEarly('auth.me').catch(() => undefined)
  try {
    const seen = await askEarly('rooms.peek', { code })
    if (
      !seen ||
      typeof seen !== 'object' ||
      !('roomId' in seen) ||
      !('mySeat' in seen) ||
      seen.mySeat === null
    )
      return
    void import('./app/room/screen.tsx')
    const roomId = seen.roomId
    await askEarly('rooms.snapshot', { roomId })
    await askEarly('votes.state', { roomId })
  } catch {
    // The page asks again, and says what is wrong.
  }
}
