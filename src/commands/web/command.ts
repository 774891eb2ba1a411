/** `gateway web` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addWeb(program: Command, answering: Answering): void {
  answering(
    program
      .command('web')
      .description('the pages for agents')
      .command('sign-in <agent>')
      .description(
        'print a link that signs an agent in, good for 15 minutes; name the agent by key or address',
      )
      .addHelpText('after', examples('gateway web sign-in jonas', 'gateway web sign-in jonas@example.com')),
    async (agent: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { signInLink } = await import('./sign-in.ts')
      return signInLink(await findPlace(options.config), agent, Temporal.Now.instant())
    },
  )
}
