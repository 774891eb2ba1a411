import { randomUUID } from 'node:crypto'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import type { PhoneProvider, TextRequest } from '../../../src/desk/phone/provider.ts'
import type { CallDeps } from '../../../src/intake/calls/call-deps.ts'
import type { Database } from '../../../src/store/database.ts'
import { noon } from '../../desk/mail-example.ts'
import { deskConfig, openDesk } from '../desk.ts'

/** A hotline in Hamburg with its rows as a call leaves them, and a provider that does as the test says. */

export const mobile = '+4915112345678'
export const landline = '+4930231251234'

export const phoneConfig = (changes: Record<string, unknown> = {}): Config =>
  configSchema.parse({
    ...deskConfig,
    agents: {
      ...deskConfig.agents,
      anna: { ...deskConfig.agents.anna, phone: '+494066969101', timeZone: 'Europe/London' },
    },
    phone: {
      publicUrl: 'https://gateway.example.com',
      providers: { carrier: { kind: 'cti', token: 'a-token-of-twenty-four-characters' } },
      lines: {
        hotline: {
          provider: 'carrier',
          number: '+494066969123',
          office: 'hamburg',
          group: 'support',
          mailbox: 'support',
        },
      },
      texts: { sender: 'Example', provider: 'carrier' },
      ...changes,
    },
  })

export interface Carrier extends PhoneProvider {
  readonly sentTexts: TextRequest[]
  readonly deleted: string[]
}

export function carrier(answers: Partial<PhoneProvider> = {}): Carrier {
  const sentTexts: TextRequest[] = []
  const deleted: string[] = []
  const never = () => Promise.reject(new Error('nobody asked for that'))
  return {
    key: 'carrier',
    can: { answers: true, speaks: true, accepts: true, records: true, dials: true, texts: true },
    placeCall: never,
    hangUp: never,
    listCalls: never,
    listRecordings: never,
    fetchRecording: never,
    findText: never,
    async sendText(request) {
      sentTexts.push(request)
      return { providerId: `SM${sentTexts.length}` }
    },
    async deleteRecording(id) {
      deleted.push(id)
    },
    ...answers,
    ...{ sentTexts, deleted },
  }
}

export interface World {
  readonly deps: CallDeps
  readonly database: Database
  readonly carrier: Carrier
  readonly ticketId: string
  readonly callId: string
  /** Puts the clock forward, and says what it shows. */
  pass(duration: Temporal.DurationLike): Temporal.Instant
  now(): Temporal.Instant
  nudges(): number
  close(): Promise<void>
}

interface WorldOptions {
  readonly number?: string | null
  readonly address?: string
  readonly config?: Config
  readonly answers?: Partial<PhoneProvider>
  readonly severity?: string | null
  readonly customerName?: string
}

export async function openWorld({
  number = mobile,
  address = '',
  config = phoneConfig(),
  answers = {},
  severity = 'stopped',
  customerName = 'Carla Weber',
}: WorldOptions = {}): Promise<World> {
  let now = noon
  let nudges = 0
  const desk = await openDesk(() => now, config)
  const { database } = desk
  const ticketId = randomUUID()
  const callId = randomUUID()
  const at = new Date(noon.epochMilliseconds)
  const provider = carrier(answers)
  await database.ticket.create({
    data: {
      id: ticketId,
      number: '1004711',
      state: 'open',
      subject: 'Anruf von 0151 12345678',
      customerAddress: address,
      customerPhone: number,
      language: 'de',
      mailbox: 'support',
      group: 'support',
      office: 'hamburg',
      openedAt: at,
      changedAt: at,
      known: {
        company: { value: 'Weber & Söhne', where: 'text' },
        phone: { value: number ?? '', where: 'call' },
      },
      ...{ severity, customerName },
    },
  })
  await database.call.create({
    data: {
      id: callId,
      ticketId,
      provider: 'carrier',
      providerId: 'CA1',
      direction: 'in',
      line: 'hotline',
      language: 'de',
      number,
      rawFrom: number ?? 'anonymous',
      rawTo: '+494066969123',
      state: 'ended',
      step: 'goodbye',
      arrivedAt: at,
      memory: { chose: 'separate' },
    },
  })
  if (number !== null)
    await database.ticketPhone.create({ data: { ticketId, number, source: 'caller', since: at } })
  return {
    deps: {
      database,
      config,
      offices: desk.deps.offices,
      providers: new Map([['carrier', provider]]),
      now: () => now,
      nudge: () => {
        nudges++
      },
      wake: () => {},
      log: desk.deps.log,
    },
    database,
    carrier: provider,
    ticketId,
    callId,
    pass(duration) {
      now = now.add(duration)
      return now
    },
    now: () => now,
    nudges: () => nudges,
    close: desk.close,
  }
}

export async function oweCall(
  { database, ticketId }: World,
  { number = mobile, state = 'open', due = noon.add({ hours: 2 }) } = {},
): Promise<string> {
  const id = randomUUID()
  const guaranteeId = randomUUID()
  const at = new Date(noon.epochMilliseconds)
  await database.guarantee.create({
    data: {
      id: guaranteeId,
      ticketId,
      kind: 'callback',
      state,
      startedAt: at,
      dueAt: new Date(due.epochMilliseconds),
      derivation: [],
    },
  })
  await database.callback.create({
    data: {
      ...{ id, ticketId, guaranteeId, number },
      owedFor: ticketId,
      language: 'de',
      line: 'hotline',
      state: 'owed',
      createdAt: at,
    },
  })
  return id
}

export const entriesOf = async ({ database, ticketId }: World) =>
  (await database.entry.findMany({ where: { ticketId }, orderBy: { at: 'asc' } })).map(
    ({ kind, detail }) => ({
      kind,
      detail: detail as Record<string, unknown>,
    }),
  )
