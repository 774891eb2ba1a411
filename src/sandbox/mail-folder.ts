import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * One IMAP folder on disk: `<uid>.eml` with the exact bytes, and a journal of what IMAP must remember beside them.
 * The gateway's ledger outlives a restart of the sandbox, so UIDs must too (RFC 9051, 2.3.1.1): where the journal
 * was lost, UIDVALIDITY is a new one, never again an old one, or old ledger rows would swallow new mails.
 *
 * Everything is synchronous: one mail is written before the next byte of any conversation is read, so a killed
 * process leaves either the whole mail or none. It is no store for real mail: nothing is flushed to the disk.
 */

export interface KeptMail {
  readonly uid: number
  readonly arrivedAt: Temporal.Instant
  /** Octets. */
  readonly size: number
  readonly flags: readonly string[]
  readonly modseq: number
}

/** The folder is full; the message is for the reader of an SMTP or IMAP answer. */
export class FolderFull extends Error {
  override readonly name = 'FolderFull'
}

const head = z.strictObject({
  uidValidity: z.int().positive(),
  uidNext: z.int().positive(),
  modseq: z.int().min(0),
})
const line = z.union([
  z.strictObject({
    uid: z.int().positive(),
    at: z.string(),
    size: z.int().min(0),
    flags: z.array(z.string()),
    modseq: z.int(),
  }),
  z.strictObject({ gone: z.int().positive() }),
])

const journalName = 'journal.jsonl'
const mostMails = 20_000
const mostBytes = 2_000_000_000

export class MailFolder {
  readonly uidValidity: number
  readonly #path: string
  readonly #mails = new Map<number, KeptMail>()
  #uidNext: number
  #modseq: number
  #bytes = 0

  /** Opens or makes the folder at `path`. `now` gives a new folder its UIDVALIDITY. */
  constructor(path: string, now: Temporal.Instant) {
    this.#path = path
    mkdirSync(path, { recursive: true })
    const journal = readJournal(join(path, journalName))
    this.uidValidity = journal?.head.uidValidity ?? Math.floor(now.epochMilliseconds / 1000)
    this.#uidNext = journal?.head.uidNext ?? 1
    this.#modseq = journal?.head.modseq ?? 0
    this.#load(journal?.mails ?? new Map())
    this.#writeJournal()
  }

  get uidNext(): number {
    return this.#uidNext
  }

  get modseq(): number {
    return this.#modseq
  }

  /** Oldest first. */
  list(): readonly KeptMail[] {
    return [...this.#mails.values()]
  }

  find(uid: number): KeptMail | undefined {
    return this.#mails.get(uid)
  }

  /** The exact bytes; throws for a UID that is not in the folder. */
  read(uid: number): Buffer {
    return readFileSync(this.#file(uid))
  }

  /** Throws `FolderFull` at the limits: 20,000 mails or 2 GB. */
  add(raw: Uint8Array, flags: readonly string[], arrivedAt: Temporal.Instant): KeptMail {
    if (this.#mails.size >= mostMails) throw new FolderFull(`this folder already holds ${mostMails} mails`)
    if (this.#bytes + raw.length > mostBytes)
      throw new FolderFull(`this folder already holds ${mostBytes} bytes`)
    const uid = this.#uidNext++
    const unfinished = join(this.#path, 'incoming.tmp')
    writeFileSync(unfinished, raw)
    renameSync(unfinished, this.#file(uid))
    const mail = { uid, arrivedAt, size: raw.length, flags: [...flags], modseq: ++this.#modseq }
    this.#keep(mail)
    return mail
  }

  /** `modseq` is the change number that IMAP clients were told (RFC 7162). */
  setFlags(uid: number, flags: readonly string[], modseq: number): void {
    const mail = this.#mails.get(uid)
    if (!mail || (mail.modseq === modseq && sameFlags(mail.flags, flags))) return
    this.#modseq = Math.max(this.#modseq, modseq)
    this.#keep({ ...mail, flags: [...flags], modseq })
  }

  remove(uid: number): void {
    const mail = this.#mails.get(uid)
    if (!mail) return
    this.#mails.delete(uid)
    this.#bytes -= mail.size
    this.#note({ gone: uid })
    rmSync(this.#file(uid), { force: true })
  }

  /** A file without a journal line is a mail that was cut off by a crash after its last byte: it counts. */
  #load(remembered: ReadonlyMap<number, KeptMail>): void {
    const uids = readdirSync(this.#path).flatMap(name => /^(\d{1,10})\.eml$/.exec(name)?.[1] ?? [])
    for (const uid of uids.map(Number).sort((a, b) => a - b)) {
      const { size, mtimeMs } = statSync(this.#file(uid))
      const known = remembered.get(uid)
      const arrivedAt = Temporal.Instant.fromEpochMilliseconds(Math.round(mtimeMs))
      const mail = known ?? { uid, arrivedAt, size, flags: [], modseq: ++this.#modseq }
      this.#mails.set(uid, { ...mail, size })
      this.#bytes += size
      this.#uidNext = Math.max(this.#uidNext, uid + 1)
      this.#modseq = Math.max(this.#modseq, mail.modseq)
    }
  }

  #keep(mail: KeptMail): void {
    if (!this.#mails.has(mail.uid)) this.#bytes += mail.size
    this.#mails.set(mail.uid, mail)
    this.#note(journalLine(mail))
  }

  #note(entry: object): void {
    appendFileSync(join(this.#path, journalName), `${JSON.stringify(entry)}\n`)
  }

  /** Once per start the journal is written anew, so that it grows with the folder and not with its history. */
  #writeJournal(): void {
    const file = join(this.#path, journalName)
    const first = { uidValidity: this.uidValidity, uidNext: this.#uidNext, modseq: this.#modseq }
    const lines = [first, ...[...this.#mails.values()].map(journalLine)].map(
      entry => `${JSON.stringify(entry)}\n`,
    )
    writeFileSync(`${file}.tmp`, lines.join(''))
    renameSync(`${file}.tmp`, file)
  }

  #file(uid: number): string {
    return join(this.#path, `${uid}.eml`)
  }
}

function journalLine(mail: KeptMail): object {
  return {
    uid: mail.uid,
    at: mail.arrivedAt.toString(),
    size: mail.size,
    flags: mail.flags,
    modseq: mail.modseq,
  }
}

function sameFlags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every(flag => other.includes(flag))
}

/** Undefined when there is none or its first line cannot be read; a torn last line is skipped. */
function readJournal(
  file: string,
): { head: z.output<typeof head>; mails: Map<number, KeptMail> } | undefined {
  if (!existsSync(file)) return undefined
  const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n')
  const found = head.safeParse(parseJson(first))
  if (!found.success) return undefined
  const mails = new Map<number, KeptMail>()
  for (const text of rest) {
    const entry = line.safeParse(parseJson(text))
    if (!entry.success) continue
    if ('gone' in entry.data) mails.delete(entry.data.gone)
    else mails.set(entry.data.uid, { ...entry.data, arrivedAt: Temporal.Instant.from(entry.data.at) })
    const uid = 'gone' in entry.data ? entry.data.gone : entry.data.uid
    found.data.uidNext = Math.max(found.data.uidNext, uid + 1)
  }
  return { head: found.data, mails }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
