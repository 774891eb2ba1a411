import { z } from 'zod'
import type { Config } from '../../config/schema.ts'
import type { DossierGuarantee, LinkedTickets, TicketDossier, TicketLine } from '../../console/dossier.ts'
import { knownLines, missingOf, requestTypeOf } from '../../desk/checklist.ts'
import { displayNumber } from '../../desk/phone/numbers.ts'
import { derivationWords, promiseWords } from '../../desk/promise-words.ts'
import { historyView, sentenceCase } from './history-view.ts'
import type { Clock } from './mailbox-view.ts'
import { distanceWords, momentWords } from './time-words.ts'

/** Tickets as the page shows them: the ledger's words made into sentences, nothing left out. */

export function ticketListView(tickets: readonly TicketLine[], config: Config, clock: Clock): object {
  return {
    tickets: tickets.map(ticket => ({
      url: ticketPath(ticket.number),
      number: ticket.number,
      subject: ticket.subject || '(no subject)',
      customer: ticket.customerName || ticket.customerAddress || phoneWords(ticket.customerPhone),
      state: ticket.state,
      assignee: agentName(ticket.assignee, config),
      changed: momentWords(Temporal.Instant.from(ticket.changedAt), clock.now, clock.timeZone),
      entries: ticket.entries === 1 ? '1 entry' : `${ticket.entries} entries`,
      guarantee: ticket.guarantee ? guaranteeView(ticket.guarantee, clock) : undefined,
      trouble:
        ticket.lettersFailed > 0 ? 'a letter failed' : ticket.lettersUnderWay > 0 ? 'sending …' : undefined,
      failed: ticket.lettersFailed > 0,
    })),
  }
}

export function dossierView(dossier: TicketDossier, config: Config, clock: Clock): object {
  const { ticket, guarantees, participants } = dossier
  const at = (instant: string) => momentWords(Temporal.Instant.from(instant), clock.now, clock.timeZone)
  const request = requestTypeOf(ticket, config)
  return {
    number: ticket.number,
    subject: ticket.subject || '(no subject)',
    state: ticket.state,
    customer: customerWords(ticket),
    language: ticket.language === 'de' ? 'German' : 'English',
    opened: at(ticket.openedAt),
    until: ticket.waitingUntil ? at(ticket.waitingUntil) : undefined,
    closed: ticket.closedAt ? at(ticket.closedAt) : undefined,
    assignee: agentName(ticket.assignee, config),
    severity: ticket.severity,
    level: ticket.level,
    participants: participants
      .filter(({ address }) => address !== ticket.customerAddress.toLowerCase())
      .map(({ name, address, role }) => `${name ? `${name} <${address}>` : address}, ${role}`),
    known: request ? knownLines(request, ticket.known, 'en') : [],
    missing: request ? missingOf(request, ticket.known, 'en').map(({ label }) => label) : [],
    links: linkViews(ticket.linked),
    guarantees: guarantees.map(guarantee => guaranteeView(guarantee, clock)),
    events: historyView(dossier, config, clock),
  }
}

function linkViews({ follows, followedBy, mergedInto, mergedFrom }: LinkedTickets): object[] {
  const links: readonly [string, readonly (string | null)[]][] = [
    ['Goes on with', [follows]],
    ['Goes on in', followedBy],
    ['Merged into', [mergedInto]],
    ['Merged from', mergedFrom],
  ]
  return links.flatMap(([words, numbers]) =>
    numbers.flatMap(number => (number === null ? [] : [{ words, number, url: ticketPath(number) }])),
  )
}

/** Who rings has a number, and perhaps no name or address yet. */
function customerWords({
  customerName,
  customerAddress,
  customerPhone,
}: Pick<TicketDossier['ticket'], 'customerName' | 'customerAddress' | 'customerPhone'>): string {
  if (customerAddress === '') return customerName || phoneWords(customerPhone)
  return customerName ? `${customerName} <${customerAddress}>` : customerAddress
}

const phoneWords = (number: string | null): string =>
  number === null ? 'a caller who withheld the number' : displayNumber(number, 'de')

export function ticketPath(number: string): string {
  return `/sandbox/tickets/${number}`
}

/** Undefined while nobody is responsible; the key of somebody who is not in the configuration any more. */
function agentName(key: string | null, config: Config): string | undefined {
  return key === null ? undefined : (config.agents[key]?.name ?? key)
}

const outcomeWords: Readonly<Record<string, string>> = {
  kept: 'kept: answered',
  broken: 'broken: answered late,',
  withdrawn: 'no longer owed: closed',
}

const closedLevels: Readonly<Record<string, string>> = { kept: 'kept', withdrawn: 'over' }

export function guaranteeView(
  { kind, state, dueAt, endedAt, derivation }: DossierGuarantee,
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
      : `${name} ${outcomeWords[state] ?? state}${endedAt ? ` ${momentWords(Temporal.Instant.from(endedAt), now, timeZone)}` : ''}`,
    distance: open ? (late ? `overdue, ${distanceWords(due, now)}` : distanceWords(due, now)) : undefined,
    level: open ? (late ? 'late' : minutes < 30 ? 'soon' : 'calm') : (closedLevels[state] ?? 'late'),
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
