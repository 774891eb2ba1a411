import type { DoneLine } from '../../desk/agent-notice.ts'
import { requestTypeOf } from '../../desk/checklist.ts'
import type { ProcedureCommand } from '../../desk/procedures/procedure-commands.ts'
import { requestTypeNamed } from '../../desk/procedures/request-type.ts'
import { type AgentTurn, addEntry } from '../agent-turn.ts'
import { stepVerdict } from './procedure-mistakes.ts'

/** What an agent's mail does to procedures and known problems, carried out in the transaction that takes the mail in. */
export type ProcedureOrder = {
  readonly ticketId: string
  /** Key and name of the agent. */
  readonly agent: string
  readonly author: string
} & (
  | {
      readonly kind: 'step'
      readonly key: string
      readonly state: 'done' | 'refused' | 'skipped'
      readonly remark: string
    }
  | { readonly kind: 'request-type'; readonly requestType: string }
  | { readonly kind: 'known' | 'solved'; readonly problem: string; readonly text: string }
)

/** Plans one command; that it is possible was judged before. Gives the line of the receipt. */
export function orderProcedure(turn: AgentTurn, command: ProcedureCommand): DoneLine {
  const { plan, ticket, agent, context } = turn
  const by = { ticketId: ticket.id, agent: agent.key, author: agent.name }
  const told = (value: string, text: string): DoneLine => {
    addEntry(turn, `command-${command.name}`, text, { value })
    return { what: command.name, value }
  }
  const language = context.config.agents[agent.key]?.language ?? 'de'
  switch (command.name) {
    case 'kind': {
      const requestType = requestTypeNamed(command.requestType, context.config)
      if (requestType === undefined) throw new Error('the kind was there when the command was understood')
      plan.procedureOrders.push({ ...by, kind: 'request-type', requestType })
      return told(context.config.requestTypes[requestType]?.name[language] ?? requestType, '')
    }
    case 'known':
    case 'solved': {
      const { problem, text } = command
      plan.procedureOrders.push({ ...by, kind: command.name, problem, text })
      return told(problem, text)
    }
    default: {
      const verdict = stepVerdict(turn, command)
      if ('mistake' in verdict) throw new Error('the step was open when the command was understood')
      const { key, state } = verdict
      plan.procedureOrders.push({ ...by, kind: 'step', key, state, remark: command.remark })
      return told(requestTypeOf(ticket, context.config)?.steps[key]?.name[language] ?? key, command.remark)
    }
  }
}
