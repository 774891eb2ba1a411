import { Buffer } from 'node:buffer'
import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js'

/** Builds winmail.dat and .msg files for tests, as Outlook writes them. */

export interface Property {
  readonly id: number
  readonly type: number
  readonly value: Buffer
  /** A named property stands behind a GUID and its name. */
  readonly named?: boolean
}

export const unicode = (id: number, text: string): Property => ({
  id,
  type: 0x1f,
  value: Buffer.from(`${text}\0`, 'utf16le'),
})
export const binary = (id: number, value: Buffer): Property => ({ id, type: 0x102, value })
export const time = (id: number, instant: string): Property => {
  const value = Buffer.alloc(8)
  value.writeBigUInt64LE(
    (BigInt(Temporal.Instant.from(instant).epochMilliseconds) + 11_644_473_600_000n) * 10_000n,
  )
  return { id, type: 0x40, value }
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

/** A property list as winmail.dat holds it. */
export function propertyList(properties: readonly Property[]): Buffer {
  const lines = properties.flatMap(({ id, type, value, named }) => [
    u32(((id << 16) | type) >>> 0),
    ...(named ? [Buffer.alloc(16, 7), u32(1), u32(6), padded(Buffer.from('Né\0', 'utf16le'))] : []),
    ...(type === 0x40 || type === 3 ? [padded(value)] : [u32(1), u32(value.length), padded(value)]),
  ])
  return Buffer.concat([u32(properties.length), ...lines])
}

/** One attribute: level, id with type, length, data, checksum. */
export function attribute(level: 1 | 2, id: number, data: Buffer): Buffer {
  const sum = data.reduce((so, byte) => (so + byte) & 0xffff, 0)
  return Buffer.concat([
    Buffer.from([level]),
    u32(id),
    u32(data.length),
    data,
    Buffer.from([sum & 0xff, sum >> 8]),
  ])
}

export function winmail(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(0x223e9f78), Buffer.from([1, 0]), ...attributes])
}

export const attach = {
  start: attribute(2, 0x00069002, Buffer.alloc(14)),
  title: (name: string) => attribute(2, 0x00018010, Buffer.from(`${name}\0`, 'latin1')),
  data: (bytes: Buffer) => attribute(2, 0x0006800f, bytes),
  properties: (...properties: readonly Property[]) => attribute(2, 0x00069005, propertyList(properties)),
}

/** [MS-OXRTFCP] with literals only: eight of them behind each control byte. */
export function compressedRtf(rtf: string): Buffer {
  const bytes = Buffer.from(rtf, 'latin1')
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 8) out.push(Buffer.from([0]), bytes.subarray(at, at + 8))
  const body = Buffer.concat(out)
  return Buffer.concat([u32(body.length + 12), u32(bytes.length), u32(0x75465a4c), u32(0), body])
}

export interface Item {
  readonly properties: readonly Property[]
  readonly files?: readonly { readonly properties: readonly Property[]; readonly item?: Item }[]
}

/** A .msg file, written by an independent writer of compound files. */
export function outlookItem(item: Item): Buffer {
  const entries: Entry[] = [{ name: 'Root Entry', type: 5, children: [], length: 0 }]
  write(entries, 0, item, 32)
  return Buffer.from(burn(entries))
}

function write(entries: Entry[], parent: number, { properties, files = [] }: Item, header: number): void {
  writeProperties(entries, parent, properties, header)
  for (const [i, file] of files.entries()) {
    const folder = add(entries, parent, {
      name: `__attach_version1.0_#0000000${i}`,
      type: 1,
      children: [],
      length: 0,
    })
    writeProperties(entries, folder, file.properties, 8)
    if (!file.item) continue
    const inner = add(entries, folder, { name: '__substg1.0_3701000D', type: 1, children: [], length: 0 })
    write(entries, inner, file.item, 24)
  }
}

function writeProperties(
  entries: Entry[],
  parent: number,
  properties: readonly Property[],
  header: number,
): void {
  const fixed = properties.filter(({ type }) => type === 0x40)
  const lines = fixed.map(({ id, type, value }) =>
    Buffer.concat([u32(((id << 16) | type) >>> 0), u32(6), value]),
  )
  stream(entries, parent, '__properties_version1.0', Buffer.concat([Buffer.alloc(header), ...lines]))
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, '0')
  for (const { id, type, value } of properties)
    if (type !== 0x40) stream(entries, parent, `__substg1.0_${hex(id)}${hex(type)}`, value)
}

function stream(entries: Entry[], parent: number, name: string, value: Buffer): void {
  add(entries, parent, { name, type: 2, binaryProvider: () => Uint8Array.from(value), length: value.length })
}

function add(entries: Entry[], parent: number, entry: Entry): number {
  const index = entries.push(entry) - 1
  entries[parent]?.children?.push(index)
  return index
}
