import { randomUUIDv7 } from 'node:crypto'
import type { Severity } from '../../desk/command-arguments.ts'
import { leakIn } from '../../desk/internal-text.ts'
import type { Impact } from '../../desk/promise/matter.ts'
import type { MeasureKind } from '../../desk/promise/measure.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { judgeLevel } from './judge-level.ts'
import { longestMeasure, recordMeasure } from './measures.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { retarget } from './retarget.ts'
import { sendUpdate } from './status-update.ts'

/** What an agent does on a ticket's page: the same as by a command in a mail, with the same lines in the history. */

export type PageAct =
  | { readonly kind: 'measure'; readonly of: MeasureKind; readonly text: string }
  | { readonly kind: 'status'; readonly done: string; readonly next: string }
  | { readonly kind: 'classify'; readonly changes: readonly Change[] }

/** `was`: what the page showed. A colleague's later choice is not undone by an old page. */
export type Change =
  | Changed<'severity' | 'customerSeverity', Severity>
  | { readonly column: 'impact'; readonly was: string; readonly to: Impact }

interface Changed<Column, Value> {
  readonly column: Column
  readonly was: string
  readonly to: Value
}

export type ActedByPage =
  | 'recorded'
  | 'told'
  | 'changed'
  | 'unchanged'
  /** The customer can be reached neither by mail nor by text; the group has been told. */
  | 'no-way'
  /** Words that the customer would read hold internal text: nothing was recorded or sent. */
  | 'internal'
  | 'closed'
  | 'none'

export interface ActingByPage {
  readonly ticketNumber: string
  /** Key of the agent. */
  readonly by: string
  /** When the page was made whose form was sent: a form that is sent twice counts once. */
  readonly shownAt: Temporal.Instant
  readonly act: PageAct
  readonly now: Temporal.Instant
}

/**
 * In the caller's transaction; locks the ticket until that ends, so that a form that is sent twice at once is seen twice
 * in a row. The caller nudges outbox and promises after the commit.
 */
export async function actByPage(tx: Tx, deps: PromiseDeps, asked: ActingByPage): Promise<ActedByPage> {
  const [locked] = await tx.$queryRaw<{ id: string; state: string }[]>`
    select id, state from ticket where number = ${asked.ticketNumber} for update`
  if (!locked) return 'none'
  if (locked.state !== 'open' && locked.state !== 'waiting') return 'closed'
  const { act } = asked
  switch (act.kind) {
    case 'measure':
      return measure(tx, deps, locked.id, asked, act)
    case 'status':
      return status(tx, deps, locked.id, asked, act)
    case 'classify':
      return classify(tx, deps, locked.id, asked, act.changes)
  }
}

async function measure(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  { by, shownAt, now }: ActingByPage,
  { of, text }: Extract<PageAct, { kind: 'measure' }>,
): Promise<ActedByPage> {
  // The customer reads a result as the ticket is closed.
  if (of === 'result' && isInternal(text)) return 'internal'
  const stored = text.trim().slice(0, longestMeasure).toWellFormed()
  const same = await tx.entry.count({
    where: {
      ...{ ticketId, kind: 'measure', author: by, text: stored, at: { gte: dateOf(shownAt) } },
      detail: { path: ['of'], equals: of },
    },
  })
  if (same === 0) await recordMeasure(tx, deps, { ticketId, of, text, by, now })
  return 'recorded'
}

async function status(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  { by, shownAt, now }: ActingByPage,
  { done, next }: Extract<PageAct, { kind: 'status' }>,
): Promise<ActedByPage> {
  if (isInternal(`${done}\n${next}`)) return 'internal'
  const since = { ticketId, at: { gte: dateOf(shownAt) } }
  const mine = { ...since, kind: 'status-update', author: by, text: done.trim() }
  if ((await tx.entry.count({ where: mine })) > 0) return 'told'
  const silent = { ...since, kind: 'no-update-possible' }
  if ((await tx.entry.count({ where: silent })) > 0) return 'no-way'
  await sendUpdate(tx, deps, { ticketId, done, next, by, automatic: false, now })
  return (await tx.entry.count({ where: mine })) > 0 ? 'told' : 'no-way'
}

/** Pasted out of a letter to an agent, or a link that is a key. */
function isInternal(words: string): boolean {
  const content = { text: words, replyText: words, attachments: [], enclosed: [] }
  return leakIn(words, content, []) !== undefined
}

const commands = {
  severity: 'command-severity',
  customerSeverity: 'command-customer-severity',
  impact: 'command-impact',
} as const

async function classify(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  { by, now }: ActingByPage,
  changes: readonly Change[],
): Promise<ActedByPage> {
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId } })
  const wanted = changes.filter(
    ({ column, was, to }) => to !== was && (ticket[column] ?? '') === was && ticket[column] !== to,
  )
  if (wanted.length === 0) return 'unchanged'
  const columns = Object.fromEntries(wanted.map(({ column, to }) => [column, to]))
  await tx.ticket.update({ where: { id: ticketId }, data: { ...columns, changedAt: dateOf(now) } })
  await tx.entry.createMany({
    data: wanted.map(({ column, to }) => ({
      ...{ id: randomUUIDv7(), ticketId, kind: commands[column], at: dateOf(now), author: by, text: '' },
      detail: { value: to } satisfies Prisma.InputJsonObject,
    })),
  })
  await retarget(tx, deps, { ticketId, now, later: true })
  await judgeLevel(tx, deps, { ticketId, because: { kind: 'changed' }, now })
  return 'changed'
}
