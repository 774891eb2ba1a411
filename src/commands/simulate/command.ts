/** `gateway simulate` on the command line. */
import { type Command, InvalidArgumentError } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export interface SimulateOptions extends Common {
  readonly start: string
  readonly days: number
  readonly calls: number
  readonly mails?: number
  readonly agents: number
  readonly compare?: readonly number[]
  readonly holidays: string
  readonly ringSeconds?: number
  readonly minutes?: number
  readonly seed: string
}

export function addSimulate(program: Command, answering: Answering): void {
  answering(
    program
      .command('simulate')
      .description('live through days at a hotline with made-up callers and agents, and report; rings nobody')
      .option('--start <date>', 'the first day', readDay, '2026-05-11')
      .option('--days <n>', 'so many days, weekends included', whole(1, 31), 5)
      .option('--calls <n>', 'calls to the hotline', whole(0, 5000), 200)
      .option('--mails <n>', 'mails to the desk; half as many as calls where it is left out', whole(0, 5000))
      .option('--agents <n>', 'agents of the group', whole(1, 8), 3)
      .option('--compare <n,n,…>', 'the same days with so many agents each', readNumbers)
      .option('--holidays <set>', 'public holidays of the office', 'DE-HH')
      .option('--ring-seconds <n>', 'how long an agent is rung', whole(5, 60))
      .option('--minutes <n>', 'office minutes within which a caller is rung back', whole(1, 6000))
      .option('--seed <seed>', 'another one for other people', '1')
      .addHelpText(
        'after',
        examples(
          'gateway simulate',
          'gateway simulate --calls 300 --compare 2,3,4',
          'gateway simulate --minutes 60',
        ),
      ),
    async (options: SimulateOptions) => (await import('./simulate.ts')).simulate(options),
  )
}

function whole(least: number, most: number): (text: string) => number {
  return text => {
    const number = Number(text)
    if (!Number.isSafeInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`)
    return number
  }
}

function readNumbers(text: string): readonly number[] {
  return text.split(',').map(whole(1, 8))
}

function readDay(text: string): string {
  try {
    return Temporal.PlainDate.from(text).toString()
  } catch {
    throw new InvalidArgumentError('Write a date such as 2026-05-11.')
  }
}
