import { randomUUID } from 'node:crypto'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import { TransientFailure } from '../../../src/desk/failure.ts'
import type { CallRequest, PhoneProvider, ProviderCall } from '../../../src/desk/phone/provider.ts'
import type { CallDeps } from '../../../src/intake/calls/call-deps.ts'
import { type Owed, oweCallback } from '../../../src/intake/calls/callback-book.ts'
import { openLog } from '../../../src/log.ts'
import { type Database, inTransaction, openDatabase } from '../../../src/store/database.ts'
import { cloneDatabase } from '../../database.ts'
import { deskConfig } from '../desk.ts'

/** Friday 20 November 2026, 9:00 in Hamburg. */
export const nine = Temporal.Instant.from('2026-11-20T08:00:00Z')
export const customer = '+494066969123'
export const hotline = '+4940123456'
export const phones = { anna: '+4915112345678', bernd: '+4915112345679' } as const

export const callbackConfig: Config = configSchema.parse({
  ...deskConfig,
  agents: {
    anna: { ...deskConfig.agents.anna, phone: phones.anna },
    bernd: { ...deskConfig.agents.bernd, phone: phones.bernd, languages: ['de', 'en'] },
  },
  phone: {
    publicUrl: 'https://gateway.example.com',
    providers: {
      carrier: { kind: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken: 'token-of-the-account' },
    },
    lines: {
      hotline: {
        provider: 'carrier',
        number: hotline,
        office: 'hamburg',
        group: 'support',
        mailbox: 'support',
      },
    },
  },
})

/** A carrier that fails as it is told to: what ours does when a request is lost cannot be had of a real one. */
export interface Carrier extends PhoneProvider {
  readonly placed: CallRequest[]
  /** Thrown by the next requests, one each. */
  readonly failures: Error[]
  calls: readonly ProviderCall[]
}

function carrier(): Carrier {
  const placed: CallRequest[] = []
  const failures: Error[] = []
  const self: Carrier = {
    key: 'carrier',
    can: { answers: true, speaks: true, accepts: true, records: true, dials: true, texts: false },
    placed,
    failures,
    calls: [],
    async placeCall(request) {
      placed.push(request)
      const failure = failures.shift()
      if (failure) throw failure
      return { providerId: `CA${placed.length}` }
    },
    async hangUp() {},
    async listCalls(number, since, until) {
      return self.calls.filter(
        ({ from, to, startedAt }) =>
          (from === number || to === number) &&
          Temporal.Instant.compare(since, startedAt) <= 0 &&
          Temporal.Instant.compare(startedAt, until) <= 0,
      )
    },
    listRecordings: async () => [],
    fetchRecording: () => Promise.reject(new Error('nothing is recorded here')),
    deleteRecording: () => Promise.reject(new Error('nothing is recorded here')),
    sendText: () => Promise.reject(new Error('no texts are sent here')),
    findText: () => Promise.reject(new Error('no texts are sent here')),
  }
  return self
}

export const lost = () => new TransientFailure('unsure', 'no answer came')
export const refused = () => new TransientFailure('phone', 'HTTP 503')

export interface CallbackDesk {
  readonly deps: CallDeps
  readonly database: Database
  readonly carrier: Carrier
  /** Sets the clock to wall time in Hamburg, such as "2026-11-20T09:30". */
  clock(wall: string): void
  later(duration: { readonly minutes?: number; readonly seconds?: number }): void
  ticket(changes?: { readonly level?: number }): Promise<string>
  owe(ticketId: string, number?: string): Promise<Owed>
  /** Kinds of the history of a ticket, in order. */
  history(ticketId: string): Promise<string[]>
  close(): Promise<void>
}

export async function openCallbackDesk(config: Config = callbackConfig): Promise<CallbackDesk> {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, 6)
  let now = nine
  const own = carrier()
  const deps: CallDeps = {
    ...{ database, config },
    offices: officesOf(config, nine),
    providers: new Map([['carrier', own]]),
    now: () => now,
    nudge: () => {},
    wake: () => {},
    log: openLog('silent'),
  }
  let tickets = 0
  const office = deps.offices.get('hamburg')
  if (!office) throw new Error('the desk is in Hamburg')
  return {
    deps,
    database,
    carrier: own,
    clock(wall) {
      now = Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Berlin').toInstant()
    },
    later(duration) {
      now = now.add(duration)
    },
    async ticket(changes = {}) {
      const id = randomUUID()
      tickets += 1
      const at = new Date(now.epochMilliseconds)
      await database.ticket.create({
        data: {
          id,
          number: String(1_000_000 + tickets),
          state: 'open',
          subject: 'Telefonat',
          customerAddress: 'kunde@kunde.example.com',
          customerName: '',
          language: 'de',
          mailbox: 'support',
          group: 'support',
          office: 'hamburg',
          openedAt: at,
          changedAt: at,
          ...changes,
        },
      })
      return id
    },
    owe: (ticketId, number = customer) =>
      inTransaction(database, tx =>
        oweCallback(tx, {
          ...{ ticketId, number, office, now, line: 'hotline', language: 'de', minutes: 120 },
          ...{ startedAt: now, wakeAt: now, source: 'caller' },
        }),
      ),
    async history(ticketId) {
      const entries = await database.entry.findMany({ where: { ticketId }, orderBy: [{ at: 'asc' }] })
      return entries.map(({ kind }) => kind)
    },
    async close() {
      await database.$disconnect()
      await drop()
    },
  }
}
