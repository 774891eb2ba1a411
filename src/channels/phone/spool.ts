import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import { FlushedFolders } from '../../store/flushed-folders.ts'
import type { RawRequest } from './door-context.ts'
import { readSpoolLine, spoolLine } from './spool-line.ts'

/**
 * Where a request goes that could not be taken in: a local file, one line each, on the disk before the caller gets the
 * safe answer. Independent of the database, because it is what is left when the database is away. Only ever appended
 * to; a file goes as a whole, once everything in it has been taken in. A process that dies before that starts the file
 * over, which is harmless: events are unique.
 */
export interface Spool {
  /** On the disk when this returns. Rejects where the disk is full or the spool has reached its limit. */
  append(event: CallEvent, raw: RawRequest): Promise<void>
  /** How many lines wait to be taken in. */
  waiting(): number
  /** Takes in what is there, oldest first, one round at a time. */
  replay(takeIn: TakeInLate): Promise<Replayed>
}

/**
 * wait: nothing can be taken in now, the round ends here; later: this one cannot yet, others may; never: it is set
 * aside, as no repetition can help.
 */
export type TakeInLate = (event: CallEvent) => Promise<'taken' | 'wait' | 'later' | 'never'>

export interface Replayed {
  readonly replayed: number
  /** Lines that have to wait. */
  readonly left: number
  /** Lines set aside in a file of their own: a human has to look. */
  readonly rejected: number
}

/** Far above what a provider sends; a line above it is a fault of ours. */
export const mostLineBytes = 256 * 1024
/** About a hundred thousand requests: a weekend without a database. */
export const mostSpoolBytes = 256 * 1024 * 1024
const folders = new FlushedFolders()
const isSpoolFile = /^\d{4}-\d\d-\d\dT\d\d\.jsonl$/

export interface SpoolDeps {
  readonly folder: string
  readonly now: () => Temporal.Instant
  readonly mostBytes?: number
}

/** Creates the folder if need be; whatever an earlier process left is waiting. */
export async function openSpool(deps: SpoolDeps): Promise<Spool> {
  await mkdir(deps.folder, { recursive: true, mode: 0o700 })
  const most = deps.mostBytes ?? mostSpoolBytes
  let [bytes, waiting] = [0, 0]
  for (const name of await spoolFiles(deps.folder)) {
    for await (const { size } of linesOf(join(deps.folder, name), 0)) {
      bytes += size
      waiting += 1
    }
  }
  /** By the file's name: where to go on in it, and what stands before but is to be tried again. */
  const states = new Map<string, { to: number; readonly later: Line[] }>()
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: nobody looks at a file of which half a line is being written. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }

  async function write(line: string): Promise<void> {
    const size = Buffer.byteLength(line)
    if (size > mostLineBytes) throw new Error(`A request of ${size} bytes is too large for the spool.`)
    if (bytes + size > most) throw new Error(`The spool has reached its limit of ${most} bytes.`)
    await appendFlushed(deps.folder, `${deps.now().toString().slice(0, 13)}.jsonl`, line)
    bytes += size
    waiting += 1
  }

  async function replay(takeIn: TakeInLate): Promise<Replayed> {
    const sum = { replayed: 0, rejected: 0 }
    for (const name of await spoolFiles(deps.folder)) {
      const state = states.get(name) ?? { to: 0, later: [] }
      states.set(name, state)
      const path = join(deps.folder, name)
      const size = await inTurn(() => sizeOf(path))
      for (const line of [...state.later]) {
        const how = await settle(name, line, takeIn, sum)
        if (how === 'wait') return { ...sum, left: waiting }
        if (how === 'settled') state.later.splice(state.later.indexOf(line), 1)
      }
      for await (const line of linesOf(path, state.to, size)) {
        const how = await settle(name, line, takeIn, sum)
        if (how === 'wait') return { ...sum, left: waiting }
        if (how === 'later') state.later.push(line)
        state.to = line.end
      }
      if (state.later.length === 0) await inTurn(() => removeIfDone(path, name, size))
    }
    return { ...sum, left: waiting }
  }

  async function settle(
    name: string,
    line: Line,
    takeIn: TakeInLate,
    sum: { replayed: number; rejected: number },
  ): Promise<'settled' | 'wait' | 'later'> {
    const event = readSpoolLine(line.text)
    const how = event ? await takeIn(event) : 'never'
    if (how === 'wait' || how === 'later') return how
    if (how === 'taken') sum.replayed += 1
    else {
      sum.rejected += 1
      await appendFlushed(deps.folder, name.replace('.jsonl', '.rejected.jsonl'), `\n${line.text}\n`)
    }
    // Somebody may have put lines into a file by hand.
    waiting = Math.max(0, waiting - 1)
    bytes = Math.max(0, bytes - line.size)
    return 'settled'
  }

  /** Not if something was appended meanwhile: that is for the next round. */
  async function removeIfDone(path: string, name: string, seen: number): Promise<void> {
    if ((await sizeOf(path)) > seen) return
    await rm(path)
    await folders.flush(deps.folder)
    states.delete(name)
  }

  let round: Promise<Replayed> | undefined
  return {
    // A line break in front: what a process that died left unfinished cannot spoil the next line.
    append: (event, raw) => inTurn(() => write(`\n${spoolLine(event, raw)}\n`)),
    waiting: () => waiting,
    replay(takeIn) {
      round ??= replay(takeIn).finally(() => {
        round = undefined
      })
      return round
    },
  }
}

async function spoolFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => isSpoolFile.test(name)).toSorted()
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size
}

interface Line {
  readonly text: string
  readonly size: number
  /** Behind it. */
  readonly end: number
}

/**
 * From `start` to `end`, empty lines left out; without a line break at the end a torn one. By bytes: readline, which
 * takes U+2028 for an end of a line, would cut through what callers are called.
 */
async function* linesOf(path: string, start: number, end = Number.POSITIVE_INFINITY): AsyncGenerator<Line> {
  if (start >= end) return
  let rest = Buffer.alloc(0)
  let at = start
  for await (const chunk of createReadStream(path, { start, end: end - 1 })) {
    rest = Buffer.concat([rest, chunk as Buffer])
    for (let stop = rest.indexOf(lineBreak); stop >= 0; stop = rest.indexOf(lineBreak)) {
      at += stop + 1
      if (stop > 0) yield { text: rest.toString('utf8', 0, stop), size: stop + 2, end: at }
      rest = rest.subarray(stop + 1)
    }
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), size: rest.length, end: at + rest.length }
}

const lineBreak = 10

async function appendFlushed(folder: string, name: string, text: string): Promise<void> {
  const file: FileHandle = await open(join(folder, name), 'a', 0o600)
  let isNew: boolean
  try {
    isNew = (await file.stat()).size === 0
    await file.appendFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
  if (isNew) await folders.flush(folder)
}
