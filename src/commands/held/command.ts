/** `gateway held list`, `show`, `add`, `new` and `discard` on the command line. */
import { type Command, InvalidArgumentError } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

const decisions = [
  ['add', 'put a held mail into the ticket it speaks of; its sender takes part from now on'],
  ['new', 'open a ticket for a held mail, with the usual answer to its sender'],
  ['discard', 'decide that nothing follows from a held mail; it is kept'],
] as const

export function addHeld(program: Command, answering: Answering): void {
  const held = program.command('held').description('look at and decide on mails that wait for a human')
  answering(
    held
      .command('list')
      .description('list the mails that wait, oldest first')
      .option('--limit <count>', 'how many at the most', positive, 50),
    async (options: Common & { readonly limit: number }) => {
      const { findPlace } = await import('../with-database.ts')
      const { listHeld } = await import('./held.ts')
      return listHeld(await findPlace(options.config), options.limit)
    },
  )
  answering(
    held
      .command('show <id>')
      .description('show a held mail, why it is held, and the commands that decide on it')
      .addHelpText('after', examples('gateway held show 17')),
    async (id: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showHeld } = await import('./held.ts')
      return showHeld(await findPlace(options.config), id)
    },
  )
  for (const [decision, description] of decisions)
    answering(
      held
        .command(`${decision} <id>`)
        .description(description)
        .addHelpText('after', examples(`gateway held ${decision} 17`)),
      async (id: string, options: Common) => {
        const { findPlace } = await import('../with-database.ts')
        const { decideOnHeld } = await import('./decide-held.ts')
        return decideOnHeld(await findPlace(options.config), id, decision)
      },
    )
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a whole number, 1 or more.')
  return Number(text)
}
