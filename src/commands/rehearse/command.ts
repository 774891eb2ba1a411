/** `gateway rehearse` on the command line; Ctrl-C ends it with its report. */
import type { Command } from 'commander'
import { CommandFailed, print } from '../answer.ts'
import { type Common, type Done, examples } from '../registration.ts'

export function addRehearse(program: Command, done: Done): void {
  const command = program
    .command('rehearse')
    .description(
      'read the mailboxes and report what would be done; sends nothing, changes nothing on the server, ends with Ctrl-C',
    )
    .option('--for <time>', 'end after this time, such as 30m, 12h or 7d')
    .option('--once', 'end as soon as every mailbox has been read to its end')
    .option('--json', 'print the report as JSON, and the mails nowhere but in their file')
    .addHelpText('after', examples('gateway rehearse --once', 'gateway rehearse --for 7d'))
  command.action(async () => {
    const options = command.optsWithGlobals<Common & { readonly for?: string; readonly once?: boolean }>()
    const { minutesOf, runRehearsal } = await import('./run-rehearsal.ts')
    const { loadConfig } = await import('../../config/load.ts')
    const minutes = options.for === undefined ? undefined : minutesOf(options.for)
    const loaded = await loadConfig({ file: options.config })
    if (loaded === 'sandbox')
      throw new CommandFailed('A rehearsal needs a configuration file; name it with --config.')
    const stop = new AbortController()
    const end = () => stop.abort()
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
    const json = options.json === true
    const answer = await runRehearsal(loaded.config, {
      minutes,
      once: options.once === true,
      signal: stop.signal,
      onLine: line => void (json || process.stdout.write(`${line}\n`)),
    })
    process.removeListener('SIGINT', end)
    process.removeListener('SIGTERM', end)
    done(print(answer, json))
  })
}
