import type { ExampleDesk } from '../../config/example-desks.ts'
import { accountOf, type PlayedDay } from './day-account.ts'
import { type DayOptions, openDeskDay } from './desk-day.ts'
import { stories } from './stories.ts'

/**
 * Plays the day of a desk from its first mail to its report. Throws where the story does not go as it says, and where the
 * gateway did what no telephone provider accepts.
 */
export async function playDay(desk: ExampleDesk, options: DayOptions): Promise<PlayedDay> {
  const day = await openDeskDay(desk, options)
  try {
    const account = await accountOf(day, await stories[desk](day))
    const { faults } = day.network
    if (faults.length > 0) throw new AggregateError(faults, 'the gateway did what no provider accepts')
    return account
  } finally {
    await day.close()
  }
}
