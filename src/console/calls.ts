import type { Database } from '../store/database.ts'
import type { CallbackAttempt, Prisma, Recording, TextMessage } from '../store/generated/client.ts'
import type {
  CallDossier,
  DossierAttempt,
  DossierCallback,
  DossierCallEvent,
  DossierRecording,
  DossierText,
} from './call-dossier.ts'

/** Reading calls and promised calls: for pages and commands. Nothing here writes, and nothing is locked. */

const wholeCall = {
  ticket: { select: { number: true, office: true } },
  legs: { orderBy: { rangAt: 'asc' } },
  events: { orderBy: { id: 'asc' } },
  recordings: { orderBy: { announcedAt: 'asc' } },
} satisfies Prisma.CallInclude

type WholeCall = Prisma.CallGetPayload<{ include: typeof wholeCall }>

const wholeCallback = {
  ticket: { select: { number: true, office: true, customerName: true } },
  guarantee: { select: { dueAt: true } },
  tries: { orderBy: { requestedAt: 'asc' } },
} satisfies Prisma.CallbackInclude

type WholeCallback = Prisma.CallbackGetPayload<{ include: typeof wholeCallback }>

/** Oldest first. */
export async function callsOfTicket(db: Database, ticketId: string): Promise<readonly CallDossier[]> {
  const rows = await db.call.findMany({
    where: { ticketId },
    orderBy: { arrivedAt: 'asc' },
    include: wholeCall,
  })
  return rows.map(dossierOf)
}

/** By our own id or the provider's; undefined where no call has it. */
export async function callNamed(db: Database, id: string): Promise<CallDossier | undefined> {
  const isOurs = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  const row = await db.call.findFirst({
    where: isOurs ? { OR: [{ id }, { providerId: id }] } : { providerId: id },
    include: wholeCall,
  })
  return row ? dossierOf(row) : undefined
}

export async function textsOfTicket(db: Database, ticketId: string): Promise<readonly DossierText[]> {
  const rows = await db.textMessage.findMany({ where: { ticketId }, orderBy: { createdAt: 'asc' } })
  return rows.map(textOf)
}

export async function callbacksOfTicket(db: Database, ticketId: string): Promise<readonly DossierCallback[]> {
  const rows = await db.callback.findMany({
    where: { ticketId },
    orderBy: { createdAt: 'asc' },
    include: wholeCallback,
  })
  return rows.map(callbackOf)
}

/** Calls that somebody waits for, the most urgent first; with `all` the last ones, those that ended at the end. */
export async function callbackBoard(
  db: Database,
  { all, limit }: { readonly all: boolean; readonly limit: number },
): Promise<readonly DossierCallback[]> {
  const rows = all
    ? await db.callback.findMany({ orderBy: { createdAt: 'desc' }, take: limit, include: wholeCallback })
    : await db.callback.findMany({
        where: { state: { in: ['owed', 'unreached'] } },
        orderBy: { guarantee: { dueAt: 'asc' } },
        take: limit,
        include: wholeCallback,
      })
  return rows.map(callbackOf).toSorted(byUrgency)
}

function byUrgency(a: DossierCallback, b: DossierCallback): number {
  const over = Number(a.endedAt !== null) - Number(b.endedAt !== null)
  return over === 0 ? Date.parse(a.dueAt) - Date.parse(b.dueAt) : over
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function dossierOf({ ticket, legs, events, recordings, ...call }: WholeCall): CallDossier {
  const { id, provider, providerId, direction, line, language, number, rawFrom, rawTo, callerName } = call
  return {
    ...{ id, provider, providerId, direction, line, language, number, rawFrom, rawTo, callerName },
    ...{ state: call.state, step: call.step, outcome: call.outcome, seconds: call.seconds },
    ticketNumber: ticket.number,
    office: ticket.office,
    arrivedAt: call.arrivedAt.toISOString(),
    answeredAt: iso(call.answeredAt),
    endedAt: iso(call.endedAt),
    legs: legs.map(leg => ({
      ...{ party: leg.party, agent: leg.agent, number: leg.number, state: leg.state, outcome: leg.outcome },
      rangAt: leg.rangAt.toISOString(),
      acceptedAt: iso(leg.acceptedAt),
      endedAt: iso(leg.endedAt),
      seconds: leg.seconds,
    })),
    events: events.map(eventOf),
    recordings: recordings.map(recordingOf),
  }
}

function eventOf({
  key,
  kind,
  at,
  providerAt,
  effects,
  answer,
}: WholeCall['events'][number]): DossierCallEvent {
  const { because, effects: followed } = fieldsOf(effects)
  return {
    ...{ key, kind },
    at: at.toISOString(),
    providerAt: iso(providerAt),
    because: typeof because === 'string' ? because : '',
    effects: Array.isArray(followed) ? followed : [],
    answer: Array.isArray(answer) ? answer : [],
  }
}

/** Stored as JSON by the version of the day. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function recordingOf(row: Recording): DossierRecording {
  const { id, of, state, seconds, sha256, transcription, transcript, announcedAt, storedAt, deletedAt } = row
  return {
    ...{ id, of, state, seconds, sha256, transcription, transcript },
    announcedAt: announcedAt.toISOString(),
    storedAt: iso(storedAt),
    deletedAt: iso(deletedAt),
  }
}

function textOf({
  id,
  kind,
  recipient,
  state,
  createdAt,
  sentAt,
  tries,
  text,
  failure,
}: TextMessage): DossierText {
  return {
    id,
    kind,
    recipient,
    state,
    createdAt: createdAt.toISOString(),
    sentAt: iso(sentAt),
    tries,
    text,
    failure,
  }
}

function callbackOf({ ticket, guarantee, tries, ...row }: WholeCallback): DossierCallback {
  const { id, number, line, agent, state, stage, allowedBy } = row
  return {
    ...{ id, number, line, agent, state, stage, allowedBy },
    ticketNumber: ticket.number,
    customerName: ticket.customerName,
    office: ticket.office,
    dueAt: guarantee.dueAt.toISOString(),
    retryAt: iso(row.retryAt),
    wakeAt: iso(row.wakeAt),
    createdAt: row.createdAt.toISOString(),
    endedAt: iso(row.endedAt),
    firstAttemptAt: iso(row.firstAttemptAt),
    firstContactAt: iso(row.firstContactAt),
    attempts: tries.map(attemptOf),
  }
}

function attemptOf(row: CallbackAttempt): DossierAttempt {
  const { id, agent, mode, state, outcome, requestedAt, acceptedAt, rangAt, endedAt, seconds } = row
  return {
    ...{ id, agent, mode, state, outcome, seconds },
    requestedAt: requestedAt.toISOString(),
    acceptedAt: iso(acceptedAt),
    rangAt: iso(rangAt),
    endedAt: iso(endedAt),
  }
}
