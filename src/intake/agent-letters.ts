import type { MistakeLine, ReceiptData } from '../desk/agent-notice.ts'
import { hasClosing } from '../desk/closing.ts'
import type { Agent } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Attachment } from '../desk/mail-content.ts'
import type { AgentAnswerData, NoticeData, RelayedParts } from '../desk/notice.ts'
import type { Ticket } from '../desk/ticket.ts'
import { type LetterRow, letterRow } from '../outbox/enqueue.ts'
import { agentEnvelope } from './agent-notices.ts'
import { domainOf } from './letters.ts'
import type { PlanContext } from './plan.ts'

/** Letters that an agent's mail causes: the answer to the customer, and what the agent hears back. */

/** What an agent wants the customer to have. */
export interface Spoken {
  readonly words: string
  readonly rawSha256: string
  readonly attachments: readonly Attachment[]
}

/** The agent's words to the customer, in the customer's own thread. */
export function answerLetter(
  ticket: Ticket,
  agent: Agent,
  spoken: Spoken,
  { config, now }: PlanContext,
): LetterRow {
  const { messageId, references, threadIndex, threadTopic } = ticket.customerThread
  const signature = config.agents[agent.key]?.signature
  const data: AgentAnswerData = {
    ticketNumber: ticket.number,
    subject: ticket.subject,
    agentName: agent.name,
    words: spoken.words,
    signature: signature === undefined || hasClosing(spoken.words, agent.name) ? null : signature,
    threadIndex,
    threadTopic,
    office: ticket.office,
    relayed: relayedOf(spoken),
  }
  const envelope = {
    ticketId: ticket.id,
    mailbox: ticket.mailbox,
    domain: domainOf(config, ticket.mailbox),
    thread: { inReplyTo: messageId, references: messageId ? [...references, messageId] : references },
  }
  const { language, customerAddress: recipient } = ticket
  return letterRow({ kind: 'agent-answer', language, recipient, data }, envelope, now)
}

function relayedOf({ rawSha256, attachments }: Spoken): RelayedParts | null {
  const parts = attachments.map(({ sha256, filename, contentType }) => ({ sha256, filename, contentType }))
  return parts.length === 0 ? null : { rawSha256, parts }
}

export function receiptLetter(
  ticket: Ticket,
  agent: Agent,
  mail: InboundMail,
  receipt: Pick<ReceiptData, 'done' | 'sentTo' | 'isTold'>,
  context: PlanContext,
): LetterRow[] {
  return toAgent('receipt', ticket, agent, mail, receipt, context)
}

export function helpLetter(
  ticket: Ticket,
  agent: Agent,
  mail: InboundMail,
  help: { readonly mistakes: readonly MistakeLine[]; readonly words: string },
  context: PlanContext,
): LetterRow[] {
  return toAgent('help', ticket, agent, mail, help, context)
}

export function whyLetter(
  ticket: Ticket,
  agent: Agent,
  mail: InboundMail,
  context: PlanContext,
): LetterRow[] {
  const record = context.surroundings.whys.get(ticket.id) ?? { mails: [], clocks: [] }
  return toAgent('why', ticket, agent, mail, record, context)
}

type LetterBack = 'receipt' | 'help' | 'why'
type Said<Kind extends LetterBack> = Omit<NoticeData[Kind], 'agent' | 'ticketNumber' | 'subject' | 'office'>

/** To the agent's configured address, never to the mail's own, as an answer to the mail it speaks of. */
function toAgent<Kind extends LetterBack>(
  kind: Kind,
  ticket: Ticket,
  { key }: Agent,
  mail: InboundMail,
  said: Said<Kind>,
  { config, now }: PlanContext,
): LetterRow[] {
  const agent = config.agents[key]
  const [recipient] = agent?.addresses ?? []
  if (!agent || !recipient) return []
  const { number, subject, office } = ticket
  const data = { ...said, agent: key, ticketNumber: number, subject, office }
  const notice = { kind, language: agent.language, recipient, data } as unknown as Parameters<
    typeof letterRow
  >[0]
  return [letterRow(notice, agentEnvelope(ticket, config, mail.content.messageId), now)]
}
