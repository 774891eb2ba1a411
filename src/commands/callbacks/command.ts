/** `gateway callbacks` and `gateway callbacks allow` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addCallbacks(program: Command, answering: Answering): void {
  const callbacks = program
    .command('callbacks')
    .description('list the customers who are owed a call, the most urgent first')
    .option('--all', 'also the calls that were made or are not needed any more')
    .addHelpText('after', examples('gateway callbacks', 'gateway callbacks --all --json'))
  answering(callbacks, async (options: Common & { readonly all?: boolean }) => {
    const { findPlace } = await import('../with-database.ts')
    const { showBoard } = await import('./board.ts')
    return showBoard(await findPlace(options.config), options.all === true)
  })
  answering(
    callbacks
      .command('allow <ticket>')
      .description(
        'allow the number of the call owed on a ticket, which the guard refuses; kept in the ticket',
      )
      .requiredOption('--reason <words>', 'why it may be rung all the same')
      .addHelpText('after', examples('gateway callbacks allow 1004711 --reason "branch office in Oslo"')),
    async (ticket: string, options: Common & { readonly reason: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { allowCallback } = await import('./allow.ts')
      return allowCallback(await findPlace(options.config), ticket, options.reason)
    },
  )
}
