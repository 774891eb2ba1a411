import type { BouncedRecipient, DeliveryAction } from '../../../desk/mail-content.ts'
import { leafBytes } from '../body/mail-body.ts'
import { ownMessageId } from '../header/message-ids.ts'
import { decodeText } from '../mime/charset.ts'
import { readHeaderBlock } from '../mime/header-fields.ts'
import type { Part } from '../mime/mime-parts.ts'

/**
 * The machine-readable half of a delivery report (RFC 3464): one block of fields per recipient, never mixed, and the
 * identifier of the mail that came back.
 */
const recipientLimit = 1_000
/** Bytes of a report that are read; the fields of a thousand recipients fit. */
const reportLimit = 1_048_576

const deliveryTypes = ['message/delivery-status', 'message/global-delivery-status']
const returnedTypes = [
  'message/rfc822',
  'message/global',
  'message/rfc822-headers',
  'message/global-headers',
  'text/rfc822-headers',
  'text/rfc822',
]

/** Every part of a tree, outermost first; message/rfc822 is a leaf. */
export function allParts(root: Part): Part[] {
  const out: Part[] = [root]
  for (let i = 0; i < out.length; i++) out.push(...(out[i]?.children ?? []))
  return out
}

/** What kind of report the structure shows; the report-type parameter is often missing or wrong (RFC 6522, 3). */
export function reportType(
  root: Part,
): 'delivery-status' | 'disposition-notification' | 'feedback-report' | null {
  const types = new Set(allParts(root).map(part => part.type))
  const isReport =
    root.type === 'multipart/report' || root.children.some(child => child.type === 'multipart/report')
  if (types.has('message/feedback-report')) return 'feedback-report'
  if (types.has('message/disposition-notification') || types.has('message/global-disposition-notification'))
    return 'disposition-notification'
  if (!isReport) return null
  const declared = root.contentType.params.get('report-type')?.toLowerCase()
  if (declared === 'disposition-notification' || declared === 'feedback-report') return declared
  return declared === 'delivery-status' || returnedTypes.some(type => types.has(type))
    ? 'delivery-status'
    : null
}

/** A machine part outside a report: some servers write multipart/mixed, but so does a customer who attaches one. */
export function hasDeliveryPart(root: Part): boolean {
  return allParts(root).some(part => deliveryTypes.includes(part.type))
}

/** `rfc822; anna@example.com`, `<anna@example.com>`: the address alone. */
function recipientAddress(value: string): string {
  const address = value.slice(value.indexOf(';') + 1).trim()
  const inner = /<([^<>]*)>/.exec(address)?.[1] ?? address
  return inner
    .replace(/^mailto:/i, '')
    .replace(/\s+/g, '')
    .replace(/\.$/, '')
}

/** A code of RFC 3463 in the words of a server, not part of a version or an IP address. */
export function enhancedStatus(text: string): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(text.slice(0, 4_000))?.[0] ?? null
}

function deliveryAction(value: string): DeliveryAction | null {
  const word = value.trim().toLowerCase()
  if (word.startsWith('fail')) return 'failed'
  if (word.startsWith('delay')) return 'delayed'
  if (word.startsWith('deliver')) return 'delivered'
  if (word.startsWith('relay')) return 'relayed'
  return word.startsWith('expand') ? 'expanded' : null
}

type Fields = ReadonlyMap<string, string>

/** A recipient as the report names it, before anybody judges why. */
export type NamedRecipient = Omit<BouncedRecipient, 'kind'>

function recipientOf(fields: Fields): NamedRecipient | undefined {
  const final = recipientAddress(fields.get('final-recipient') ?? '')
  const original = recipientAddress(fields.get('original-recipient') ?? '')
  const recipient = final.includes('@') || original === '' ? final : original
  if (recipient === '') return undefined
  const diagnosticCode = fields.get('diagnostic-code') ?? null
  const status = enhancedStatus(fields.get('status') ?? '') ?? enhancedStatus(diagnosticCode ?? '')
  return { recipient, status, action: deliveryAction(fields.get('action') ?? ''), diagnosticCode }
}

/** Fields block by block; a block also ends where a recipient is named a second time. */
function blocksOf(bytes: Buffer): Fields[] {
  const blocks: Fields[] = []
  let at = 0
  while (at < bytes.length && blocks.length < recipientLimit) {
    while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++
    const block = readHeaderBlock(bytes, at, bytes.length)
    let fields = new Map<string, string>()
    for (const [name, value] of block.fields.entries) {
      if (fields.has(name) && (name === 'final-recipient' || name === 'original-recipient')) {
        blocks.push(fields)
        fields = new Map()
      }
      if (!fields.has(name)) fields.set(name, value)
    }
    if (fields.size > 0) blocks.push(fields)
    at = Math.max(block.bodyStart, at + 1)
    if (fields.size === 0) at = nextLine(bytes, at)
  }
  return blocks
}

function nextLine(bytes: Buffer, at: number): number {
  const feed = bytes.indexOf(0x0a, at)
  return feed < 0 ? bytes.length : feed + 1
}

/** Fields of a report that a server wrote into its text instead. */
function writtenBlocks(text: string): Buffer[] {
  const at = text.slice(0, reportLimit).search(/^(?:final|original)-recipient:/im)
  if (at < 0) return []
  const start = text.lastIndexOf('\n\n', at)
  return [Buffer.from(text.slice(start < 0 ? 0 : start + 2, at + 10_000))]
}

export interface DeliveryReport {
  readonly recipients: readonly NamedRecipient[]
  readonly originalMessageId: string | null
}

/** Recipients that the report's machine parts name; empty when there are none or they are unreadable. */
export function readDeliveryReport(root: Part, text: string): DeliveryReport {
  const parts = allParts(root)
  const machine = parts
    .filter(part => deliveryTypes.includes(part.type))
    .map(part => leafBytes(part).subarray(0, reportLimit))
  const blocks = [...machine, ...writtenBlocks(text)].flatMap(blocksOf)
  const named = blocks.flatMap(fields => recipientOf(fields) ?? [])
  const recipients = named.filter(
    (one, i) =>
      named.findIndex(other => other.recipient === one.recipient && other.action === one.action) === i,
  )
  const stated = blocks
    .map(fields => ownMessageId(fields.get('x-original-message-id') ?? ''))
    .find(id => id !== null)
  const returned = parts
    .filter(part => returnedTypes.includes(part.type) && part.parent !== undefined)
    .map(part => messageIdWithin(leafBytes(part)))
    .find(id => id !== null)
  return { recipients: recipients.slice(0, recipientLimit), originalMessageId: returned ?? stated ?? null }
}

/** The mail that a read receipt (RFC 8098, 3.2.5) or a complaint (RFC 5965) is about. */
export function reportedMessageId(root: Part): string | null {
  const parts = allParts(root)
  const stated = parts
    .filter(part => /^message\/((global-)?disposition-notification|feedback-report)$/.test(part.type))
    .flatMap(part => blocksOf(leafBytes(part).subarray(0, reportLimit)))
    .map(fields => ownMessageId(fields.get('original-message-id') ?? ''))
  const returned = parts
    .filter(part => returnedTypes.includes(part.type) && part.parent !== undefined)
    .map(part => messageIdWithin(leafBytes(part)))
  return [...stated, ...returned].find(id => id !== null) ?? null
}

/** Message-ID of an enclosed mail or of its header alone. */
export function messageIdWithin(bytes: Buffer): string | null {
  let at = 0
  while (bytes[at] === 0x0d || bytes[at] === 0x0a || bytes[at] === 0x20) at++
  return ownMessageId(readHeaderBlock(bytes, at, bytes.length).fields.first('message-id'))
}

/** Text of a machine part, for reports whose blocks cannot be read. */
export function machineText(root: Part): string {
  return allParts(root)
    .filter(part => deliveryTypes.includes(part.type))
    .map(part => decodeText(leafBytes(part).subarray(0, 20_000), null).text)
    .join('\n')
}
