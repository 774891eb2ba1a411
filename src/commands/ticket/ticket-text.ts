/** A ticket's dossier as a text. Pure: what is shown depends on the dossier and the zone alone. */
import { callEntryWords } from '../../console/call-words.ts'
import type {
  DossierEntry,
  DossierGuarantee,
  DossierInbound,
  DossierLetter,
  TicketDossier,
} from '../../console/dossier.ts'
import { type Responsibility, responsibilityOf } from '../../console/responsibility.ts'
import { showTicketNumber } from '../../desk/ticket-number.ts'
import { callbackText, callLine, recordingText, textMessageText } from '../call/call-text.ts'
import { booksRows } from '../customers/customer-text.ts'
import { columns, indented, oneLine, wallTime } from '../terminal.ts'
import { caseOfTicket } from '../vendors/case-text.ts'
import { enclosedLines } from './enclosed-lines.ts'
import { machineLines } from './machine-lines.ts'

export interface TextOptions {
  readonly timeZone: string
  /** `tickets.format` of the configuration. */
  readonly format: string
  /** Whole texts in the history instead of their beginnings. */
  readonly full: boolean
  /** Of an agent by the key; the key itself where nobody knows better. */
  readonly person?: (agent: string) => string
  /** Of a manufacturer by the key; the key itself where nobody knows better. */
  readonly vendor?: (key: string) => string
}

/** So much of an entry says what it is about; the rest is a flag away. */
const shortLines = 12

export function ticketText(
  { ticket, books, guarantees, entries, letters, inbounds, vendorCases, ...phone }: TicketDossier,
  options: TextOptions,
): string {
  const { timeZone, format } = options
  const head = columns([
    ['subject', oneLine(ticket.subject)],
    ['customer', oneLine(`${customerOf(ticket)}, language ${ticket.language}`)],
    ...booksRows(books),
    ['belongs to', `mailbox ${ticket.mailbox}, group ${ticket.group}, office ${ticket.office}`],
    ['standing', oneLine(standingOf(ticket))],
    ['opened', wallTime(ticket.openedAt, timeZone)],
    ['changed', wallTime(ticket.changedAt, timeZone)],
  ])
  return [
    `Ticket ${showTicketNumber(ticket.number, format)}, ${ticket.state} (times are ${timeZone})\n${head}`,
    section(
      'Responsible',
      responsibilityOf(entries, ticket).map(one => responsibilityText(one, options)),
    ),
    section(
      'Promises',
      guarantees.map(one => guaranteeText(one, timeZone)),
    ),
    section(
      'History',
      entries.map(one => entryText(one, options)),
    ),
    section(
      'Letters',
      letters.map(one => letterText(one, timeZone)),
    ),
    section(
      'Mails',
      inbounds.map(one => inboundText(one, timeZone)),
    ),
    ...(vendorCases.length === 0
      ? []
      : [
          section(
            'Cases with manufacturers',
            vendorCases.map(one => caseOfTicket(one, options)),
          ),
        ]),
    ...phoneSections(phone, timeZone),
  ].join('\n\n')
}

/** Who had it from when to when, with title, and why it went on. */
function responsibilityText(
  { group, agent, since, until, by, reason }: Responsibility,
  { timeZone, person = key => key }: TextOptions,
): string {
  const who = agent === null ? `everybody of group ${group}` : `${person(agent)}, group ${group}`
  const end = until === null ? 'until now' : `until ${wallTime(until, timeZone)}`
  const line = `${wallTime(since, timeZone)} ${end}: ${who}${by && ` (by ${by})`}`
  return oneLine(reason === '' ? line : `${line}: ${reason}`, 400)
}

/** How bad it is, how high it has risen, and whose it is. */
function standingOf({ severity, level, assignee }: TicketDossier['ticket']): string {
  return `${severity ?? 'not classified'}, level ${level}, ${assignee === null ? 'nobody has taken it' : `taken by ${assignee}`}`
}

function customerOf({ customerName, customerAddress, customerPhone }: TicketDossier['ticket']): string {
  const where = [customerAddress && `<${customerAddress}>`, customerPhone].filter(Boolean)
  return [customerName, where.join(', ') || '(no address, no number)'].filter(Boolean).join(' ')
}

/** Nothing of them at a ticket that never saw a telephone. */
function phoneSections(
  { calls, callbacks, texts }: Pick<TicketDossier, 'calls' | 'callbacks' | 'texts'>,
  timeZone: string,
): string[] {
  const parts: [string, string[]][] = [
    ['Calls', calls.map(one => callLine(one, timeZone))],
    ['Promised calls', callbacks.map(one => callbackText(one, timeZone))],
    ['Recordings', calls.flatMap(({ recordings }) => recordings.map(one => recordingText(one, timeZone)))],
    ['Text messages', texts.map(one => textMessageText(one, timeZone))],
  ]
  return parts.filter(([, lines]) => lines.length > 0).map(([title, lines]) => section(title, lines))
}

function section(title: string, parts: readonly string[]): string {
  return `${title}\n${parts.length === 0 ? '  none' : parts.map(part => indented(part, 2)).join('\n')}`
}

/** A promise, how it ended, and the office hours it was counted in. */
export function guaranteeText(
  { kind, state, startedAt, dueAt, endedAt, derivation }: DossierGuarantee,
  timeZone: string,
): string {
  const end = endedAt === null ? '' : `, ended ${wallTime(endedAt, timeZone)}`
  const line = `${kind}: ${state}, due ${wallTime(dueAt, timeZone)}, counted from ${wallTime(startedAt, timeZone)}${end}`
  return [line, ...derivationLines(derivation).map(step => `  ${step}`)].join('\n')
}

/** Stored as JSON by the version of the day; what is not understood is left out rather than guessed at. */
function derivationLines(derivation: unknown): readonly string[] {
  const steps: readonly unknown[] = Array.isArray(derivation) ? derivation : []
  return steps.flatMap(step => {
    if (typeof step !== 'object' || step === null || !('date' in step)) return []
    if ('closed' in step) return [`${step.date} not counted: ${step.closed}`]
    return 'from' in step && 'to' in step && 'minutes' in step
      ? [`${step.date} ${step.from}-${step.to}: ${step.minutes} min`]
      : []
  })
}

function entryText(entry: DossierEntry, { timeZone, full }: TextOptions): string {
  const { kind, at, author, text, inboundId, detail } = entry
  const origin = inboundId === null ? '' : ` (mail ${inboundId})`
  const lines = text.trim().split('\n')
  const shown = full ? lines : lines.slice(0, shortLines)
  const more =
    lines.length > shown.length ? [`… ${lines.length - shown.length} more lines, shown with --full`] : []
  const head = oneLine(`${wallTime(at, timeZone)} ${kind}${author && ` by ${author}`}${origin}`, 200)
  const naming = { agent: (key: string) => key, when: (instant: string) => wallTime(instant, timeZone) }
  const happened = callEntryWords(entry, naming)
  const said = [
    ...(happened === undefined ? [] : [oneLine(happened, 400)]),
    ...machineLines(detail, timeZone),
  ].map(line => `[${line}]`)
  return `${head}\n${indented([...said, ...shown, ...more, ...enclosedLines(detail, full)].join('\n'), 2)}`.trimEnd()
}

/** What was sent to whom, how it stands and what the server said to it. */
export function letterText(letter: DossierLetter, timeZone: string): string {
  const { kind, recipient, state, sentAt, nextTryAt, attempts, messageId, response, failureCode } = letter
  const when = sentAt === null ? waiting(letter) : wallTime(sentAt, timeZone)
  const rows: [string, string][] = [['Message-ID', oneLine(messageId, 300)]]
  if (sentAt === null && (state === 'queued' || state === 'unsure'))
    rows.push(['next try', wallTime(nextTryAt, timeZone)])
  if (response !== null) rows.push([sentAt === null ? 'last answer' : 'proof', oneLine(response, 300)])
  if (failureCode !== null) rows.push(['failure', failureCode])
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  return `${oneLine(`${kind} to ${recipient}: ${state}${when && ` ${when}`}, ${tries}`, 300)}\n${columns(rows)}`
}

function waiting({ state, attempts }: DossierLetter): string {
  return state === 'queued' && attempts === 0 ? '(not tried yet)' : ''
}

function inboundText(
  { id, receivedAt, outcome, rule, mailbox, folder, uid, subject }: DossierInbound,
  timeZone: string,
): string {
  const head = `mail ${id}: ${outcome} by rule ${rule}, received ${wallTime(receivedAt, timeZone)}`
  return `${head}\n  ${oneLine(`${mailbox}/${folder} UID ${uid} "${subject}"`, 200)}`
}
