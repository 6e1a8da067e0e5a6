import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import pg from 'pg'
import { makeDb, migrate } from './db.ts'
import { makeLog } from './log.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Any number; tells our advisory lock from others. */
const TEMPLATE_LOCK = 5_271_009

export interface TestStore {
  databaseUrl: string
  redisUrl: string
  redisPrefix: string
  /** Deletes this file's keys, as a Redis that lost its data would; other files' stay. */
  forgetRedis(): Promise<void>
  /** Drops the database. Close what uses it first; connections left over are cut. */
  drop(): Promise<void>
}

function needed(name: 'DATABASE_URL' | 'REDIS_URL'): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing: run these tests with "pnpm test:db"`)
  return value
}

function databaseNamed(name: string): string {
  const url = new URL(needed('DATABASE_URL'))
  url.pathname = `/${name}`
  return url.href
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: needed('DATABASE_URL') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Named by the migrations' content, so that a changed one makes a new template. */
async function templateName(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(migrationsFolder)).sort())
    hash.update(await readFile(join(migrationsFolder, file)))
  return `template_${hash.digest('hex').slice(0, 16)}`
}

/** A database of its own, copied from a template that the first caller of a run migrates, and a Redis prefix of its own. */
export async function makeTestStore(): Promise<TestStore> {
  const template = await templateName()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(async (client) => {
    // Copying fails while anyone is connected to the template: making and copying are one at a time.
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      template,
    ])
    if (rowCount === 0) await makeTemplate(client, template)
    await client.query(`create database ${name} template ${template}`)
  })
  return {
    databaseUrl: databaseNamed(name),
    redisUrl: needed('REDIS_URL'),
    redisPrefix: `${name}:`,
    forgetRedis: () => deleteKeys(`${name}:*`),
    drop: () =>
      asAdmin(async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

async function deleteKeys(pattern: string): Promise<void> {
  const redis = new Redis(needed('REDIS_URL'))
  for await (const keys of redis.scanStream({ match: pattern, count: 1_000 }))
    if (keys.length > 0) await redis.del(keys)
  await redis.quit()
}

/** Renamed when done: a run that is killed half-way leaves no half template. */
async function makeTemplate(client: pg.Client, template: string): Promise<void> {
  const draft = `${template}_${randomBytes(4).toString('hex')}`
  await client.query(`create database ${draft}`)
  const link = makeDb(databaseNamed(draft), { poolMax: 2 }, makeLog('silent'))
  await migrate(link.db)
  await link.close()
  await client.query(`alter database ${draft} rename to ${template}`)
}

/** Stands before a real service and can be shut, as when that service restarts: connections are cut, new ones refused. */
export interface Gate {
  port: number
  shut(): Promise<void>
  open(): Promise<void>
}

export async function makeGate(target: { host: string; port: number }): Promise<Gate> {
  const open = new Set<Socket>()
  const make = (): Server =>
    createServer((client) => {
      const upstream = connect(target.port, target.host)
      for (const side of [client, upstream]) {
        open.add(side)
        side.on('error', () => side.destroy())
      }
      client.on('close', () => {
        open.delete(client)
        upstream.destroy()
      })
      upstream.on('close', () => {
        open.delete(upstream)
        client.destroy()
      })
      client.pipe(upstream).pipe(client)
    })
  const listen = (server: Server, port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  let server = make()
  await listen(server, 0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The gate has no port')
  return {
    port: address.port,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const side of open) side.destroy()
      }),
    open: async () => {
      server = make()
      await listen(server, address.port)
    },
  }
}

/** The gate before the service of a URL, and the URL through it. */
export async function makeGateFor(
  url: string,
  usualPort: number,
): Promise<{ gate: Gate; url: string }> {
  const through = new URL(url)
  const gate = await makeGate({ host: through.hostname, port: Number(through.port || usualPort) })
  through.hostname = '127.0.0.1'
  through.port = String(gate.port)
  return { gate, url: through.href }
}
