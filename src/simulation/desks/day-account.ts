/** What a day was like, gathered when it is over: what people did and what came of it, every letter, call and figure. */

import type { ExampleDesk } from '../../config/example-desks.ts'
import { callEntryKinds, callEntryWords } from '../../console/call-words.ts'
import type { Language } from '../../desk/ticket.ts'
import type { FigureResult } from '../../figures/figure.ts'
import { readAll } from '../../figures/report.ts'
import { readTrainingNeeds, type TrainingNeed } from '../../figures/training.ts'
import { openLetterBox } from '../read-letters.ts'
import { callText, heading, textMessage } from '../transcript-text.ts'
import type { DeskDay } from './desk-day.ts'
import type { Tickets } from './stories.ts'

/** Something that happened: by a person (`deed`), or by the gateway. */
export interface DayEvent {
  readonly at: Temporal.Instant
  readonly by: 'deed' | 'ledger' | 'letter'
  /** The first line says it, the others are its words. */
  readonly what: string
}

export interface SentLetter {
  readonly at: Temporal.Instant
  readonly kind: string
  readonly language: string
  readonly recipient: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface PlayedDay {
  readonly desk: ExampleDesk
  readonly language: Language
  readonly date: Temporal.PlainDate
  readonly timeZone: string
  readonly tickets: Tickets
  /** Oldest first. */
  readonly events: readonly DayEvent[]
  /** In order of sending. */
  readonly letters: readonly SentLetter[]
  readonly calls: readonly string[]
  /** Of the day: in total, and by department. */
  readonly figures: readonly FigureResult[]
  readonly needs: readonly TrainingNeed[]
}

export async function accountOf(day: DeskDay, tickets: Tickets): Promise<PlayedDay> {
  const { desk, language, timeZone } = day
  const date = day.at('12:00').toZonedDateTimeISO(timeZone).toPlainDate()
  const letters = await sentLetters(day)
  const deeds = day.deeds.map(({ at, what }): DayEvent => ({ at, by: 'deed', what }))
  const events = [
    ...deeds,
    ...(await ledgerEvents(day, date)),
    ...letters.map((letter, i) => told(letter, i, day)),
  ]
  return {
    ...{ desk, language, date, timeZone, tickets, letters },
    events: events.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)),
    calls: callsOf(day),
    ...(await figuresOf(day, date)),
  }
}

async function sentLetters(day: DeskDay): Promise<readonly SentLetter[]> {
  const fresh = await (await openLetterBox(day)).fresh()
  return fresh.map(({ letter: { createdAt, kind, language, recipient }, read }) => {
    const { subject, text, html } = read()
    return {
      at: Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()),
      ...{ kind, language, recipient, subject, text, html },
    }
  })
}

function told({ at, kind, recipient, subject }: SentLetter, index: number, { config }: DeskDay): DayEvent {
  const agent = Object.values(config.agents).find(({ addresses }) => addresses.includes(recipient))
  const to = agent?.name ?? recipient
  return { at, by: 'letter', what: `letter ${letterNumber(index)} to ${to} (${kind}): ${subject}` }
}

/** By which a letter is found: 007. */
export function letterNumber(index: number): string {
  return String(index + 1).padStart(3, '0')
}

/** Lines of the tickets' histories that say what the gateway decided; mails and answers are told as deeds and letters. */
async function ledgerEvents(
  { database, config, timeZone }: DeskDay,
  date: Temporal.PlainDate,
): Promise<readonly DayEvent[]> {
  const entries = await database.entry.findMany({
    where: { kind: { in: [...callEntryKinds] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { ticket: { select: { number: true } } },
  })
  const naming = {
    agent: (key: string) => config.agents[key]?.name ?? key,
    when: (instant: string) => dayTime(Temporal.Instant.from(instant), date, timeZone),
  }
  return entries.map(({ at, kind, detail, ticket }) => ({
    at: Temporal.Instant.fromEpochMilliseconds(at.getTime()),
    by: 'ledger',
    what: `ticket ${ticket.number}: ${callEntryWords({ kind, detail }, naming)}`,
  }))
}

/** On the day itself the time is enough. */
function dayTime(at: Temporal.Instant, today: Temporal.PlainDate, timeZone: string): string {
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate()
  return day.equals(today) ? wallTime(at, timeZone) : `${day} ${wallTime(at, timeZone)}`
}

export function wallTime(at: Temporal.Instant, timeZone: string): string {
  return at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
}

function callsOf({ network, timeZone }: DeskDay): readonly string[] {
  const calls = network.calls().filter(({ parentSid }) => parentSid === null)
  const told = calls.map(call => {
    const from =
      call.direction === 'inbound' ? `${call.from} rings ${call.to}` : `the gateway rings ${call.to}`
    return `${heading(`${wallTime(call.createdAt, timeZone)}: ${from}`)}\n\n${callText(call, timeZone)}`
  })
  return [...told, ...network.texts().map(text => textMessage(text, timeZone))]
}

async function figuresOf({ database, config, clock, timeZone }: DeskDay, from: Temporal.PlainDate) {
  const to = clock.now().toZonedDateTimeISO(timeZone).toPlainDate()
  const deps = { config, now: () => clock.now() }
  const period = { from, to, timeZone }
  const total = await readAll(database, deps, { period })
  const byGroup = await readAll(database, deps, { period, by: 'group' })
  return { figures: [...total, ...byGroup], needs: await readTrainingNeeds(database, deps, { period }) }
}
