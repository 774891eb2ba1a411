import { randomUUID } from 'node:crypto'
import { type Config, configSchema } from '../../src/config/schema.ts'
import type { Part, Period, Value } from '../../src/figures/figure.ts'
import type { FigureDeps } from '../../src/figures/report.ts'
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts'
import { insertRows, type Row } from '../../src/store/insert-rows.ts'
import { cloneDatabase } from '../database.ts'

/** Small worlds whose figures can be counted by hand: two offices, three groups, rows as the gateway writes them. */

const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, ['08:30-17:00']]))
const agent = (name: string) => ({ name, addresses: [`${name}@example.com`] })

export const worldConfig: Config = configSchema.parse({
  company: 'Example GmbH',
  secret: 'a secret of at least thirty-two characters',
  offices: {
    hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays: 'DE-HH', hours: week },
    woking: { name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours: week },
    // Open over the changes to and from summer time, with a break that a change may fall into.
    night: {
      name: 'Night watch',
      timeZone: 'Europe/Berlin',
      holidays: 'DE-HH',
      hours: { sat: ['20:00-23:59'], sun: ['00:00-02:30', '02:45-06:00', '12:00-13:00'] },
    },
  },
  groups: {
    support: { name: 'Support', agents: ['anna', 'carla'] },
    field: { name: 'Field service', agents: ['bernd', 'carla'] },
    uk: { name: 'Support UK', agents: ['dora'] },
  },
  agents: { anna: agent('anna'), bernd: agent('bernd'), carla: agent('carla'), dora: agent('dora') },
  areas: {
    printers: { name: { de: 'Drucker', en: 'Printers' } },
    network: { name: { de: 'Netz', en: 'Network' } },
  },
  products: { e42: { name: 'E42', area: 'printers' } },
  mailboxes: {
    support: {
      ...{ name: 'Support', address: 'support@example.com', replyAddress: 'support+{token}@example.com' },
      ...{ language: 'de', office: 'hamburg', group: 'support' },
      imap: { host: 'imap.example.com', user: 'support', password: 'secret' },
    },
  },
  smtp: { host: 'smtp.example.com' },
})

export interface World {
  readonly database: Database
  readonly url: string
  readonly deps: FigureDeps
  put(table: string, ...rows: readonly Row[]): Promise<void>
  /** Takes everything out again. */
  clear(): Promise<void>
  close(): Promise<void>
}

export async function openWorld(now: string): Promise<World> {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, 2)
  return {
    database,
    url,
    deps: { config: worldConfig, now: () => Temporal.Instant.from(now) },
    put: (table, ...rows) => inTransaction(database, tx => insertRows(tx, table, rows)),
    clear: async () => {
      await database.$executeRawUnsafe(
        'truncate ticket, inbound, balance, company, known_problem, refused_dial cascade',
      )
    },
    async close() {
      await database.$disconnect()
      await drop()
    },
  }
}

let made = 0

/** A ticket of the group `support` in Hamburg, open, without anything known of it. */
export function ticket(openedAt: string, over: Row = {}): Row & { readonly id: string } {
  made++
  const number = `${1_000_000 + made}`
  return {
    ...{ number, state: 'open', subject: 'Drucker', customerAddress: 'kunde@example.org' },
    ...{
      customerName: 'Petra Lindner',
      language: 'de',
      mailbox: 'support',
      group: 'support',
      office: 'hamburg',
    },
    ...{
      channel: 'mail',
      openedAt,
      changedAt: openedAt,
      closedAt: null,
      assignee: null,
      level: 1,
      known: {},
    },
    ...{ mergedIntoId: null, area: null, product: null, companyId: null, knownProblemId: null, nextStep: '' },
    ...{ customerThread: {}, sequence: made, ...over, id: randomUUID() },
  }
}

export function entry(of: { readonly id: string }, kind: string, at: string, over: Row = {}): Row {
  return { id: randomUUID(), ticketId: of.id, kind, at, author: '', text: '', detail: {}, ...over }
}

export function guarantee(
  of: { readonly id: string },
  kind: string,
  startedAt: string,
  state: string,
  over: Row = {},
): Row {
  return {
    ...{ id: randomUUID(), ticketId: of.id, kind, state, startedAt, dueAt: startedAt, endedAt: null },
    ...{ derivation: [], reason: null, stage: 'none', ...over },
  }
}

export function period(from: string, to: string): Period {
  return {
    from: Temporal.PlainDate.from(from),
    to: Temporal.PlainDate.from(to),
    timeZone: 'Europe/Berlin',
  }
}

/** Values by the keys of their parts, as short as they can be written: 3, "2 of 3", "30/55 of 4", "4.5: 0,0,0,1,1". */
export function valuesOf(parts: readonly Part[]): Readonly<Record<string, number | string>> {
  return Object.fromEntries(parts.map(({ key, value }) => [key, shortly(value)]))
}

function shortly(value: Value): number | string {
  switch (value.kind) {
    case 'count':
      return value.count
    case 'share':
      return `${value.part} of ${value.of}`
    case 'minutes':
      return `${value.median}/${value.p90} of ${value.of}`
    case 'score':
      return `${value.mean}: ${value.spread.join(',')}`
  }
}
