import { type HeaderFields, readHeaderBlock } from './header-fields.ts'
import { type StructuredValue, structuredValue } from './structured-value.ts'
import { transferEncoding } from './transfer-decoding.ts'

/**
 * The tree of a mail's parts (RFC 2046) as slices of its bytes: nothing is copied or decoded here. A nested
 * message/rfc822 is a leaf and is not opened. One pass: every line that starts with "--" is looked up in a table of
 * the open boundaries, so neither nesting nor the number of parts makes a line cost more.
 *
 * Own walker instead of @zone-eu/mailsplit: that one is a stream (four event loop turns for a short mail), throws at
 * its limits instead of reading on, and knows neither missing nor wrongly declared boundaries.
 */
export interface Part {
  readonly fields: HeaderFields
  /** Lower case `type/subtype`. */
  readonly type: string
  readonly contentType: StructuredValue
  readonly disposition: StructuredValue
  readonly encoding: string
  readonly parent: Part | undefined
  readonly children: Part[]
  /** Transfer-encoded bytes of a leaf; of a multipart, everything behind its header. */
  body: Buffer
}

export interface PartTree {
  readonly root: Part
  readonly defects: readonly string[]
}

const depthLimit = 100
const partLimit = 10_000
/** RFC 2046 allows 70 characters; mailers that go beyond exist, megabytes are an attack. */
const boundaryLimit = 500
/** How many times the mail's size is looked through to confirm declared boundaries. */
const searchLimit = 20

interface Open {
  readonly part: Part
  readonly boundary: string
  readonly bodyStart: number
}

/** `text` alone or without a subtype is text/plain (RFC 2045, 5.2); an attachment without a type is bytes. */
function typeOf(
  contentType: StructuredValue,
  disposition: StructuredValue,
  parent: Part | undefined,
): string {
  if (/^[^\s/]+\/[^\s/]+$/.test(contentType.value)) return contentType.value
  if (contentType.value === '' && parent?.type === 'multipart/digest') return 'message/rfc822'
  const file = disposition.value === 'attachment' || disposition.params.has('filename')
  return file || contentType.params.has('name') ? 'application/octet-stream' : 'text/plain'
}

function newPart(fields: HeaderFields, parent: Part | undefined): Part {
  const contentType = structuredValue(fields.first('content-type'))
  const disposition = structuredValue(fields.first('content-disposition'))
  const type = typeOf(contentType, disposition, parent)
  const encoding = transferEncoding(fields.first('content-transfer-encoding'))
  return { fields, type, contentType, disposition, encoding, parent, children: [], body: Buffer.alloc(0) }
}

class PartReader {
  private readonly bytes: Buffer
  private readonly open: Open[] = []
  private readonly depths = new Map<string, number[]>()
  private readonly defects = new Set<string>()
  private count = 0
  private searched = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  read(start: number): PartTree {
    const block = readHeaderBlock(this.bytes, start, this.bytes.length)
    for (const defect of block.defects) this.defects.add(defect)
    const root = newPart(block.fields, undefined)
    this.walk(root, block.bodyStart)
    return { root, defects: [...this.defects] }
  }

  /** Walks the delimiter lines from the root's body to the end. `leaf` is the part whose body is being read. */
  private walk(root: Part, bodyStart: number): void {
    let leaf: Part | undefined = this.enter(root, bodyStart)
    let leafStart = bodyStart
    let at = this.nextDashes(bodyStart)
    while (at >= 0 && this.open.length > 0) {
      const lineEnd = this.lineEnd(at)
      const found = this.delimiterAt(at, lineEnd)
      if (!found) {
        at = this.nextDashes(lineEnd)
        continue
      }
      if (leaf) leaf.body = this.bytes.subarray(leafStart, Math.max(leafStart, this.beforeBreak(at)))
      this.leave(found.depth + 1, at)
      if (found.closing) {
        this.leave(found.depth, at)
        leaf = undefined
        at = this.nextDashes(lineEnd)
        continue
      }
      if (++this.count > partLimit) {
        this.defects.add('too many parts')
        return
      }
      const parent = this.open[found.depth]?.part
      const block = readHeaderBlock(
        this.bytes,
        lineEnd,
        this.bytes.length,
        line => this.depthOf(line) !== undefined,
      )
      const part = newPart(block.fields, parent)
      parent?.children.push(part)
      leafStart = block.bodyStart
      leaf = this.enter(part, leafStart)
      at = this.nextDashes(leafStart)
    }
    if (leaf) leaf.body = this.bytes.subarray(leafStart)
    if (this.open.length > 0) this.defects.add('multipart not closed')
    this.leave(0, this.bytes.length)
  }

  /** Opens a multipart and returns undefined; any other part, and one that cannot be opened, is the leaf. */
  private enter(part: Part, bodyStart: number): Part | undefined {
    if (!part.type.startsWith('multipart/')) return part
    if (this.open.length >= depthLimit) {
      this.defects.add('parts nested too deeply')
      return part
    }
    const declared = part.contentType.params.get('boundary')?.trimEnd() ?? ''
    const boundary = this.occurs(declared, bodyStart) ? declared : this.guessBoundary(bodyStart)
    if (boundary === undefined) {
      this.defects.add('multipart without its boundary')
      return part
    }
    const depth = this.open.push({ part, boundary, bodyStart }) - 1
    const depths = this.depths.get(boundary)
    if (depths) depths.push(depth)
    else this.depths.set(boundary, [depth])
    return undefined
  }

  /** Closes every multipart at `depth` and deeper; `end` is where their bodies end. */
  private leave(depth: number, end: number): void {
    while (this.open.length > depth) {
      const closed = this.open.pop()
      if (!closed) return
      closed.part.body = this.bytes.subarray(closed.bodyStart, Math.max(closed.bodyStart, end))
      this.depths.get(closed.boundary)?.pop()
    }
  }

  /** Whether a delimiter with this boundary follows. Once the search budget is spent, the header is believed. */
  private occurs(boundary: string, from: number): boolean {
    if (boundary === '' || boundary.length > boundaryLimit) return false
    if (this.searched > searchLimit * this.bytes.length) return true
    const at = this.bytes.indexOf(`--${boundary}`, from, 'latin1')
    this.searched += (at < 0 ? this.bytes.length : at) - from
    return at >= 0
  }

  /** A multipart whose boundary is missing or wrong: the first "--" line that a Content- field follows is it. */
  private guessBoundary(from: number): string | undefined {
    for (let at = this.nextDashes(from), tries = 0; at >= 0 && tries < 20; tries++) {
      const end = this.lineEnd(at)
      const next = this.bytes.toString('latin1', end, end + 8).toLowerCase()
      const line = this.bytes.toString('latin1', at, Math.min(end, at + boundaryLimit)).trimEnd()
      if (next === 'content-' && line.length > 2)
        return this.depthOf(line) === undefined ? line.slice(2) : undefined
      at = this.nextDashes(end)
    }
    return undefined
  }

  private depthOf(line: string): { depth: number; closing: boolean } | undefined {
    const text = line.trimEnd().slice(2)
    const depth = this.depths.get(text)?.at(-1)
    if (depth !== undefined) return { depth, closing: false }
    const closed = text.endsWith('--') ? this.depths.get(text.slice(0, -2))?.at(-1) : undefined
    return closed === undefined ? undefined : { depth: closed, closing: true }
  }

  private delimiterAt(at: number, lineEnd: number): { depth: number; closing: boolean } | undefined {
    if (lineEnd - at > boundaryLimit + 100) return undefined
    return this.depthOf(this.bytes.toString('latin1', at, lineEnd))
  }

  /** Offset of the next line at or behind `from`, itself the start of a line, that starts with "--"; -1 when none. */
  private nextDashes(from: number): number {
    if (this.bytes[from] === 0x2d && this.bytes[from + 1] === 0x2d) return from
    const at = this.bytes.indexOf('\n--', Math.max(0, from - 1), 'latin1')
    return at < 0 ? -1 : at + 1
  }

  private lineEnd(at: number): number {
    const feed = this.bytes.indexOf(0x0a, at)
    return feed < 0 ? this.bytes.length : feed + 1
  }

  /** The line break before a delimiter belongs to the delimiter (RFC 2046, 5.1.1). */
  private beforeBreak(at: number): number {
    if (this.bytes[at - 1] !== 0x0a) return at
    return this.bytes[at - 2] === 0x0d ? at - 2 : at - 1
  }
}

/** Splits the mail that starts at `start`. Never throws; oddities are told as defects. */
export function readParts(bytes: Buffer, start: number): PartTree {
  return new PartReader(bytes).read(start)
}
