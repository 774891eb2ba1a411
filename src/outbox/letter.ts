/**
 * From an outbox row to a mail that nodemailer can send: wording from the templates, headers from the standards.
 * Every machine that reads it can tell that a machine wrote it (RFC 3834, 5), whose answer goes where (RFC 5322,
 * 3.6.2), and which thread it belongs to (3.6.4). Nothing depends on when it is called: an attempt that is
 * repeated says the same as the first, down to Message-ID and Date.
 */
import { createTransport } from 'nodemailer'
import type { Config, MailboxConfig } from '../config/schema.ts'
import { agentToken } from '../desk/agent-token.ts'
import { PermanentFailure } from '../desk/failure.ts'
import { kindsByHumans } from '../desk/loop-budget.ts'
import { internalKinds } from '../desk/notice.ts'
import type { Office } from '../desk/office-hours.ts'
import { bareSubject, oneLine } from '../desk/plain-text.ts'
import { replyToken } from '../desk/reply-token.ts'
import type { LetterFile } from '../desk/reports/report-data.ts'
import { childThreadIndex } from '../desk/thread-index.ts'
import type { Language } from '../desk/ticket.ts'
import { caseAgentToken, caseToken } from '../desk/vendor/case-token.ts'
import type { View } from '../template-language.ts'
import type { Templates } from '../templates.ts'
import { viewFor } from './letter-view.ts'
import type { OutgoingMail } from './smtp.ts'

/** What is needed of an outbox row; `data` as intake wrote it. */
export interface LetterToCompose {
  readonly kind: string
  readonly template: string
  readonly language: string
  readonly data: unknown
  readonly mailbox: string
  readonly recipient: string
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  /** Also the mail's Date, whichever attempt delivers it. */
  readonly createdAt: Date
}

export interface ComposedLetter extends OutgoingMail {
  readonly html: string
}

/** What letters about a ticket, to an agent and in a thread hold beside the data of their kind. */
interface CommonData {
  readonly ticketNumber?: string | null
  /** Of a letter about a case at a manufacturer, whose thread is none of the ticket's. */
  readonly caseNumber?: string
  /** Key of the agent it goes to. */
  readonly agent?: string | null
  /** Name of the agent who wrote it. */
  readonly agentName?: string
  readonly threadIndex?: string | null
  readonly threadTopic?: string
  /** A file of ours, in words, that is sent along. */
  readonly file?: LetterFile
}

/** Some relays refuse long header blocks. */
const referencesLength = 1500

/** Throws PermanentFailure('template') where wording, data and configuration do not fit together. */
export function composeLetter(
  letter: LetterToCompose,
  config: Config,
  templates: Templates,
  offices: ReadonlyMap<string, Office>,
): ComposedLetter {
  const mailbox = config.mailboxes[letter.mailbox]
  if (!mailbox)
    throw new PermanentFailure('template', `mailbox "${letter.mailbox}" is not in the configuration any more`)
  const replyAddress = replyAddressOf(letter, mailbox, config.secret)
  const language: Language = letter.language === 'en' ? 'en' : 'de'
  const view = viewOf(letter, { language, mailbox, replyAddress, config, offices })
  return {
    from: { name: senderName(letter, mailbox), address: mailbox.address },
    replyTo: { name: mailbox.name, address: replyAddress },
    // As an object: the text form would be parsed, and a comma in a local part would make two recipients.
    to: { name: '', address: letter.recipient },
    ...templates.render(letter.template, language, view, letter.mailbox),
    messageId: letter.messageId,
    ...threadOf(letter),
    date: letter.createdAt,
    ...fileOf(letter),
    headers: headersOf(letter, language, config.instance),
    // RFC 3834, 3.3 advises a null return path against loops. We take the mailbox's address, because a bounce is how
    // we learn that a customer never got his number; bounces are recognised on arrival and never answered.
    envelope: { from: mailbox.address, to: [{ name: '', address: letter.recipient }] },
    // Umlauts alone would tip nodemailer into base64, which nobody can read in a mail log or grep in a queue.
    textEncoding: 'quoted-printable',
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The mail as it travels: the bytes of an .eml file. */
export async function mimeOf(letter: ComposedLetter): Promise<Buffer> {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await writer.sendMail(letter)
  return message as Buffer
}

function viewOf(
  letter: LetterToCompose,
  known: Omit<Parameters<typeof viewFor>[1], 'data' | 'createdAt'>,
): View {
  try {
    // A step of a procedure names a template of the desk's own; what it may speak of follows from the kind.
    const view = letter.kind === 'procedure-letter' ? letter.kind : letter.template
    return viewFor(view, { ...known, data: letter.data, createdAt: letter.createdAt })
  } catch (error) {
    const { message } = error as Error
    throw new PermanentFailure(
      'template',
      `data of letter ${letter.messageId} (${letter.template}): ${message}`,
      error,
    )
  }
}

function commonData({ data }: LetterToCompose): CommonData {
  return data as CommonData
}

function fileOf(letter: LetterToCompose): Pick<OutgoingMail, 'attachments'> {
  const { file } = commonData(letter)
  if (!file) return {}
  const { filename, contentType, text } = file
  return { attachments: [{ filename, contentType, content: text, contentDisposition: 'attachment' }] }
}

/** Customers see who writes to them; the address stays the desk's. */
function senderName(letter: LetterToCompose, mailbox: MailboxConfig): string {
  const { agentName } = commonData(letter)
  return agentName ? `${oneLine(agentName)} (${mailbox.name})` : mailbox.name
}

/**
 * The signed address of the ticket where the mailbox has sub-addressing, so that every reply finds its ticket. A letter
 * to an agent gets one that is good for this agent alone: whoever answers it speaks for the company.
 */
function replyAddressOf(letter: LetterToCompose, mailbox: MailboxConfig, secret: string): string {
  const { ticketNumber, caseNumber, agent } = commonData(letter)
  if (!mailbox.replyAddress || !(ticketNumber || caseNumber)) return mailbox.address
  const internal = (internalKinds as readonly string[]).includes(letter.kind)
  const issuedOn = dayOf(letter.createdAt)
  if (caseNumber) {
    const token =
      internal && agent
        ? caseAgentToken(secret, { agent, number: caseNumber, issuedOn })
        : caseToken(secret, caseNumber)
    return mailbox.replyAddress.replace('{token}', () => token)
  }
  const number = ticketNumber ?? ''
  const token =
    internal && agent ? agentToken(secret, { agent, number, issuedOn }) : replyToken(secret, number)
  return mailbox.replyAddress.replace('{token}', () => token)
}

function dayOf(date: Date): Temporal.PlainDate {
  return Temporal.PlainDate.from(date.toISOString().slice(0, 10))
}

function headersOf(letter: LetterToCompose, language: Language, instance: string): Record<string, string> {
  const mark = { 'X-Intake-Gateway': `${instance}; kind=${letter.kind}` }
  // A human wrote it: nothing about it may say "machine".
  if (kindsByHumans.includes(letter.kind)) return { ...mark, ...conversationOf(letter) }
  return {
    ...mark,
    'Auto-Submitted': letter.kind === 'auto-reply' ? 'auto-replied' : 'auto-generated',
    // Exchange: no receipts, no absence notes. Never "All", which also asks for silence about failed delivery; and no
    // "Precedence: bulk", which spam filters read as advertising.
    'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
    'Content-Language': language === 'de' ? 'de' : 'en-GB',
    ...conversationOf(letter),
  }
}

/** Outlook's own headers, where the customer's mail had them: Outlook looks at them before it looks at References. */
function conversationOf(letter: LetterToCompose): Record<string, string> {
  const { threadIndex, threadTopic = '' } = commonData(letter)
  const written = Temporal.Instant.fromEpochMilliseconds(letter.createdAt.getTime())
  const salt = Number.parseInt(/[0-9a-f]/.exec(letter.messageId)?.[0] ?? '0', 16)
  const child = threadIndex ? childThreadIndex(threadIndex, written, salt) : undefined
  if (child === undefined) return {}
  return { 'Thread-Index': child, 'Thread-Topic': bareSubject(threadTopic) }
}

/**
 * In-Reply-To and References. The ids come from the customer's mail: what is no id is left out. A long thread keeps its
 * first id, which mail programs group by, and as many of the latest as fit.
 */
function threadOf({
  inReplyTo,
  references,
}: LetterToCompose): Pick<OutgoingMail, 'inReplyTo' | 'references'> {
  const isId = (id: string) => /^<[!-;=?-~]{1,900}>$/.test(id)
  const parent = inReplyTo !== null && isId(inReplyTo) ? [inReplyTo] : []
  const [first, ...rest] = [...new Set([...references.filter(id => isId(id) && id !== inReplyTo), ...parent])]
  if (first === undefined) return {}
  let room = referencesLength - first.length
  const latest: string[] = []
  for (const id of rest.toReversed()) {
    room -= id.length + 1
    if (room < 0) break
    latest.unshift(id)
  }
  const [answered] = parent
  return { references: [first, ...latest], ...(answered === undefined ? {} : { inReplyTo: answered }) }
}
