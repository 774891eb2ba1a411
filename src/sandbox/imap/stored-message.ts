import type { Message } from 'hoodiecrow-imap'
import parseMime from 'hoodiecrow-imap/lib/mimeparser.js'
import type { KeptMail, MailFolder } from '../mail-folder.ts'

/**
 * One mail as hoodiecrow sees it. The bytes stay on disk and are read when they are asked for, as a binary string
 * (one character an octet), because that is what hoodiecrow writes to the socket octet by octet.
 */
export class StoredMessage implements Message {
  readonly uid: number
  readonly internaldate: string
  readonly size: number
  readonly folder: MailFolder
  flags: string[]
  MODSEQ: number
  ghost?: boolean
  #header: string | undefined

  constructor(folder: MailFolder, mail: KeptMail) {
    this.folder = folder
    this.uid = mail.uid
    this.size = mail.size
    this.internaldate = internalDate(mail.arrivedAt)
    this.flags = [...mail.flags]
    this.MODSEQ = mail.modseq
  }

  get raw(): string {
    return this.folder.read(this.uid).toString('latin1')
  }

  /** The header with its empty line. Kept in memory: SEARCH HEADER asks every mail of a folder. */
  get header(): string {
    this.#header ??= headerOf(this.raw)
    return this.#header
  }

  /**
   * The tree for ENVELOPE and BODYSTRUCTURE. Hoodiecrow's parser looks for line ends with a pattern that stops at a
   * lone CR and then tries every later position: one mail of a few megabytes would hold the process for hours.
   */
  get parsed(): object {
    return parseMime(this.raw.replace(/\r(?!\n)/g, ' '))
  }
}

function headerOf(raw: string): string {
  const end = /\r?\n\r?\n/.exec(raw)
  return end ? raw.slice(0, end.index + end[0].length) : raw
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** date-time of RFC 9051, always in UTC. */
function internalDate(instant: Temporal.Instant): string {
  const at = instant.toZonedDateTimeISO('UTC')
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(at.day)}-${months[at.month - 1]}-${at.year} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} +0000`
}

/** The instant of an APPEND's date-time, undefined when it is none. */
export function readInternalDate(text: string | undefined): Temporal.Instant | undefined {
  const epoch = Date.parse((text ?? '').trim().replace(/-/, ' ').replace(/-/, ' '))
  return Number.isNaN(epoch) ? undefined : Temporal.Instant.fromEpochMilliseconds(epoch)
}
