/** `gateway ticket show` and `gateway why` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addTickets(program: Command, answering: Answering): void {
  const ticket = program.command('ticket').description('look at tickets')
  answering(
    ticket
      .command('show <number>')
      .description('print a ticket: facts, promises, history, letters, mails and calls')
      .option('--full', 'print whole texts in the history')
      .addHelpText(
        'after',
        examples('gateway ticket show 1004711', 'gateway ticket show "[#1004711]" --full'),
      ),
    async (number: string, options: Common & { readonly full?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { showTicket } = await import('./ticket-show.ts')
      return showTicket(await findPlace(options.config), number, options.full === true)
    },
  )
  answering(
    ticket
      .command('dossier <number>')
      .description('print a ticket as one page of HTML, for printing or handing over')
      .option('--language <language>', 'de or en; else the language of the ticket')
      .addHelpText('after', examples('gateway ticket dossier 1004711 --language en > dossier.html')),
    async (number: string, options: Common & { readonly language?: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { printDossier } = await import('./ticket-dossier.ts')
      return printDossier(await findPlace(options.config), number, options.language)
    },
  )
  answering(
    ticket
      .command('similar <number>')
      .description('list the tickets that look like this one: the same serial number, product or words')
      .addHelpText('after', examples('gateway ticket similar 1004711')),
    async (number: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { similarTo } = await import('./ticket-similar.ts')
      return similarTo(await findPlace(options.config), number)
    },
  )
  answering(
    program
      .command('why <id>')
      .description(
        'explain what was decided about a mail (by its id), or about every mail and call of a ticket (by its number)',
      )
      .option('--mail', 'take the number for the id of a mail, even if a ticket has it too')
      .addHelpText('after', examples('gateway why 17', 'gateway why 1004711')),
    async (id: string, options: Common & { readonly mail?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { why } = await import('./why.ts')
      return why(await findPlace(options.config), id, options.mail === true)
    },
  )
}
