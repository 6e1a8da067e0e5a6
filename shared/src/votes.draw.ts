import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { DrawProof } from './votes.ts'

/** Hash shown when a vote opens: SHA-256 of the seed's 32 bytes, both as lower-case hex. Throws on what is no hex. */
export function sealSeed(seedHex: string): string {
  return bytesToHex(sha256(hexToBytes(seedHex)))
}

/** What is hashed with the seed: the first round's id and the tied numbers, ascending. */
export function drawMessage(firstRoundId: string, numbers: readonly number[]): string {
  return `${firstRoundId}:${ascending(numbers).join(',')}`
}

/** HMAC-SHA-256(seed, message) as hex: the number that the draw is made of. */
export function drawDigest(
  seedHex: string,
  firstRoundId: string,
  numbers: readonly number[],
): string {
  return bytesToHex(
    hmac(sha256, hexToBytes(seedHex), utf8ToBytes(drawMessage(firstRoundId, numbers))),
  )
}

/**
 * The candidate drawn: the digest as a big-endian integer modulo the count picks among the numbers in ascending order.
 * The same on server and in browser. Throws RangeError when there is nothing to draw from.
 */
export function pickDrawn(
  seedHex: string,
  firstRoundId: string,
  numbers: readonly number[],
): number {
  const among = ascending(numbers)
  if (among.length === 0) throw new RangeError('Nothing to draw from')
  const index = BigInt(`0x${drawDigest(seedHex, firstRoundId, among)}`) % BigInt(among.length)
  return Number(among.at(Number(index)))
}

/** True when the seed is the one sealed at the opening and it draws what is claimed. Never throws. */
export function verifyDraw({ seedHash, seed, firstRoundId, numbers, picked }: DrawProof): boolean {
  try {
    return (
      /^[0-9a-f]{64}$/.test(seed) &&
      sealSeed(seed) === seedHash &&
      pickDrawn(seed, firstRoundId, numbers) === picked
    )
  } catch {
    return false
  }
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b)
}
