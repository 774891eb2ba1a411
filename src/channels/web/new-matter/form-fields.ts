import type { RequestType } from '../../../config/request-schema.ts'
import type { Config } from '../../../config/schema.ts'
import { ticketChannels } from '../../../desk/channel.ts'
import { requestTypeOf } from '../../../desk/checklist.ts'
import { faultsOf, lengths, type ToldMatter } from '../../../desk/matters/told-matter.ts'
import type { FaultCode } from './words.ts'

/** What the form for a new matter sends. Pure: nothing of it is trusted, all of it may be missing. */

export const fieldNames = [
  ...['channel', 'name', 'address', 'phone', 'handle', 'mailbox', 'language', 'subject', 'text'],
  ...['area', 'product', 'requestType', 'confirm', 'key'],
  ...['severity', 'customerSeverity', 'serial', 'do'],
] as const

/** Before the keys of the checklist in the names of their fields. */
export const knownPrefix = 'known.'

export type Cells = Readonly<Record<string, string>>
export type Faults = Readonly<Record<string, FaultCode>>

export const severities = ['stopped', 'hindered', 'minor'] as const

type RequestField = RequestType['fields'][string]

/** Mail and telephone have doors of their own, but a call to a private telephone has none. */
export const formChannels = ['in-person', 'phone', 'chat', 'social', 'form', 'mail'] as const

export function cellsIn(body: unknown): Cells {
  const sent = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const cells = fieldNames.map(name => {
    const value = Object.hasOwn(sent, name) ? sent[name] : ''
    return [name, typeof value === 'string' ? clean(value) : ''] as const
  })
  const known = Object.entries(sent).filter(([name]) => name.startsWith(knownPrefix))
  const told = known.slice(0, mostKnown).map(([name, value]) => {
    return [name.slice(0, 120), typeof value === 'string' ? clean(value) : ''] as const
  })
  return Object.fromEntries([...cells, ...told])
}

const mostKnown = 40

/** What the checklist of the matter asks for beside what the form has fields for anyway. */
export function askedFields(cells: Cells, config: Config): readonly (readonly [string, RequestField])[] {
  return checklistOf(cells, config).filter(([, { kind }]) => !['description', ...elsewhere].includes(kind))
}

/** Kinds of checklist fields that stand among the customer's, under the same names. */
const elsewhere: readonly string[] = ['name', 'phone', 'serial']

function checklistOf(cells: Cells, config: Config): readonly (readonly [string, RequestField])[] {
  const mailbox = cells.mailbox || (Object.keys(config.mailboxes)[0] ?? '')
  const type = requestTypeOf({ mailbox, requestType: cells.requestType || null }, config)
  return Object.entries(type?.fields ?? {})
}

/** Browsers send two characters for every line break. */
function clean(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
    .toWellFormed()
    .trim()
}

export type ReadMatter = { readonly matter: ToldMatter; readonly key: string } | { readonly faults: Faults }

/** `agent` is the key of whoever is signed in. */
export function matterIn(cells: Cells, agent: string, config: Config, now: Temporal.Instant): ReadMatter {
  const cell = (name: string) => cells[name] ?? ''
  const severity = (name: string) => severities.find(one => one === cell(name)) ?? null
  const asked = askedFields(cells, config).map(([key]) => key)
  const known = Object.entries(cells).flatMap(([name, value]) =>
    name.startsWith(knownPrefix) && value !== '' ? [[name.slice(knownPrefix.length), value] as const] : [],
  )
  const given = checklistOf(cells, config).flatMap(([key, { kind }]) =>
    elsewhere.includes(kind) && cell(kind) !== '' ? [[key, cell(kind)] as const] : [],
  )
  const channel = ticketChannels.find(one => one === cell('channel'))
  const language = cell('language')
  const matter: ToldMatter = {
    channel: channel ?? 'in-person',
    mailbox: cell('mailbox') || (Object.keys(config.mailboxes)[0] ?? ''),
    ...{ subject: cell('subject'), text: cell('text'), reference: '', by: { agent }, files: [] },
    known: Object.fromEntries([...given, ...known.filter(([key]) => asked.includes(key))]),
    ...{ severity: severity('severity'), customerSeverity: severity('customerSeverity') },
    serial: cell('serial') || null,
    customer: {
      ...{ name: cell('name'), handle: cell('handle') },
      ...{ address: cell('address') || null, phone: cell('phone') || null },
    },
    language: language === 'de' || language === 'en' ? language : null,
    ...{
      area: cell('area') || null,
      product: cell('product') || null,
      requestType: cell('requestType') || null,
    },
    receivedAt: now,
    confirm: cell('confirm') !== 'no',
  }
  const faults: Record<string, FaultCode> = {}
  for (const { field } of faultsOf(matter, config)) {
    const name = field.split('/').at(-1) ?? ''
    faults[name === 'customer' ? 'name' : name] =
      name === 'customer' ? 'nobody' : name === 'phone' ? 'phone' : 'choice'
  }
  if (!channel) faults.channel = 'choice'
  if (matter.text === '') faults.text = 'text'
  if (matter.customer.address !== null && !isAddress(matter.customer.address)) faults.address = 'address'
  for (const name of ['subject', 'text', 'name', 'handle', 'serial'] as const)
    if (cell(name).length > lengths[name]) faults[name] = 'long'
  for (const name of ['severity', 'customerSeverity'])
    if (cell(name) !== '' && severity(name) === null) faults[name] = 'choice'
  for (const [key, value] of known) if (value.length > lengths.value) faults[`${knownPrefix}${key}`] = 'long'
  // Filled in for another kind of request: whoever filled it in sees now what this one asks for.
  if (known.some(([key]) => !asked.includes(key))) faults.requestType ??= 'checklist'
  const key = cell('key')
  if (Object.keys(faults).length > 0) return { faults }
  return { matter, key: /^[\w-]{8,64}$/.test(key) ? key : crypto.randomUUID() }
}

/** One address and nothing around it; whether it works the mail server says. */
const isAddress = (address: string): boolean =>
  address.length <= 254 &&
  /^[^\s@<>,;:"()[\]\\]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}[\p{L}\p{N}-]{1,62}$/u.test(address)
