import type { DoneLine } from '../../desk/agent-notice.ts'
import { helpLine } from '../../desk/command-words.ts'
import type { AgentCommand, Mistake } from '../../desk/commands.ts'
import { isMeasureKind, type MeasureKind, missingToClose } from '../../desk/promise/measure.ts'
import { isPublicMeasure } from '../../desk/promise/progress.ts'
import { type AgentTurn, addEntry } from '../agent-turn.ts'
import { longestMeasure } from './measures.ts'

/** Commands that document a matter, and what its customer hears because of them. */

/** Writes a measure into the history. */
export function planMeasure(
  turn: AgentTurn,
  { name, text }: { readonly name: MeasureKind; readonly text: string },
): DoneLine {
  addEntry(turn, 'measure', text.slice(0, longestMeasure).toWellFormed(), { of: name })
  return { what: name }
}

/** What has to be recorded before the ticket may be closed; entries of the same mail count. */
export function mistakenClosing(turn: AgentTurn, commands: readonly AgentCommand[]): Mistake[] {
  if (!commands.some(({ name }) => name === 'close')) return []
  const { ticket, agent, plan, context } = turn
  const language = context.config.agents[agent.key]?.language ?? ticket.language
  const raised = commands.flatMap(one => (one.name === 'escalate' ? one.level : []))
  const level = Math.max(plan.ticketChanges.get(ticket.id)?.level ?? ticket.level, ...raised)
  const missing = missingToClose(level, recordedIn(turn, commands), context.config.policy.closingNeeds)
  return missing.map((kind, index) => ({
    line: index === 0 ? helpLine('close', language).usage : '',
    code: `no-${kind}`,
    command: kind,
  }))
}

/** In the ledger, in an earlier mail of the batch, and in this one. */
export function recordedIn(
  { ticket, plan, context: { surroundings } }: AgentTurn,
  commands: readonly AgentCommand[],
): readonly MeasureKind[] {
  const planned = plan.entries
    .filter(({ ticketId, kind }) => ticketId === ticket.id && kind === 'measure')
    .map(({ detail }) => (detail as { readonly of?: unknown }).of)
  const recorded = surroundings.measures.get(ticket.id) ?? []
  return [...recorded, ...[...planned, ...commands.map(({ name }) => name)].filter(isMeasureKind)]
}

/**
 * What the customer hears beside the agent's words: the update that the agent wrote, else that something was done, else
 * the result as the ticket is closed. Where there are words they say it better.
 */
export function planProgress(
  turn: AgentTurn,
  commands: readonly AgentCommand[],
  hasWords: boolean,
): readonly DoneLine[] {
  const { plan, ticket, agent, context } = turn
  const has = (name: AgentCommand['name']) => commands.some(command => command.name === name)
  const ticketId = ticket.id
  const status = commands.find(command => command.name === 'status')
  if (status) {
    const { done, next } = status
    plan.progress.push({ kind: 'update', ticketId, done, next, by: agent.key, automatic: false })
  }
  if (has('spam') || has('merge')) return []
  if (has('close')) {
    const isTold = hasWords || !recordedIn(turn, commands).includes('result')
    // Closed twice, it is asked about once.
    const asks = context.config.feedback !== undefined && ticket.state !== 'resolved'
    if (!isTold || asks) plan.progress.push({ kind: 'result', ticketId, by: agent.key, isTold, asks })
    return isTold ? [] : [{ what: 'result-told' }]
  }
  if (hasWords) return []
  const isPublic = commands.some(({ name }) => isPublicMeasure(name))
  if (status || !isPublic || !context.config.policy.updateOn.includes('measure')) return []
  plan.progress.push({ kind: 'update', ticketId, done: '', next: '', by: null, automatic: true })
  return [{ what: 'facts-told' }]
}
