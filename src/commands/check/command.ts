/** `gateway check` on the command line: a line as soon as it is known, or everything at the end as JSON. */
import type { Command } from 'commander'
import { print } from '../answer.ts'
import { type Common, type Done, examples } from '../registration.ts'
import { safeText } from '../terminal.ts'

export function addCheck(program: Command, done: Done): void {
  const command = program
    .command('check')
    .description('test the configuration and every connection in it; exit code 1 if something will not do')
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      examples('gateway check', 'gateway check --config /etc/gateway/gateway.yaml --json'),
    )
  command.action(async () => {
    const { config, json = false } = command.optsWithGlobals<Common>()
    const { check } = await import('./check.ts')
    const { findingText } = await import('./finding.ts')
    const answer = await check(config, finding => {
      if (!json) process.stdout.write(`${safeText(findingText(finding))}\n`)
    })
    done(json ? print(answer, true) : answer.failed ? 1 : 0)
  })
}
