import { isOpen, officeMinutesBetween } from '../../desk/office-hours.ts'
import type { VirtualHotline } from '../virtual-hotline.ts'
import { agentsOf, timeZone, type WeekOptions } from './options.ts'

/** What became of a week, read from the ledger; counts are of the whole week, so that no row's id plays a part. */

export type Counts = Readonly<Record<string, number>>

export interface AgentWeek {
  readonly name: string
  readonly calls: number
  readonly callbacks: number
  readonly phoneMinutes: number
  /** Of the agent's office time, 0 to 1. */
  readonly phoneShare: number
  readonly misses: number
}

export interface WeekReport {
  readonly options: Readonly<Record<string, string | number>>
  readonly workingDays: number
  /** By outcome. */
  readonly calls: Counts
  /** By the step at which the caller hung up. */
  readonly abandonedAt: Counts
  readonly wait: { readonly meanSeconds: number; readonly p90Seconds: number } | null
  /** Calls promised, by how it ended and why: "kept: attempt". The caller who is put through is no promise to ring. */
  readonly promises: Counts
  readonly brokenByAgent: Counts
  /** Promises kept, by the minutes that were left. */
  readonly punctuality: Counts
  readonly attempts: Counts
  readonly letters: Counts
  readonly handOvers: number
  /** Tickets by the level they rose to; 1 is where all begin. */
  readonly levels: Counts
  readonly agents: readonly AgentWeek[]
  readonly mails: Counts
  readonly texts: number
  readonly faults: number
}

interface Row {
  readonly name: string
  readonly count: number
}

export async function readWeek(
  { database, network, deps }: VirtualHotline,
  options: WeekOptions,
  mails: number,
): Promise<WeekReport> {
  const counted = async (sql: string): Promise<Counts> => {
    const rows = await database.$queryRawUnsafe<Row[]>(sql)
    return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
  }
  const { start, days } = options
  const office = deps.offices.get('hamburg')
  const workingDays = Array.from({ length: days }, (_, index) => start.add({ days: index })).filter(
    day => office && isOpen(day.toZonedDateTime({ timeZone, plainTime: '10:00' }).toInstant(), office),
  ).length
  const from = start.toZonedDateTime({ timeZone })
  const minutes = office ? officeMinutesBetween(from.toInstant(), from.add({ days }).toInstant(), office) : 0
  return {
    options: shownOptions(options),
    workingDays,
    calls: await counted(`select coalesce(outcome, 'open') as name, count(*)::int as count from call
      where direction = 'in' group by 1 order by 1`),
    abandonedAt: await counted(`select step as name, count(*)::int as count from call
      where direction = 'in' and outcome = 'abandoned' group by 1 order by 2 desc, 1`),
    wait: await readWait(database),
    promises: await counted(`select state || coalesce(': ' || reason, '') as name, count(*)::int as count
      from guarantee where kind = 'callback' and reason is distinct from 'put-through' group by 1 order by 1`),
    brokenByAgent: await counted(`select coalesce(b.agent, 'nobody') as name, count(*)::int as count
      from guarantee g join callback b on b.ticket_id = g.ticket_id
      where g.kind = 'callback' and g.state = 'broken' group by 1 order by 1`),
    punctuality: await counted(punctuality),
    attempts:
      await counted(`select mode || ': ' || coalesce(outcome, 'under way') as name, count(*)::int as count
      from callback_attempt group by 1 order by 1`),
    letters: await counted(`select data->>'about' as name, count(*)::int as count from letter
      where template = 'callback-task' group by 1 order by 1`),
    handOvers:
      (
        await counted(`select 'all' as name, count(*)::int as count from entry
      where kind = 'callback-assigned' and detail->>'before' is not null`)
      ).all ?? 0,
    levels: await counted(`select level::text as name, count(*)::int as count from ticket
      where merged_into_id is null group by 1 order by 1`),
    agents: await readAgents(database, options, minutes),
    mails: {
      'taken in': mails,
      ...(await counted(`select 'tickets' as name, count(*)::int as count from inbound
        where outcome = 'open-ticket'`)),
      ...(await counted(`select 'first answer ' || state as name, count(*)::int as count from guarantee
        where kind = 'first-response' group by 1 order by 1`)),
    },
    texts: network.texts().length,
    faults: network.faults.length,
  }
}

const punctuality = `select case when early > 90 then 'more than 90' when early > 60 then '60 to 90'
    when early > 30 then '30 to 60' when early > 10 then '10 to 30' else '0 to 10' end as name, count(*)::int as count
  from (select extract(epoch from due_at - ended_at) / 60 as early from guarantee
    where kind = 'callback' and state = 'kept' and reason <> 'put-through') kept
  group by 1 order by min(early) desc`

type Database = VirtualHotline['database']

async function readWait(database: Database): Promise<WeekReport['wait']> {
  const [row] = await database.$queryRaw<{ mean: number | null; p90: number | null }[]>`
    select avg(seconds)::float8 as mean, (percentile_disc(0.9) within group (order by seconds))::float8 as p90
    from (select extract(epoch from l.accepted_at - c.arrived_at) as seconds
      from call c join call_leg l on l.call_id = c.id
      where c.direction = 'in' and l.outcome = 'bridged' and l.accepted_at is not null) waited`
  if (!row || row.mean === null || row.p90 === null) return null
  return { meanSeconds: Math.round(row.mean), p90Seconds: Math.round(row.p90) }
}

interface AgentRow {
  readonly key: string
  readonly calls: number
  readonly callbacks: number
  readonly seconds: number
  readonly misses: number
}

async function readAgents(
  database: Database,
  options: WeekOptions,
  officeMinutes: number,
): Promise<readonly AgentWeek[]> {
  const agents = agentsOf(options)
  const rows = await database.$queryRaw<AgentRow[]>`
    select a.key,
      (select count(*)::int from call_leg l where l.agent = a.key and l.outcome = 'bridged') as calls,
      (select count(*)::int from callback_attempt t where t.agent = a.key and t.accepted_at is not null) as callbacks,
      (select coalesce(sum(extract(epoch from coalesce(l.ended_at, l.accepted_at) - l.accepted_at)), 0)::float8
         from call_leg l where l.agent = a.key and l.accepted_at is not null)
      + (select coalesce(sum(extract(epoch from coalesce(t.ended_at, t.accepted_at) - t.accepted_at)), 0)::float8
         from callback_attempt t where t.agent = a.key and t.mode = 'rung' and t.accepted_at is not null) as seconds,
      (select count(*)::int from call_leg l where l.agent = a.key
         and l.outcome in ('declined', 'mailbox', 'busy', 'no-answer', 'failed'))
      + (select count(*)::int from callback_attempt t where t.agent = a.key and t.outcome = 'not-taken') as misses
    from unnest(${agents.map(({ key }) => key)}::text[]) with ordinality as a(key, place) order by a.place`
  return rows.map(({ key, calls, callbacks, seconds, misses }, index) => ({
    name: agents[index]?.name ?? key,
    ...{ calls, callbacks, misses },
    phoneMinutes: Math.round(seconds / 60),
    phoneShare: officeMinutes === 0 ? 0 : Math.round((seconds / 60 / officeMinutes) * 1000) / 1000,
  }))
}

function shownOptions({ start, ringSeconds, minutes, ...rest }: WeekOptions): WeekReport['options'] {
  return {
    start: start.toString(),
    ...rest,
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(minutes === undefined ? {} : { minutes }),
  }
}
