import { customerEntryKinds } from '../../desk/channel.ts'
import { readKnown, requestTypeOf } from '../../desk/checklist.ts'
import type { SimilarData } from '../../desk/procedures/notice-data.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { Plan } from '../plan.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { beginProcedure } from './begin.ts'
import { carryOutOrders, endStep } from './carry-out.ts'
import { queriesOf, type Similar, similarTickets } from './similar.ts'
import { fieldValue, type TicketWords, writeWords } from './ticket-words.ts'
import { hearCalls } from './words-of-call.ts'

/** What mails do to procedures and known problems, and what is remembered for finding similar matters. */

/** Tickets of one batch that are compared: a flood is told of once by its size, and must not be made slower. */
const mostCompared = 20

/**
 * Comes last when a plan is recorded: the tickets, their entries and the letters about them are there. Gives the
 * providers' ids of calls that are to be hung up after the commit.
 */
export async function recordProcedures(
  tx: Tx,
  deps: PromiseDeps,
  plan: Plan,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const texts = new Map(
    plan.entries
      .filter(({ kind }) => customerEntryKinds.includes(kind))
      .map(entry => [entry.ticketId, entry.text]),
  )
  await writeWords(
    tx,
    plan.tickets.map(ticket => wordsOf(ticket, texts.get(ticket.id) ?? '', deps)),
  )
  await tellSimilar(
    tx,
    plan.tickets.slice(0, mostCompared).map(({ id }) => id),
  )
  const welcomed = new Set(
    plan.letters.flatMap(({ kind, ticketId }) => (kind === 'auto-reply' ? ticketId : [])),
  )
  for (const { id: ticketId, requestType } of plan.tickets)
    if (requestType)
      await beginProcedure(tx, deps, { ticketId, requestType, now, mayWrite: welcomed.has(ticketId) })
  const fresh = new Set(plan.tickets.map(({ id }) => id))
  const noted = plan.entries.filter(({ kind }) => kind === 'customer-mail' || kind === 'agent-note')
  const further = new Set(noted.map(({ ticketId }) => ticketId)).difference(fresh)
  await hearCalls(tx, deps, [...further], now)
  await answered(
    tx,
    deps,
    [...texts.keys()].filter(id => !fresh.has(id)),
    now,
  )
  return carryOutOrders(tx, deps, plan.procedureOrders, now)
}

function wordsOf(
  ticket: Plan['tickets'][number],
  text: string,
  { config }: Pick<PromiseDeps, 'config'>,
): TicketWords {
  const { id: ticketId, subject, language, mailbox, requestType = null, product = null } = ticket
  const fields = requestTypeOf({ mailbox, requestType }, config)?.fields ?? {}
  const known = readKnown(ticket.known)
  return {
    ...{ ticketId, subject, text, language: language as Language },
    serial: fieldValue('serial', fields, known),
    product: product ?? fieldValue('product', fields, known),
  }
}

/** The first notice of a ticket says whether this has happened before. */
export async function tellSimilar(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  const queries = await queriesOf(tx, ticketIds)
  const found: { readonly ticketId: string; readonly similar: SimilarData }[] = []
  for (const ticketId of queries.keys()) {
    const similar = similarData(await similarTickets(tx, ticketId, 5, queries))
    if (similar) found.push({ ticketId, similar })
  }
  if (found.length === 0) return
  await tx.$executeRaw`
    update letter set data = data || jsonb_build_object('similar', f."similar")
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as f("ticketId" uuid, "similar" jsonb)
    where letter.ticket_id = f."ticketId" and kind = 'agent-notice' and state = 'queued' and attempts = 0`
}

/** Null where nothing is similar. */
export function similarData({ nearest, tickets, customers, since, problem }: Similar): SimilarData | null {
  if (since === null) return null
  const numbers = nearest.map(({ number }) => number)
  return { tickets, customers, since: since.toString(), numbers, problem }
}

/** The customer's next mail ends a step that asks. */
async function answered(
  tx: Tx,
  deps: PromiseDeps,
  ticketIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (ticketIds.length === 0) return
  const asking = await tx.procedureStep.findMany({
    where: { ticketId: { in: [...ticketIds] }, kind: 'ask', state: 'open' },
    orderBy: { ticketId: 'asc' },
  })
  for (const { ticketId, key } of asking)
    await endStep(tx, deps, { ticketId, key, state: 'done', remark: '', by: null, author: '', now })
}
