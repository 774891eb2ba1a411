import { randomUUID } from 'node:crypto'
import type { AgentNoticeData } from '../../desk/notice.ts'
import type { CallEntryKind } from '../../desk/phone/entry-kinds.ts'
import type { AudioPart, CallbackTaskAbout, CallbackTaskData } from '../../desk/phone/notice-data.ts'
import type { Ticket } from '../../desk/ticket.ts'
import { type WhyNot, whyNotInHistory } from '../../desk/why-not-told.ts'
import { enqueue, type LetterRow, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma, Recording } from '../../store/generated/client.ts'
import { agentEnvelope } from '../agent-notices.ts'
import { booksOfTicket, dayOf } from '../customers/entitlement-of-ticket.ts'
import { checklistForAgent } from '../known-of-mail.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { readCallbackTask } from './callback-task.ts'
import { type CustomerChannel, channelFor } from './customer-channel.ts'
import { type CustomerNews, callbackNewsOf, confirmationOf, takenBy } from './customer-news.ts'
import { lineOfCall } from './line-of-call.ts'
import { earlierTickets, readersOf, toldTicket } from './told-ticket.ts'

/** Letters that calls and callbacks cause. Rows for agents are returned; what customers get is put into its queue here. */

/**
 * One letter to each of `agents`: whom to ring, until when, and all that is known. For the caller to put into the
 * outbox, in the same transaction as what makes it necessary.
 */
export async function callbackTaskLetters(
  tx: Tx,
  deps: CallDeps,
  {
    callbackId,
    agents,
    about,
    now,
  }: {
    readonly callbackId: string
    readonly agents: readonly string[]
    readonly about: CallbackTaskAbout
    readonly now: Temporal.Instant
  },
): Promise<LetterRow[]> {
  const { config, providers } = deps
  const { ticket, line, task } = await readCallbackTask(tx, deps, callbackId, about, now)
  const provider = providers.get(lineOfCall(config, line)?.provider ?? '')
  return toAgents(deps, ticket, agents, now, (key, agent) => {
    const canRing = provider?.can.dials === true && agent.phone !== undefined
    const data: CallbackTaskData = {
      ...task,
      agent: key,
      canRing,
      ...checklistForAgent(ticket, config, agent.language),
    }
    return { kind: 'callback-task', data }
  })
}

/**
 * Tells agents of a call or of a message: those named, or where none is, whoever has the ticket or is on duty. For the
 * caller to put into the outbox.
 */
export async function noticesOfCall(
  tx: Tx,
  deps: CallDeps,
  {
    callId,
    event,
    agents,
    recordingId,
    tooLarge = false,
    now,
  }: {
    readonly callId: string
    readonly event: 'call' | 'call-message'
    readonly agents: readonly string[]
    /** Our id of the message. */
    readonly recordingId?: string
    /** For a mail: the message is told of, but not sent along. */
    readonly tooLarge?: boolean
    readonly now: Temporal.Instant
  },
): Promise<LetterRow[]> {
  const { config } = deps
  const call = await tx.call.findUniqueOrThrow({ where: { id: callId } })
  const { ticket } = await toldTicket(tx, call.ticketId)
  const owed = await tx.guarantee.findFirst({
    where: { ticketId: ticket.id, state: 'open', kind: 'callback' },
  })
  const message = recordingId
    ? await tx.recording.findUniqueOrThrow({ where: { id: recordingId } })
    : undefined
  const readers = agents.length > 0 ? agents : await readersOf(tx, deps, ticket, now)
  const earlier = await earlierTickets(tx, ticket, call.number)
  const books = await booksOfTicket(tx, ticket.id, dayOf(now, ticket, config))
  const taken = (await takenBy(tx, ticket.id, callId)) !== null
  const { number, subject, customerName, customerAddress, office, severity, level, assignee } = ticket
  return toAgents(deps, ticket, readers, now, (key, agent) => {
    const data: AgentNoticeData = {
      ...{ event, subject, customerName, customerAddress, office, severity, level, assignee, earlier, books },
      agent: key,
      ticketNumber: number,
      phone: call.number,
      call: taken ? 'taken' : owed ? 'gone' : 'unreachable',
      text: message?.transcript ?? '',
      transcribed: message?.transcription === 'transcribed',
      attachments: [],
      audio: message && !tooLarge ? audioOf(message, number) : null,
      receivedAt: call.arrivedAt.toISOString(),
      dueAt: owed?.dueAt.toISOString() ?? null,
      inboundHint: number,
      ...checklistForAgent(ticket, config, agent.language),
    }
    return { kind: 'agent-notice', data }
  })
}

function audioOf({ sha256, contentType, announcedAt }: Recording, number: string): AudioPart | null {
  if (sha256 === null || contentType === null) return null
  const ending = /mpeg|mp3/.test(contentType) ? 'mp3' : 'wav'
  const time = announcedAt.toISOString().slice(0, 16).replace(/\D/g, '')
  return { sha256, contentType, filename: `${number}-${time}.${ending}` }
}

type Agent = CallDeps['config']['agents'][string]
type AgentLetter =
  | { readonly kind: 'callback-task'; readonly data: CallbackTaskData }
  | { readonly kind: 'agent-notice'; readonly data: AgentNoticeData }

/** One letter each, in the reader's language and thread of the ticket. Keys that are no agent's any more are left out. */
function toAgents(
  { config }: CallDeps,
  ticket: Ticket,
  keys: readonly string[],
  now: Temporal.Instant,
  write: (key: string, agent: Agent) => AgentLetter,
): LetterRow[] {
  const envelope = agentEnvelope(ticket, config)
  return keys.flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    return [letterRow({ ...write(key, agent), language: agent.language, recipient }, envelope, now)]
  })
}

/** Tells the customer that we are late or will be, or that we tried; by text, by mail, or visibly not at all. */
export async function tellCustomer(
  tx: Tx,
  deps: Pick<CallDeps, 'config'>,
  {
    callbackId,
    about,
    now,
  }: {
    readonly callbackId: string
    readonly about: 'apology' | 'tried' | 'later'
    readonly now: Temporal.Instant
  },
): Promise<CustomerChannel> {
  return tell(tx, deps, await callbackNewsOf(tx, deps, callbackId, about), now)
}

/** Confirms a call to its caller, once, however often it is asked to. */
export async function confirmCall(
  tx: Tx,
  deps: CallDeps,
  { callId, now }: { readonly callId: string; readonly now: Temporal.Instant },
): Promise<void> {
  const [call] = await tx.$queryRaw<{ direction: string }[]>`
    select direction from call where id = ${callId}::uuid for update`
  if (call?.direction !== 'in') return
  const news = await confirmationOf(tx, deps, callId)
  const told = await tx.entry.count({
    where: {
      ticketId: news.told.ticket.id,
      kind: { in: ['customer-told', 'no-confirmation'] },
      detail: { path: ['callId'], equals: callId },
    },
  })
  if (told === 0) await tell(tx, deps, news, now)
}

/** `mailOnly`: why no text can be sent. Gives the way that it goes. */
export async function tell(
  tx: Tx,
  deps: Pick<CallDeps, 'config'>,
  news: CustomerNews,
  now: Temporal.Instant,
  mailOnly?: WhyNot,
): Promise<CustomerChannel> {
  const { config } = deps
  const { told, numbers, text, textKind } = news
  const { ticket } = told
  const channel = await channelFor(tx, {
    ...{ ticket, numbers, config, now, isOwed: news.kind === 'callback-news' },
    ...(mailOnly === undefined ? {} : { mailOnly }),
  })
  const detail = { about: textKind, callId: text.callId, callbackId: text.callbackId }
  const entry = (kind: CallEntryKind, more: Readonly<Record<string, string>>) =>
    addCallEntry(tx, { ticketId: ticket.id, kind, at: now, detail: { ...detail, ...more } })
  if (channel.by === 'none') {
    const { noText, noMail } = channel
    await entry('no-confirmation', { noText: whyNotInHistory(noText), noMail: whyNotInHistory(noMail) })
    return channel
  }
  if (channel.by === 'mail') await enqueue(tx, [customerLetter(deps, news, channel.to, now)])
  else await queueText(tx, news, channel.to, now)
  await entry('customer-told', { by: channel.by, to: channel.to })
  return channel
}

async function queueText(
  tx: Tx,
  { told, textKind, text, line }: CustomerNews,
  recipient: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx.textMessage.create({
    data: {
      id: randomUUID(),
      ticketId: told.ticket.id,
      kind: textKind,
      language: told.ticket.language,
      ...{ recipient, line },
      data: { ...text } satisfies Prisma.InputJsonObject,
      state: 'queued',
      createdAt: dateOf(now),
      wakeAt: dateOf(now),
    },
  })
}

/** In the customer's own thread, where there is one. */
function customerLetter(
  { config }: Pick<CallDeps, 'config'>,
  { told, kind, data }: CustomerNews,
  recipient: string,
  now: Temporal.Instant,
): LetterRow {
  const { ticket } = told
  const { messageId, references } = ticket.customerThread
  const envelope = {
    ...agentEnvelope(ticket, config),
    thread: { inReplyTo: messageId, references: messageId ? [...references, messageId] : references },
  }
  const notice = { kind, data, recipient, language: ticket.language } as Parameters<typeof letterRow>[0]
  return letterRow(notice, envelope, now)
}
