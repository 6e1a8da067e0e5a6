import type pg from 'pg'

interface Column {
  table: string
  column: string
  type: string
  nullable: boolean
  primary: boolean
}

interface Reference {
  from: string
  to: string
  columns: string
  optional: boolean
}

const COLUMNS = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
         not a.attnotnull as nullable, coalesce(a.attnum = any (p.conkey), false) as primary
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname not like 'kysely%'
  order by c.relname, a.attnum`

const REFERENCES = `
  select k.conrelid::regclass::text as from, k.confrelid::regclass::text as to,
         string_agg(a.attname, ', ' order by a.attnum) as columns,
         bool_or(not a.attnotnull) as optional
  from pg_constraint k
  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
  where k.contype = 'f' and k.connamespace = 'public'::regnamespace
  group by k.oid, k.conrelid, k.confrelid
  order by 1, 2, 3`

/** A mermaid picture of the tables that stand in the database, the same for the same migrations. */
export async function drawSchema(client: pg.Client): Promise<string> {
  const columns = (await client.query<Column>(COLUMNS)).rows
  const references = (await client.query<Reference>(REFERENCES)).rows
  return [
    '# Tables',
    '',
    'Made from a database by `pnpm db:types`; the tests compare it with the migrations.',
    '',
    '```mermaid',
    'erDiagram',
    ...references.map(drawReference),
    ...drawTables(columns, references),
    '```',
    '',
  ].join('\n')
}

const bare = (name: string): string => name.replaceAll('"', '')

const drawReference = ({ from, to, columns, optional }: Reference): string =>
  `  ${bare(to)} ${optional ? '|o' : '||'}--o{ ${bare(from)} : "${columns}"`

function drawTables(columns: Column[], references: Reference[]): string[] {
  const foreign = new Set(
    references.flatMap(({ from, columns: names }) =>
      names.split(', ').map((name) => `${bare(from)}.${name}`),
    ),
  )
  return [...new Set(columns.map((each) => each.table))].flatMap((table) => [
    `  ${table} {`,
    ...columns
      .filter((each) => each.table === table)
      .map(({ column, type, nullable, primary }) => {
        const keys = [primary && 'PK', foreign.has(`${table}.${column}`) && 'FK'].filter(Boolean)
        // mermaid takes one word for a type.
        const word = type.replaceAll(' ', '_').replace('timestamp_with_time_zone', 'timestamptz')
        const note = nullable ? ' "may be empty"' : ''
        return `    ${word} ${column}${keys.length > 0 ? ` ${keys.join(', ')}` : ''}${note}`
      }),
    '  }',
  ])
}
