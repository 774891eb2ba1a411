import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/** Sends text messages when they are due. `send` works on some of them. */
export function sendTextsWhenDue(
  send: DueLoopDeps['round'],
  deps: Pick<DueLoopDeps, 'now' | 'log' | 'after'>,
): DueLoop {
  return openDueLoop({ name: 'texts', round: send, ...deps })
}
