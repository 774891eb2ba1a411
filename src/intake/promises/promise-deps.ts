import type { Office } from '../../desk/office-hours.ts'
import type { CallDeps } from '../calls/call-deps.ts'
import type { TakeInDeps } from '../take-in.ts'

/** What is needed to make promises, to watch over them and to let a matter rise; mails and calls have all of it. */
export type PromiseDeps = Pick<CallDeps, 'database' | 'config' | 'offices' | 'now' | 'nudge' | 'wake' | 'log'>

/** The same for whoever takes in mails: what has become due is told where callbacks are. */
export function promiseDepsOf(deps: TakeInDeps): PromiseDeps {
  const { database, config, offices, now, nudge, log } = deps
  return { database, config, offices, now, nudge, log, wake: () => deps.callbacksChanged?.([]) }
}

/**
 * The first one stands in for an office that was removed from the configuration: a ticket of it must not stop mails and
 * promises. Open tickets get another one at the start (removed-offices.ts), so this is for those that are reopened.
 */
export function officeNamed({ offices }: Pick<PromiseDeps, 'offices'>, key: string): Office {
  const [first] = offices.values()
  const office = offices.get(key) ?? first
  if (!office) throw new Error('the configuration has no office')
  return office
}
