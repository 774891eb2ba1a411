import type { Config } from '../config/schema.ts'
import {
  type DigestFindings,
  type DigestLine,
  type DigestTopic,
  digestLines,
  digestOf,
  digestPeriod,
} from '../desk/digest.ts'
import type { Office } from '../desk/office-hours.ts'
import type { Language } from '../desk/ticket.ts'
import { enqueue, type LetterRow, letterRow } from '../outbox/enqueue.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import { dateOf } from './mail-rows.ts'
import { reportGaps } from './promises/report-gaps.ts'

/** Gathers the digest from the ledger and puts its letters into the outbox. What is still open is told every day anew. */

/** A job that runs twice on one morning writes once. */
const onceInHours = 12

/**
 * Returns how many letters were written; 0 where there is nothing to report, or where it has been reported already.
 * Without `offices` gaps of the rosters are not looked for.
 */
export async function writeDigest(
  database: Database,
  config: Config,
  now: Temporal.Instant,
  offices: ReadonlyMap<string, Office> = new Map(),
): Promise<number> {
  return inTransaction(database, async tx => {
    const last = await tx.letter.findFirst({ where: { kind: 'digest' }, orderBy: { createdAt: 'desc' } })
    const lastAt = last ? Temporal.Instant.fromEpochMilliseconds(last.createdAt.getTime()) : undefined
    if (lastAt && now.since(lastAt).total('hours') < onceInHours) return 0
    const period = digestPeriod(lastAt, now)
    const found = await findings(tx, dateOf(period.since), dateOf(now))
    const gaps = await reportGaps(tx, { config, offices }, now)
    const letters = recipientsOf(config).flatMap(({ address, language, mailbox, domain }): LetterRow[] => {
      const data = digestOf({ ...found, 'duty-gap': gaps[language] }, period)
      if (!data) return []
      const envelope = { ticketId: null, mailbox, domain, thread: { inReplyTo: null, references: [] } }
      return [letterRow({ kind: 'digest', language, recipient: address, data }, envelope, now)]
    })
    await enqueue(tx, letters)
    return letters.length
  })
}

/** Those who hear of alarms, else the first agent of each group, who is in charge of it. */
function recipientsOf(config: Config) {
  const [mailbox, { address, language } = { address: '', language: 'en' as Language }] =
    Object.entries(config.mailboxes)[0] ?? []
  if (mailbox === undefined) return []
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const leads = Object.values(config.groups).flatMap(({ agents: [key = ''] }) => {
    const lead = config.agents[key]
    const [own] = lead?.addresses ?? []
    return lead && own ? [{ address: own, language: lead.language }] : []
  })
  const to = config.alarms.to.length > 0 ? config.alarms.to.map(own => ({ address: own, language })) : leads
  const once = new Map(to.map(one => [one.address.toLowerCase(), one]))
  return [...once.values()].map(one => ({ ...one, mailbox, domain }))
}

/** Topics that the ledger is asked about; rosters are configuration. */
type Asked = Exclude<DigestTopic, 'duty-gap'>

/**
 * One statement a topic. Each gives the newest lines, with the number of all of them on every line. $1 and $2 are the
 * period. What waits for a human is told however old it is; the rest only once.
 */
const questions: Readonly<Record<Asked, string>> = {
  'over-budget': `
    select i.taken_in_at as at, coalesce(i.from_address, '') as who, i.subject as what, t.number as "ticketNumber",
           'gateway why ' || i.id as command, count(*) over () as count
    from inbound i left join ticket t on t.id = i.ticket_id
    where i.taken_in_at > $1 and i.taken_in_at <= $2 and exists (
      select from jsonb_array_elements(i.trail) step
      where step->>'hit' = 'false' and step->>'because' like '%; budgets.%')
    order by i.id desc`,
  held: `
    select h.held_at as at, coalesce(i.from_address, '') as who, h.reason || ': ' || i.subject as what,
           t.number as "ticketNumber", 'gateway why ' || i.id as command, count(*) over () as count
    from held h join inbound i on i.id = h.inbound_id left join ticket t on t.id = h.ticket_id
    where h.state = 'held' and h.held_at <= $2 and $1 < $2
    order by h.held_at desc`,
  quarantined: `
    select i.taken_in_at as at, coalesce(i.from_address, '') as who,
           coalesce(i.quarantine_code, '') || ': ' || coalesce(i.quarantine_detail, '') as what,
           null as "ticketNumber", 'gateway quarantine show ' || i.id as command, count(*) over () as count
    from inbound i where i.outcome = 'quarantine' and i.taken_in_at <= $2 and $1 < $2
    order by i.id desc`,
  'failed-letters': `
    select l.created_at as at, l.recipient as who, l.kind || ': ' || coalesce(l.response, '') as what,
           t.number as "ticketNumber", 'gateway letters retry ' || l.id as command, count(*) over () as count
    from letter l left join ticket t on t.id = l.ticket_id
    where l.state = 'failed' and l.next_try_at > $1 and l.next_try_at <= $2
    order by l.next_try_at desc`,
  suppressed: `
    select s.since as at, s.address as who, s.reason as what, null as "ticketNumber",
           case when s.inbound_id is null then null else 'gateway why ' || s.inbound_id end as command,
           count(*) over () as count
    from suppression s where s.since > $1 and s.since <= $2
    order by s.since desc`,
}

async function findings(tx: Tx, since: Date, until: Date): Promise<Pick<DigestFindings, Asked>> {
  const ask = async (topic: Asked) => {
    const rows = await tx.$queryRawUnsafe<(Omit<DigestLine, 'at'> & { at: Date; count: bigint })[]>(
      `${questions[topic]} limit ${digestLines}`,
      since,
      until,
    )
    const lines = rows.map(({ count: _, at, ...line }) => ({ ...line, at: at.toISOString() }))
    return { count: Number(rows[0]?.count ?? 0), lines }
  }
  return {
    'over-budget': await ask('over-budget'),
    held: await ask('held'),
    quarantined: await ask('quarantined'),
    'failed-letters': await ask('failed-letters'),
    suppressed: await ask('suppressed'),
  }
}
