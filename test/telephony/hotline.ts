/** A hotline in Hamburg and one in Woking, in virtual time on a real database, for journeys of callers and agents. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { openLog } from '../../src/log.ts'
import {
  type HotlineAddresses,
  type HotlineSettings,
  openVirtualHotline,
  type VirtualHotline,
} from '../../src/simulation/virtual-hotline.ts'
import { type BlobStore, openBlobStore } from '../../src/store/blobs.ts'
import { cloneDatabase } from '../database.ts'

export const hamburg = '+494066969123'
export const woking = '+442079460123'
export const phones = {
  anna: '+491713920041',
  bernd: '+491713920042',
  emma: '+442079460042',
  /** A mobile telephone of a customer, and a company's switchboard. */
  mobile: '+491713920099',
  company: '+494066969900',
} as const

const day = ['08:30-17:00']
const week = { mon: day, tue: day, wed: day, thu: day, fri: day }

export function hotlineConfig(addresses: HotlineAddresses, phone: object = {}, more: object = {}) {
  const { publicUrl, apiUrl, accountSid, authToken } = addresses
  return configSchema.parse({
    company: 'Nordlicht Software GmbH',
    secret: 'a secret of at least thirty-two characters',
    offices: {
      hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays: 'DE-HH', hours: week },
      woking: { name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours: week },
    },
    groups: {
      support: { name: 'Support', agents: ['anna', 'bernd'] },
      uk: { name: 'Support UK', agents: ['emma'] },
    },
    agents: {
      anna: { name: 'Anna Fink', addresses: ['anna@example.com'], phone: phones.anna },
      bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], phone: phones.bernd },
      emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en', phone: phones.emma },
    },
    mailboxes: {
      support: {
        name: 'Support',
        address: 'support@example.com',
        replyAddress: 'support+{token}@example.com',
        office: 'hamburg',
        group: 'support',
        imap: { host: 'imap.example.com', user: 'support', password: 'secret' },
      },
    },
    smtp: { host: 'smtp.example.com' },
    alarms: { to: ['admin@example.com'] },
    phone: {
      publicUrl,
      providers: { telephone: { kind: 'twilio', accountSid, authToken, apiUrl } },
      lines: {
        hotline: line(hamburg, 'hamburg', 'support', 'de'),
        uk: line(woking, 'woking', 'uk', 'en'),
      },
      texts: { provider: 'telephone', sender: hamburg },
      ...phone,
    },
    ...more,
  })
}

function line(number: string, office: string, group: string, language: string) {
  return { provider: 'telephone', number, office, group, mailbox: 'support', language }
}

export interface HotlineTest extends VirtualHotline {
  /** For commands, which open the database themselves. */
  readonly databaseUrl: string
  readonly blobs: BlobStore
  /** Hours and minutes of Hamburg on the day that the test begins. */
  at(time: string): Temporal.Instant
}

/** `start` is wall time of Hamburg. Closed when the test ends; the network's faults are the gateway's and fail it. */
export async function openHotline(
  start: string,
  { phone = {}, more = {}, ...rest }: { phone?: object; more?: object } & Partial<HotlineSettings> = {},
): Promise<HotlineTest> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-hotline-'))
  const { url, drop } = await cloneDatabase()
  const blobs = await openBlobStore({ kind: 'files' }, folder)
  const begin = Temporal.PlainDateTime.from(start).toZonedDateTime('Europe/Berlin')
  const hotline = await openVirtualHotline({
    start: begin.toInstant(),
    seed: 'test',
    databaseUrl: url,
    folder,
    blobs,
    log: openLog('silent'),
    configure: addresses => hotlineConfig(addresses, phone, more),
    ...rest,
  })
  onTestFinished(async () => {
    await hotline.close()
    await drop()
    await rm(folder, { recursive: true })
    if (hotline.network.faults.length > 0)
      throw new AggregateError(hotline.network.faults, 'the gateway did what no provider accepts')
  })
  return { ...hotline, databaseUrl: url, blobs, at: time => begin.withPlainTime(time).toInstant() }
}
