import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { ctiProvider } from '../../../src/channels/phone/cti/provider.ts'
import { openPhoneDoor, type PhoneDoor } from '../../../src/channels/phone/phone-door.ts'
import { sipgateProvider } from '../../../src/channels/phone/sipgate/provider.ts'
import { twilioProvider } from '../../../src/channels/phone/twilio/provider.ts'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import { TransientFailure } from '../../../src/desk/failure.ts'
import type { PhoneProvider } from '../../../src/desk/phone/provider.ts'
import type { CallDeps } from '../../../src/intake/calls/call-deps.ts'
import { takeInCall } from '../../../src/intake/calls/take-in-call.ts'
import { openLog } from '../../../src/log.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { cloneDatabase } from '../../database.ts'
import { noon } from '../../desk/mail-example.ts'
import { deskConfig } from '../../intake/desk.ts'

/** A desk whose three lines are carried by three providers: the real door, the real take-in, a real database. */
export interface ContractDesk {
  /** Where providers reach it; the public address too, so that signatures are good. */
  readonly url: string
  readonly database: Database
  readonly door: PhoneDoor
  readonly config: Config
  /** While it is away, calls cannot be taken in. */
  databaseIs(state: 'there' | 'away'): void
  empty(): Promise<void>
  close(): Promise<void>
}

export const authToken = 'the-token-of-the-account'
export const ctiToken = 'a-token-of-twenty-four-characters'
export const sipgateKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Of each provider its line. */
export const numbers = { twilio: '+4940123456', sipgate: '+4940234567', cti: '+4940345678' } as const

/** `record` makes the recordings that sipgate plays, before the door opens. */
export async function openContractDesk(
  record: (config: Config, folder: string) => Promise<void> = async () => {},
): Promise<ContractDesk> {
  const app = express()
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  const { url: databaseUrl, drop } = await cloneDatabase()
  const database = openDatabase(databaseUrl, 6)
  const config = contractConfig(url, folder)
  await record(config, folder)
  const log = openLog('silent')
  const deps: CallDeps = {
    ...{ database, config, log },
    offices: officesOf(config, noon),
    providers: providersOf(config, url),
    now: () => noon,
    nudge: () => {},
    wake: () => {},
  }
  let away = false
  const door = await openPhoneDoor({
    ...{ config, log },
    takeIn: async event => {
      if (away) throw new TransientFailure('database', 'The database is away')
      return takeInCall(deps, event)
    },
    onText: async () => {},
    now: () => noon,
    // What is late or waits is the door's own test; here the suite says when the spool is read.
    after: () => () => {},
    spoolFolder: join(folder, 'spool'),
  })
  app.use('/phone', door.router)
  return {
    ...{ url, database, door, config },
    databaseIs: state => {
      away = state === 'away'
    },
    async empty() {
      await database.$executeRaw`
        truncate call, call_leg, call_event, callback, callback_attempt, ticket, guarantee, ticket_phone cascade`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await door.stop()
      await database.$disconnect()
      await drop()
      await rm(folder, { recursive: true })
    },
  }
}

function contractConfig(publicUrl: string, clips: string): Config {
  const publicKey = sipgateKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const line = { office: 'hamburg', group: 'support', mailbox: 'support' }
  return configSchema.parse({
    ...deskConfig,
    agents: {
      anna: { ...deskConfig.agents.anna, phoneUser: 'Anna Fink' },
      bernd: deskConfig.agents.bernd,
    },
    phone: {
      publicUrl,
      providers: {
        twilio: { kind: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken },
        sipgate: { kind: 'sipgate', publicKey, clips },
        cti: { kind: 'cti', token: ctiToken },
      },
      lines: {
        a: { ...line, provider: 'twilio', number: numbers.twilio },
        b: { ...line, provider: 'sipgate', number: numbers.sipgate },
        c: { ...line, provider: 'cti', number: numbers.cti },
      },
    },
  })
}

function providersOf(config: Config, url: string): ReadonlyMap<string, PhoneProvider> {
  const twilio = config.phone?.providers.twilio
  if (twilio?.kind !== 'twilio') throw new Error('the desk has a line at Twilio')
  return new Map([
    ['twilio', twilioProvider('twilio', twilio, url)],
    ['sipgate', sipgateProvider('sipgate')],
    ['cti', ctiProvider('cti')],
  ])
}
