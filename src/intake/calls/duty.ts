import type { Config } from '../../config/schema.ts'
import { peopleOnDuty } from '../../desk/duty.ts'
import { agentsOnDuty, isAbsent, type NotedAbsence } from '../../desk/on-duty.ts'
import { type AgentState, agentsToAssign, agentsToRing, isOnBreak } from '../../desk/phone/agent-order.ts'
import type { AgentToRing } from '../../desk/phone/call-decision.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'

/** Who is there for calls now, out of the roster, the absence notes and what the agents' telephones did lately. */

export interface DutyRequest {
  readonly group: string
  /** Key of the office: its wall time says when a day and a break begin. */
  readonly office: string
  readonly language: Language
  readonly now: Temporal.Instant
  readonly config: Config
}

/** Keys of agents, each list in the order in which they should have it. */
export interface Duty {
  readonly toRing: readonly AgentToRing[]
  readonly toAssign: readonly string[]
  /** On duty, but not rung for a while because they missed several calls in a row. */
  readonly paused: readonly string[]
}

/** Agents who are away are not rung; their deputies are, and keep their place behind the group's own. */
export async function readDuty(tx: Tx, { group, office, language, now, config }: DutyRequest): Promise<Duty> {
  const timeZone = config.offices[office]?.timeZone ?? 'UTC'
  const absences = await readAbsences(tx, now)
  const keys = agentsOnDuty(group, config, absences, timeZone, now).filter(
    key => !isAbsent(key, config, absences, timeZone, now),
  )
  const states = await readStates(tx, keys, { now, config, timeZone })
  // While the roster has nobody a callback still needs somebody to see to it, but nobody's telephone rings off duty.
  const there = new Set(peopleOnDuty(group, config, absences, timeZone, now).map(({ agent }) => agent))
  return {
    toRing: agentsToRing({ language, agents: states.filter(({ key }) => there.has(key)) }),
    toAssign: agentsToAssign({ language, agents: states }),
    paused: states.filter(({ paused }) => paused).map(({ key }) => key),
  }
}

/** What absence notes say of this moment, or of the time from `now` to `until`. */
export async function readAbsences(
  tx: Tx,
  now: Temporal.Instant,
  until: Temporal.Instant = now,
): Promise<readonly NotedAbsence[]> {
  const at = new Date(now.epochMilliseconds)
  const rows = await tx.absence.findMany({
    where: {
      fromAt: { lte: new Date(until.epochMilliseconds) },
      OR: [{ untilAt: null }, { untilAt: { gt: at } }],
    },
  })
  return rows.map(({ agent, fromAt, untilAt, deputy }) => ({
    agent,
    deputy,
    fromAt: Temporal.Instant.fromEpochMilliseconds(fromAt.getTime()),
    untilAt: untilAt && Temporal.Instant.fromEpochMilliseconds(untilAt.getTime()),
  }))
}

/** Who has that many has enough; counting them all would make each ring of a flooded desk slower. */
const mostCounted = 200

interface PhoneState {
  readonly agent: string
  readonly busy: boolean
  readonly misses: number
  readonly openCallbacks: number
  readonly lastRungAt: Date | null
}

async function readStates(
  tx: Tx,
  keys: readonly string[],
  { now, config, timeZone }: { now: Temporal.Instant; config: Config; timeZone: string },
): Promise<readonly AgentState[]> {
  const { missesBeforePause, pauseMinutes } = config.phone ?? { missesBeforePause: 1, pauseMinutes: 0 }
  const since = now.subtract({ minutes: pauseMinutes }).toString()
  // Nobody rings or talks for longer. Agents who have taken calls for years must not make each ring slower.
  const yesterday = now.subtract({ hours: 24 }).toString()
  const rows = await tx.$queryRaw<PhoneState[]>`
    select a.agent,
      exists (select 1 from callback_attempt t where t.agent = a.agent and t.active_for is not null
                and t.requested_at > ${yesterday}::timestamptz)
        or exists (select 1 from call_leg l join call c on c.id = l.call_id
                   where l.agent = a.agent and l.rang_at > ${yesterday}::timestamptz
                     and l.state <> 'ended' and c.state = 'open') as busy,
      (select count(*)::int from (
         select l.rang_at as at from call_leg l
           where l.agent = a.agent and l.rang_at > ${since}::timestamptz and l.state = 'ended'
             and l.outcome in ('declined', 'mailbox', 'busy', 'no-answer', 'failed')
         union all
         select t.requested_at from callback_attempt t
           where t.agent = a.agent and t.requested_at > ${since}::timestamptz and t.outcome = 'not-taken') missed
       where missed.at > greatest(
         coalesce((select max(l.accepted_at) from call_leg l
                     where l.agent = a.agent and l.rang_at > ${yesterday}::timestamptz), '-infinity'),
         coalesce((select max(t.accepted_at) from callback_attempt t
                     where t.agent = a.agent and t.requested_at > ${yesterday}::timestamptz), '-infinity'))
      ) as misses,
      (select count(*)::int from (select 1 from callback b
         where b.agent = a.agent and b.owed_for is not null limit ${mostCounted}) owed) as "openCallbacks",
      greatest((select max(l.rang_at) from call_leg l where l.agent = a.agent),
               (select max(t.requested_at) from callback_attempt t where t.agent = a.agent and t.mode = 'rung')
      ) as "lastRungAt"
    from unnest(${[...keys]}::text[]) as a(agent)`
  const known = new Map(rows.map(row => [row.agent, row]))
  return keys.flatMap(key => {
    const agent = config.agents[key]
    const state = known.get(key)
    if (!agent || !state) return []
    const { busy, misses, openCallbacks, lastRungAt } = state
    return [
      {
        ...{ key, busy, openCallbacks },
        name: agent.name,
        phone: agent.phone ?? null,
        language: agent.language,
        languages: agent.languages ?? [agent.language],
        onBreak: isOnBreak(agent.breaks, timeZone, now),
        paused: misses >= missesBeforePause,
        lastRungAt: lastRungAt && Temporal.Instant.fromEpochMilliseconds(lastRungAt.getTime()),
      },
    ]
  })
}
