import type { PartyScript, Step } from '../../sandbox/telephone/actors.ts'
import type { Chance, ChanceRow } from '../../sandbox/telephone/chance.ts'
import type { TelephoneNetwork } from '../../sandbox/telephone/telephone-network.ts'
import type { Customer } from './customers.ts'
import { draw, happens } from './draw.ts'
import type { DeskAgent } from './options.ts'

/** Agents' telephones: mostly picked up, sometimes missed, declined, or in a private call. */

/** More than one telephone can ring in a week. */
const ringsPlanned = 600

export function connectAgents(
  network: TelephoneNetwork,
  chance: Chance,
  agents: readonly DeskAgent[],
  customers: readonly Customer[],
): void {
  for (const agent of agents) {
    const row = chance.row(`agent ${agent.key}`)
    const resultKey = () => keyOfLastRing(network, agent, customers)
    const rings = Array.from({ length: ringsPlanned }, () => ringOf(row, agent.name, resultKey))
    network.connect(agent.phone, ...rings)
  }
}

function ringOf(row: ChanceRow, name: string, resultKey: () => string): PartyScript {
  const hurries = happens(row, 0.12)
  const result: Step = hurries
    ? { hears: /\b3\b/, hangsUp: true }
    : {
        hears: /\b3\b/,
        get presses() {
          return resultKey()
        },
      }
  const picksUp = (after: number, key: string): PartyScript => ({
    ...{ name, pickUp: { after }, steps: [{ hears: /\b2\b/, presses: key }, result] },
  })
  return draw<PartyScript>(row, [
    [78, picksUp(row.between(2, 9), '1')],
    [3, picksUp(row.between(2, 9), '2')],
    // The agent's own mailbox, which is later than we wait.
    [9, { name, pickUp: { after: 22 }, steps: [], hangsUpAfter: 45 }],
    [6, { name, pickUp: 'never', steps: [] }],
    [4, { name, pickUp: 'busy', steps: [] }],
  ])
}

/** What happened at the customer's, which the agent heard: the key that says so. */
function keyOfLastRing(
  network: TelephoneNetwork,
  { phone }: DeskAgent,
  customers: readonly Customer[],
): string {
  const calls = network.calls()
  const mine = calls.findLast(({ to, direction }) => to === phone && direction === 'outbound-api')
  const rung = calls.findLast(({ parentSid }) => parentSid === mine?.sid)
  const who = customers.find(({ number }) => number === rung?.to)
  if (!who) return '1'
  const times = calls.filter(({ to, direction }) => to === who.number && direction === 'outbound-dial').length
  return (who.rings[Math.min(times, who.rings.length) - 1] ?? who.rings.at(-1))?.key ?? '1'
}
