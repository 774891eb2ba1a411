import { z } from 'zod'
import type {
  DossierEntry,
  DossierGuarantee,
  DossierInbound,
  DossierLetter,
  TicketDossier,
  TicketLine,
} from '../../console/dossier.ts'
import { derivationWords, promiseWords } from '../../desk/promise-words.ts'
import type { Clock } from './mailbox-view.ts'
import { distanceWords, momentWords } from './time-words.ts'

/** Tickets as the page shows them: the ledger's words made into sentences, nothing left out. */

export function ticketListView(tickets: readonly TicketLine[], clock: Clock): object {
  return {
    tickets: tickets.map(ticket => ({
      url: `/sandbox/tickets/${ticket.number}`,
      number: ticket.number,
      subject: ticket.subject || '(no subject)',
      customer: ticket.customerName || ticket.customerAddress,
      state: ticket.state,
      changed: momentWords(Temporal.Instant.from(ticket.changedAt), clock.now, clock.timeZone),
      entries: ticket.entries === 1 ? '1 entry' : `${ticket.entries} entries`,
      guarantee: ticket.guarantee ? guaranteeView(ticket.guarantee, clock) : undefined,
      trouble:
        ticket.lettersFailed > 0 ? 'a letter failed' : ticket.lettersUnderWay > 0 ? 'sending …' : undefined,
      failed: ticket.lettersFailed > 0,
    })),
  }
}

export function dossierView(
  { ticket, entries, letters, guarantees, inbounds }: TicketDossier,
  clock: Clock,
): object {
  const events = [
    ...entries.map(entry => entryView(entry, inbounds, clock)),
    ...letters.map(letter => letterView(letter, clock)),
    ...inbounds
      .filter(({ id }) => !entries.some(({ inboundId }) => inboundId === id))
      .map(inbound => silentView(inbound, clock)),
  ]
  return {
    number: ticket.number,
    subject: ticket.subject || '(no subject)',
    state: ticket.state,
    customer: ticket.customerName
      ? `${ticket.customerName} <${ticket.customerAddress}>`
      : ticket.customerAddress,
    language: ticket.language === 'de' ? 'German' : 'English',
    opened: momentWords(Temporal.Instant.from(ticket.openedAt), clock.now, clock.timeZone),
    guarantees: guarantees.map(guarantee => guaranteeView(guarantee, clock)),
    events: events.toSorted((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1)),
  }
}

function guaranteeView(
  { kind, state, dueAt, derivation }: DossierGuarantee,
  { now, timeZone }: Clock,
): object {
  const due = Temporal.Instant.from(dueAt)
  const name = sentenceCase(kind)
  const minutes = (due.epochMilliseconds - now.epochMilliseconds) / 60_000
  const late = minutes < 0
  const open = state === 'open'
  return {
    words: open
      ? late
        ? `${name} was due ${momentWords(due, now, timeZone)}`
        : `${name} ${promiseWords(due, now, timeZone, 'en')}`
      : `${name}: ${state}`,
    distance: open ? (late ? `overdue, ${distanceWords(due, now)}` : distanceWords(due, now)) : undefined,
    level: open ? (late ? 'late' : minutes < 30 ? 'soon' : 'calm') : state === 'kept' ? 'kept' : 'late',
    steps: stepsOf(derivation),
  }
}

/** The derivation as desk/office-hours.ts made it, back from JSON; a step of another shape is left out. */
function stepsOf(derivation: unknown): readonly string[] {
  const step = z.union([
    z.object({ date: z.iso.date(), closed: z.string() }),
    z.object({ date: z.iso.date(), from: z.string(), to: z.string(), minutes: z.number() }),
  ])
  const steps: unknown[] = Array.isArray(derivation) ? derivation : []
  return derivationWords(steps.flatMap(each => step.safeParse(each).data ?? []))
}

interface Event {
  readonly at: string
  readonly order: number
}

const entryNames: Readonly<Record<string, string>> = {
  'customer-mail': 'wrote',
  'agent-mail': 'answered',
  'machine-mail': 'sent an automatic mail',
  'letter-failed': 'A letter could not be delivered',
}

function entryView(
  entry: DossierEntry,
  inbounds: readonly DossierInbound[],
  { now, timeZone }: Clock,
): Event {
  const inbound = inbounds.find(({ id }) => id === entry.inboundId)
  const view = {
    at: entry.at,
    order: 0,
    side: entry.kind === 'agent-mail' ? 'agent' : entry.kind === 'customer-mail' ? 'customer' : 'machine',
    who: entry.author.replace(/\s*<[^>]*>$/, '') || entry.author,
    did: entryNames[entry.kind] ?? sentenceCase(entry.kind),
    when: momentWords(Temporal.Instant.from(entry.at), now, timeZone),
    text: entry.text,
    why: inbound ? whyView(inbound) : undefined,
  }
  return view
}

/** A mail of this ticket that left no entry, such as a copy: the trail still says what became of it. */
function silentView(inbound: DossierInbound, { now, timeZone }: Clock): Event {
  const view = {
    at: inbound.takenInAt,
    order: 1,
    side: 'machine',
    who: inbound.fromAddress ?? 'unknown sender',
    did: `was recorded: ${inbound.outcome}`,
    when: momentWords(Temporal.Instant.from(inbound.takenInAt), now, timeZone),
    why: whyView(inbound),
  }
  return view
}

function whyView({ rule, trail, mailbox, folder, uid, classification }: DossierInbound): object {
  return { rule, trail, place: `${mailbox}/${folder}, UID ${uid}`, classification }
}

const letterNames: Readonly<Record<string, string>> = {
  'auto-reply': 'Automatic answer',
  'agent-notice': 'Notice',
}

const letterStates: Readonly<Record<string, string>> = {
  queued: 'waiting to be sent',
  sending: 'being sent',
  unsure: 'connection lost, being looked up',
  sent: 'delivered',
  failed: 'refused',
}

function letterView(letter: DossierLetter, { now, timeZone }: Clock): Event {
  const view = {
    at: letter.createdAt,
    order: 2,
    side: 'letter',
    did: `${letterNames[letter.kind] ?? sentenceCase(letter.kind)} to ${letter.recipient}`,
    when: momentWords(Temporal.Instant.from(letter.createdAt), now, timeZone),
    letter: {
      state: letter.state,
      words: letterStates[letter.state] ?? letter.state,
      subject: letter.subject,
      text: letter.text,
      response: letter.response,
      messageId: letter.messageId,
      attempts: letter.attempts === 1 ? '1 attempt' : `${letter.attempts} attempts`,
    },
  }
  return view
}

function sentenceCase(kind: string): string {
  const words = kind.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
