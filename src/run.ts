import type { ExampleDesk } from './config/example-desks.ts'
import { type Running, start } from './start.ts'
import { welcome } from './welcome.ts'

/**
 * Runs the gateway until it is told to stop: `npm start` and `gateway start`. Ctrl-C or SIGTERM finish what is under way;
 * a second Ctrl-C ends at once. Rejects when the gateway could not start.
 */
export async function runUntilStopped(
  configFile: string | undefined,
  desk?: ExampleDesk | undefined,
): Promise<void> {
  const running = await start({ configFile, desk, onStep })
  onStep('Ready')
  process.stdout.write(`${welcome(running)}\n`)
  await stopWhenTold(running)
}

/** A progress line with the seconds since this process began. */
function onStep(what: string): void {
  const seconds = (performance.now() / 1000).toFixed(1).padStart(5)
  process.stdout.write(`${seconds} s  ${what}\n`)
}

async function stopWhenTold(running: Running): Promise<void> {
  const signal = await new Promise<string>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  onStep(`${signal}: finishing what is under way`)
  process.once('SIGINT', () => process.exit(130))
  await running.stop()
  onStep('Stopped')
}
