import type { Config } from '../../config/schema.ts'
import { type Known, readKnown, requestTypeOf } from '../../desk/checklist.ts'
import type { CallMemory } from '../../desk/phone/call.ts'
import type { AttemptOutcome } from '../../desk/phone/call-decision.ts'
import type { CallbackTaskAbout, CallbackTaskData, SpokenMessage } from '../../desk/phone/notice-data.ts'
import type { Language, Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { Guarantee, Recording } from '../../store/generated/client.ts'
import { booksOfTicket, dayOf } from '../customers/entitlement-of-ticket.ts'
import type { CallDeps } from './call-deps.ts'
import { earlierTickets, lastCallOf, toldTicket } from './told-ticket.ts'

/** All that an agent has to know of a callback, for every reader alike. */
export type CallbackTask = Omit<CallbackTaskData, 'agent' | 'known' | 'missing' | 'canRing'>

export interface ReadTask {
  readonly ticket: Ticket
  /** Key of the callback's line. */
  readonly line: string
  readonly task: CallbackTask
}

/** Reads it. Throws where there is no such callback. */
export async function readCallbackTask(
  tx: Tx,
  { config }: CallDeps,
  callbackId: string,
  about: CallbackTaskAbout,
  now: Temporal.Instant,
): Promise<ReadTask> {
  const callback = await tx.callback.findUniqueOrThrow({
    where: { id: callbackId },
    include: { guarantee: true, tries: { orderBy: { requestedAt: 'asc' } } },
  })
  const { ticket } = await toldTicket(tx, callback.ticketId)
  const call = await lastCallOf(tx, ticket.id)
  const memory = (call?.memory ?? {}) as CallMemory
  const messages = await tx.recording.findMany({
    where: { ticketId: ticket.id, of: 'message', state: { in: ['announced', 'ready', 'stored'] } },
    orderBy: { announcedAt: 'asc' },
  })
  const remarks = await remarksOf(tx, ticket.id)
  const { severity, level, assignee, customerName, customerAddress, subject, office } = ticket
  const { number, createdAt, guarantee } = callback
  const task: CallbackTask = {
    ...{
      about,
      callbackId,
      severity,
      level,
      // Where the ticket is nobody's, whoever is to ring answers for it.
      assignee: assignee ?? callback.agent,
      customerName,
      customerAddress,
      subject,
      office,
      number,
    },
    ticketNumber: ticket.number,
    company: companyOf(ticket, config),
    speaks: callback.language as Language,
    dueAt: guarantee.state === 'open' ? guarantee.dueAt.toISOString() : null,
    brokenAt: about === 'broken' ? await brokenAt(tx, ticket.id, guarantee) : null,
    waitingSince: createdAt.toISOString(),
    chose: memory.chose ?? null,
    keyedNumber: call !== null && call.number !== number,
    attempts: callback.tries.map(({ id, requestedAt, agent, outcome }) => ({
      at: requestedAt.toISOString(),
      agent,
      outcome: outcome as AttemptOutcome | null,
      remark: remarks.get(id) ?? '',
    })),
    messages: messages.map(spokenMessage),
    earlier: await earlierTickets(tx, ticket, number),
    books: await booksOfTicket(tx, ticket.id, dayOf(now, ticket, config)),
    linkUntil: now.add({ hours: config.phone?.callback.linkHours ?? 72 }).toString(),
  }
  return { ticket, line: callback.line, task }
}

/** What agents wrote about their attempts, by attempt. */
async function remarksOf(tx: Tx, ticketId: string): Promise<ReadonlyMap<string, string>> {
  const entries = await tx.entry.findMany({ where: { ticketId, kind: 'callback-remark' } })
  return new Map(
    entries.map(({ detail, text }) => [String((detail as { readonly attemptId?: unknown }).attemptId), text]),
  )
}

function spokenMessage({ announcedAt, seconds, transcript, state }: Recording): SpokenMessage {
  return { at: announcedAt.toISOString(), seconds, transcript, stored: state === 'stored' }
}

/** The promise before this one, where that was broken. */
async function brokenAt(tx: Tx, ticketId: string, { kind }: Guarantee): Promise<string | null> {
  const broken = await tx.guarantee.findFirst({
    where: { ticketId, kind, state: 'broken' },
    orderBy: { dueAt: 'desc' },
  })
  return broken?.dueAt.toISOString() ?? null
}

/** What the checklist knows as the company, whatever it is called there. */
function companyOf(ticket: Ticket, config: Config): string {
  const fields = Object.entries(requestTypeOf(ticket, config)?.fields ?? {})
  const known: Known = readKnown(ticket.known)
  const [key = ''] = fields.find(([, { kind }]) => kind === 'company') ?? []
  return Object.hasOwn(known, key) ? (known[key]?.value ?? '') : ''
}
