import { parseArgs } from 'node:util'
import { type ExampleDesk, exampleDesks, isExampleDesk } from './config/example-desks.ts'
import { readFlags } from './config/load.ts'
import { runUntilStopped } from './run.ts'

/** `npm start`. Exit code 0 after a clean stop, 1 when it could not start, 2 for wrong arguments. */

interface Arguments {
  readonly config: string | undefined
  readonly desk: ExampleDesk | undefined
}

const usage = `Usage: npm start -- [--config gateway.yaml | --desk ${exampleDesks.join(' | ')}]`

function readArguments(): Arguments {
  try {
    const options = { config: { type: 'string', short: 'c' }, desk: { type: 'string' } } as const
    const { config, desk } = parseArgs({ options }).values
    if (config !== undefined && desk !== undefined)
      throw new Error('--config runs your own desk and --desk an example: give one of them')
    if (desk !== undefined && !isExampleDesk(desk)) throw new Error(`There is no example desk "${desk}"`)
    return { config, desk }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`)
    process.exit(2)
  }
}

const { config, desk } = readArguments()
try {
  await runUntilStopped(config, desk)
} catch (error) {
  const message = error instanceof Error ? (readFlags().debug && error.stack) || error.message : String(error)
  process.stderr.write(`The gateway could not start.\n${message}\n`)
  process.exitCode = 1
}
