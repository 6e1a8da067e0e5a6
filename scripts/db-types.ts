import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { makeDb, migrate } from '../server/src/platform/db.ts'
import { makeLog } from '../server/src/platform/log.ts'
import { withEndings } from './ending.ts'
import { bin, ROOT } from './paths.ts'
import { failWith, Plain, say } from './say.ts'
import { drawSchema } from './schema-picture.ts'
import { startThrowaway } from './services/throwaway.ts'
import { runTool } from './tools.ts'

/** `pnpm db:types [--check]`: table types and schema picture from a database made by the migrations. */
await withEndings(async (endings) => {
  const services = await startThrowaway()
  endings.push(() => services.stop())
  const url = services.env.DATABASE_URL ?? ''
  const link = makeDb(url, { poolMax: 2 }, makeLog('silent'))
  endings.push(() => link.close())
  await migrate(link.db)
  const stale: string[] = []
  const keep = (path: string, text: string): void => {
    const file = join(ROOT, path)
    if (!process.argv.includes('--check')) writeFileSync(file, text)
    else if (readIfThere(file) !== text) stale.push(path)
  }
  keep('server/src/platform/db.generated.ts', await generateTypes(url))
  keep('docs/schema.md', await drawSchemaOf(url))
  if (stale.length > 0) {
    throw new Plain(`${stale.join(' and ')} differ from the migrations: run \`pnpm db:types\`.`)
  }
  say('table types and schema picture are those of the migrations')
}).catch(failWith)

async function generateTypes(url: string): Promise<string> {
  const args = ['--dialect', 'postgres', '--url', url, '--print', '--log-level', 'error']
  // kysely's own two tables are no business of ours.
  const { code, output, stdout } = await runTool(bin('kysely-codegen'), [
    ...args,
    '--exclude-pattern',
    'kysely_*',
    // As makeDb reads them: our counters stay below 2^53.
    '--type-mapping',
    JSON.stringify({ int8: 'number', numeric: 'number' }),
  ])
  if (code !== 0) throw new Plain(`kysely-codegen failed:\n${output.trim()}`)
  return `${stdout.trim()}\n`
}

async function drawSchemaOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await drawSchema(client)
  } finally {
    await client.end()
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
