import type { RequestType } from '../config/request-schema.ts'
import type { Config } from '../config/schema.ts'
import type { Language } from './ticket.ts'

/**
 * What has to be known of a matter, what is, and what is still missing. Kept on the ticket as JSON (`ticket.known`),
 * ticked off as answers come in. All pure; what is known is found in known-data.ts.
 */

/** Where in a mail a value was found, or else: agents may want to trust a signature less than a sentence. */
export type FoundIn = 'from' | 'signature' | 'text' | 'subject' | 'call' | 'books'

export interface KnownValue {
  readonly value: string
  readonly where: FoundIn
}

/** By the keys of the checklist. */
export type Known = Readonly<Record<string, KnownValue>>

export interface MissingLine {
  readonly key: string
  readonly label: string
}

export interface KnownLine {
  readonly label: string
  readonly value: string
}

/** What decides which checklist counts: a ticket has both, a mail that has none yet only its mailbox. */
export interface Requested {
  readonly mailbox: string
  readonly requestType?: string | null
}

/**
 * The checklist of a matter: that of its own kind of request, else the one that the mailbox names, else the first.
 * Undefined where nothing is asked.
 */
export function requestTypeOf(
  { mailbox, requestType = null }: Requested,
  config: Config,
): RequestType | undefined {
  const own = requestType === null ? undefined : config.requestTypes[requestType]
  if (own) return own
  const named = config.mailboxes[mailbox]?.requestType
  return named === undefined ? Object.values(config.requestTypes)[0] : config.requestTypes[named]
}

/** What customers have to be asked for, in the order of the checklist. */
export function missingOf(type: RequestType, known: Known, language: Language): MissingLine[] {
  return Object.entries(type.fields)
    .filter(([key, field]) => field.required && !Object.hasOwn(known, key))
    .map(([key, field]) => ({ key, label: field.label[language] }))
}

/** What is known, for readers. The description is left out: it is the mail itself. */
export function knownLines(type: RequestType, known: Known, language: Language): KnownLine[] {
  return Object.entries(type.fields).flatMap(([key, field]) => {
    const found = Object.hasOwn(known, key) ? known[key] : undefined
    return found && field.kind !== 'description' ? [{ label: field.label[language], value: found.value }] : []
  })
}

/**
 * Fills gaps and overwrites nothing: a colleague's signature under a later mail must not take the place of the person
 * who asked. Returns `previous` itself when nothing is new.
 */
export function mergeKnown(previous: Known, found: Known): Known {
  const fresh = Object.entries(found).filter(([key]) => !Object.hasOwn(previous, key))
  return fresh.length === 0 ? previous : { ...previous, ...Object.fromEntries(fresh) }
}

/** `ticket.known` as the database has it. What is not of our making is left out. */
export function readKnown(json: unknown): Known {
  if (typeof json !== 'object' || json === null) return {}
  const pairs = Object.entries(json).filter((pair): pair is [string, KnownValue] => isKnownValue(pair[1]))
  return Object.fromEntries(pairs)
}

function isKnownValue(value: unknown): value is KnownValue {
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'string'
}
