import { readKnown, requestTypeOf } from '../../desk/checklist.ts'
import { recogniseMatter } from '../../desk/recognise-area.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { dateOf } from '../mail-rows.ts'
import { judgeLevel } from '../promises/judge-level.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { retarget } from '../promises/retarget.ts'
import { beginProcedure } from './begin.ts'
import { fieldValue, writeWords } from './ticket-words.ts'

/**
 * A call opens its ticket before a word is said. What is written about it afterwards (a message as far as it is text, what
 * an agent notes, the customer's next mail) is read as the mail of other tickets is read: what the matter is about, which
 * kind of request it is, and what makes it similar to others.
 */

/** Lines of the history that say what a caller wants. */
const tellingKinds = ['recording', 'callback-remark', 'agent-note', 'customer-mail']
const mostLines = 30

interface Called {
  readonly id: string
  readonly language: string
  readonly mailbox: string
  readonly area: string | null
  readonly product: string | null
  readonly requestType: string | null
  readonly known: unknown
  readonly serial: string | null
}

/**
 * Reads tickets anew that calls have opened; others, and those that are closed, are left alone. What somebody has said
 * already (area, product, kind of request) stays: only what is unknown is filled in. The caller's transaction has written
 * the lines; it nudges outbox and promises after its commit.
 */
export async function hearCalls(
  tx: Tx,
  deps: PromiseDeps,
  ticketIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (ticketIds.length === 0) return
  const tickets = await tx.$queryRaw<Called[]>`
    select t.id, t.language, t.mailbox, t.area, t.product, t.request_type as "requestType", t.known,
      (select serial from device d where d.id = t.device_id) as serial
    from ticket t
    where t.id = any(${[...ticketIds]}::uuid[]) and t.state in ('open', 'waiting') and t.merged_into_id is null
      and exists (select 1 from call c where c.ticket_id = t.id and c.direction = 'in' and c.arrived_at = t.opened_at)
    order by t.id for update of t`
  for (const ticket of tickets) await hear(tx, deps, ticket, now)
}

async function hear(tx: Tx, deps: PromiseDeps, ticket: Called, now: Temporal.Instant): Promise<void> {
  const { id: ticketId, mailbox } = ticket
  const { config } = deps
  const text = await wordsAbout(tx, ticketId)
  const known = readKnown(ticket.known)
  const found = recogniseMatter({ subject: '', text, known }, config)
  const area = ticket.area ?? found.area
  const product = ticket.product ?? found.product
  const requestType = ticket.requestType ?? found.requestType
  const fields = requestTypeOf({ mailbox, requestType }, config)?.fields ?? {}
  await writeWords(tx, [
    {
      ...{ ticketId, text, language: ticket.language as Language },
      // The subject is our own words for "somebody rang".
      subject: '',
      serial: fieldValue('serial', fields, known) ?? ticket.serial,
      product: product ?? fieldValue('product', fields, known),
    },
  ])
  const isNews = area !== ticket.area || product !== ticket.product || requestType !== ticket.requestType
  if (!isNews) return
  await tx.ticket.update({ where: { id: ticketId }, data: { area, product, changedAt: dateOf(now) } })
  const because = found.trail.flatMap(step => (step.hit ? [step.because] : [])).join('; ')
  await addCallEntry(tx, { ticketId, kind: 'recognised', at: now, detail: { because } })
  if (area !== ticket.area) {
    await retarget(tx, deps, { ticketId, now })
    await judgeLevel(tx, deps, { ticketId, because: { kind: 'changed' }, now })
  }
  if (ticket.requestType === null && requestType !== null)
    await beginProcedure(tx, deps, { ticketId, requestType, now })
}

/** The oldest first: what a matter is about is said in the beginning. */
async function wordsAbout(tx: Tx, ticketId: string): Promise<string> {
  const entries = await tx.entry.findMany({
    where: { ticketId, kind: { in: tellingKinds }, text: { not: '' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: mostLines,
    select: { text: true },
  })
  return entries.map(({ text }) => text).join('\n')
}
