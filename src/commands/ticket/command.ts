/** `gateway ticket show` and `gateway why` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'
import type { NewTicketFlags } from './ticket-new.ts'

export function addTickets(program: Command, answering: Answering): void {
  const ticket = program.command('ticket').description('look at tickets, and open one')
  addNew(ticket, answering)
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

function addNew(ticket: Command, answering: Answering): void {
  answering(
    ticket
      .command('new')
      .description('open a ticket for what was said in person, or reached you by no door of the gateway')
      .requiredOption('--by <agent>', 'key of the agent who writes it down')
      .option('--text <text>', 'what was said')
      .option('--subject <subject>', 'else the beginning of the text')
      .option('--name <name>', 'of the customer')
      .option('--email <address>', 'of the customer')
      .option('--phone <number>', 'of the customer')
      .option('--handle <handle>', 'where else to reach the customer, such as a name in a social network')
      .option(
        '--channel <channel>',
        'in-person (which is meant without it), social, chat, form, phone or mail',
      )
      .option('--mailbox <key>', 'whose office and group it gets; else the first')
      .option('--area <key>', 'else recognised from the text')
      .option('--product <key>', 'else recognised from the text')
      .option('--type <key>', 'kind of request; else recognised from the text')
      .option('--severity <severity>', 'in our view: stopped, hindered or minor; else as usual with its kind')
      .option('--customer-severity <severity>', "in the customer's view: stopped, hindered or minor")
      .option('--serial <number>', 'of the device it is about, by which the customer may be recognised')
      .option('--known <field=value...>', 'answers to the checklist')
      .option('--language <language>', 'of the customer: de or en')
      .option('--no-confirm', 'without a confirmation by mail')
      .option('--stdin', 'read the matter as JSON from the standard input, as POST /matters takes it')
      .addHelpText(
        'after',
        examples(
          'gateway ticket new --by anna --name "Petra Lindner" --phone "040 1234567" --text "Der Drucker zieht kein Papier ein."',
          'gateway ticket new --by anna --stdin < matter.json',
        ),
      ),
    async (options: Common & NewTicketFlags) => {
      const { findPlace } = await import('../with-database.ts')
      const { newTicket } = await import('./ticket-new.ts')
      return newTicket(await findPlace(options.config), options, process.stdin)
    },
  )
}
