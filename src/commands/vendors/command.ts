/** `gateway vendors list`, `show` and `explain` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addVendors(program: Command, answering: Answering): void {
  const vendors = program.command('vendors').description('look at cases at manufacturers')
  answering(
    vendors
      .command('list')
      .description('list the open cases, those that are due first at the top')
      .option('--all', 'list the closed ones as well'),
    async (options: Common & { readonly all?: boolean }) => {
      const { findPlace } = await import('../with-database.ts')
      const { listVendorCases } = await import('./vendors.ts')
      return listVendorCases(await findPlace(options.config), options.all === true)
    },
  )
  answering(
    vendors
      .command('show <case>')
      .description('show a case with its whole thread, which no ticket shows')
      .addHelpText('after', examples('gateway vendors show H100007')),
    async (number: string, options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { showVendorCase } = await import('./vendors.ts')
      return showVendorCase(await findPlace(options.config), number)
    },
  )
  answering(
    vendors
      .command('explain')
      .description('explain what the configuration says of each manufacturer')
      .addHelpText('after', examples('gateway vendors explain')),
    async (options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { explainVendors } = await import('./vendors.ts')
      return explainVendors(await findPlace(options.config))
    },
  )
}
