import { readKnown, requestTypeOf } from '../../desk/checklist.ts'
import { commandLine } from '../../desk/command-words.ts'
import type { AgentCommand, Mistake } from '../../desk/commands.ts'
import { judgeProblem } from '../../desk/procedures/known-problem.ts'
import { peopleFor } from '../../desk/procedures/people.ts'
import type { Step, StepOrder } from '../../desk/procedures/procedure.ts'
import type { ProcedureCommand } from '../../desk/procedures/procedure-commands.ts'
import { missingBeforeEscalation, requestTypeNamed } from '../../desk/procedures/request-type.ts'
import { judgeOrder, type OrderVerdict } from '../../desk/procedures/step-order.ts'
import type { AgentTurn } from '../agent-turn.ts'

/** What only the ledger knows to be wrong with commands about procedures, known problems and escalation. */
export function procedureMistakes(turn: AgentTurn, commands: readonly AgentCommand[]): Mistake[] {
  const { agent, context } = turn
  const language = context.config.agents[agent.key]?.language ?? 'de'
  const mistake = (
    code: Mistake['code'],
    command: NonNullable<Mistake['command']>,
    argument = '',
  ): Mistake => ({
    line: commandLine(command, language, argument),
    ...{ code, command },
  })
  return commands.flatMap((command): Mistake[] => {
    switch (command.name) {
      case 'step':
      case 'approve':
      case 'refuse':
      case 'skip': {
        const verdict = stepVerdict(turn, command)
        const step = command.name === 'step' ? command.key : ''
        return 'mistake' in verdict ? [mistake(verdict.mistake, command.name, step)] : []
      }
      case 'kind':
        return requestTypeNamed(command.requestType, context.config) === undefined
          ? [mistake('no-such-kind', 'kind', command.requestType)]
          : []
      case 'known':
      case 'solved': {
        const state = context.surroundings.procedures.problems.get(command.problem)
        const code = judgeProblem(command.name, command, state === undefined ? null : { state })
        return code ? [mistake(code, command.name, command.problem)] : []
      }
      case 'escalate':
        return command.forced ? [] : incomplete(turn, command.reason)
      default:
        return []
    }
  })
}

/** P5: the level above must not begin by asking what the hotline could have asked. */
function incomplete({ ticket, agent, context: { config } }: AgentTurn, reason: string): Mistake[] {
  const language = config.agents[agent.key]?.language ?? 'de'
  const missing = missingBeforeEscalation(requestTypeOf(ticket, config), readKnown(ticket.known), language)
  if (missing.length === 0) return []
  return [
    {
      line: commandLine('escalate', language, reason),
      code: 'checklist-missing',
      command: 'escalate',
      detail: missing.join('; '),
    },
  ]
}

/** Which step a command speaks of, and what becomes of it. */
export function stepVerdict(
  { ticket, agent, context }: AgentTurn,
  command: Extract<ProcedureCommand, { readonly name: 'step' | 'approve' | 'refuse' | 'skip' }>,
): OrderVerdict {
  const { config, surroundings, now } = context
  const steps = surroundings.procedures.steps.get(ticket.id) ?? []
  const timeZone = config.offices[ticket.office]?.timeZone ?? 'UTC'
  const moment = { absences: surroundings.absences, timeZone, now }
  const types = requestTypeOf(ticket, config)?.steps ?? {}
  // Whoever is not on duty just now may act all the same: the group's own agents stay its agents.
  const isOneOf = (by: string | null) =>
    peopleFor(by, ticket.group, config, moment).includes(agent.key) ||
    (config.groups[by ?? '']?.agents ?? []).includes(agent.key)
  const mayDo = ({ by }: Step) => by === null || isOneOf(by)
  return judgeOrder(steps, orderOf(command), {
    config: types,
    mayDo,
    maySkip: step => {
      const skipBy = types[step.key]?.skipBy
      return skipBy === undefined ? mayDo(step) : isOneOf(skipBy)
    },
  })
}

export function orderOf(
  command: Extract<ProcedureCommand, { readonly name: 'step' | 'approve' | 'refuse' | 'skip' }>,
): StepOrder {
  return command.name === 'step'
    ? { kind: 'done', key: command.key, remark: command.remark }
    : { kind: command.name, remark: command.remark }
}
