/** `gateway init` on the command line: each question is also a flag. */
import { type Command, Option } from 'commander'
import { print } from '../answer.ts'
import { type Done, examples } from '../registration.ts'
import { type Answers, flags } from './flags.ts'

export function addInit(program: Command, done: Done): void {
  const init = program
    .command('init')
    .description('ask a few questions and write a commented configuration')
    .option('--force', 'replace a configuration that is there already')
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      examples('gateway init', 'gateway init --office woking --company "Example Ltd" < answers.txt'),
    )
  for (const { flag, asks } of flags) init.addOption(new Option(flag, asks))
  init.action(async () => {
    const options = init.optsWithGlobals<
      { config?: string; force?: boolean; json?: boolean } & Partial<Answers>
    >()
    const given = Object.fromEntries(
      flags.flatMap(({ id }) => (options[id] === undefined ? [] : [[id, options[id]]])),
    )
    const { init: run } = await import('./init.ts')
    // Questions go to stderr, so that the answer on stdout stays clean for scripts.
    const terminal = { input: process.stdin, output: process.stderr }
    done(
      print(
        await run({ file: options.config, force: options.force === true, flags: given }, terminal),
        options.json === true,
      ),
    )
  })
}
