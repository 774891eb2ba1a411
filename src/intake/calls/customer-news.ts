import type { Severity } from '../../desk/command-arguments.ts'
import type { CallbackNewsData, CallConfirmationData } from '../../desk/phone/notice-data.ts'
import type { TextData } from '../../desk/phone/text-words.ts'
import type { Tx } from '../../store/database.ts'
import type { Callback, Guarantee } from '../../store/generated/client.ts'
import { checklistOf } from '../known-of-mail.ts'
import type { CallDeps } from './call-deps.ts'
import { lineOfCall } from './line-of-call.ts'
import { type ToldTicket, toldTicket } from './told-ticket.ts'

/** What a customer is told about a call or a callback, in the form of a mail and in that of a text. */
export type CustomerNews = {
  readonly told: ToldTicket
  /** E.164, best first: where a text can go. */
  readonly numbers: readonly string[]
  /** Of the call or of the callback: "hotline" or "hotline/195". */
  readonly line: string
  readonly text: TextData
} & (
  | {
      readonly kind: 'call-confirmation'
      readonly textKind: 'confirmation'
      readonly data: CallConfirmationData
    }
  | {
      readonly kind: 'callback-news'
      readonly textKind: 'apology' | 'tried' | 'later'
      readonly data: CallbackNewsData
    }
)

/**
 * What is confirmed at the end of a call: a conversation, a promise with its time, or that we cannot ring back. Its times
 * are those of the office that was rung, as the caller heard them, though the ticket may be another office's.
 */
export async function confirmationOf(
  tx: Tx,
  { config }: Pick<CallDeps, 'config'>,
  callId: string,
): Promise<CustomerNews> {
  const call = await tx.call.findUniqueOrThrow({ where: { id: callId } })
  const told = await toldTicket(tx, call.ticketId)
  const { ticket, subject } = told
  const owed = await tx.callback.findUnique({ where: { owedFor: ticket.id }, include: { guarantee: true } })
  const agent = owed ? null : await takenBy(tx, ticket.id, callId)
  const line = lineOfCall(config, call.line)
  const ours = line?.number ?? ''
  const office = line?.office ?? ticket.office
  const outcome = owed ? 'promised' : agent !== null ? 'connected' : 'unreachable'
  const dueAt = owed ? dueOf(owed) : null
  const data: CallConfirmationData = {
    ...{ outcome, subject, dueAt },
    ticketNumber: ticket.number,
    ...{ office, customerName: ticket.customerName },
    calledAt: call.arrivedAt.toISOString(),
    severity: ticket.severity as Severity | null,
    number: owed?.number ?? null,
    line: ours,
    spokeWith: agent === null ? '' : (config.agents[agent]?.name ?? ''),
    ...checklistOf(ticket, config, ticket.language),
  }
  const text: TextData = {
    ...{ dueAt, callId },
    ticketNumber: ticket.number,
    number: owed?.number ?? null,
    ...{ again: false, office },
    line: ours,
    callbackId: null,
  }
  // Who cannot be rung is told by mail what would help, or by a human.
  const numbers =
    outcome === 'unreachable' ? [] : [call.number, owed?.number].filter(number => typeof number === 'string')
  return { kind: 'call-confirmation', textKind: 'confirmation', told, numbers, line: call.line, data, text }
}

/** The agent who was put through, as the call's own entry says. */
export async function takenBy(tx: Tx, ticketId: string, callId: string): Promise<string | null> {
  const entry = await tx.entry.findFirst({
    where: { ticketId, kind: 'put-through', detail: { path: ['callId'], equals: callId } },
  })
  const { agent } = (entry?.detail ?? {}) as { readonly agent?: unknown }
  return typeof agent === 'string' ? agent : null
}

/** That we are late or will be, with the new time, or that we rang and nobody was there. */
export async function callbackNewsOf(
  tx: Tx,
  { config }: Pick<CallDeps, 'config'>,
  callbackId: string,
  about: 'apology' | 'tried' | 'later',
): Promise<CustomerNews> {
  const callback = await tx.callback.findUniqueOrThrow({
    where: { id: callbackId },
    include: {
      guarantee: true,
      tries: { where: { rangAt: { not: null } }, orderBy: { rangAt: 'desc' }, take: 1 },
    },
  })
  const told = await toldTicket(tx, callback.ticketId)
  const { ticket, subject } = told
  const owing = lineOfCall(config, callback.line)
  const line = owing?.number ?? ''
  const common = {
    ticketNumber: ticket.number,
    office: owing?.office ?? ticket.office,
    number: callback.number,
    dueAt: dueOf(callback),
    again: callback.state === 'owed',
    line,
  }
  const data: CallbackNewsData = {
    ...common,
    ...{ about, subject },
    customerName: ticket.customerName,
    triedAt: about === 'tried' ? (callback.tries[0]?.rangAt?.toISOString() ?? null) : null,
  }
  const text: TextData = { ...common, callId: null, callbackId }
  return {
    kind: 'callback-news',
    textKind: about,
    told,
    numbers: [callback.number],
    line: callback.line,
    data,
    text,
  }
}

/** That the answer to a mail comes later than its receipt said, or is late already. It goes by mail, as the receipt did. */
export async function laterAnswerOf(
  tx: Tx,
  ticketId: string,
  dueAt: Temporal.Instant,
  about: 'answer-later' | 'answer-late' = 'answer-later',
): Promise<CustomerNews> {
  const told = await toldTicket(tx, ticketId)
  const { ticket, subject } = told
  const common = {
    ...{ ticketNumber: ticket.number, office: ticket.office, number: null },
    ...{ dueAt: dueAt.toString(), again: false, line: '' },
  }
  const { customerName } = ticket
  const data: CallbackNewsData = { ...common, about, subject, customerName, triedAt: null }
  const text: TextData = { ...common, callId: null, callbackId: null }
  return {
    kind: 'callback-news',
    textKind: about === 'answer-late' ? 'apology' : 'later',
    told,
    numbers: [],
    line: '',
    data,
    text,
  }
}

const dueOf = ({ guarantee }: Callback & { readonly guarantee: Guarantee }): string | null =>
  guarantee.state === 'open' ? guarantee.dueAt.toISOString() : null
