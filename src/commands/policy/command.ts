/** `gateway policy explain` on the command line. */
import type { Command } from 'commander'
import { CommandFailed } from '../answer.ts'
import { type Answering, type Common, examples } from '../registration.ts'
import type { AskedMatter } from './asked-matter.ts'

export function addPolicy(program: Command, answering: Answering): void {
  const policy = program.command('policy').description('look at what is promised, and when a matter rises')
  answering(
    policy
      .command('explain')
      .description(
        'print what would be promised for a matter that came in now, and which rows say so; without options, the whole table',
      )
      .option('--severity <word>', 'stopped, hindered, minor or unclassified')
      .option('--impact <word>', 'financial-loss, serious or normal')
      .option('--contract <kind>', 'a kind of contract, warranty or none')
      .option('--area <key>', 'service area')
      .option('--group <key>', 'group; without it that of the first mailbox')
      .option('--customer <name>', 'number or name of a company')
      .option('--broken <kinds>', 'promises that were broken, such as first-response,callback')
      .option('--endangered <kinds>', 'promises of whose time three quarters are over')
      .option('--office <key>', 'whose hours are counted; without it those of the first mailbox')
      .option('--at <instant>', 'when it comes in, such as 2026-11-20T16:30+01:00; without it now')
      .addHelpText(
        'after',
        examples(
          'gateway policy explain',
          'gateway policy explain --severity stopped --impact financial-loss --contract gold',
        ),
      ),
    async ({ at, ...options }: Common & AskedMatter & { readonly office?: string; readonly at?: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { explainPolicy } = await import('./explain.ts')
      const { config } = await findPlace(options.config)
      if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
      const { config: _, json: __, ...question } = options
      return explainPolicy(config, { ...question, at: instantIn(at) })
    },
  )
}

function instantIn(text: string | undefined): Temporal.Instant {
  if (text === undefined) return Temporal.Now.instant()
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new CommandFailed(`--at ${text}: write an instant with its offset, such as 2026-11-20T16:30+01:00.`)
  }
}
