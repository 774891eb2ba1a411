/** `gateway guarantees review` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addGuarantees(program: Command, answering: Answering): void {
  const guarantees = program.command('guarantees').description('look at the promises that run')
  answering(
    guarantees
      .command('review')
      .description('list the open promises that would be due at another time with the calendar as it is now')
      .option('--apply', 'move them; without it nothing is changed')
      .addHelpText('after', examples('gateway guarantees review', 'gateway guarantees review --apply')),
    async (options: Common & { readonly apply?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { reviewGuarantees } = await import('./review.ts')
      return reviewGuarantees(await findPlace(options.config), Temporal.Now.instant(), options.apply === true)
    },
  )
}
