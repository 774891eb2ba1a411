import type { ProcedureDecision, Step, StepAction, StepConfigs } from './procedure.ts'

/**
 * What begins now, given all steps of a ticket in their order. One step after the other: what ends at once is followed by
 * the next, what waits for somebody is not. A refusal ends the procedure, whatever would have come behind it.
 */
export function nextSteps(steps: readonly Step[], config: StepConfigs): ProcedureDecision {
  const refused = steps.find(({ state }) => state === 'refused')
  if (refused) return { actions: [], state: 'refused', because: `"${refused.key}" was refused` }
  const actions: StepAction[] = []
  for (const step of steps) {
    if (step.state === 'done' || step.state === 'skipped') continue
    if (step.state === 'open')
      return { actions, state: 'running', because: `"${step.key}" waits for somebody` }
    const action = beginning(step, config)
    actions.push(action)
    if (action.kind === 'ask' || action.kind === 'tell')
      return { actions, state: 'running', because: `"${step.key}" begins` }
  }
  return { actions, state: 'done', because: 'no step is left' }
}

/** A step that the configuration does not know any more cannot be carried out by a machine: somebody is told of it. */
function beginning({ key, kind, by }: Step, config: StepConfigs): StepAction {
  const letter = config[key]?.letter ?? null
  switch (kind) {
    case 'ask':
      return { kind: 'ask', key, letter }
    case 'approve':
      return { kind: 'tell', key, by, want: 'approve' }
    case 'letter':
      return letter === null ? { kind: 'tell', key, by, want: 'task' } : { kind: 'send', key, letter }
    case 'queue':
      return by === null ? { kind: 'tell', key, by, want: 'task' } : { kind: 'pass-on', key, group: by }
    case 'task':
      return { kind: 'tell', key, by, want: 'task' }
  }
}
