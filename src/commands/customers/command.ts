/** `gateway customers` and `gateway devices` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addCustomers(program: Command, answering: Answering): void {
  const customers = program.command('customers').description('companies, contacts, contracts and devices')
  answering(
    customers
      .command('import <paths...>')
      .description(
        'bring in companies.csv, contacts.csv, contracts.csv and devices.csv, from a folder or by name',
      )
      .option('--dry-run', 'tell what would change, and write nothing')
      .option('--replace', 'remove what is in the database but not in the files')
      .addHelpText(
        'after',
        examples('gateway customers import ./export --dry-run', 'gateway customers import devices.csv'),
      ),
    async (
      paths: readonly string[],
      options: Common & { readonly dryRun?: boolean; readonly replace?: boolean },
    ) => {
      const { findPlace } = await import('../with-database.ts')
      const { runImport } = await import('./import.ts')
      const { dryRun = false, replace = false } = options
      return runImport(await findPlace(options.config), paths, { dryRun, replace })
    },
  )
  answering(
    customers
      .command('list')
      .description('list the companies')
      .addHelpText('after', examples('gateway customers list', 'gateway customers list --json')),
    async (options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showCustomers } = await import('./show.ts')
      return showCustomers(await findPlace(options.config))
    },
  )
  answering(
    customers
      .command('show <words>')
      .description('show a customer by number, name, address or telephone number')
      .addHelpText(
        'after',
        examples('gateway customers show K-1001', 'gateway customers show eva@example.org'),
      ),
    async (words: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showCustomer } = await import('./show.ts')
      return showCustomer(await findPlace(options.config), words)
    },
  )
  answering(
    customers
      .command('add-contact')
      .description('add a contact, or addresses and numbers to one')
      .requiredOption('--name <name>', 'name of the person')
      .option('--company <number>', 'customer number of the company; left out for a private person')
      .option('--address <address...>', 'e-mail addresses')
      .option('--phone <number...>', 'telephone numbers')
      .option('--language <de|en>', 'language of the person')
      .addHelpText(
        'after',
        examples(
          'gateway customers add-contact --company K-1001 --name "Eva Lang" --address eva@example.org',
        ),
      ),
    async (options: Common & NewContactOptions) => {
      const { findPlace } = await import('../with-database.ts')
      const { newContact } = await import('./show.ts')
      return newContact(await findPlace(options.config), options)
    },
  )
  answering(
    customers
      .command('forget <who>')
      .description('erase a person: by name or id of a contact, by address or telephone number')
      .option('--yes', 'do it; without this it only tells what would be erased')
      .option('--force', 'withdraw promises that are still running')
      .addHelpText(
        'after',
        examples(
          'gateway customers forget eva@example.org',
          'gateway customers forget eva@example.org --yes',
        ),
      ),
    async (who: string, options: Common & { readonly yes?: boolean; readonly force?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { runForget } = await import('./forget.ts')
      const { yes = false, force = false } = options
      return runForget(await findPlace(options.config), who, { yes, force })
    },
  )
  answering(
    program
      .command('devices')
      .description('devices of customers')
      .command('show <serial>')
      .description('show a device by its serial number; O and 0, I and 1 may be mistaken for each other')
      .addHelpText('after', examples('gateway devices show WX-4711-A')),
    async (serial: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showDevice } = await import('./show.ts')
      return showDevice(await findPlace(options.config), serial)
    },
  )
}

interface NewContactOptions {
  readonly company?: string
  readonly name: string
  readonly language?: string
  readonly address?: readonly string[]
  readonly phone?: readonly string[]
}
