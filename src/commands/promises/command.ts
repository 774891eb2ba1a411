/** `gateway promises` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addPromises(program: Command, answering: Answering): void {
  answering(
    program
      .command('promises <ticket>')
      .description('explain every promise of a ticket: how its time was counted, what happened, how it ended')
      .addHelpText('after', examples('gateway promises 1004711')),
    async (number: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showPromises } = await import('./show-promises.ts')
      return showPromises(await findPlace(options.config), number)
    },
  )
}
