/** `gateway duty` on the command line. */
import { type Command, InvalidArgumentError } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

const mostDays = 92

export function addDuty(program: Command, answering: Answering): void {
  const duty = program
    .command('duty')
    .description('who is on duty in the next days, and the gaps: office hours in which nobody is')
    .option('--days <number>', `days to look ahead, ${mostDays} at the most`, daysOf, 14)
    .addHelpText('after', examples('gateway duty', 'gateway duty --days 28 --json'))
  answering(duty, async (options: Common & { readonly days: number }) => {
    const { findPlace } = await import('../with-database.ts')
    const { showDuty } = await import('./plan.ts')
    return showDuty(await findPlace(options.config), options.days)
  })
}

function daysOf(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > mostDays) throw new InvalidArgumentError(`A number from 1 to ${mostDays}.`)
  return days
}
