import type { Config } from '../../config/schema.ts'
import { callEntryWords } from '../../console/call-words.ts'
import type {
  DossierEntry,
  DossierHeld,
  DossierInbound,
  DossierLetter,
  TicketDossier,
} from '../../console/dossier.ts'
import { commandWords, deedWords } from './deed-words.ts'
import type { Clock } from './mailbox-view.ts'
import { momentWords } from './time-words.ts'
import { reasonWords, whyView } from './waiting-view.ts'

/** A ticket's history: what people and machines did, the letters it caused, and mails that left nothing but a row. */

interface Event {
  readonly at: string
  readonly order: number
}

/** Oldest first. */
export function historyView(
  { entries, letters, inbounds, held }: TicketDossier,
  config: Config,
  clock: Clock,
): readonly Event[] {
  const explained = new Set<string>()
  const inboundOf = ({ inboundId }: DossierEntry) => {
    // One mail with three commands leaves three entries; its reasons are told once.
    if (inboundId === null || explained.has(inboundId)) return undefined
    explained.add(inboundId)
    return inbounds.find(({ id }) => id === inboundId)
  }
  const events = [
    ...entries.map(entry => entryView(entry, inboundOf(entry), config, clock)),
    ...letters.map(letter => letterView(letter, clock)),
    ...inbounds
      .filter(({ id }) => !entries.some(({ inboundId }) => inboundId === id))
      .map(inbound =>
        silentView(
          inbound,
          held.find(({ inboundId }) => inboundId === inbound.id),
          clock,
        ),
      ),
  ]
  return events.toSorted((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1))
}

const agentKinds = new Set([
  ...['agent-mail', 'agent-answer', 'agent-note', 'agent-mail-returned'],
  ...['callback-attempt', 'callback-remark', 'number-allowed', 'call-out'],
])
const customerKinds = new Set(['customer-mail', 'customer-words', 'call', 'recording'])
const internalKinds = new Set(['agent-note', 'agent-mail', 'callback-remark', 'number-allowed'])
const troubleKinds = new Set([
  ...['letter-failed', 'letter-bounced', 'agent-mail-returned'],
  ...['callback-broken', 'callback-unreached', 'caller-gone', 'no-confirmation', 'number-refused'],
  ...['recording-absent', 'recording-failed', 'text-failed', 'unreachable'],
])

function entryView(
  entry: DossierEntry,
  inbound: DossierInbound | undefined,
  config: Config,
  { now, timeZone }: Clock,
): Event {
  const { kind, at, author, text } = entry
  const when = (instant: string) => momentWords(Temporal.Instant.from(instant), now, timeZone)
  const agent = (key: string) => config.agents[key]?.name ?? key
  const command = kind.startsWith('command-')
  const said = deedWords(entry) ?? callEntryWords(entry, { agent, when }) ?? sentenceCase(kind)
  const view = {
    at,
    order: 0,
    side: command || agentKinds.has(kind) ? 'agent' : customerKinds.has(kind) ? 'customer' : 'machine',
    internal: internalKinds.has(kind),
    trouble: troubleKinds.has(kind),
    who: agent(author.replace(/\s*<[^>]*>$/, '') || author),
    did: command ? commandWords(entry, config, when) : said,
    when: when(at),
    text,
    why: inbound ? whyView(inbound) : undefined,
  }
  return view
}

/** A mail of this ticket that left no entry, such as a copy or one that is held: the trail says what became of it. */
function silentView(inbound: DossierInbound, held: DossierHeld | undefined, { now, timeZone }: Clock): Event {
  const waits = held?.state === 'held'
  const view = {
    at: inbound.takenInAt,
    order: 1,
    side: 'machine',
    trouble: waits,
    who: inbound.fromAddress ?? 'unknown sender',
    did: held ? heldWords(held) : `was recorded: ${inbound.outcome}`,
    when: momentWords(Temporal.Instant.from(inbound.takenInAt), now, timeZone),
    why: whyView(inbound),
  }
  return view
}

function heldWords({ reason, state, decision }: DossierHeld): string {
  const words = `wrote; held, because ${reasonWords(reason)}`
  return state === 'held' ? `${words}. It waits for a decision.` : `${words}. Decided: ${decision ?? 'sent'}.`
}

const letterNames: Readonly<Record<string, string>> = {
  'auto-reply': 'Automatic answer',
  'agent-notice': 'Notice',
  'agent-answer': 'Answer',
  'hold-question': 'Question about a held mail',
  why: 'Reasons',
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

export function sentenceCase(kind: string): string {
  const words = kind.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
