/**
 * The named points on the way of a mail from the server to its row, in order. A fault test kills the process at each of
 * them; a test waits for one instead of sleeping.
 */
export const stepNames = [
  'standby',
  'locked',
  'connected',
  'listed',
  'fetched',
  'stored',
  'read',
  'taken-in',
  'after-done',
  'resting',
  'failed',
] as const

export type StepName = (typeof stepNames)[number]

/** Called and awaited at each point; `uid` where the point belongs to one mail or to the last mail of a batch. */
export type Step = (name: StepName, uid?: number) => void | Promise<void>

/** Nobody watches. */
export const noStep: Step = () => undefined
