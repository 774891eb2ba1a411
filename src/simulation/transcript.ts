/**
 * A call from its first word to the kept promise, told by what the network carried and the ledger holds: nobody is
 * reached, the caller is promised a call, an agent presses "call now", and both speak. In German and in English.
 */

import type { Language } from '../desk/ticket.ts'
import { openLog } from '../log.ts'
import { agent, caller, customer, mailbox, unreachable } from '../sandbox/telephone/actors.ts'
import { openBlobStore } from '../store/blobs.ts'
import { callNowPath, pressCallNow } from './call-now.ts'
import { exampleDesk, lineNumbers } from './example-desk.ts'
import { openLetterBox } from './read-letters.ts'
import type { ThrowAwayPlace } from './throw-away-place.ts'
import { callText, heading, letterPage, promiseText, textMessage } from './transcript-text.ts'
import { openVirtualHotline, type VirtualHotline } from './virtual-hotline.ts'

interface Cast {
  readonly office: string
  readonly timeZone: string
  readonly line: string
  readonly caller: { readonly name: string; readonly number: string; readonly greeting: string }
  /** Whose mailbox picks up, and who rings back. */
  readonly first: { readonly name: string; readonly phone: string; readonly greeting: string }
  /** Whose line is engaged. */
  readonly second: { readonly name: string; readonly phone: string }
}

const agents = {
  anna: { name: 'Anna Fink', addresses: ['anna@example.com'], phone: '+491713920041', language: 'de' },
  bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], phone: '+491713920042', language: 'de' },
} as const
const ukAgents = {
  emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], phone: '+442079460042', language: 'en' },
  george: { name: 'George Hill', addresses: ['george@example.com'], phone: '+442079460043', language: 'en' },
} as const

const casts: Readonly<Record<Language, Cast>> = {
  de: {
    office: 'Hamburg',
    timeZone: 'Europe/Berlin',
    line: lineNumbers.hotline,
    caller: {
      name: 'Petra Lindner',
      number: '+491713920099',
      greeting: 'Lindner, guten Tag. Schön, dass Sie zurückrufen.',
    },
    first: {
      ...agents.anna,
      greeting: 'Guten Tag, hier ist Anna Fink von Nordlicht Software. Sie hatten bei uns angerufen.',
    },
    second: agents.bernd,
  },
  en: {
    office: 'Woking',
    timeZone: 'Europe/London',
    line: lineNumbers.uk,
    caller: {
      name: 'Helen Barker',
      number: '+447400123456',
      greeting: 'Helen Barker speaking. Thank you for ringing back.',
    },
    first: {
      ...ukAgents.emma,
      greeting: 'Good morning, this is Emma Clarke of Nordlicht Software. You rang us earlier.',
    },
    second: ukAgents.george,
  },
}

/** An ordinary Tuesday. */
const morning = Temporal.PlainDateTime.from('2026-11-24T10:02')

/** The same seed gives the same text. Everything in the place is this call's own. */
export async function tellCall(language: Language, seed: string, place: ThrowAwayPlace): Promise<string> {
  const cast = casts[language]
  const start = morning.toZonedDateTime(cast.timeZone)
  const hotline = await openVirtualHotline({
    ...{ seed, databaseUrl: place.databaseUrl, folder: place.folder },
    start: start.toInstant(),
    blobs: await openBlobStore({ kind: 'files' }, place.folder),
    log: openLog('silent'),
    configure: addresses => exampleDesk({ agents, ukAgents }, addresses),
  })
  try {
    return await tell(hotline, cast, start)
  } finally {
    await hotline.close()
  }
}

async function tell(hotline: VirtualHotline, cast: Cast, start: Temporal.ZonedDateTime): Promise<string> {
  const { network, database } = hotline
  const { timeZone } = cast
  const letters = await openLetterBox(hotline)
  const called = await ringInVain(hotline, cast, start)
  const task = (await letters.fresh()).find(({ letter }) => letter.template === 'callback-task')
  if (!task) throw new Error('a promised call is given to an agent')
  const page = task.read()
  const pressedAt = start.add({ minutes: 21 }).toInstant()
  const path = callNowPath(page.text ?? '')
  if (path === undefined) throw new Error('the letter has a "call now" link')
  await callBack(hotline, cast, path, pressedAt)
  const callback = network.calls().find(({ direction }) => direction === 'outbound-api')
  const promises = await database.guarantee.findMany({ orderBy: { startedAt: 'asc' } })
  if (!callback) throw new Error('"call now" makes a telephone ring')
  const texts = network.texts()
  return [
    heading(`${start.toPlainDate()}, ${cast.office}: a call that nobody takes`),
    callText(called, timeZone),
    ...texts.slice(0, 1).map(text => textMessage(text, timeZone)),
    heading(`The letter to ${cast.first.name}`),
    letterPage(page, task.letter.createdAt, timeZone),
    heading(`${cast.first.name} presses "call now"`),
    callText(callback, timeZone),
    ...texts.slice(1).map(text => textMessage(text, timeZone)),
    heading('The promise'),
    ...promises.map(promise => promiseText(promise, timeZone)),
  ].join('\n\n')
}

async function ringInVain(hotline: VirtualHotline, cast: Cast, start: Temporal.ZonedDateTime) {
  const { network } = hotline
  network.connect(cast.first.phone, mailbox(`the mailbox of ${cast.first.name}`))
  network.connect(cast.second.phone, unreachable(cast.second.name, 'busy'))
  const steps = [
    { hears: /geringe|minor fault/i, presses: '2' },
    { hears: /bestätig|andere Rufnummer|confirm|different number/i, presses: '1' },
  ]
  const call = network.call({ ...caller(cast.caller.number, steps), name: cast.caller.name }, cast.line)
  await hotline.runUntil(start.add({ minutes: 10 }).toInstant())
  return call
}

async function callBack(
  hotline: VirtualHotline,
  cast: Cast,
  path: string,
  pressedAt: Temporal.Instant,
): Promise<void> {
  const { network, runUntil } = hotline
  const { first } = cast
  const steps = [
    { hears: /die 2|der 2|2 to|press 2/i, presses: '1' },
    { hears: /die 3|der 3|press 3/i, presses: '1' },
  ]
  network.connect(first.phone, { ...agent(first.name), steps, greeting: first.greeting, talks: 600 })
  network.connect(
    cast.caller.number,
    customer(cast.caller.name, { greeting: cast.caller.greeting, talks: 185 }),
  )
  await runUntil(pressedAt)
  await pressCallNow(hotline, path)
  await runUntil(pressedAt.add({ minutes: 10 }))
}
