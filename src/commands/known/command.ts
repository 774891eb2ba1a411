/** `gateway known list`, `show`, `tell` and `solve` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addKnown(program: Command, answering: Answering): void {
  const known = program
    .command('known')
    .description('look at known problems, inform all their customers, and solve them')
  answering(
    known
      .command('list')
      .description('list the known problems that are open, with their tickets and customers')
      .option('--all', 'list the solved ones as well'),
    async (options: Common & { readonly all?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { listKnown } = await import('./known.ts')
      return listKnown(await findPlace(options.config), options.all === true)
    },
  )
  answering(
    known
      .command('show <key>')
      .description('show a known problem and its tickets')
      .addHelpText('after', examples('gateway known show printer-e42')),
    async (key: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showKnown } = await import('./known.ts')
      return showKnown(await findPlace(options.config), key)
    },
  )
  answering(
    known
      .command('tell <key>')
      .description('send a status update to the customers of all its open tickets')
      .requiredOption('--text <words>', 'what they read, in your words')
      .addHelpText(
        'after',
        examples('gateway known tell printer-e42 --text "The supplier has found the cause."'),
      ),
    async (key: string, options: Common & { readonly text: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { tellKnown } = await import('./act-on-known.ts')
      return tellKnown(await findPlace(options.config), key, options.text, 'tell')
    },
  )
  answering(
    known
      .command('solve <key>')
      .description('solve it: its customers read the solution, and its tickets are closed')
      .requiredOption('--text <words>', 'the solution as they read it')
      .addHelpText('after', examples('gateway known solve printer-e42 --text "Driver 2.4 puts it right."')),
    async (key: string, options: Common & { readonly text: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { tellKnown } = await import('./act-on-known.ts')
      return tellKnown(await findPlace(options.config), key, options.text, 'solve')
    },
  )
}
