import type { Config } from '../config/schema.ts'
import { type Database, inTransaction } from '../store/database.ts'
import { dateOf } from './mail-rows.ts'

/** Open tickets of offices that the configuration has no more. */
export interface Rehoused {
  /** Key that the tickets had. */
  readonly office: string
  /** Key that they have now. */
  readonly to: string
  readonly tickets: number
}

/**
 * Gives open tickets whose office was removed from the configuration another one: that of their mailbox, else the first. Their
 * hours and holidays count from then on for what is promised anew; what is promised already keeps its time. Each
 * gets a line in its history. A second process finds nothing left. Tickets that are closed keep what they had; one that
 * is reopened counts by the first office until the next start.
 */
export async function rehouseTickets(
  database: Database,
  { offices, mailboxes }: Pick<Config, 'offices' | 'mailboxes'>,
  now: Temporal.Instant,
): Promise<readonly Rehoused[]> {
  const keys = Object.keys(offices)
  const [first = ''] = keys
  const homes = Object.entries(mailboxes).map(([mailbox, { office }]) => ({ mailbox, office }))
  return inTransaction(
    database,
    tx => tx.$queryRaw<Rehoused[]>`
      with homeless as (
        select t.id, t.office, coalesce(h.office, ${first}) as "to" from ticket t
        left join jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) as h(mailbox text, office text) on h.mailbox = t.mailbox
        where t.state in ('open', 'waiting') and t.office <> all(${keys}::text[])
        order by t.id for update of t
      ), moved as (
        update ticket set office = h."to" from homeless h where ticket.id = h.id
      ), told as (
        insert into entry (id, ticket_id, kind, at, author, text, detail)
        select gen_random_uuid(), id, 'office-replaced', ${dateOf(now)}::timestamptz, '', '',
          jsonb_build_object('from', office, 'to', "to") from homeless
      )
      select office, "to", count(*)::int as tickets from homeless group by 1, 2 order by 1, 2`,
  )
}
