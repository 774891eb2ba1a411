import type { Config } from '../../config/schema.ts'
import type { Matter, PromiseKind, Targets } from '../../desk/promise/matter.ts'
import { targetsFor } from '../../desk/promise/policy-targets.ts'

type PolicyOf = Pick<Config, 'policy' | 'tickets' | 'phone'>

/** What is promised for a matter: by the policy, else answers and calls in their usual time. */
export function targetsOf(matter: Matter, { policy, tickets, phone }: PolicyOf): Targets {
  const callback = phone?.callback.minutes
  return targetsFor(matter, policy.targets, {
    'first-response': tickets.firstResponseMinutes,
    ...(callback === undefined ? {} : { callback }),
  })
}

/** Office minutes of a promise that is made in any case: an answer, or a call to a caller. */
export function minutesFor(matter: Matter, kind: 'first-response' | 'callback', config: PolicyOf): number {
  const target = targetsOf(matter, config)[kind]
  return target?.minutes ?? config.tickets.firstResponseMinutes
}

/** Percent of a promise's office minutes at which its owner hears of it. */
export function remindersOf({ phone }: Pick<Config, 'phone'>): readonly [number, number] {
  const [half = 50, threeQuarters = 75] = phone?.callback.reminders ?? []
  return [half, threeQuarters]
}

/** What a mail or its own end can make; calls are promised by telephony. */
export const promisedKinds = [
  'first-response',
  'status-update',
  'resolution',
] as const satisfies PromiseKind[]
