import { readCompoundFile, type Storage } from './compound-file.ts'
import { type MapiProperties, type MapiValue, mapiIds } from './mapi-properties.ts'
import {
  fileLimit,
  type OutlookContent,
  type OutlookFile,
  outlookContent,
  outlookFile,
} from './outlook-content.ts'

/**
 * .msg files ([MS-OXMSG]): a directory of properties for the mail and one for each attachment. Values of a fixed size
 * stand in one stream, each of the others has a stream named after it.
 */

const valueStream = /^__substg1\.0_([0-9a-f]{4})([0-9a-f]{4})$/i
const propertyStream = '__properties_version1.0'
const attachment = /^__attach_version1\.0_#/i
const attachedItem = '__substg1.0_3701000D'
const needed: ReadonlySet<number> = new Set(Object.values(mapiIds))

/** Bytes before the list of fixed values: of the file's own mail, of a mail inside it, of an attachment. */
const headerSizes = { file: 32, item: 24, attachment: 8 } as const

function propertiesOf(storage: Storage, headerSize: number): MapiProperties {
  const found = new Map<number, MapiValue>()
  const list = storage.streams.get(propertyStream)?.() ?? Buffer.alloc(0)
  for (let at = headerSize; at + 16 <= list.length; at += 16) {
    const id = list.readUInt16LE(at + 2)
    if (needed.has(id)) found.set(id, { type: list.readUInt16LE(at), bytes: list.subarray(at + 8, at + 16) })
  }
  for (const [name, bytes] of storage.streams) {
    const [, idText = '', typeText = ''] = valueStream.exec(name) ?? []
    const id = Number.parseInt(idText, 16)
    if (needed.has(id)) found.set(id, { type: Number.parseInt(typeText, 16), bytes: bytes() })
  }
  return found
}

function fileOf(storage: Storage): OutlookFile {
  const properties = propertiesOf(storage, headerSizes.attachment)
  const inner = storage.storages.get(attachedItem)
  const item = inner && itemOf(inner, headerSizes.item)
  const bytes = item ? Buffer.alloc(0) : (properties.get(mapiIds.attachData)?.bytes ?? Buffer.alloc(0))
  return outlookFile(properties, bytes, { item })
}

function itemOf(storage: Storage, headerSize: number): OutlookContent {
  const attached = [...storage.storages].filter(([name]) => attachment.test(name)).slice(0, fileLimit)
  return outlookContent(
    propertiesOf(storage, headerSize),
    attached.map(([, inner]) => fileOf(inner)),
  )
}

/** What is inside; undefined when it is no compound file or holds nothing of a mail. */
export function readOutlookItem(bytes: Buffer): OutlookContent | undefined {
  const root = readCompoundFile(bytes)
  return root?.streams.has(propertyStream) ? itemOf(root, headerSizes.file) : undefined
}
