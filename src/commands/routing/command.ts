/** `gateway routing explain` on the command line. */
import type { Command } from 'commander'
import { CommandFailed } from '../answer.ts'
import { type Answering, type Common, examples } from '../registration.ts'
import type { RoutingQuestion } from './explain.ts'

export function addRouting(program: Command, answering: Answering): void {
  const routing = program.command('routing').description('look at where matters go')
  answering(
    routing
      .command('explain')
      .description('print where a mail or a call would go, and which rows of the routing say so; no database')
      .option(
        '--mailbox <key>',
        'mailbox that the mail comes in by; without it, and without a line, the first',
      )
      .option('--line <line>', 'line or extension that is rung, such as hotline/195')
      .option('--subject <text>', 'subject of the mail')
      .option('--text <text>', 'what the mail says')
      .option('--language <language>', "the customer's, de or en; without it that of the mailbox or line")
      .option('--area <key>', 'service area, where an agent or a caller named it')
      .option('--product <key>', 'product, where an agent or a caller named it')
      .option('--customer <name>', 'number or name of the company')
      .addHelpText(
        'after',
        examples(
          'gateway routing explain --mailbox support --subject "MV-400 zeigt nichts an"',
          'gateway routing explain --line hotline/195 --language en',
          'gateway routing explain --line hotline/140 --area amplifiers',
        ),
      ),
    async (options: Common & Omit<RoutingQuestion, 'now'>) => {
      const { findPlace } = await import('../with-database.ts')
      const { explainRouting } = await import('./explain.ts')
      const { config } = await findPlace(options.config)
      if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
      return explainRouting(config, { ...options, now: Temporal.Now.instant() })
    },
  )
}
