import { foreignRecipients, judgeAudience } from './audience.ts'
import { isOnlyClosing } from './closing.ts'
import type { Agent, Facts } from './facts.ts'
import type { InboundMail } from './inbound.ts'
import { leakIn, type NoticeText } from './internal-text.ts'
import { proveSender } from './sender-proof.ts'
import { reachesCustomer, splitWords, staysInside } from './split-words.ts'
import type { Ticket } from './ticket.ts'
import { sendableAttachments } from './visible-attachments.ts'

/**
 * May this mail speak for an agent, and what does it say? Nobody speaks as an agent without three proofs: the signed
 * address that only this agent was given for this ticket, the agent's own address as the only one in From, and proof
 * that From is not forged. Whatever looks like an agent and lacks one of them is held, never relayed and never taken for
 * a customer's mail. Being asked about it goes to the agent's configured address, with nothing of the ticket in it.
 */
export type HoldReason =
  /** Comes from the agent's address, as far as anybody can tell, and it cannot be told far enough. */
  | 'agent-unproven'
  /** From an agent about a ticket, but not to the agent's own reply address: an old one, or one that the client lost. */
  | 'agent-address-missing'
  /** An agent's reply address in the hands of somebody else, such as the customer to whom a notice was forwarded. */
  | 'agent-address-misused'
  | 'several-senders'
  | 'foreign-sender'
  | 'forward'
  | 'audience'
  | 'internal-text'
  | 'no-words'
  /** Answers a question of ours: who asked there may be a stranger, and "no, not yet" is nothing for a customer. */
  | 'question'
  /** Answers a colleague's internal note, and was perhaps meant for the colleague. */
  | 'note-answered'

export type AgentVerdict =
  /** No agent speaks here: the other rules decide. */
  | { readonly kind: 'none'; readonly because: string }
  | {
      /** `answer` goes to the customer, `note` stays inside; with `commands` there are no words at all. */
      readonly kind: 'answer' | 'note' | 'commands'
      readonly agent: Agent
      readonly ticket: Ticket
      /** What the agent wrote, without the commands above it. '' with `commands` and, perhaps, with `note`. */
      readonly words: string
      /** The lines above it that begin with #, as written; not yet understood. */
      readonly commandLines: readonly string[]
      readonly because: string
    }
  | {
      readonly kind: 'hold'
      /** Key of the agent who is asked, at the configured address and never at the mail's own. */
      readonly agent?: string
      readonly ticket?: Ticket
      readonly reason: HoldReason
      readonly because: string
      /** What may go out once the agent says so: nothing but the audience is in doubt. */
      readonly words?: string
    }

/** What the judgement needs of the facts. */
export type AgentMailFacts = Pick<
  Facts,
  | 'agent'
  | 'agentOfToken'
  | 'agentTicket'
  | 'ownAddresses'
  | 'ticketByToken'
  | 'ticketByInReplyTo'
  | 'ticketByReferences'
  | 'ticketByMarker'
> & {
  /** The notices of this ticket as they were sent to agents: none of their lines may go out. */
  readonly noticeTexts?: readonly NoticeText[]
  readonly toldTexts?: readonly string[]
  /** It answers a letter that asked whether a held mail may go out. */
  readonly answersQuestion?: boolean
  /** It answers the notice of a colleague's internal note. */
  readonly answersNote?: boolean
}

/** Pure: the same mail and facts give the same verdict. */
export function judgeAgentMail(mail: InboundMail, facts: AgentMailFacts): AgentVerdict {
  const { content } = mail
  if (content.classification !== 'customer')
    return { kind: 'none', because: `a machine wrote it (${content.classification})` }
  return facts.agentOfToken && facts.agentTicket
    ? withToken(mail, facts, facts.agentOfToken, facts.agentTicket)
    : withoutToken(mail, facts)
}

/**
 * An agent may write to the desk like anybody else, and may write to the customer directly with the ticket in Cc. But who
 * answers a notice and nobody else has the customer in mind, and must hear that the answer did not go out.
 */
function withoutToken({ content }: InboundMail, facts: AgentMailFacts): AgentVerdict {
  const { agent } = facts
  if (!agent) return { kind: 'none', because: 'neither its sender nor its recipient is an agent' }
  const ticket =
    facts.ticketByToken ?? facts.ticketByInReplyTo ?? facts.ticketByReferences ?? facts.ticketByMarker
  if (!ticket) return { kind: 'none', because: `agent ${agent.key} writes about no ticket we know` }
  if (isOwnTicket(content, ticket))
    return { kind: 'none', because: `agent ${agent.key} is the customer of ticket ${ticket.number}` }
  if (foreignRecipients(content, facts.ownAddresses).length > 0)
    return { kind: 'none', because: `agent ${agent.key} wrote to others and let the desk know` }
  return {
    kind: 'hold',
    agent: agent.key,
    ticket,
    reason: 'agent-address-missing',
    because: `agent ${agent.key} answers on ticket ${ticket.number}, but not to a valid reply address of their own`,
  }
}

/** An agent may need help as well: on a ticket of their own they are a customer, with a customer's rights and no more. */
export function isOwnTicket({ from }: InboundMail['content'], { customerAddress }: Ticket): boolean {
  return from !== null && from.address.toLowerCase() === customerAddress.toLowerCase()
}

function withToken(
  { content }: InboundMail,
  facts: AgentMailFacts,
  holder: string,
  ticket: Ticket,
): AgentVerdict {
  const { authentication } = content
  const hold = (reason: HoldReason, because: string, agent = holder): HeldVerdict => ({
    kind: 'hold',
    agent,
    ticket,
    reason,
    because,
  })
  if (authentication.from.length !== 1)
    return hold(
      'several-senders',
      `From holds ${authentication.from.length} addresses; it must be exactly one`,
    )
  // `facts.agent` may have been found by Reply-To where From was empty; From alone counts here.
  const fromAgent = content.from?.address.toLowerCase() === authentication.from[0] ? facts.agent : undefined
  if (fromAgent?.key !== holder) return misused(content, fromAgent, hold)
  if (authentication.sender.some(address => address !== authentication.from[0]))
    return hold('foreign-sender', 'Sender names another address than From')
  const proof = proveSender(authentication)
  if (!proof.proven) return hold('agent-unproven', proof.because)
  return spoken(content, facts, { agent: fromAgent, ticket, because: proof.because }, hold)
}

type HeldVerdict = Extract<AgentVerdict, { readonly kind: 'hold' }>
type Holding = (reason: HoldReason, because: string, agent?: string) => HeldVerdict

/** A colleague who is proven is asked directly; of anybody else the holder of the address hears. */
function misused(
  { authentication }: InboundMail['content'],
  fromAgent: Agent | undefined,
  hold: Holding,
): AgentVerdict {
  const [from = ''] = authentication.from
  const because = `it was sent to an agent's reply address by ${from}, for whom that address was not made`
  return fromAgent && proveSender(authentication).proven
    ? hold('agent-address-misused', because, fromAgent.key)
    : hold('agent-address-misused', because)
}

interface Proven {
  readonly agent: Agent
  readonly ticket: Ticket
  readonly because: string
}

/** Three proofs are there: what is said, and may it be said to the customer? */
function spoken(
  content: InboundMail['content'],
  facts: AgentMailFacts,
  proven: Proven,
  hold: Holding,
): AgentVerdict {
  const { commandLines, words } = splitWords(content.replyText)
  const { noticeTexts: notices = [], toldTexts: told = [] } = facts
  const verdict = { ...proven, words, commandLines }
  const shown = commandLines.some(reachesCustomer) ? commandLines.join('\n') : ''
  const leakOfCommands = shown === '' ? undefined : leakIn(shown, content, notices, told)
  if (leakOfCommands) return hold('internal-text', leakOfCommands)
  if (commandLines.some(staysInside)) return { ...verdict, kind: 'note' }
  if (words === '' && commandLines.length > 0) return { ...verdict, kind: 'commands' }
  const consent = facts.answersQuestion ? answeredYes : plainConsent
  if (isConsent(words, consent, proven.agent))
    return { ...verdict, kind: 'commands', words: '', commandLines: ['#send'] }
  if (words === '' && sendableAttachments(content).length === 0)
    return hold('no-words', 'it holds neither words nor commands nor attachments')
  const doubt = judgeAudience(content, facts.ownAddresses)
  const leak = leakIn(words, content, notices, told)
  if (doubt) return { ...hold(doubt.reason, doubt.because), ...(leak === undefined ? { words } : {}) }
  if (leak) return hold('internal-text', leak)
  if (facts.answersQuestion) {
    const question = hold('question', 'it answers a question of ours and not a notice')
    return words.split(/\s+/).length > shortAnswer ? { ...question, words } : question
  }
  if (facts.answersNote) return { ...hold('note-answered', "it answers a colleague's internal note"), words }
  return { ...verdict, kind: 'answer' }
}

/** The answers to the question of a held mail, in either language; "yes" is one only where it answers that question. */
const plainConsent = /^(?:send|senden)[.!]?$/i
const answeredYes =
  /^(?=\p{L})(?:(?:ja|yes|ok|okay)\b[,.!]?\s*)?(?:(?:bitte|please)\s+)?(?:send|senden|send it|absenden)?[.!]?$/iu
/** A reply to that question in so few words is a no, and is not offered for sending. */
const shortAnswer = 5

function isConsent(words: string, consent: RegExp, { name }: Agent): boolean {
  const [first = '', ...rest] = words.split('\n')
  const below = rest.join('\n').trim()
  return first !== '' && consent.test(first.trim()) && (below === '' || isOnlyClosing(below, name))
}
