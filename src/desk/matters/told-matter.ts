import type { Config } from '../../config/schema.ts'
import type { TicketChannel } from '../channel.ts'
import { requestTypeOf } from '../checklist.ts'
import type { Severity } from '../command-arguments.ts'
import type { Attachment } from '../mail-content.ts'
import { readCaller } from '../phone/numbers.ts'
import type { Language } from '../ticket.ts'

/** A matter that came neither by mail nor by telephone: another system posts it, or an agent writes down what was said. */
export interface ToldMatter {
  readonly channel: TicketChannel
  /** Whose office, department and sender it gets. */
  readonly mailbox: string
  /** '' where nobody gave one. */
  readonly subject: string
  /** The customer's words, or what an agent wrote down of them. */
  readonly text: string
  readonly customer: ToldCustomer
  /** Null: the books' or the mailbox's. */
  readonly language: Language | null
  /** Keys of the configuration; null: recognised from the words, as in a mail. */
  readonly area: string | null
  readonly product: string | null
  readonly requestType: string | null
  /** Answers to the checklist, by the keys of its fields. */
  readonly known: Readonly<Record<string, string>>
  /** How severe it is, as the customer says and as we say; null where nobody said. */
  readonly customerSeverity: Severity | null
  readonly severity: Severity | null
  /** Of the device that it is about; null where nobody said. */
  readonly serial: string | null
  /** In the blob store already, each under its own digest. */
  readonly files: readonly Attachment[]
  /** What the other system calls it; '' for nothing. */
  readonly reference: string
  readonly by: Recorder
  /** When the customer said it. */
  readonly receivedAt: Temporal.Instant
  /** Whether an automatic answer may be sent: not where the other system has confirmed it. */
  readonly confirm: boolean
}

export interface ToldCustomer {
  readonly name: string
  readonly address: string | null
  /** As it was given. */
  readonly phone: string | null
  /** Where else the customer can be reached, such as a name in a social network; '' for nowhere. */
  readonly handle: string
}

/** Who wrote it down: a client of the API, or an agent. */
export type Recorder = { readonly client: string } | { readonly agent: string }

/** What of a matter the configuration does not know; `allowed` where there is a choice. */
export interface MatterFault {
  /** JSON Pointer. */
  readonly field: string
  readonly problem: string
  readonly allowed: readonly string[]
}

export const lengths = {
  subject: 300,
  text: 100_000,
  name: 200,
  handle: 200,
  value: 200,
  reference: 200,
  serial: 60,
} as const

/** All that is wrong with a matter, not only the first; nothing where it can be taken. */
export function faultsOf(matter: ToldMatter, config: Config): readonly MatterFault[] {
  const { mailbox, area, product, requestType, customer } = matter
  return [
    ...unknown('/mailbox', 'mailbox', mailbox, config.mailboxes),
    ...unknown('/area', 'area', area, config.areas),
    ...unknown('/product', 'product', product, config.products),
    ...unknown('/requestType', 'kind of request', requestType, config.requestTypes),
    ...checklistFaults(matter, config),
    ...(isNobody(customer)
      ? [{ field: '/customer', problem: 'It names nobody and no way to reach anybody.', allowed: [] }]
      : []),
    ...(customer.phone !== null && phoneOf(matter, config) === null
      ? [{ field: '/customer/phone', problem: 'It is no telephone number.', allowed: [] }]
      : []),
  ]
}

const isNobody = ({ name, address, phone, handle }: ToldCustomer) =>
  [name, address ?? '', phone ?? '', handle].every(one => one.trim() === '')

function unknown(
  field: string,
  what: string,
  key: string | null,
  table: Readonly<Record<string, unknown>>,
): MatterFault[] {
  if (key === null || Object.hasOwn(table, key)) return []
  return [{ field, problem: `The configuration has no such ${what}.`, allowed: Object.keys(table) }]
}

function checklistFaults({ mailbox, requestType, known }: ToldMatter, config: Config): MatterFault[] {
  const allowed = Object.keys(requestTypeOf({ mailbox, requestType }, config)?.fields ?? {})
  return Object.keys(known)
    .filter(key => !allowed.includes(key))
    .map(key => ({
      field: `/known/${key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`,
      problem: 'The checklist of this kind of request has no such field.',
      allowed,
    }))
}

/** The key of the checklist's field that asks for a serial number; undefined where none does. */
export function serialField(matter: Pick<ToldMatter, 'mailbox' | 'requestType'>, config: Config) {
  const fields = Object.entries(requestTypeOf(matter, config)?.fields ?? {})
  return fields.find(([, { kind }]) => kind === 'serial')?.[0]
}

/** In E.164; null where it is none. Numbers without a country are of the office's. */
export function phoneOf(
  { customer, mailbox }: Pick<ToldMatter, 'customer' | 'mailbox'>,
  config: Config,
): string | null {
  if (customer.phone === null) return null
  const office = config.offices[config.mailboxes[mailbox]?.office ?? '']
  return readCaller(customer.phone, office?.holidays.startsWith('GB') ? 'GB' : 'DE').number
}

const longestSubject = 80
const greeting =
  /^(?:sehr geehrte|guten (?:tag|morgen|abend)|hallo|moin|liebe|dear|hello|hi)\b[^.!?]{0,60}[,!]?$/i

/** The subject, or the beginning of what was said. */
export function subjectOf({ subject, text }: Pick<ToldMatter, 'subject' | 'text'>): string {
  if (subject.trim() !== '') return subject.trim()
  const lines = text.split('\n').map(line => line.trim())
  const words =
    lines.find(line => line !== '' && !greeting.test(line)) ?? lines.find(line => line !== '') ?? ''
  if (words.length <= longestSubject) return words
  const cut = words.slice(0, longestSubject)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestSubject / 2)).toWellFormed()} …`
}
