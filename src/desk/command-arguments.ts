import { folded } from './command-words.ts'
import type { DialRefusal } from './phone/destination.ts'
import type { ProblemMistake } from './procedures/known-problem.ts'
import type { StepMistake } from './procedures/step-order.ts'
import type { Impact } from './promise/matter.ts'
import type { MeasureKind } from './promise/measure.ts'
import type { Named, RoutingMistake, RoutingNames } from './routing-commands.ts'
import { isTicketNumber } from './ticket-number.ts'
import type { VendorMistake } from './vendor/vendor-commands.ts'

/** What may follow a command's word. Each reader gives the value, or the code of the mistake. Pure. */

export type Read<T> = { readonly value: T } | { readonly mistake: MistakeCode }

export type MistakeCode =
  | 'unknown-command'
  | 'not-at-top'
  | 'needs-argument'
  | 'takes-no-argument'
  | 'twice'
  | 'contradicts'
  | 'no-duration'
  | 'duration-too-long'
  | 'no-such-agent'
  | 'agent-not-clear'
  | 'level-not-higher'
  | 'no-reason'
  | 'no-severity'
  | 'no-impact'
  /** The ticket may not be closed before this is documented. */
  | `no-${MeasureKind}`
  | 'no-phone-number'
  /** Valid, and none that we ring. */
  | `number-${Exclude<DialRefusal, 'not-a-number'>}`
  | 'no-time'
  | 'time-past'
  | 'no-ticket-number'
  | 'own-ticket-number'
  | 'no-such-ticket'
  | 'nothing-held'
  | 'several-held'
  | 'no-customer-address'
  | 'no-address'
  | 'own-address'
  | 'address-known'
  | 'oversized'
  | 'no-such-kind'
  | 'no-problem-key'
  | 'checklist-missing'
  | RoutingMistake
  | StepMistake
  | ProblemMistake
  | VendorMistake

export interface AgentName {
  readonly key: string
  readonly name: string
  readonly addresses: readonly string[]
}

/** Where and when a command is read: times are wall time of the ticket's office. */
export interface CommandContext {
  readonly now: Temporal.Instant
  readonly timeZone: string
  /** Of the office, ISO 3166: whose phone numbers may be written without +49 or +44. */
  readonly country: 'DE' | 'GB'
  readonly agents: readonly AgentName[]
  readonly ticketNumber: string
  readonly level: number
  readonly routing: RoutingNames
  /** Manufacturers; left out where there are none. */
  readonly vendors?: readonly Named[]
}

const longestWaitDays = 90
const highestLevel = 9

const units: readonly (readonly [RegExp, Temporal.DurationLike])[] = [
  [/^(?:m|min|minuten?|minutes?|mins)$/, { minutes: 1 }],
  [/^(?:h|std|stunden?|hours?|hrs?)$/, { hours: 1 }],
  [/^(?:d|t|tage?n?|days?)$/, { days: 1 }],
  [/^(?:w|wochen?|weeks?)$/, { weeks: 1 }],
]

/** "2d", "3h", "2 Tage", "1 week": the end of the wait. Days and weeks are calendar days of the office. */
export function readWait(text: string, { now, timeZone }: CommandContext): Read<Temporal.Instant> {
  const match = /^(\d{1,4})\s*([\p{L}]{1,8})\.?$/u.exec(text)
  const unit = units.find(([words]) => words.test(folded(match?.[2] ?? '')))
  const count = Number(match?.[1])
  if (!unit || !(count > 0)) return { mistake: 'no-duration' }
  const [[name, one] = ['days', 1]] = Object.entries(unit[1])
  const start = now.toZonedDateTimeISO(timeZone)
  const until = start.add({ [name]: count * Number(one) })
  const latest = start.add({ days: longestWaitDays })
  return Temporal.ZonedDateTime.compare(until, latest) > 0
    ? { mistake: 'duration-too-long' }
    : { value: until.toInstant() }
}

/** An agent by key, address or name; one word of the name is enough where only one agent has it. */
export function readAgent(text: string, { agents }: CommandContext): Read<string> {
  const wanted = folded(text.replace(/^@/, '').replace(/^<(.*)>$/, '$1'))
  const exact = agents.filter(({ key, name, addresses }) =>
    [key, name, ...addresses].some(one => folded(one) === wanted),
  )
  const [only, ...more] =
    exact.length > 0
      ? exact
      : agents.filter(({ name }) =>
          folded(name)
            .split(/[\s.-]+/)
            .includes(wanted),
        )
  if (!only) return { mistake: 'no-such-agent' }
  return more.length > 0 ? { mistake: 'agent-not-clear' } : { value: only.key }
}

export interface Escalation {
  readonly level: number
  readonly reason: string
}

/** "Grund", "2 Grund", "Stufe 2: Grund". Without a level the next one. */
export function readEscalation(text: string, { level }: CommandContext): Read<Escalation> {
  const match = /^(?:(?:stufe|level)\s*)?(\d{1,2})(?![\p{L}\d]|[.:]\d)[\s:,–-]*(.*)$/isu.exec(text)
  const wanted = match ? Number(match[1]) : level + 1
  const reason = (match ? (match[2] ?? '') : text).trim()
  if (wanted <= level || wanted > highestLevel) return { mistake: 'level-not-higher' }
  return reason === '' ? { mistake: 'no-reason' } : { value: { level: wanted, reason } }
}

export type Severity = 'stopped' | 'hindered' | 'minor'

const severities: readonly (readonly [Severity, readonly string[]])[] = [
  ['stopped', ['betriebsverhindernd', 'verhindernd', 'stopped']],
  ['hindered', ['betriebsbehindernd', 'behindernd', 'hindered']],
  ['minor', ['gering', 'minor']],
]

export function readSeverity(text: string): Read<Severity> {
  const found = severities.find(([, words]) => words.includes(folded(text)))
  return found ? { value: found[0] } : { mistake: 'no-severity' }
}

const impacts: readonly (readonly [Impact, readonly string[]])[] = [
  ['financial-loss', ['finanzschaden', 'financialloss']],
  ['serious', ['erheblich', 'serious']],
  ['normal', ['normal']],
]

/** "financial-loss" also as "financial loss". */
export function readImpact(text: string): Read<Impact> {
  const written = folded(text).replace(/[\s-]/g, '')
  const found = impacts.find(([, words]) => words.includes(written))
  return found ? { value: found[0] } : { mistake: 'no-impact' }
}

export interface StatusWords {
  readonly done: string
  /** '' where nothing is said of it. */
  readonly next: string
}

/** "what was done | what comes next"; without a bar the next line begins the second part. */
export function readStatus(text: string): Read<StatusWords> {
  const at = text.includes('|') ? text.indexOf('|') : text.indexOf('\n')
  const [done, next] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  return done.trim() === ''
    ? { mistake: 'needs-argument' }
    : { value: { done: done.trim(), next: next.trim() } }
}

/** "1004711", "#1004711", "[#1004711]", also with blanks. The check digit must be right. */
export function readTicketNumber(text: string, { ticketNumber }: CommandContext): Read<string> {
  const number = text.replace(/[\s[\]#.-]/g, '')
  if (!isTicketNumber(number)) return { mistake: 'no-ticket-number' }
  return number === ticketNumber ? { mistake: 'own-ticket-number' } : { value: number }
}

/** "kunde@example.com", also "<kunde@example.com>" and "mailto:kunde@example.com", in lower case. */
export function readAddress(text: string): Read<string> {
  const written = text
    .replace(/^<(.*)>$/s, '$1')
    .replace(/^mailto:/i, '')
    .replace(/[.,;]$/, '')
    .toLowerCase()
  const isOne = /^[^\s@<>()[\]\\",:;\p{Cc}]{1,64}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.)+\p{L}{2,63}$/u
  return written.length <= 254 && isOne.test(written) ? { value: written } : { mistake: 'no-address' }
}
