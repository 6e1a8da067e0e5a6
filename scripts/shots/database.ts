import pg from 'pg'

/** One statement on the servers' own database: what no person could bring about. */
export async function changeDatabase(url: string, sql: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql, values)
  } finally {
    await client.end()
  }
}
