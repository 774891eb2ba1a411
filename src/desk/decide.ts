import type { Facts, KnownLetter } from './facts.ts'
import type { InboundMail } from './inbound.ts'
import { rules } from './rules.ts'
import type { Ticket } from './ticket.ts'

/** One line of the answer to "why?". */
export interface TrailStep {
  readonly rule: string
  readonly hit: boolean
  readonly because: string
}

/** Whether the customer gets the automatic answer, and the reason if not. */
export type Answer = { readonly send: true } | { readonly send: false; readonly because: string }

/** What a rule wants done. Nothing is left for record.ts to think about. */
export type Action =
  | { readonly kind: 'open-ticket'; readonly answer: Answer }
  | { readonly kind: 'add-entry'; readonly ticket: Ticket; readonly entry: 'customer-mail' | 'agent-mail' }
  | {
      readonly kind: 'note-machine-mail'
      /** The ticket whose history shows it; a machine mail never opens or reopens one. */
      readonly ticket: Ticket | undefined
      readonly returnedLetter: KnownLetter | undefined
      /** A letter will not reach its recipient: the agents must hear of it. */
      readonly tellAgents: boolean
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
