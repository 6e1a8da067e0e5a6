import { X509Certificate } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { Plain } from '../say.ts'

const DAY_MS = 86_400_000

/** This machine's address on the network that leads outwards; nothing is sent to find it. */
export async function findLanAddress(): Promise<string> {
  const outward = await outwardAddress()
  if (outward) return outward
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const found = all.find((each) => each.family === 'IPv4' && !each.internal)
  if (found) return found.address
  throw new Plain(
    '--lan needs a network: this machine has no address but its own. Join a Wi-Fi first.',
  )
}

function outwardAddress(): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = createSocket('udp4')
    const finish = (address?: string): void => {
      socket.close()
      done(address)
    }
    socket.once('error', () => finish())
    // Connecting a UDP socket only chooses the route; the address is one reserved for documents.
    socket.connect(9, '198.51.100.1', () => {
      const { address } = socket.address()
      finish(address === '0.0.0.0' || address.startsWith('127.') ? undefined : address)
    })
  })
}

export interface Tls {
  cert: string
  key: string
}

/**
 * A certificate of our own for the address, kept, so that a phone asks only once. Made anew when the
 * address changed or a week is left. Safari refuses more than 825 days.
 */
export async function ensureCertificate(folder: string, address: string): Promise<Tls> {
  const files = { cert: join(folder, 'tls', 'cert.pem'), key: join(folder, 'tls', 'key.pem') }
  if (isGood(files.cert, address)) return files
  const made = await generate([{ name: 'commonName', value: `Bapmap on ${address}` }], {
    algorithm: 'sha256',
    keySize: 2048,
    notAfterDate: new Date(Date.now() + 365 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: address },
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  })
  mkdirSync(join(folder, 'tls'), { recursive: true })
  writeFileSync(files.key, made.private, { mode: 0o600 })
  writeFileSync(files.cert, made.cert)
  return files
}

function isGood(file: string, address: string): boolean {
  try {
    const cert = new X509Certificate(readFileSync(file))
    return Boolean(cert.checkIP(address)) && cert.validToDate.getTime() > Date.now() + 7 * DAY_MS
  } catch {
    return false
  }
}
