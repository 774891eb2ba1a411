import type { DoneLine } from '../desk/agent-notice.ts'
import type { RoutingCommand } from '../desk/routing-commands.ts'
import type { Tx } from '../store/database.ts'
import type { AgentTurn } from './agent-turn.ts'
import { changeTicket } from './joined-mail.ts'
import type { Plan } from './plan.ts'
import { type PassOn, passOn } from './promises/pass-on.ts'
import type { PromiseDeps } from './promises/promise-deps.ts'

/** What the commands about groups, areas and products do to a ticket. */

export type PassedOn = Omit<PassOn, 'now'>

/** Gives what the receipt says of it. The history's line of a pass-on is written with it; those of the others are not. */
export function applyRoutingCommand(turn: AgentTurn, command: RoutingCommand): Omit<DoneLine, 'what'> {
  const { plan, ticket, agent, inboundId, context } = turn
  const { config } = context
  const { language = 'de' } = config.agents[agent.key] ?? {}
  const ticketId = ticket.id
  switch (command.name) {
    case 'pass': {
      const { group, reason } = command
      const from = { group: ticket.group, agent: ticket.assignee }
      // The rest of the batch must not write to the old group any more; who gets it there is found out when it is written.
      changeTicket(plan, ticketId, { group, assignee: null })
      plan.passedOn.push({ ticketId, group, reason, by: agent.key, from, inboundId })
      return { value: config.groups[group]?.name ?? group }
    }
    case 'area':
      changeTicket(plan, ticketId, { area: command.area })
      plan.promiseChanges.push({ ticketId, kind: 'retarget', later: true })
      return { value: config.areas[command.area]?.name[language] ?? command.area }
    case 'product': {
      const { product, area } = command
      changeTicket(plan, ticketId, { product, ...(area === null ? {} : { area }) })
      plan.promiseChanges.push({ ticketId, kind: 'retarget', later: true })
      return { value: config.products[product]?.name ?? product }
    }
  }
}

/** In the order of the mails; letters and the next look at callbacks begin with the commit. */
export async function recordPassedOn(
  tx: Tx,
  deps: PromiseDeps,
  { passedOn }: Pick<Plan, 'passedOn'>,
  now: Temporal.Instant,
): Promise<void> {
  for (const passing of passedOn) await passOn(tx, deps, { ...passing, now })
}
