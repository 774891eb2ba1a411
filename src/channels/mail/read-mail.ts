import { createHash } from 'node:crypto'
import { absenceOf } from '../../desk/absence.ts'
import { type CalendarMail, calendarOf } from '../../desk/calendar-mail.ts'
import { judgeMachineMail } from '../../desk/machine-mail.ts'
import { isSpamFlagged, type MailSigns } from '../../desk/machine-signs.ts'
import type { Classification, EnclosedMail, Mailbox, MailContent, OwnMark } from '../../desk/mail-content.ts'
import { isForwardSubject } from '../../desk/subject-words.ts'
import { unauthenticated } from './authentication.ts'
import { languageOf } from './body/language.ts'
import { leafText, type MailBody, readBody } from './body/mail-body.ts'
import { readReply } from './body/reply-text.ts'
import { readBounce, readReturned } from './bounce/bounce.ts'
import { isDeliveryText } from './bounce/bounce-text.ts'
import { allParts, hasDeliveryPart, machineText, reportType } from './bounce/delivery-report.ts'
import { openEnclosed as enclosedIn } from './enclosed/open-enclosed.ts'
import { mailboxes } from './header/addresses.ts'
import { mailDate } from './header/mail-date.ts'
import { messageIds, ownMessageId } from './header/message-ids.ts'
import { headerText } from './mime/encoded-words.ts'
import { HeaderFields } from './mime/header-fields.ts'
import { type Part, readParts } from './mime/mime-parts.ts'

/**
 * Raw bytes to `MailContent`: here a mail is understood. Never throws; what cannot be read is told as a defect, and
 * what is no mail at all is 'unparseable'. Time and memory grow with the size of the mail and nothing else: every step
 * is one pass, every list has a ceiling.
 */

/** One of these makes a file a mail. Anything with a colon in its first line is not. */
const mailFields = [
  'from',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'received',
  'return-path',
  'reply-to',
  'sender',
  'mime-version',
  'in-reply-to',
  'delivered-to',
  'x-mailer',
  'content-type',
]
const deliveryFields = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-forwarded-to']
/** Decoded characters of a subject. */
const subjectLimit = 10_000

const unreadable: MailContent = {
  messageId: null,
  inReplyTo: [],
  references: [],
  date: null,
  from: null,
  replyTo: [],
  to: [],
  cc: [],
  deliveredTo: [],
  subject: '',
  text: '',
  replyText: '',
  html: false,
  attachments: [],
  classification: 'unparseable',
  autoReplyAllowed: false,
  autoReplyReasons: ['unparseable: no header of a mail'],
  bounce: null,
  spamFlagged: false,
  language: null,
  defects: ['no header of a mail'],
  ownMark: null,
  authentication: unauthenticated(new HeaderFields()),
  threadIndex: null,
}

/** Old Macintosh line ends become ours; a byte order mark and empty lines before the header go. */
export function prepared(raw: Buffer): { bytes: Buffer; start: number } {
  let bytes = raw
  if (!raw.includes(0x0a) && raw.includes(0x0d))
    bytes = Buffer.from(raw.map(byte => (byte === 0x0d ? 0x0a : byte)))
  let start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  while (bytes[start] === 0x0a || bytes[start] === 0x0d) start++
  return { bytes, start }
}

function ownMarkOf(fields: HeaderFields): OwnMark | null {
  const [instance = '', ...rest] = fields.first('x-intake-gateway').split(';')
  const kind = rest.map(param => param.trim()).find(param => param.startsWith('kind='))
  return instance.trim() === ''
    ? null
    : { instance: instance.trim().slice(0, 200), kind: (kind ?? 'kind=').slice(5, 205) }
}

/** [MS-OXOMSG] 2.2.1.3: 22 bytes for the conversation and five for each answer. */
function threadIndexOf(fields: HeaderFields): string | null {
  const value = fields.first('thread-index').replaceAll(/\s+/g, '')
  return /^[A-Za-z0-9+/]{30,2000}={0,2}$/.test(value) ? value : null
}

function senderOf(fields: HeaderFields): Mailbox | null {
  return (
    ['from', 'reply-to', 'sender']
      .map(name => mailboxes(fields.all(name))[0])
      .find(mailbox => mailbox !== undefined) ?? null
  )
}

function calendarPart(root: Part): CalendarMail | undefined {
  const part = allParts(root).find(candidate => candidate.type === 'text/calendar')
  return part && calendarOf(leafText(part, new Set()), part.contentType.params.get('method'))
}

/** What the machine's words mean for a human: when an absence ends, which letter of ours a report is about. */
function machineWords(
  root: Part,
  signs: MailSigns,
  classification: Classification,
  body: MailBody,
  words: string,
) {
  const { from, subject } = signs
  const absent =
    classification === 'auto-reply' && signs.report === null && !signs.ownMark && !signs.calendarMethod
  const date = mailDate(headerText(root.fields.first('date')))
  const absence = absent ? absenceOf({ subject, text: words, date, from }) : undefined
  const bounce =
    classification === 'bounce'
      ? readBounce(root, body.text === '' ? machineText(root) : body.text, root.fields)
      : (signs.report && readReturned(root)) || null
  return { bounce, ...(absence ? { absence } : {}) }
}

function signsOf(
  root: Part,
  body: MailBody,
  from: Mailbox | null,
  subject: string,
  calendar: CalendarMail | undefined,
): MailSigns {
  const { fields } = root
  const header = (name: string) => fields.first(name)
  return {
    header,
    has: name => fields.has(name),
    from,
    subject,
    text: body.text,
    answers: fields.has('in-reply-to') || fields.has('references'),
    report: reportType(root),
    deliveryText: isDeliveryText(body.text) || hasDeliveryPart(root),
    calendarMethod: calendar?.method ?? null,
    spamFlagged: isSpamFlagged(header),
    ownMark: ownMarkOf(fields),
  }
}

export interface Reading {
  /** Opens winmail.dat, nested mails and Outlook items as well; a dry run shows them as the attachments they are. */
  readonly openEnclosed?: boolean
}

/** Outlook may wrap a whole mail in winmail.dat: then its words are in there. */
function unwrapped(body: MailBody, enclosed: readonly EnclosedMail[]): MailBody {
  const [first] = enclosed
  return body.text === '' && first?.kind === 'winmail' ? { ...body, text: first.text } : body
}

function read(raw: Buffer, { openEnclosed = true }: Reading): MailContent {
  const { bytes, start } = prepared(raw)
  const { root, defects } = readParts(bytes, start)
  const { fields } = root
  if (!mailFields.some(name => fields.has(name))) return unreadable
  const subject = headerText(fields.first('subject')).slice(0, subjectLimit).toWellFormed()
  const from = senderOf(fields)
  const enclosed = openEnclosed ? enclosedIn(root) : []
  const body = unwrapped(readBody(root), enclosed)
  const calendar = calendarPart(root)
  const signs = signsOf(root, body, from, subject, calendar)
  const judgement = judgeMachineMail(signs)
  const reply = readReply(body.text, isForwardSubject(subject))
  return {
    messageId: ownMessageId(fields.first('message-id')),
    inReplyTo: messageIds(fields.all('in-reply-to')),
    references: messageIds(fields.all('references')),
    date: mailDate(headerText(fields.first('date'))),
    from,
    replyTo: mailboxes(fields.all('reply-to')),
    to: mailboxes(fields.all('to')),
    cc: mailboxes(fields.all('cc')),
    deliveredTo: deliveryFields.flatMap(name => mailboxes(fields.all(name))).map(mailbox => mailbox.address),
    subject,
    text: body.text,
    replyText: reply.text,
    replyConfidence: reply.confidence,
    signature: reply.signature,
    html: body.html,
    attachments: body.attachments,
    ...(enclosed.length > 0 ? { enclosed } : {}),
    ...judgement,
    ...machineWords(root, signs, judgement.classification, body, reply.text || body.text),
    ...(calendar ? { calendar } : {}),
    spamFlagged: signs.spamFlagged,
    language: languageOf(reply.text),
    defects: [...defects, ...body.defects],
    ownMark: signs.ownMark,
    authentication: unauthenticated(fields),
    threadIndex: threadIndexOf(fields),
  }
}

/** Reads one mail. The promise is for callers that will read from elsewhere one day; the work is synchronous. */
export function readMail(raw: Buffer, reading: Reading = {}): Promise<MailContent> {
  return Promise.resolve(read(raw, reading))
}

/**
 * One digest for all copies of a mail, in whatever mailbox they lie: Message-ID, date, sender, subject and content. The
 * raw bytes differ from copy to copy (Received, Delivered-To), so they count only when nothing could be read.
 */
export function fingerprintOf(content: MailContent, rawSha256: string): string {
  const parts =
    content.classification === 'unparseable'
      ? [rawSha256]
      : [
          content.messageId,
          content.date,
          content.from?.address.toLowerCase(),
          content.subject,
          content.text,
          ...content.attachments.map(file => file.sha256),
        ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
