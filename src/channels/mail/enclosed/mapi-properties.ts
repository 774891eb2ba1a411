import { decompressRTF } from '@kenjiuno/decompressrtf'
import type { Mailbox } from '../../../desk/mail-content.ts'
import { htmlText } from '../body/html-text.ts'
import { mailboxes } from '../header/addresses.ts'
import { cleanText, decodeText } from '../mime/charset.ts'
import { rtfText } from './rtf-text.ts'

/**
 * The properties by which Outlook describes a mail and its attachments ([MS-OXPROPS]), the same in winmail.dat and in
 * .msg files. Values are kept as bytes; nothing is believed about their length or charset.
 */
export interface MapiValue {
  /** [MS-OXCDATA] 2.11.1, without the multi-value flag. */
  readonly type: number
  readonly bytes: Buffer
}

/** By property id; of several values of one property the first. */
export type MapiProperties = ReadonlyMap<number, MapiValue>

export const mapiIds = {
  subject: 0x0037,
  submitTime: 0x0039,
  sentByName: 0x0042,
  sentByAddress: 0x0065,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  deliveryTime: 0x0e06,
  body: 0x1000,
  compressedRtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  attachData: 0x3701,
  attachName: 0x3704,
  attachLongName: 0x3707,
  attachMime: 0x370e,
  attachContentId: 0x3712,
  internetCodepage: 0x3fde,
  messageCodepage: 0x3ffd,
  senderSmtp: 0x5d01,
  sentBySmtp: 0x5d02,
} as const

const string8 = 0x001e
const unicode = 0x001f

/** Characters of a body, and bytes of compressed RTF: it grows eightfold at the most. */
const textLimit = 1_000_000
const rtfLimit = 300_000
const htmlLimit = 5_000_000
const lineLimit = 10_000

function codepageLabel(codepage: number): string | null {
  if (codepage === 0) return null
  if (codepage === 65001) return 'utf-8'
  if (codepage >= 28591 && codepage <= 28606) return `iso-8859-${codepage - 28590}`
  return codepage >= 1250 && codepage <= 1258 ? `windows-${codepage}` : `cp${codepage}`
}

function numberOf(properties: MapiProperties, id: number): number {
  const value = properties.get(id)
  return value && value.bytes.length >= 4 ? value.bytes.readUInt32LE(0) : 0
}

/** The text of a property; '' where there is none. `limit` in characters. */
export function mapiText(properties: MapiProperties, id: number, limit: number = lineLimit): string {
  const value = properties.get(id)
  if (value?.type !== string8 && value?.type !== unicode) return ''
  const bytes = value.bytes.subarray(0, limit * 2)
  const label = codepageLabel(numberOf(properties, mapiIds.messageCodepage))
  const text = value.type === unicode ? bytes.toString('utf16le') : decodeText(bytes, label).text
  return cleanText(text).slice(0, limit).toWellFormed()
}

/** Hundreds of nanoseconds since 1601, as ISO 8601; null where there is none that a calendar knows. */
function timeOf(properties: MapiProperties, id: number): string | null {
  const value = properties.get(id)
  if (!value || value.bytes.length < 8) return null
  const milliseconds = Number(value.bytes.readBigUInt64LE(0) / 10_000n) - 11_644_473_600_000
  const year = 1970 + milliseconds / 31_556_952_000
  if (year < 1980 || year > 2200) return null
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toString({ smallestUnit: 'second' })
}

export function mapiDate(properties: MapiProperties): string | null {
  return timeOf(properties, mapiIds.submitTime) ?? timeOf(properties, mapiIds.deliveryTime)
}

/** The sender. Inside one Exchange the address is a directory path; then the SMTP address stands elsewhere. */
export function mapiSender(properties: MapiProperties): Mailbox | null {
  const { senderSmtp, sentBySmtp, senderAddress, sentByAddress, senderName, sentByName } = mapiIds
  const address = [senderSmtp, sentBySmtp, senderAddress, sentByAddress]
    .flatMap(id => mailboxes([mapiText(properties, id)]))
    .find(mailbox => mailbox.address.includes('@'))?.address
  const name = mapiText(properties, senderName) || mapiText(properties, sentByName)
  return address === undefined ? null : { address, name: name === address ? '' : name }
}

/** The body as text: plain, else from HTML, else from RTF. */
export function mapiBody(properties: MapiProperties): string {
  const plain = mapiText(properties, mapiIds.body, textLimit)
  if (plain.trim() !== '') return lines(plain)
  const html = htmlOf(properties)
  if (html !== '') return lines(htmlText(html))
  const packed = properties.get(mapiIds.compressedRtf)?.bytes
  return packed && packed.length <= rtfLimit ? lines(rtfText(unpacked(packed))) : ''
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').slice(0, textLimit).toWellFormed().trim()
}

function htmlOf(properties: MapiProperties): string {
  const value = properties.get(mapiIds.html)
  if (!value || value.bytes.length > htmlLimit) return ''
  if (value.type === unicode || value.type === string8) return mapiText(properties, mapiIds.html, htmlLimit)
  const label = codepageLabel(numberOf(properties, mapiIds.internetCodepage))
  return cleanText(decodeText(value.bytes, label).text)
}

const compressed = 0x75465a4c
const uncompressed = 0x414c454d

/** [MS-OXRTFCP]. The library believes the sizes in the header and would run on past the end; they are checked first. */
function unpacked(packed: Buffer): Buffer {
  if (packed.length < 16) return Buffer.alloc(0)
  const type = packed.readUInt32LE(8)
  if (type === uncompressed) return packed.subarray(16, 16 + packed.readUInt32LE(4))
  if (type !== compressed) return Buffer.alloc(0)
  const own = [...packed]
  const size = Math.min(packed.readUInt32LE(0), packed.length - 4)
  for (const byte of [0, 1, 2, 3]) own[byte] = (size >> (8 * byte)) & 0xff
  return Buffer.from(decompressRTF(own))
}
