import { judgeAudience } from '../audience.ts'
import type { Agent, Facts } from '../facts.ts'
import type { InboundMail } from '../inbound.ts'
import { leakIn } from '../internal-text.ts'
import { proveSender } from '../sender-proof.ts'
import { commandIn, reachesCustomer, splitWords, staysInside } from '../split-words.ts'
import { sendableAttachments } from '../visible-attachments.ts'
import { isProof, type VendorCaseFacts, type VendorFacts } from './facts.ts'

/**
 * May this mail speak for us to a manufacturer? The same three proofs as towards customers: the signed address that only
 * this agent was given for this case, the agent's own address as the only one in From, and proof that From is not forged.
 * What lacks one of them is held.
 */

export interface SpokenToVendor {
  /**
   * `message` goes to the manufacturer, with the command "#share" to the customer; `note` stays in the case, with
   * `commands` there are no words.
   */
  readonly kind: 'message' | 'note' | 'commands'
  readonly words: string
  readonly commandLines: readonly string[]
}

export type CaseAgentVerdict =
  | { readonly kind: 'none'; readonly because: string }
  | {
      readonly kind: 'spoken'
      readonly case: VendorCaseFacts
      readonly agent: Agent
      readonly said: SpokenToVendor
      readonly because: string
    }
  | {
      readonly kind: 'hold'
      readonly case: VendorCaseFacts
      /** Key of the agent who is asked. */
      readonly agent: string
      readonly reason: string
      readonly because: string
    }

type CaseAgentFacts = Pick<Facts, 'agent' | 'agentTicket' | 'ownAddresses' | 'ticketByInReplyTo'> & {
  readonly vendors: VendorFacts
}

/** Pure: the same mail and facts give the same verdict. */
export function judgeCaseAgent({ content }: InboundMail, facts: CaseAgentFacts): CaseAgentVerdict {
  const { agent, vendors } = facts
  if (content.classification !== 'customer')
    return { kind: 'none', because: `a machine wrote it (${content.classification})` }
  if (vendors.agentCase) return withToken(content, facts, vendors.agentCase)
  const { matter } = vendors
  // A customer may have put a case's number into the subject, which stands in every answer on the ticket since.
  const named = facts.agentTicket && !(matter && isProof(matter.sign)) ? undefined : matter?.case
  const answered = named ?? vendors.answeredCase
  if (!agent || !answered) return { kind: 'none', because: 'no agent writes about a case in it' }
  if (facts.agentTicket)
    return {
      ...{ kind: 'hold', case: answered, agent: agent.key, reason: 'two-threads' },
      because: `it answers on case ${answered.number}, but to the reply address of ticket ${facts.agentTicket.number}`,
    }
  return {
    ...{ kind: 'hold', case: answered, agent: agent.key, reason: 'agent-address-missing' },
    because: `agent ${agent.key} answers on case ${answered.number}, but not to a valid reply address of their own`,
  }
}

type AgentCase = NonNullable<VendorFacts['agentCase']>

function withToken(
  content: InboundMail['content'],
  { agent, agentTicket, ownAddresses, ticketByInReplyTo, vendors }: CaseAgentFacts,
  { case: about, agent: holder }: AgentCase,
): CaseAgentVerdict {
  const hold = (reason: string, because: string): CaseAgentVerdict => ({
    ...{ kind: 'hold', case: about, agent: holder, reason, because },
  })
  const { authentication } = content
  const [from] = authentication.from
  if (authentication.from.length !== 1)
    return hold(
      'several-senders',
      `From holds ${authentication.from.length} addresses; it must be exactly one`,
    )
  const fromAgent = content.from?.address.toLowerCase() === from ? agent : undefined
  if (fromAgent?.key !== holder)
    return hold(
      'agent-address-misused',
      `it was sent to an agent's address for case ${about.number} by ${from}, for whom that address was not made`,
    )
  if (authentication.sender.some(address => address !== from))
    return hold('foreign-sender', 'Sender names another address than From')
  const proof = proveSender(authentication)
  if (!proof.proven) return hold('agent-unproven', proof.because)
  // One slip in the line of recipients must not tell one side what was meant for the other.
  const other = agentTicket ?? ticketByInReplyTo
  if (other)
    return hold(
      'two-threads',
      `it was sent to the address for case ${about.number}, and to that of ticket ${other.number} or as an answer on it`,
    )
  const { commandLines, words } = splitWords(content.replyText)
  const { noticeTexts: notices, toldVendor, toldCustomer } = vendors
  // Then the words stand above those of the manufacturer, which the customer gets.
  const told = commandLines.some(line => commandIn(line) === 'share') ? toldCustomer : toldVendor
  const spoken = (kind: SpokenToVendor['kind']): CaseAgentVerdict => ({
    ...{ kind: 'spoken', case: about, agent: fromAgent, because: proof.because },
    said: { kind, words, commandLines },
  })
  const shown = commandLines.some(reachesCustomer) ? commandLines.join('\n') : ''
  const leakOfCommands = shown === '' ? undefined : leakIn(shown, content, notices, toldVendor)
  if (leakOfCommands) return hold('internal-text', leakOfCommands)
  if (commandLines.some(staysInside)) return spoken('note')
  if (words === '' && commandLines.length > 0) return spoken('commands')
  if (words === '' && sendableAttachments(content).length === 0)
    return hold('no-words', 'it holds neither words nor commands nor attachments')
  const doubt = judgeAudience(content, ownAddresses)
  if (doubt) return hold(doubt.reason, doubt.because)
  const leak = leakIn(words, content, notices, told)
  return leak ? hold('internal-text', leak) : spoken('message')
}
