/** What happens at each desk on its day. A story does what people do and says which tickets became of it. */
import type { ExampleDesk } from '../../config/example-desks.ts'
import type { DeskDay } from './desk-day.ts'
import { hamburgWokingDay } from './hamburg-woking-day.ts'
import { pressPortalDay } from './press-portal-day.ts'
import { vsMoebelDay } from './vs-moebel-day.ts'

/** Numbers of tickets under the names that the story has for them. */
export type Tickets = Readonly<Record<string, string>>

export type Story = (day: DeskDay) => Promise<Tickets>

export const stories: Readonly<Record<ExampleDesk, Story>> = {
  'vs-moebel': vsMoebelDay,
  'hamburg-woking': hamburgWokingDay,
  'press-portal': pressPortalDay,
}
