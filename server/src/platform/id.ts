import { randomBytes, randomFillSync } from 'node:crypto'
import { limits } from '#shared/limits.ts'
import { ROOM_CODE_ALPHABET } from '#shared/rooms.code.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** A room's link code: 12 characters of the shared alphabet (32 letters), 60 random bits. */
export function newRoomCode(): string {
  let code = ''
  for (const byte of randomBytes(limits.ROOM_CODE_CHARS)) code += ROOM_CODE_ALPHABET[byte & 31]
  return code
}

/** 22 characters of base64url, 128 random bits: for addresses and single-use tokens. */
export function newUrlId(): string {
  return randomBytes(16).toString('base64url')
}

/** UUID v7 (RFC 9562): 48 bits of ms, then random; sorts by time of creation, so that indexes stay compact. */
export function newUuid(now: number = Date.now()): string {
  const bytes = Buffer.alloc(16)
  randomFillSync(bytes, 6)
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** 10 characters that name an unexpected error on screen and in the log. */
export function newErrorId(): string {
  let id = ''
  for (const byte of randomBytes(10)) id += BASE32[byte & 31]
  return id
}
