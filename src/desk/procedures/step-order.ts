import type { Step, StepConfigs, StepOrder } from './procedure.ts'

/** Why an order cannot be carried out; the mistake that the agent reads. */
export type StepMistake =
  | 'no-such-step'
  | 'step-not-open'
  | 'no-open-step'
  | 'nothing-to-approve'
  | 'step-needs-approval'
  | 'step-not-yours'
  | 'step-not-optional'

export interface OrderFacts {
  readonly config: StepConfigs
  /** Is the agent who ordered it one of those whom this step is for, or who may allow to skip it? */
  readonly mayDo: (step: Step) => boolean
  readonly maySkip: (step: Step) => boolean
}

export type OrderVerdict =
  | { readonly key: string; readonly state: 'done' | 'refused' | 'skipped' }
  | { readonly mistake: StepMistake }

/**
 * What an order does to which step. Approving has a word of its own, so that nobody passes such a step with "done".
 */
export function judgeOrder(steps: readonly Step[], order: StepOrder, facts: OrderFacts): OrderVerdict {
  const open = steps.find(({ state }) => state === 'open')
  if (order.kind === 'done') return judgeDone(steps, order.key, facts)
  if (!open) return { mistake: order.kind === 'skip' ? 'no-open-step' : 'nothing-to-approve' }
  if (order.kind === 'skip') {
    if (facts.config[open.key]?.optional !== true) return { mistake: 'step-not-optional' }
    return facts.maySkip(open) ? { key: open.key, state: 'skipped' } : { mistake: 'step-not-yours' }
  }
  if (open.kind !== 'approve') return { mistake: 'nothing-to-approve' }
  if (!facts.mayDo(open)) return { mistake: 'step-not-yours' }
  return { key: open.key, state: order.kind === 'approve' ? 'done' : 'refused' }
}

function judgeDone(steps: readonly Step[], key: string, { mayDo }: OrderFacts): OrderVerdict {
  const step = steps.find(one => one.key === key)
  if (!step) return { mistake: 'no-such-step' }
  if (step.state !== 'open') return { mistake: 'step-not-open' }
  if (step.kind === 'approve') return { mistake: 'step-needs-approval' }
  return mayDo(step) ? { key, state: 'done' } : { mistake: 'step-not-yours' }
}
