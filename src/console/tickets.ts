import { readKnown } from '../desk/checklist.ts'
import type { TrailStep } from '../desk/decide.ts'
import type { Database } from '../store/database.ts'
import type { Entry, Guarantee, Held, Inbound, Letter, Participant } from '../store/generated/client.ts'
import { callbacksOfTicket, callNamed, callsOfTicket, textsOfTicket } from './calls.ts'
import { booksOfDossier } from './customers.ts'
import type {
  DossierEntry,
  DossierGuarantee,
  DossierHeld,
  DossierInbound,
  DossierLetter,
  DossierParticipant,
  TicketDossier,
  TicketLine,
} from './dossier.ts'
import { linkedTickets } from './linked-tickets.ts'
import { type MatterDossier, matterDossier } from './matter.ts'
import { casesOfTicket } from './vendor-cases.ts'
import { mailsWithoutTicket } from './without-ticket.ts'

/** Reading tickets: for pages and commands. Nothing here writes, and nothing is locked. */
export interface TicketReader {
  list(limit: number): Promise<readonly TicketLine[]>
  dossier(number: string): Promise<TicketDossier | undefined>
  /** What the printed dossier tells beside; `today` at the ticket's office. */
  matter(number: string): Promise<MatterDossier | undefined>
  /** The number of the ticket that a call belongs to, by the provider's id of the call. */
  numberOfCall(providerId: string): Promise<string | undefined>
  /** What was taken in, belongs to no ticket and waits for nobody; newest first. */
  withoutTicket(limit: number): Promise<readonly DossierInbound[]>
}

export function openTicketReader(db: Database): TicketReader {
  return {
    list: limit => listTickets(db, limit),
    dossier: number => ticketDossier(db, number),
    matter: number => matterDossier(db, number),
    numberOfCall: async providerId => (await callNamed(db, providerId))?.ticketNumber,
    withoutTicket: async limit => (await mailsWithoutTicket(db, limit)).map(inboundOf),
  }
}

const underWay = ['queued', 'sending', 'unsure']

/** The tickets that changed last, newest first. */
export async function listTickets(db: Database, limit: number): Promise<readonly TicketLine[]> {
  const tickets = await db.ticket.findMany({
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: {
      guarantees: { where: { state: 'open' }, orderBy: { dueAt: 'asc' }, take: 1 },
      letters: { where: { state: { in: [...underWay, 'failed'] } }, select: { state: true } },
      _count: { select: { entries: true } },
    },
  })
  return tickets.map(({ guarantees: [guarantee], letters, _count, ...ticket }) => ({
    number: ticket.number,
    subject: ticket.subject,
    state: ticket.state,
    customerName: ticket.customerName,
    customerAddress: ticket.customerAddress,
    customerPhone: ticket.customerPhone,
    language: ticket.language,
    openedAt: ticket.openedAt.toISOString(),
    changedAt: ticket.changedAt.toISOString(),
    assignee: ticket.assignee,
    guarantee: guarantee ? guaranteeOf(guarantee) : null,
    entries: _count.entries,
    lettersUnderWay: letters.filter(({ state }) => state !== 'failed').length,
    lettersFailed: letters.filter(({ state }) => state === 'failed').length,
  }))
}

/** Everything about one ticket, oldest first; undefined when no ticket has this number. */
export async function ticketDossier(db: Database, number: string): Promise<TicketDossier | undefined> {
  const found = await db.ticket.findUnique({
    where: { number },
    include: {
      entries: { orderBy: [{ at: 'asc' }, { inboundId: 'asc' }, { id: 'asc' }] },
      guarantees: { orderBy: { startedAt: 'asc' } },
      letters: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
      inbounds: { orderBy: { id: 'asc' } },
      participants: { orderBy: [{ since: 'asc' }, { address: 'asc' }] },
      held: { orderBy: { inboundId: 'asc' } },
    },
  })
  if (!found) return undefined
  const { entries, guarantees, letters, inbounds, participants, held, ...ticket } = found
  return {
    ticket: {
      id: ticket.id,
      number: ticket.number,
      state: ticket.state,
      subject: ticket.subject,
      customerName: ticket.customerName,
      customerAddress: ticket.customerAddress,
      customerPhone: ticket.customerPhone,
      language: ticket.language,
      mailbox: ticket.mailbox,
      group: ticket.group,
      office: ticket.office,
      openedAt: ticket.openedAt.toISOString(),
      changedAt: ticket.changedAt.toISOString(),
      closedAt: ticket.closedAt?.toISOString() ?? null,
      waitingUntil: ticket.waitingUntil?.toISOString() ?? null,
      assignee: ticket.assignee,
      severity: ticket.severity,
      level: ticket.level,
      known: readKnown(ticket.known),
      linked: await linkedTickets(db, ticket),
    },
    books: await booksOfDossier(db, ticket.id),
    participants: participants.map(participantOf),
    held: held.map(heldOf),
    entries: entries.map(entryOf),
    guarantees: guarantees.map(guaranteeOf),
    letters: letters.map(letterOf),
    inbounds: inbounds.map(inboundOf),
    calls: await callsOfTicket(db, ticket.id),
    callbacks: await callbacksOfTicket(db, ticket.id),
    texts: await textsOfTicket(db, ticket.id),
    vendorCases: await casesOfTicket(db, ticket.id),
  }
}

function participantOf({ address, name, role, since }: Participant): DossierParticipant {
  return { address, name, role, since: since.toISOString() }
}

function heldOf({ inboundId, reason, detail, state, decision, heldAt }: Held): DossierHeld {
  const because = becauseOf(detail)
  return { inboundId: String(inboundId), reason, because, state, decision, heldAt: heldAt.toISOString() }
}

/** The sentence in the detail of a held mail; '' where an older version wrote none. */
export function becauseOf(detail: unknown): string {
  return typeof detail === 'object' && detail !== null && 'because' in detail ? String(detail.because) : ''
}

function entryOf({ id, kind, at, author, text, detail, inboundId, letterId }: Entry): DossierEntry {
  return {
    id,
    kind,
    at: at.toISOString(),
    author,
    text,
    detail,
    inboundId: inboundId?.toString() ?? null,
    letterId,
  }
}

function guaranteeOf({
  id,
  kind,
  state,
  startedAt,
  dueAt,
  endedAt,
  derivation,
}: Guarantee): DossierGuarantee {
  return {
    id,
    kind,
    state,
    startedAt: startedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    derivation,
  }
}

function letterOf(letter: Letter): DossierLetter {
  return {
    id: letter.id,
    kind: letter.kind,
    recipient: letter.recipient,
    state: letter.state,
    messageId: letter.messageId,
    createdAt: letter.createdAt.toISOString(),
    sentAt: letter.sentAt?.toISOString() ?? null,
    nextTryAt: letter.nextTryAt.toISOString(),
    attempts: letter.attempts,
    subject: letter.subject,
    text: letter.text,
    response: letter.response,
    failureCode: letter.failureCode,
  }
}

/** Also for what belongs to no ticket: `gateway why` asks for a row by its id. */
export function inboundOf(inbound: Inbound): DossierInbound {
  return {
    id: inbound.id.toString(),
    channel: inbound.channel,
    mailbox: inbound.mailbox,
    folder: inbound.folder,
    uidValidity: inbound.uidValidity.toString(),
    uid: inbound.uid.toString(),
    rawSha256: inbound.rawSha256,
    size: inbound.size.toString(),
    receivedAt: inbound.receivedAt.toISOString(),
    takenInAt: inbound.takenInAt.toISOString(),
    messageId: inbound.messageId,
    fromAddress: inbound.fromAddress,
    subject: inbound.subject,
    classification: inbound.classification,
    outcome: inbound.outcome,
    rule: inbound.rule,
    trail: trailOf(inbound.trail),
    duplicateOfId: inbound.duplicateOfId?.toString() ?? null,
    quarantineCode: inbound.quarantineCode,
    quarantineDetail: inbound.quarantineDetail,
    afterState: inbound.afterState,
  }
}

/** Stored as JSON by record.ts. Rows of an older version that say less are shown as far as they go. */
function trailOf(stored: unknown): TrailStep[] {
  const steps: unknown[] = Array.isArray(stored) ? stored : []
  return steps.flatMap(step => {
    if (typeof step !== 'object' || step === null || !('rule' in step)) return []
    const hit = 'hit' in step && step.hit === true
    return [{ rule: String(step.rule), hit, because: 'because' in step ? String(step.because) : '' }]
  })
}
