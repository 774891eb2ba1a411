import type { Action } from './decide.ts'
import type { Facts } from './facts.ts'
import type { InboundMail } from './inbound.ts'

/** What a rule says: in words always, because that sentence is what "why?" is answered with; and an action if it hits. */
export type Verdict =
  | { readonly hit: false; readonly because: string }
  | { readonly hit: true; readonly because: string; readonly action: Action }

export interface Rule {
  readonly name: string
  judge(mail: InboundMail, facts: Facts, now: Temporal.Instant): Verdict
}

export const miss = (because: string): Verdict => ({ hit: false, because })
export const hit = (because: string, action: Action): Verdict => ({ hit: true, because, action })
