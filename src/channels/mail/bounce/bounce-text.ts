import {
  delayWords,
  deliveredWords,
  deliveryOpenings,
  returnedMailMarks,
} from '../../../desk/bounce-dialects.ts'
import type { DeliveryAction } from '../../../desk/mail-content.ts'
import { wordList } from '../../../desk/word-list.ts'
import { ownMessageId } from '../header/message-ids.ts'
import { enhancedStatus, type NamedRecipient } from './delivery-report.ts'

/**
 * Delivery reports written for humans only: qmail, Exim, old sendmail, Exchange, Domino, GMX and their kin. They share
 * a shape: words of regret, each address at the start of a line with its reason behind or below it, then the mail that
 * came back. Only lines of that shape are read, each once.
 */
const lineLimit = 2_000
/** Lines before the returned mail that are looked at. */
const linesLimit = 400
const recipientLimit = 200

/** Whether a text opens like a delivery report of a known mail server. */
export function isDeliveryText(text: string): boolean {
  const opening = text.slice(0, 3_000).toLowerCase().replace(/\s+/g, ' ')
  return deliveryOpenings.some(words => opening.includes(words))
}

export interface TextReport {
  readonly recipients: readonly NamedRecipient[]
  readonly originalMessageId: string | null
  /** The words of the report, without the returned mail. */
  readonly words: string
}

interface Draft {
  readonly recipient: string
  readonly lines: string[]
  /** Not named as the one who failed, but present. */
  readonly vague: boolean
}

/** Header lines of the returned mail, where no line announces it. */
const returnedHeader = /^(received|return-path|x-received|dkim-signature):/i

/** Splits the report from the mail it returns. */
function splitReturned(text: string): { report: string[]; returned: string } {
  const lines = text.split('\n')
  const at = lines.findIndex(line => {
    const words = line.slice(0, 300).trim().toLowerCase()
    return returnedHeader.test(words) || returnedMailMarks.some(mark => words.includes(mark))
  })
  if (at < 0) return { report: lines.slice(0, linesLimit), returned: '' }
  return { report: lines.slice(0, Math.min(at, linesLimit)), returned: lines.slice(at).join('\n') }
}

/** Words before a colon that introduce somebody else than the recipient. */
const foreignLabels = wordList(`
  from | mail from | von | reply-to | sender | absender | cc | return-path | message-id | subject | contact | kontakt | by |
  error code | x-postfix-sender | original message-id | postmaster | support | references | in-reply-to
`)

/** Labels of the returned mail's own header: its recipient, should the report name nobody else. */
const vagueLabels = ['to', 'an', 'rcpt to', 'for', 'für', 'recipients', 'empfänger']

interface Named {
  readonly address: string
  readonly vague: boolean
}

/** An address that stands where a report puts it: at the start of a line, alone, behind a label or behind a reply code. */
function addressAtStart(line: string): Named | undefined {
  const text = line
    .slice(0, lineLimit)
    .trim()
    .replace(/^[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?(?=<)/, '')
  const match =
    /^(?:[-*•]\s*)?(?:([\p{L}' -]{2,45}):\s*)?["'<([]*(?:mailto:|smtp:|rfc822;\s*)?([^\s"'<>()[\],;:]{1,64}@[\w.\-\u00a1-\uffff]{1,255})/iu.exec(
      text,
    )
  const [, label = '', found = ''] = match ?? []
  const address = found.replace(/[.\-_]+$/, '')
  const name = label.trim().toLowerCase()
  if (!address.slice(address.indexOf('@')).includes('.') || foreignLabels.includes(name)) return undefined
  return { address, vague: vagueLabels.includes(name) }
}

/** An address that a sentence or a transcript names: "RCPT TO:<…>", "delivering your mail to <…>". */
function addressesWithin(text: string): string[] {
  const named =
    /(?:rcpt to:\s*<?|recipients?:?\s*<?|\ban\s+<?|\bto\s+<?|errors?:\s*|"|<)([^\s"'<>()[\],;:]{1,64}@[\w.-]{1,255}\.\w{2,24})/gi
  return [...text.slice(0, 20_000).matchAll(named)].flatMap(match => match[1] ?? [])
}

function actionOf(words: string): DeliveryAction {
  const text = words.slice(0, 20_000).toLowerCase().replace(/\s+/g, ' ')
  if (delayWords.some(delay => text.includes(delay))) return 'delayed'
  return deliveredWords.some(delivered => text.includes(delivered)) ? 'delivered' : 'failed'
}

/** Addresses at the starts of lines with the lines that belong to them, in order. */
function draftsOf(report: readonly string[], isForeign: (address: string) => boolean): Draft[] {
  const drafts = new Map<string, Draft>()
  let open: Draft | undefined
  let blanks = 0
  for (const line of report) {
    const named = addressAtStart(line)
    const key = named?.address.toLowerCase() ?? ''
    if (named !== undefined && !/^(postmaster|mailer-daemon)@/.test(key)) {
      const draft = drafts.get(key) ?? {
        recipient: named.address,
        lines: [],
        vague: named.vague || isForeign(key),
      }
      if (drafts.size < recipientLimit) drafts.set(key, draft)
      open = draft
      blanks = 0
    } else if (line.trim() === '') blanks++
    if (open && blanks < 3) open.lines.push(line)
  }
  const all = [...drafts.values()]
  const sure = all.filter(draft => !draft.vague)
  return sure.length > 0 ? sure : all
}

/** Reads the recipients a text names. `foreign` holds the report's own From and To, which are hardly ever meant. */
export function readTextReport(
  text: string,
  failedRecipients: readonly string[],
  foreign: readonly string[],
): TextReport {
  const { report, returned } = splitReturned(text)
  const words = report.join('\n')
  const strangers = new Set(foreign.map(address => address.toLowerCase()))
  const drafts = draftsOf(report, address => strangers.has(address))
  const named = failedRecipients.length > 0 ? failedRecipients : drafts.map(draft => draft.recipient)
  const spoken =
    named.length > 0
      ? named
      : addressesWithin(words)
          .filter(address => !strangers.has(address.toLowerCase()))
          .slice(0, 1)
  const action = actionOf(words)
  const recipients = [...new Set(spoken)].slice(0, recipientLimit).map(recipient => {
    const own =
      drafts.find(draft => draft.recipient.toLowerCase() === recipient.toLowerCase())?.lines.join('\n') ?? ''
    const reason = spoken.length === 1 ? `${own}\n${words}` : own
    return {
      recipient,
      status: failureStatus(own) ?? failureStatus(reason),
      action,
      diagnosticCode: diagnosticOf(own),
    }
  })
  return { recipients, originalMessageId: returnedMessageId(returned) ?? returnedMessageId(text), words }
}

/** The first code of a failure; a transcript begins with codes of success. */
function failureStatus(text: string): string | null {
  return enhancedStatus(text.replace(/(?<![\d.])2\.\d{1,3}\.\d{1,3}/g, ' ')) ?? enhancedStatus(text)
}

/** The lines below an address as one, without the address itself. */
function diagnosticOf(lines: string): string | null {
  const text = lines.replace(/\s+/g, ' ').trim()
  return text === '' ? null : text.slice(0, 1_000)
}

/** The first Message-ID line of the returned mail; its value may stand in the next line. */
function returnedMessageId(text: string): string | null {
  const lines = text.split('\n', 5_000)
  for (const [i, line] of lines.entries()) {
    const start = line
      .slice(0, 40)
      .replace(/^[\s>|]+/, '')
      .toLowerCase()
    if (
      !start.startsWith('message-id:') &&
      !start.startsWith('message id:') &&
      !start.startsWith('nachrichten-id:')
    )
      continue
    const id = ownMessageId(
      `${line.slice(line.indexOf(':') + 1, lineLimit)} ${(lines[i + 1] ?? '').slice(0, /:\s*$/.test(line) ? lineLimit : 0)}`,
    )
    if (id !== null) return id
  }
  return null
}
