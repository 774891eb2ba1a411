/** What people of any desk do at a telephone. */
import { agent, customer } from '../../sandbox/telephone/actors.ts'
import type { NetCall } from '../../sandbox/telephone/net-call.ts'
import { callNowPath, pressCallNow } from '../call-now.ts'
import type { Caller, DeskDay } from './desk-day.ts'

/** What callers and agents press, in either language. */
export const presses = {
  stopped: { hears: /Betrieb stillsteht|come to a stop/, presses: '1' },
  hindered: { hears: /Betrieb stillsteht|come to a stop/, presses: '2' },
  minor: { hears: /Betrieb stillsteht|come to a stop/, presses: '3' },
  /** The number that was shown is the one to ring. */
  thisNumber: { hears: /andere Rufnummer|different number/, presses: '1' },
  takes: { hears: /./, presses: '1' },
  solved: { hears: /Wie ist der Anruf|How did the call go/, presses: '1' },
} as const

/** Number of the ticket that a call belongs to. */
export async function ticketOfCall({ database }: DeskDay, { sid }: NetCall): Promise<string> {
  const { ticket } = await database.call.findFirstOrThrow({
    where: { providerId: sid },
    select: { ticket: { select: { number: true } } },
  })
  return ticket.number
}

/** The agent picks up and takes the calls from now on. */
export function isThere(day: DeskDay, key: string, seconds = 180): void {
  const name = day.config.agents[key]?.name ?? key
  day.phoneOf(key, { ...agent(name, { talks: seconds }), steps: [presses.takes, presses.solved] })
}

/**
 * Whoever is to ring the customer back presses "call now" in the newest letter, and both pick up. It rings when time goes
 * on. Throws where nobody owes that customer a call.
 */
export async function ringBack(day: DeskDay, { name, phone }: Caller): Promise<void> {
  const { agent: key } = await day.database.callback.findFirstOrThrow({
    where: { number: phone, state: 'owed' },
    orderBy: { createdAt: 'desc' },
  })
  const letters = key === null ? [] : await day.lettersTo(key)
  const letter = letters.findLast(({ text }) => callNowPath(text) !== undefined)
  const path = callNowPath(letter?.text ?? '')
  if (key === null || path === undefined) throw new Error(`nobody is to ring ${name} back`)
  isThere(day, key, 600)
  day.network.connect(phone, customer(name, { talks: 180 }))
  day.note(`${day.config.agents[key]?.name ?? key} presses "call now" for ${name}`)
  await pressCallNow(day, path)
}
