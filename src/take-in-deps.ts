import { officesOf } from './config/office-calendar.ts'
import type { Config } from './config/schema.ts'
import { mailboxFactsOf } from './intake/mailbox-facts.ts'
import type { TakeInDeps } from './intake/take-in.ts'

/** All that take-in needs, with what follows from the configuration worked out: offices, agents, addresses. */
export function takeInDepsOf(
  config: Config,
  parts: Pick<TakeInDeps, 'database' | 'now' | 'nudge' | 'callbacksChanged' | 'log' | 'step'>,
): TakeInDeps {
  return {
    ...parts,
    config,
    offices: officesOf(config, parts.now()),
    mailboxFacts: mailboxFactsOf(config),
  }
}
