import type { AgentVerdict } from './agent-mail.ts'
import type { Agent, Facts, KnownLetter } from './facts.ts'
import type { MailedVote } from './feedback/reply-vote.ts'
import type { InboundMail } from './inbound.ts'
import { rules } from './rules.ts'
import type { Ticket } from './ticket.ts'
import type { SpokenToVendor } from './vendor/case-agent.ts'
import type { VendorCaseFacts } from './vendor/facts.ts'

/** One line of the answer to "why?". */
export interface TrailStep {
  readonly rule: string
  readonly hit: boolean
  readonly because: string
}

/** Whether the customer gets the automatic answer, and the reason if not. */
export type Answer = { readonly send: true } | { readonly send: false; readonly because: string }

/** A mail that nobody may believe or throw away: it waits for a human, beside the ticket it speaks of. */
export interface Hold {
  readonly kind: 'hold'
  readonly ticket: Ticket | undefined
  /** stranger, agent-unproven, audience, internal-text, ... */
  readonly reason: string
  readonly detail: Readonly<Record<string, unknown>>
  /** Whether anybody is asked now; else it waits to be seen in the list. */
  readonly notice: Answer
  /** Key of the agent who is asked; without one the ticket's agents are. */
  readonly askAgent?: string
}

/** What an agent said, with every proof there is. */
export type SpokenVerdict = Exclude<AgentVerdict, { readonly kind: 'none' | 'hold' }>

/** What a rule wants done. Nothing is left for record.ts to think about. */
export type Action =
  | {
      readonly kind: 'open-ticket'
      readonly answer: Answer
      /** The closed ticket that the new one goes on with. */
      readonly follows?: Ticket
      /** The ticket it may belong to: shown to the agents, who know better. */
      readonly likely?: Ticket
    }
  | {
      readonly kind: 'add-entry'
      readonly ticket: Ticket
      readonly entry: 'customer-mail' | 'agent-mail'
      /** The ticket was closed, or waited for this answer. */
      readonly reopens: boolean
      /** Whether the agents are told. */
      readonly notice: Answer
      /** The mail says how satisfied its writer is, and nothing else. */
      readonly vote?: MailedVote
    }
  | Hold
  | {
      /** An agent has proven to be one and says something: to the customer, to colleagues, or to the gateway. */
      readonly kind: 'agent-mail'
      readonly ticket: Ticket
      readonly agent: Agent
      readonly verdict: SpokenVerdict
      /** Whether receipts, help and colleagues' notices follow. What the agent says to the customer always goes out. */
      readonly notice: Answer
    }
  | {
      readonly kind: 'note-machine-mail'
      /** The ticket whose history shows it; a machine mail never opens or reopens one. */
      readonly ticket: Ticket | undefined
      readonly returnedLetter: KnownLetter | undefined
      /** A letter will not reach its recipient: the agents must hear of it. */
      readonly tellAgents: boolean
    }
  | {
      /** A mail of a sealed thread: it goes to the agents of the case, and into no ticket. */
      readonly kind: 'vendor-mail'
      readonly case: VendorCaseFacts
      /** What a machine wrote is no answer; a bounce says that the manufacturer was not reached. */
      readonly by: 'vendor' | 'machine' | 'bounce'
    }
  | {
      /** An agent has proven to be one and speaks about a case: to the manufacturer, or to the gateway. */
      readonly kind: 'vendor-agent'
      readonly case: VendorCaseFacts
      readonly agent: Agent
      readonly verdict: SpokenToVendor
    }
  | { readonly kind: 'note-own-mail'; readonly letter: KnownLetter }
  | { readonly kind: 'note-duplicate'; readonly originalId: bigint; readonly ticketId: string | null }
  | { readonly kind: 'note-before-start' }
  | { readonly kind: 'quarantine'; readonly code: string; readonly detail: string }

export interface Decision {
  readonly action: Action
  readonly rule: string
  readonly trail: readonly TrailStep[]
}

/**
 * The first rule that hits decides; the trail names those tried before it and why they did not hit. Pure: the same
 * mail, facts and time give the same decision. The last rule always hits, so there is always a decision.
 */
export function decide(mail: InboundMail, facts: Facts, now: Temporal.Instant): Decision {
  const trail: TrailStep[] = []
  for (const rule of rules) {
    const verdict = rule.judge(mail, facts, now)
    trail.push({ rule: rule.name, hit: verdict.hit, because: verdict.because })
    if (!verdict.hit) continue
    const { action } = verdict
    if ('notice' in action && !action.notice.send)
      trail.push({ rule: 'agent-notice', hit: false, because: action.notice.because })
    if (action.kind === 'open-ticket') {
      const { answer } = action
      trail.push({
        rule: 'auto-reply',
        hit: answer.send,
        because: answer.send ? 'a person wrote, within the budget' : answer.because,
      })
    }
    return { action, rule: rule.name, trail }
  }
  throw new Error('the last rule of the table must always hit')
}
