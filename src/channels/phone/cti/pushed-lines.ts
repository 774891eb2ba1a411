import { lineFor } from '../../../desk/phone/lines.ts'
import type { DoorContext } from '../door-context.ts'
import type { PushedCall } from './pushed-call.ts'

/** Which of the calls that a provider tells of are ours. */

type Place = Pick<DoorContext, 'phone' | 'providerKey'>

/** Numbers of ours that this provider carries. */
export function linesOf({ phone, providerKey }: Place): readonly string[] {
  return Object.values(phone.lines)
    .filter(({ provider }) => provider === providerKey)
    .map(({ number }) => number)
}

/**
 * A telephone system tells of every call in the house. Those to numbers that are no line of ours are nobody's business
 * here: nothing of them is written down. Of outgoing ones it cannot be told by the number alone.
 */
export function carries({ phone, providerKey }: Place, call: PushedCall): boolean {
  if (call.direction === 'out') return true
  const line = lineFor({ phone }, call.to)
  return line !== undefined && phone.lines[line.key]?.provider === providerKey
}
