/** The day of an example desk, played once for all tests of a file, with the desk still open. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { ExampleDesk } from '../../src/config/example-desks.ts'
import { ticketPromises } from '../../src/console/promises.ts'
import { ticketDossier } from '../../src/console/tickets.ts'
import type { Language } from '../../src/desk/ticket.ts'
import type { FigureKey } from '../../src/figures/figure.ts'
import { accountOf, type PlayedDay } from '../../src/simulation/desks/day-account.ts'
import { type DeskDay, openDeskDay } from '../../src/simulation/desks/desk-day.ts'
import { stories } from '../../src/simulation/desks/stories.ts'
import type { DeskLetter } from '../../src/simulation/virtual-desk.ts'
import { cloneDatabase } from '../database.ts'

export interface Played {
  readonly day: DeskDay
  readonly account: PlayedDay
  /** Number of the ticket that the story has under this name. */
  number(name: string): string
  ticket(name: string): Promise<NonNullable<Awaited<ReturnType<typeof ticketDossier>>>>
  promises(name: string): Promise<NonNullable<Awaited<ReturnType<typeof ticketPromises>>>['promises']>
  escalations(name: string): ReturnType<DeskDay['database']['escalation']['findMany']>
  /** Kinds of a ticket's history, or the details of one kind, oldest first. */
  details(name: string, kind: string): Promise<readonly Record<string, unknown>[]>
  /** What somebody got of a kind, oldest first, as one line of text each. */
  texts(address: string, kind: string): Promise<readonly string[]>
  letters(address: string, kind: string): Promise<readonly DeskLetter[]>
  /** A part of the day's figures, in total or of one department. */
  figure(key: FigureKey, part: string, group?: string): PlayedDay['figures'][number]['total'][number]['value']
}

/** To be called within a `describe`; gives what its tests get once the day is over. */
export function playedDay(desk: ExampleDesk, language: Language): () => Played {
  let played: Played | undefined
  let close = async () => {}
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-desk-'))
    const { url, drop } = await cloneDatabase()
    const day = await openDeskDay(desk, { language, databaseUrl: url, folder })
    close = async () => {
      await day.close()
      await drop()
      await rm(folder, { recursive: true })
    }
    const tickets = await stories[desk](day)
    played = playedOf(day, await accountOf(day, tickets))
    const { faults } = day.network
    if (faults.length > 0) throw new AggregateError(faults, 'the gateway did what no provider accepts')
  }, 300_000)
  afterAll(() => close())
  return () => {
    if (!played) throw new Error('the day has not been played')
    return played
  }
}

function playedOf(day: DeskDay, account: PlayedDay): Played {
  const { database } = day
  const number = (name: string) => {
    const found = account.tickets[name]
    if (!found) throw new Error(`the story has no ticket ${name}`)
    return found
  }
  const letters = async (address: string, kind: string) =>
    (await day.letters(address)).filter(letter => letter.kind === kind)
  return {
    ...{ day, account, number, letters },
    ticket: async name => found(await ticketDossier(database, number(name)), name),
    promises: async name => found(await ticketPromises(database, number(name)), name).promises,
    escalations: name =>
      database.escalation.findMany({
        where: { ticket: { number: number(name) } },
        orderBy: { openedAt: 'asc' },
      }),
    async details(name, kind) {
      const where = { ticket: { number: number(name) }, kind }
      const entries = await database.entry.findMany({ where, orderBy: { at: 'asc' } })
      return entries.map(({ detail }) => detail as Record<string, unknown>)
    },
    texts: async (address, kind) =>
      (await letters(address, kind)).map(({ text }) => text.replaceAll(/\s+/g, ' ')),
    figure(key, part, group) {
      const by = group === undefined ? null : 'group'
      const result = account.figures.find(one => one.figure === key && one.by === by)
      const parts = group === undefined ? result?.total : result?.slices.find(one => one.key === group)?.parts
      return found(
        parts?.find(one => one.key === part),
        `${key} ${part}`,
      ).value
    },
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`)
  return value
}
