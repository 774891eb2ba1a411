#!/usr/bin/env node
/**
 * The command line. Exit codes: 0 done, 1 failed or bad news, 2 called wrongly. An error is one clear sentence on
 * stderr; DEBUG=1 adds the trace.
 */
import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import { commandLine } from './commands/command-line.ts'
import { safeText } from './commands/terminal.ts'

async function run(args: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = commandLine(code => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`${safeText(await describe(error))}\n`)
    return 1
  }
}

/** Written for people; the others are told to be unexpected. By name, so that no command loads what it does not use. */
const forPeople = ['ConfigFaults', 'CommandFailed', 'TransientFailure', 'PermanentFailure', 'DataFolderHeld']

async function describe(error: unknown): Promise<string> {
  const { readFlags } = await import('./config/load.ts')
  if (readFlags().debug) return inspect(error)
  if (!(error instanceof Error)) return `Unexpected: ${error}`
  const message = error.message.trim()
  // What the system refused (a missing folder, a full disk) names path and reason.
  return forPeople.includes(error.name) || 'syscall' in error
    ? message
    : `Unexpected: ${message} (DEBUG=1 shows where)`
}

// `gateway … | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
process.exitCode = await run(process.argv.slice(2))
