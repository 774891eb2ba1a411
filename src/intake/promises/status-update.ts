import { publicFacts, type Standing } from '../../desk/promise/progress.ts'
import type { StatusUpdateData } from '../../desk/promise/progress-data.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { type ToldTicket, toldTicket } from '../calls/told-ticket.ts'
import { dateOf } from '../mail-rows.ts'
import { endPromises, makePromises } from './promise-book.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { noWay, tellProgress, type Way, wayTo } from './tell-progress.ts'

/** Customers hear how their matter stands: when something happens, when an agent says so, and at the promised rhythm. */

export interface Update {
  readonly ticketId: string
  /** In words for the customer; '' for an automatic one, which tells facts only. */
  readonly done: string
  /** '' with an automatic one: what was said last. */
  readonly next: string
  /** Key of the agent who wrote it. */
  readonly by: string | null
  readonly automatic: boolean
  readonly now: Temporal.Instant
}

/** Nobody is told that we work on what waits for them, unless the policy lets that clock run on. */
function mayTell(state: string, { config }: PromiseDeps): boolean {
  return state === 'open' || (state === 'waiting' && !config.policy.pauses.customer.includes('status-update'))
}

/** Changes that come close together are told together, at the next time: nobody wants four mails in ten minutes. */
const quietMinutes = 10

/**
 * Tells the customer how the matter stands, keeps the running promise of an update by it, and promises the next one.
 * Automatic ones are left out while we wait for the customer, once the ticket is closed, and right after another one
 * unless the promise is due. An automatic one that has not been sent yet is replaced: after an outage the customer
 * reads one, not five. The caller nudges the outbox, and the texts, after the commit.
 */
export async function sendUpdate(tx: Tx, deps: PromiseDeps, update: Update): Promise<void> {
  const { automatic, now } = update
  const told = await toldTicket(tx, update.ticketId)
  const { row } = told
  if (automatic && !mayTell(row.state, deps)) return
  const latest = await lastUpdate(tx, row.id)
  const replaced = latest !== undefined && (await takeBack(tx, latest))
  const isMerged = isRecent(latest, now) && !(await isDue(tx, row.id, now))
  if (automatic && !replaced && isMerged) return
  const last = replaced ? await lastUpdate(tx, row.id) : latest
  const way = await wayTo(tx, deps, told, { now, byHuman: !automatic })
  const ended = way.by === 'none' ? ({ how: 'withdrawn', reason: 'no-way' } as const) : kept
  // The next one is promised already by the one that is replaced.
  if (!replaced || !isMerged) await renewPromise(tx, deps, row.id, ended, now)
  if (way.by === 'none') return noWay(tx, deps, told, way, now)
  await tell(tx, deps, told, way, update, last)
}

const kept = { how: 'kept', reason: 'status-update' } as const

async function renewPromise(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  ended: { readonly how: 'kept' | 'withdrawn'; readonly reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await endPromises(tx, deps, { ticketId, kinds: ['status-update'], ...ended, at: now })
  await makePromises(tx, deps, { ticketId, startedAt: now, now, kinds: ['status-update'] })
}

async function tell(
  tx: Tx,
  deps: PromiseDeps,
  told: ToldTicket,
  way: Way,
  update: Update,
  last: LastUpdate | undefined,
): Promise<void> {
  const { row, ticket, subject } = told
  const { done, by, automatic, now } = update
  // What a person said of the next step is over once a person has written again.
  const next = update.next.trim() || (automatic ? row.nextStep : '')
  if (next !== row.nextStep)
    await tx.ticket.update({ where: { id: row.id }, data: { nextStep: next, changedAt: dateOf(now) } })
  const { facts, ids } = await factsSince(tx, deps, told, last, now)
  const named = namesIn(deps, told)
  const again = await nextUpdateAt(tx, row.id)
  const data: StatusUpdateData = {
    ...{
      ticketId: ticket.id,
      ticketNumber: ticket.number,
      subject,
      customerName: ticket.customerName,
      office: ticket.office,
    },
    ...{ done: done.trim(), next, again },
    // A person says better what was done; who has the matter now is said beside it.
    facts: automatic ? facts : facts.filter(({ what }) => what === 'level' || what === 'group'),
    waits: row.state === 'waiting',
    writer: by === null ? '' : (deps.config.agents[by]?.name ?? ''),
    responsible: named.group(ticket.group) ?? '',
    level: ticket.level > 1 ? (named.level(ticket.level) ?? null) : null,
  }
  const letterId = await tellProgress(
    tx,
    deps,
    told,
    way,
    { kind: 'status-update', data, words: data.done },
    now,
  )
  const detail: StoredUpdate = {
    ...{ automatic, by: way.by, to: way.to, next, again, letterId, told: ids },
    ...{ level: ticket.level, group: ticket.group },
  }
  await addCallEntry(tx, {
    ...{ ticketId: row.id, kind: 'status-update', at: now, author: by ?? '', text: data.done },
    detail: { ...detail },
  })
}

/** What is kept of an update, for the next one. */
interface StoredUpdate extends Standing {
  readonly automatic: boolean
  readonly by: string
  readonly to: string
  readonly next: string
  readonly again: string | null
  readonly letterId: string | null
  /** Ids of the lines that it told of. */
  readonly told: readonly string[]
}

interface LastUpdate extends StoredUpdate {
  readonly id: string
  readonly at: Date
}

async function lastUpdate(tx: Tx, ticketId: string): Promise<LastUpdate | undefined> {
  const entry = await tx.entry.findFirst({
    where: { ticketId, kind: 'status-update' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  if (!entry) return undefined
  return { id: entry.id, at: entry.at, ...(entry.detail as unknown as StoredUpdate) }
}

/** Only what has never been tried: afterwards nobody knows who has it. */
async function takeBack(tx: Tx, { id, automatic, letterId }: LastUpdate): Promise<boolean> {
  if (!automatic || letterId === null) return false
  const { count } = await tx.letter.deleteMany({ where: { id: letterId, state: 'queued', attempts: 0 } })
  if (count === 0) return false
  await tx.entry.delete({ where: { id } })
  return true
}

function isRecent(last: LastUpdate | undefined, now: Temporal.Instant): boolean {
  return last !== undefined && last.at.getTime() > now.subtract({ minutes: quietMinutes }).epochMilliseconds
}

const running = (ticketId: string) =>
  ({ ticketId, kind: 'status-update', state: 'open' }) satisfies Prisma.GuaranteeWhereInput

async function isDue(tx: Tx, ticketId: string, now: Temporal.Instant): Promise<boolean> {
  const soon = dateOf(now.add({ minutes: quietMinutes }))
  return (await tx.guarantee.count({ where: { ...running(ticketId), dueAt: { lte: soon } } })) > 0
}

/** Null where no rhythm is promised, and while its clock stands. */
async function nextUpdateAt(tx: Tx, ticketId: string): Promise<string | null> {
  const promise = await tx.guarantee.findFirst({ where: { ...running(ticketId), pausedAt: null } })
  return promise?.dueAt.toISOString() ?? null
}

/** Lines of a ticket's history that one letter tells of, at the most; older ones were told or are long past. */
const mostHappenings = 500

async function factsSince(
  tx: Tx,
  deps: PromiseDeps,
  told: ToldTicket,
  last: LastUpdate | undefined,
  now: Temporal.Instant,
) {
  const { id: ticketId, level, group } = told.ticket
  const entries = await tx.entry.findMany({
    where: { ticketId, ...(last ? { at: { gte: last.at }, id: { notIn: [...last.told] } } : {}) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostHappenings,
    select: { id: true, kind: true, at: true, detail: true },
  })
  const happenings = entries.toReversed().map(entry => ({ ...entry, at: entry.at.toISOString() }))
  const standing = { level, group, at: now.toString() }
  const facts = publicFacts(happenings, last, standing, namesIn(deps, told))
  // Those of this very moment would be found again.
  const ids = entries.filter(({ at }) => at.getTime() >= now.epochMilliseconds).map(({ id }) => id)
  return { facts, ids }
}

function namesIn({ config }: PromiseDeps, { ticket: { language } }: ToldTicket) {
  return {
    level: (level: number) =>
      Object.entries(config.levels ?? {}).find(([key]) => key === `${level}`)?.[1].name[language],
    group: (group: string) => config.groups[group]?.name,
  }
}
