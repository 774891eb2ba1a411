/**
 * Lets a test kill the process at a named moment, as a power cut would: no handler runs, nothing is flushed. The
 * moments are named where they happen: in the mailbox door, in take-in and in the outbox.
 */

export type Step = (name: string) => void | Promise<void>

/**
 * `crashAt` is a step's name and how often it may pass first, such as "taken-in:3". Without it steps cost nothing.
 * Throws where it cannot be read: a fault test that never crashes proves nothing.
 */
export function faultHook(crashAt: string | undefined): Step | undefined {
  if (crashAt === undefined) return undefined
  const match = /^([a-z-]+):(\d+)$/.exec(crashAt)
  if (!match)
    throw new Error(`GATEWAY_CRASH_AT is "${crashAt}"; write a step and a number, such as "taken-in:3"`)
  const [, step = '', times = '0'] = match
  let left = Number(times)
  return name => {
    if (name === step && left-- <= 0) process.kill(process.pid, 'SIGKILL')
  }
}
