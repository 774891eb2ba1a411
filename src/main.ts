import { parseArgs } from 'node:util'
import { readFlags } from './config/load.ts'
import { runUntilStopped } from './run.ts'

/** `npm start`. Exit code 0 after a clean stop, 1 when it could not start, 2 for wrong arguments. */

function configFile(): string | undefined {
  try {
    return parseArgs({ options: { config: { type: 'string', short: 'c' } } }).values.config
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error}\nUsage: npm start -- [--config gateway.yaml]\n`,
    )
    process.exit(2)
  }
}

const file = configFile()
try {
  await runUntilStopped(file)
} catch (error) {
  const message = error instanceof Error ? (readFlags().debug && error.stack) || error.message : String(error)
  process.stderr.write(`The gateway could not start.\n${message}\n`)
  process.exitCode = 1
}
