import type { HelpData, HoldQuestionData, ReceiptData, WhyData } from './agent-notice.ts'
import type { KnownLine } from './checklist.ts'
import type { InBooks } from './customers/in-books.ts'
import type { DigestData } from './digest.ts'
import type { FeedbackAnswerData, FeedbackTaskData } from './feedback/notice-data.ts'
import type {
  AudioPart,
  CallbackNewsData,
  CallbackTaskData,
  CallConfirmationData,
} from './phone/notice-data.ts'
import type { ProcedureLetterData, ProcedureTaskData, SimilarData } from './procedures/notice-data.ts'
import type { EscalationData } from './promise/escalation-notice.ts'
import type { ClosingData, StatusUpdateData } from './promise/progress-data.ts'
import type { PromiseTaskData } from './promise/promise-notice.ts'
import type { ReportLetters } from './reports/report-data.ts'
import type { Language } from './ticket.ts'
import type {
  VendorCaseData,
  VendorEscalationData,
  VendorMessageData,
  VendorNoticeData,
} from './vendor/notice-data.ts'
import type { WhyNeither } from './why-not-told.ts'

/**
 * The wish to write: which letter, to whom, with which data. Renders nothing. `kind` is also the template's name
 * (templates/<language>/<kind>.<part>.hbs). Instants are ISO 8601 in UTC, so that data survives JSON.
 */

export interface AttachmentLine {
  readonly filename: string
  readonly size: number
}

/** Parts of a mail that was taken in, to be sent along from its raw bytes. */
export interface RelayedParts {
  /** '' where they came by no mail: each is in the blob store for itself. */
  readonly rawSha256: string
  /** `sha256` is of the decoded bytes, as `Attachment` has it. */
  readonly parts: readonly RelayedPart[]
}

export interface RelayedPart {
  readonly sha256: string
  readonly filename: string | null
  readonly contentType: string
}

/** To the customer who opened a ticket: number, what we understood, what happens until when. */
export interface AutoReplyData {
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  /** The beginning of what the customer wrote, capped. */
  readonly excerpt: string
  readonly excerptCut: boolean
  readonly attachments: readonly AttachmentLine[]
  readonly receivedAt: string
  readonly dueAt: string
  readonly office: string
  /** Was the office open when the mail arrived? */
  readonly officeOpen: boolean
  /** The mail was over the size limit: its attachments were left on the server. */
  readonly oversized: boolean
  /** What we still have to ask for, in words; left out where no checklist says. */
  readonly missing?: readonly string[]
  /** What was found already, for the customer to correct. */
  readonly known?: readonly KnownLine[]
}

/** An agent's reply on its way to the customer: the agent's words and nothing of ours but the number. */
export interface AgentAnswerData {
  readonly ticketNumber: string
  /** Of the customer's thread, without prefixes. */
  readonly subject: string
  readonly agentName: string
  readonly words: string
  /** Only where the agent's own words have none. */
  readonly signature: string | null
  readonly threadIndex: string | null
  readonly threadTopic: string
  readonly office: string
  readonly relayed: RelayedParts | null
}

export type AgentNoticeEvent =
  | 'new-ticket'
  | 'customer-mail'
  | 'machine-mail'
  | 'agent-mail'
  | 'agent-answer'
  | 'agent-note'
  | 'assigned'
  /** Another department gave the ticket to the reader's. */
  | 'passed-on'
  | 'letter-failed'
  /** Neither by mail nor by text. */
  | 'customer-not-told'
  /** A call that an agent took, or that nobody can ring back. */
  | 'call'
  /** A caller left a message. */
  | 'call-message'

/** To each agent of the group: all that is needed to answer by pressing Reply. */
export interface AgentNoticeData {
  readonly event: AgentNoticeEvent
  /** Key of the recipient: the reply address is signed for this agent alone. Left out in letters of older versions. */
  readonly agent?: string
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly customerAddress: string
  readonly text: string
  readonly attachments: readonly AttachmentLine[]
  readonly receivedAt: string
  /** The first-response promise that is running, if any. */
  readonly dueAt: string | null
  readonly office: string
  readonly inboundHint: string
  /** Name of the colleague who wrote, where an agent did. */
  readonly author?: string
  /** Address of who wrote, where it is not the ticket's customer: an answer goes to the customer all the same. */
  readonly guest?: string
  /** Where it came neither by mail nor by telephone. */
  readonly told?: ToldLine
  readonly severity?: string | null
  readonly level?: number
  readonly assignee?: string | null
  /** What is known of the customer and the matter, and what has to be asked for; labels in the recipient's language. */
  readonly known?: readonly { readonly label: string; readonly value: string }[]
  readonly missing?: readonly string[]
  readonly earlier?: EarlierTickets
  /** With a new ticket: others that look like it. */
  readonly similar?: SimilarData
  /** What the customers' books say; null where none are kept. */
  readonly books?: InBooks | null
  /** The customer's attachments, as far as they are not too large for a notice. */
  readonly relayed?: RelayedParts | null
  /** Of a caller, in E.164. */
  readonly phone?: string | null
  /** With a call: an agent took it; one did, but the caller was gone; nobody can ring the caller back. */
  readonly call?: 'taken' | 'gone' | 'unreachable'
  readonly audio?: AudioPart | null
  /** With a message: what was said, in `text`, was written down by a machine. */
  readonly transcribed?: boolean
  /** Why the customer could not be told. Letters of older versions have it in `text`, in English. */
  readonly untold?: WhyNeither
}

/** How words came that nobody sent by mail: the channel, and who wrote them down or passed them on; '' for nobody. */
export interface ToldLine {
  readonly channel: string
  /** Name of the agent. */
  readonly recorder: string
  /** Name of the other system. */
  readonly client: string
}

/** Other tickets of the same customer. */
export interface EarlierTickets {
  readonly count: number
  /** The last five, newest first. */
  readonly numbers: readonly string[]
}

/** To the administrators: something needs a human. */
export interface AlarmData {
  readonly event:
    | 'quarantine'
    | 'letter-failed'
    | 'phone-down'
    | 'nobody-on-duty'
    | 'callback-late'
    /** At the highest level, where nobody is left to pass it on to. */
    | 'escalation-open'
  /** Key of the mailbox it happened in. */
  readonly mailbox: string
  readonly code: string
  /** The technical words, in English or the server's own language. */
  readonly detail: string
  /** The command that helps, ready to paste. */
  readonly command: string
  readonly at: string
}

/** To an agent who asked to be let in: the link is made when the letter is rendered. */
export interface SignInData {
  /** Key of the agent. */
  readonly agent: string
  readonly name: string
}

/** The data of each kind of letter. */
export interface NoticeData extends ReportLetters {
  readonly 'auto-reply': AutoReplyData
  readonly 'agent-answer': AgentAnswerData
  readonly 'agent-notice': AgentNoticeData
  readonly receipt: ReceiptData
  readonly help: HelpData
  readonly why: WhyData
  readonly 'hold-question': HoldQuestionData
  readonly alarm: AlarmData
  readonly digest: DigestData
  readonly 'callback-task': CallbackTaskData
  readonly 'call-confirmation': CallConfirmationData
  readonly 'callback-news': CallbackNewsData
  readonly 'promise-task': PromiseTaskData
  readonly 'procedure-task': ProcedureTaskData
  readonly 'procedure-letter': ProcedureLetterData
  readonly 'status-update': StatusUpdateData
  readonly closing: ClosingData
  readonly escalation: EscalationData
  readonly 'vendor-case': VendorCaseData
  readonly 'vendor-message': VendorMessageData
  readonly 'vendor-escalation': VendorEscalationData
  readonly 'vendor-notice': VendorNoticeData
  readonly 'sign-in': SignInData
  readonly 'feedback-task': FeedbackTaskData
  readonly 'feedback-answer': FeedbackAnswerData
}

export type NoticeKind = keyof NoticeData

export type Notice = {
  [Kind in NoticeKind]: {
    readonly kind: Kind
    readonly language: Language
    readonly recipient: string
    readonly data: NoticeData[Kind]
  }
}[NoticeKind]

/** Letters that only our own people may read: each carries the mark that keeps it from being sent on to a customer. */
export const internalKinds: readonly NoticeKind[] = [
  'agent-notice',
  'receipt',
  'help',
  'why',
  'hold-question',
  'callback-task',
  'promise-task',
  'procedure-task',
  'escalation',
  'vendor-notice',
  'feedback-task',
]
