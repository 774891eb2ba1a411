import type { MapiProperties, MapiValue } from './mapi-properties.ts'
import { mapiIds } from './mapi-properties.ts'
import {
  fileLimit,
  type OutlookContent,
  type OutlookFile,
  outlookContent,
  outlookFile,
} from './outlook-content.ts'

/**
 * winmail.dat ([MS-OXTNEF]): a flat list of attributes, first those of the message, then those of each attachment.
 * Reads on as far as lengths stay inside the bytes; the rest of a damaged file is left out.
 *
 * Own reader: a stranger's bytes need limits on attributes, values and nesting that are ours to set.
 */

const signature = 0x223e9f78
const attributeLimit = 10_000
const depthLimit = 2
const propertyLimit = 10_000
const valueLimit = 1_000

const attributes = {
  subject: 0x8004,
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachStart: 0x9002,
  messageProperties: 0x9003,
  attachProperties: 0x9005,
  codepage: 0x9007,
} as const

export function isTnef(bytes: Buffer): boolean {
  return bytes.length >= 6 && bytes.readUInt32LE(0) === signature
}

interface Attribute {
  readonly id: number
  readonly data: Buffer
}

/** Level, id and type, length, data, checksum. Checksums are not judged: a wrong one says nothing to a reader. */
function* attributesOf(bytes: Buffer): Generator<Attribute> {
  let at = 6
  for (let count = 0; at + 9 <= bytes.length && count < attributeLimit; count++) {
    const length = bytes.readUInt32LE(at + 5)
    const start = at + 9
    if (start + length > bytes.length) return
    yield { id: bytes.readUInt16LE(at + 1), data: bytes.subarray(start, start + length) }
    at = start + length + 2
  }
}

/** Bytes of a value of a fixed type as it stands in the list, padding included; 0 for types of any length. */
const fixedSizes: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
}
const multiple = 0x1000
const firstNamed = 0x8000

const padded = (length: number): number => Math.ceil(length / 4) * 4

class PropertyReader {
  private readonly bytes: Buffer
  private at = 4
  private readonly found = new Map<number, MapiValue>()

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  read(): Map<number, MapiValue> {
    const count = this.bytes.length >= 4 ? this.bytes.readUInt32LE(0) : 0
    for (let i = 0; i < Math.min(count, propertyLimit); i++) if (!this.property()) break
    return this.found
  }

  private number(): number | undefined {
    if (this.at + 4 > this.bytes.length) return undefined
    this.at += 4
    return this.bytes.readUInt32LE(this.at - 4)
  }

  /** False where the list ends before its time or holds a type that nobody can step over. */
  private property(): boolean {
    const tag = this.number()
    if (tag === undefined) return false
    const type = tag & 0xffff & ~multiple
    const id = tag >>> 16
    if (id >= firstNamed && !this.stepOverName()) return false
    const fixed = fixedSizes[type]
    const several = (tag & multiple) !== 0
    const values = fixed === undefined || several ? this.number() : 1
    if (values === undefined || values > valueLimit) return false
    for (let i = 0; i < values; i++) {
      const length = fixed ?? this.number()
      if (length === undefined || this.at + length > this.bytes.length) return false
      if (i === 0 && !this.found.has(id))
        this.found.set(id, { type, bytes: this.bytes.subarray(this.at, this.at + length) })
      this.at += padded(length)
    }
    return true
  }

  /** GUID, kind, and a number or a name. */
  private stepOverName(): boolean {
    this.at += 16
    const kind = this.number()
    const length = this.number()
    if (kind === undefined || length === undefined) return false
    if (kind === 1) this.at += padded(length)
    return true
  }
}

function text(data: Buffer): Buffer {
  const end = data.indexOf(0)
  return end < 0 ? data : data.subarray(0, end)
}

interface OpenFile {
  title: Buffer
  data: Buffer
  properties: MapiProperties
}

/** [MS-OXTNEF] 2.1.3.4: an attached mail is a winmail.dat of its own behind an interface id. */
function fileOf({ title, data, properties }: OpenFile, depth: number): OutlookFile {
  const object = properties.get(mapiIds.attachData)
  const nested = object && depth < depthLimit ? readTnef(object.bytes.subarray(16), depth + 1) : undefined
  const bytes = data.length > 0 ? data : (object?.bytes ?? data)
  const name = title.length > 0 ? new Map([[mapiIds.attachName, { type: 0x1e, bytes: title }]]) : new Map()
  return outlookFile(new Map([...name, ...properties]), bytes, { item: nested })
}

/** What is inside; undefined when it is no winmail.dat. Mails attached to attached mails stay closed at `depthLimit`. */
export function readTnef(bytes: Buffer, depth = 0): OutlookContent | undefined {
  if (!isTnef(bytes)) return undefined
  const message = new Map<number, MapiValue>()
  const files: OpenFile[] = []
  for (const { id, data } of attributesOf(bytes)) {
    const file = files.at(-1)
    if (id === attributes.subject) message.set(mapiIds.subject, { type: 0x1e, bytes: text(data) })
    else if (id === attributes.body) message.set(mapiIds.body, { type: 0x1e, bytes: text(data) })
    else if (id === attributes.codepage) message.set(mapiIds.messageCodepage, { type: 3, bytes: data })
    else if (id === attributes.messageProperties)
      for (const [property, value] of new PropertyReader(data).read()) message.set(property, value)
    else if (id === attributes.attachStart && files.length < fileLimit)
      files.push({ title: Buffer.alloc(0), data: Buffer.alloc(0), properties: new Map() })
    else if (file && id === attributes.attachTitle) file.title = text(data)
    else if (file && id === attributes.attachData) file.data = data
    else if (file && id === attributes.attachProperties) file.properties = new PropertyReader(data).read()
  }
  return outlookContent(
    message,
    files.map(file => fileOf(file, depth)),
  )
}
