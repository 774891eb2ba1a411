/** Has an office gone from the configuration while tickets of it are open? */
import type pg from 'pg'
import type { Config } from '../../config/schema.ts'
import type { Finding } from './finding.ts'

/** Nothing where all is well; `client` is connected to a ledger that has its tables. */
export async function officeFindings(client: pg.Client, { offices }: Config): Promise<readonly Finding[]> {
  const { rowCount } = await client.query(`select 1 where to_regclass('ticket') is not null`)
  if (!rowCount) return []
  const { rows } = await client.query<{ office: string; tickets: number }>(
    `select office, count(*)::int as tickets from ticket
     where state in ('open', 'waiting') and office <> all($1::text[]) group by office order by office`,
    [Object.keys(offices)],
  )
  return rows.map(({ office, tickets }) => {
    const what = tickets === 1 ? '1 open ticket belongs' : `${tickets} open tickets belong`
    return {
      what: `office ${office}`,
      ok: false,
      found: `${what} to it, and the configuration has no such office`,
      advice:
        'put it back, or let the next start give them the office of their mailbox, else the first of the configuration',
    }
  })
}
