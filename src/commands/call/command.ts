/** `gateway call show` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addCalls(program: Command, answering: Answering): void {
  answering(
    program
      .command('call')
      .description('look at telephone calls')
      .command('show <id>')
      .description('explain a call, or every call of a ticket: what was told us, what followed, and why')
      .addHelpText(
        'after',
        examples('gateway call show 1004711', 'gateway call show 0199d5b0-3c4e-7abc-8def-0123456789ab'),
      ),
    async (id: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showCalls } = await import('./call-show.ts')
      return showCalls(await findPlace(options.config), id)
    },
  )
}
