/** `gateway feedback list`, `phone`, `record`, `suggestions`, `suggest` and `decide` on the command line. */
import { type Command, Option } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'
import type { Recorded } from './record.ts'

export function addFeedback(program: Command, answering: Answering): void {
  const feedback = program
    .command('feedback')
    .description('look at what customers say, keep the phone survey, and decide on suggestions')
  addVotes(feedback, answering)
  addSuggestions(feedback, answering)
}

function addVotes(feedback: Command, answering: Answering): void {
  answering(
    feedback
      .command('list')
      .description('list the latest votes')
      .option('--low', 'only those that the manager heard of')
      .option('--limit <n>', 'how many', '50')
      .addHelpText('after', examples('gateway feedback list --low')),
    async (options: Common & { readonly low?: boolean; readonly limit: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { listVotes } = await import('./list.ts')
      return listVotes(await findPlace(options.config), options.low === true, Number(options.limit))
    },
  )
  answering(
    feedback
      .command('phone')
      .description('list the customers who are to be rung for the survey')
      .addHelpText('after', examples('gateway feedback phone')),
    async (options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { listPhone } = await import('./list.ts')
      return listPhone(await findPlace(options.config))
    },
  )
  answering(
    feedback
      .command('record <ticket>')
      .description('write down what a customer said on the telephone or in person')
      .option('--score <1-5>', 'from 1 (very dissatisfied) to 5 (very satisfied)')
      .addOption(new Option('--solved <answer>', 'whether the matter is solved').choices(['yes', 'no']))
      .option('--words <words>', 'what the customer said')
      .option('--suggestion <words>', 'what the customer proposes')
      .option('--manager', 'the customer wants to hear from the manager')
      .option('--reopen', 'the customer wants the matter opened again')
      .option('--unreached', 'nobody answered: the customer is off the list')
      .option('--declined', 'the customer does not want to be asked by telephone, now or later')
      .addHelpText(
        'after',
        examples(
          'gateway feedback record 1004711 --score 4 --solved yes --words "Quick and friendly."',
          'gateway feedback record 1004711 --declined',
        ),
      ),
    async (ticket: string, options: Common & Recorded) => {
      const { findPlace } = await import('../with-database.ts')
      const { recordFeedbackOf } = await import('./record.ts')
      return recordFeedbackOf(await findPlace(options.config), ticket, options)
    },
  )
}

function addSuggestions(feedback: Command, answering: Answering): void {
  answering(
    feedback
      .command('suggestions')
      .description('list what was proposed, and what became of it')
      .option('--all', 'list those that are decided as well')
      .addHelpText('after', examples('gateway feedback suggestions')),
    async (options: Common & { readonly all?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { listSuggestions } = await import('./suggestions.ts')
      return listSuggestions(await findPlace(options.config), options.all === true)
    },
  )
  answering(
    feedback
      .command('suggest <words>')
      .description('write down a suggestion of an agent, or one that a customer made in passing')
      .option('--ticket <number>', 'the matter that it arose from')
      .addHelpText(
        'after',
        examples('gateway feedback suggest "Send spare keys by courier." --ticket 1004711'),
      ),
    async (words: string, options: Common & { readonly ticket?: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { addSuggestion } = await import('./suggestions.ts')
      return addSuggestion(await findPlace(options.config), words, options.ticket)
    },
  )
  answering(
    feedback
      .command('decide <id>')
      .description('say what becomes of a suggestion; its first characters are enough for the id')
      .addOption(
        new Option('--state <state>', 'what becomes of it')
          .choices(['considered', 'adopted', 'declined'])
          .makeOptionMandatory(),
      )
      .option('--remark <words>', 'why')
      .addHelpText(
        'after',
        examples('gateway feedback decide 6f0c2f0e --state adopted --remark "From January on."'),
      ),
    async (id: string, options: Common & { readonly state: string; readonly remark?: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { decideSuggestion } = await import('./suggestions.ts')
      return decideSuggestion(await findPlace(options.config), id, options.state, options.remark ?? '')
    },
  )
}
