import { randomUUID } from 'node:crypto'
import type { Tx } from '../../store/database.ts'
import { cancelAttempts, endCallback } from '../calls/callback-book.ts'
import { dateOf } from '../mail-rows.ts'
import { type MayClose, mayClose, tellResult } from '../promises/closing.ts'
import { recordMeasure } from '../promises/measures.ts'
import { endPromises } from '../promises/promise-book.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { sendUpdate } from '../promises/status-update.ts'
import { tellAgents } from './step-letters.ts'
import { addEntry, lockTicket } from './ticket-of.ts'

/** Known problems gather tickets, inform all their customers at once, and close them together. */

export interface Linked {
  readonly ticketId: string
  readonly key: string
  /** Needed the first time; later it is not changed. */
  readonly title: string
  /** Name of the agent. */
  readonly by: string
  readonly now: Temporal.Instant
}

/** Links a ticket to a known problem, which begins with its first ticket. Nothing happens where it was solved meanwhile. */
export async function linkKnownProblem(tx: Tx, { ticketId, key, title, by, now }: Linked): Promise<void> {
  await tx.$executeRaw`
    insert into known_problem (id, key, title, state, opened_at)
    values (${randomUUID()}::uuid, ${key}, ${title.slice(0, 200).toWellFormed() || key}, 'open', ${dateOf(now)}::timestamptz)
    on conflict (key) do nothing`
  const [problem] = await tx.$queryRaw<{ id: string; title: string }[]>`
    select id, title from known_problem where key = ${key} and state = 'open' for update`
  if (!problem) return
  const knownProblemId = problem.id
  await tx.ticket.update({ where: { id: ticketId }, data: { knownProblemId, changedAt: dateOf(now) } })
  await addEntry(tx, {
    ...{ ticketId, kind: 'known-problem', at: now, author: by },
    detail: { key, title: problem.title },
  })
}

/** What became of a problem's tickets, by their numbers. */
export interface ToldTickets {
  readonly told: readonly string[]
  /** Solved, but something has to be documented, or a manufacturer's case to end, before they may be closed. */
  readonly open: readonly string[]
  /** Calls of ours, by their providers' ids, that ring for what is done: to be hung up after the commit. */
  readonly hangUps: readonly string[]
}

export interface ProblemNews {
  readonly key: string
  /** In words for customers. */
  readonly text: string
  /** Key of the agent who wrote it; whoever else did has no key. */
  readonly agent: string | null
  /** Name of whoever wrote it. */
  readonly by: string
  readonly now: Temporal.Instant
}

/** Every customer of an open problem gets one status update a ticket. Undefined where no such problem is open. */
export async function tellKnownProblem(
  tx: Tx,
  deps: PromiseDeps,
  { key, text, agent, by, now }: ProblemNews,
): Promise<ToldTickets | undefined> {
  const tickets = await lockProblem(tx, key)
  if (!tickets) return undefined
  for (const { id: ticketId } of tickets) {
    await addEntry(tx, { ticketId, kind: 'known-problem-told', at: now, author: by, text, detail: { key } })
    await sendUpdate(tx, toEverybody(deps), {
      ...{ ticketId, done: text, next: '', by: agent, now },
      automatic: false,
    })
  }
  return { told: tickets.map(({ number }) => number), open: [], hangUps: [] }
}

/**
 * Solves a problem: each ticket gets the result, its customer the closing letter, and it is closed. What must be
 * documented first, or waits for a manufacturer, stays open: its customer hears of the solution, its agents what is left
 * to do. Undefined where no such problem is open, so that a repetition tells nobody twice.
 */
export async function solveKnownProblem(
  tx: Tx,
  deps: PromiseDeps,
  { key, text, agent, by, now }: ProblemNews,
): Promise<ToldTickets | undefined> {
  const tickets = await lockProblem(tx, key)
  if (!tickets) return undefined
  await tx.knownProblem.update({ where: { key }, data: { state: 'solved', solvedAt: dateOf(now) } })
  const open: string[] = []
  const hangUps: string[] = []
  const everybody = toEverybody(deps)
  for (const { id: ticketId, number } of tickets) {
    await recordMeasure(tx, deps, { ticketId, of: 'result', text, by: agent ?? by, now })
    const verdict = await mayClose(tx, deps, ticketId)
    await addEntry(tx, {
      ...{ ticketId, kind: 'known-problem-solved', at: now, author: by },
      detail: { key, closed: verdict.allowed, missing: stillMissing(verdict) },
    })
    if (verdict.allowed) {
      await tellResult(tx, everybody, { ticketId, by: agent ?? by, now })
      hangUps.push(...(await close(tx, deps, ticketId, now)))
      continue
    }
    open.push(number)
    await sendUpdate(tx, everybody, { ticketId, done: text, next: '', by: agent, automatic: false, now })
    const ticket = await lockTicket(tx, ticketId)
    const about = verdict.cases === undefined ? 'not-closed' : 'case-open'
    if (ticket) await tellAgents(tx, deps, ticket, [], { about, by: null, key: null }, now)
  }
  return { told: tickets.map(({ number }) => number), open, hangUps }
}

/** In words, as the history tells it. */
function stillMissing(verdict: MayClose): string[] {
  if (verdict.allowed) return []
  return [...verdict.missing, ...(verdict.cases ?? []).map(number => `the outcome of case ${number}`)]
}

/**
 * Whoever writes to all customers of a problem means all of them: what a loop of two machines is stopped by, the number
 * of letters to all customers together, does not count here. What one address gets in a day still does.
 */
function toEverybody(deps: PromiseDeps): PromiseDeps {
  const { config } = deps
  const unlimited = Number.POSITIVE_INFINITY
  const budgets = { ...config.budgets, totalPer10Minutes: unlimited, totalPerHour: unlimited }
  return { ...deps, config: { ...config, budgets } }
}

/** Its tickets that are not closed, locked in a fixed order; undefined where the problem is not open. */
async function lockProblem(
  tx: Tx,
  key: string,
): Promise<readonly { readonly id: string; readonly number: string }[] | undefined> {
  const [problem] = await tx.$queryRaw<{ id: string }[]>`
    select id from known_problem where key = ${key} and state = 'open' for update`
  if (!problem) return undefined
  return tx.$queryRaw<{ id: string; number: string }[]>`
    select id, number from ticket
    where known_problem_id = ${problem.id}::uuid and state <> 'resolved' order by id for update`
}

async function close(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const at = dateOf(now)
  await endPromises(tx, deps, {
    ...{ ticketId, kinds: ['first-response', 'resolution'], how: 'kept', reason: 'known-problem', at: now },
  })
  await endPromises(tx, deps, { ticketId, how: 'withdrawn', reason: 'closed', at: now })
  const hangUps = await cancelAttempts(undefined, tx, [ticketId], now)
  await endCallback(tx, { ticketId, how: 'closed', at: now })
  await tx.ticket.update({
    where: { id: ticketId },
    data: { state: 'resolved', closedAt: at, changedAt: at, waitingUntil: null },
  })
  return hangUps
}
