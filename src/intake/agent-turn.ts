import { randomUUID } from 'node:crypto'
import type { Agent } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Ticket } from '../desk/ticket.ts'
import { dateOf } from './mail-rows.ts'
import type { Plan, PlanContext } from './plan.ts'

/** One mail of an agent, with all that is needed to plan what follows. */
export interface AgentTurn {
  readonly plan: Plan
  readonly mail: InboundMail
  readonly inboundId: bigint
  readonly ticket: Ticket
  readonly agent: Agent
  readonly context: PlanContext
}

/** A line of the ticket's history that an agent's mail caused. */
export function addEntry(
  { plan, ticket, agent, inboundId, context }: AgentTurn,
  kind: string,
  text: string,
  detail: Plan['entries'][number]['detail'],
  letterId: string | null = null,
): void {
  plan.entries.push({
    id: randomUUID(),
    ticketId: ticket.id,
    kind,
    at: dateOf(context.now),
    author: agent.name,
    text,
    detail,
    inboundId,
    letterId,
  })
}
