/**
 * Compound files ([MS-CFB]), the container of .msg files: a file system of sectors and chains. Every chain is followed
 * for as many steps as the file has sectors and every entry is visited once, so that a file whose chains bite their own
 * tails ends like any other.
 *
 * Own reader: the one inside @kenjiuno/msgreader follows such chains for ever, and one mail would stop the intake.
 */
export interface Storage {
  readonly streams: ReadonlyMap<string, () => Buffer>
  readonly storages: ReadonlyMap<string, Storage>
}

const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Numbers from here on mark ends and free places. */
const firstMark = 0xfffffffa
const noEntry = 0xffffffff
const entrySize = 128
const entryLimit = 20_000
/** Directories inside directories; a .msg inside a .msg takes two. */
const depthLimit = 20
/** How many times the file's size may be read out of it: streams can be made to share sectors. */
const readLimit = 3

interface Entry {
  readonly name: string
  readonly type: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly size: number
}

export function isCompoundFile(bytes: Buffer): boolean {
  return bytes.length >= 512 && bytes.subarray(0, 8).equals(magic)
}

class CompoundFile {
  private readonly bytes: Buffer
  private readonly sectorSize: number
  private readonly sectorCount: number
  private readonly fat: Buffer
  private readonly miniFat: Buffer
  private readonly entries: readonly Entry[]
  private readonly miniStream: Buffer
  private readonly visited = new Set<number>()
  private left: number

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.left = bytes.length * readLimit
    this.sectorSize = bytes.readUInt16LE(30) === 12 ? 4096 : 512
    this.sectorCount = Math.ceil(bytes.length / this.sectorSize)
    this.fat = Buffer.concat(this.fatSectors().map(sector => this.sector(sector)))
    this.miniFat = this.chain(bytes.readUInt32LE(60), this.fat, sector => this.sector(sector))
    const directory = this.chain(bytes.readUInt32LE(48), this.fat, sector => this.sector(sector))
    this.entries = entriesOf(directory)
    const root = this.entries[0]
    this.miniStream = root ? this.chain(root.start, this.fat, sector => this.sector(sector)) : Buffer.alloc(0)
  }

  root(): Storage {
    return this.storage(this.entries[0]?.child ?? noEntry, 0)
  }

  private sector(number: number): Buffer {
    const start = (number + 1) * this.sectorSize
    return this.bytes.subarray(start, start + this.sectorSize)
  }

  /** The sectors of the allocation table: 109 are named in the header, the others in a chain of their own. */
  private fatSectors(): number[] {
    const numbers = Array.from({ length: 109 }, (_, i) => this.bytes.readUInt32LE(76 + 4 * i))
    let next = this.bytes.readUInt32LE(68)
    for (let i = 0; i < this.sectorCount && next < firstMark && numbers.length < this.sectorCount; i++) {
      const sector = this.sector(next)
      if (sector.length < this.sectorSize) break
      for (let at = 0; at < this.sectorSize - 4; at += 4) numbers.push(sector.readUInt32LE(at))
      next = sector.readUInt32LE(this.sectorSize - 4)
    }
    return numbers.filter(number => number < this.sectorCount).slice(0, this.sectorCount)
  }

  private chain(start: number, table: Buffer, piece: (number: number) => Buffer): Buffer {
    const pieces: Buffer[] = []
    let next = start
    for (let steps = table.length / 4; steps > 0 && this.left > 0 && next * 4 + 4 <= table.length; steps--) {
      const bytes = piece(next)
      if (bytes.length === 0) break
      pieces.push(bytes)
      this.left -= bytes.length
      next = table.readUInt32LE(next * 4)
    }
    return Buffer.concat(pieces)
  }

  private stream({ start, size }: Entry): Buffer {
    const bytes =
      size < 4096
        ? this.chain(start, this.miniFat, mini => this.miniStream.subarray(mini * 64, mini * 64 + 64))
        : this.chain(start, this.fat, sector => this.sector(sector))
    return bytes.subarray(0, size)
  }

  /** The entries of a directory form a tree of siblings; walked without recursion, however lopsided it is. */
  private storage(first: number, depth: number): Storage {
    const streams = new Map<string, () => Buffer>()
    const storages = new Map<string, Storage>()
    const waiting = [first]
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      const entry = this.entries[number]
      if (!entry || this.visited.has(number)) continue
      this.visited.add(number)
      waiting.push(entry.left, entry.right)
      if (entry.type === 2) streams.set(entry.name, () => this.stream(entry))
      if (entry.type === 1 && depth < depthLimit)
        storages.set(entry.name, this.storage(entry.child, depth + 1))
    }
    return { streams, storages }
  }
}

function entriesOf(directory: Buffer): Entry[] {
  const count = Math.min(entryLimit, Math.floor(directory.length / entrySize))
  return Array.from({ length: count }, (_, i) => {
    const entry = directory.subarray(i * entrySize, (i + 1) * entrySize)
    const nameBytes = Math.min(64, Math.max(2, entry.readUInt16LE(64))) - 2
    return {
      name: entry.toString('utf16le', 0, nameBytes),
      type: entry.readUInt8(66),
      left: entry.readUInt32LE(68),
      right: entry.readUInt32LE(72),
      child: entry.readUInt32LE(76),
      start: entry.readUInt32LE(116),
      size: entry.readUInt32LE(120),
    }
  })
}

/** The root directory; undefined when it is no compound file. */
export function readCompoundFile(bytes: Buffer): Storage | undefined {
  return isCompoundFile(bytes) ? new CompoundFile(bytes).root() : undefined
}
