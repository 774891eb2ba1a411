/**
 * Two whole gateways, each a process with a data folder of its own, on one database, one mailbox, one mail server and
 * one hotline. Raw mail is kept in common, as the manual demands. What counts is what people find and hear.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stringify } from 'yaml'
import type { Config } from '../../src/config/schema.ts'
import type { Health } from '../../src/health.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { openTelephoneNetwork, type TelephoneNetwork } from '../../src/sandbox/telephone/telephone-network.ts'
import { openRealClock } from '../../src/sandbox/telephone/virtual-clock.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { hamburg, hotlineConfig } from '../telephony/hotline.ts'
import { type Balancer, openBalancer } from './balancer.ts'
import { freePort, openAllDay } from './phone-world.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const accountSid = `AC${'0'.repeat(32)}`
const authToken = 'the-token-of-two-gateways'
export const customers = 6

export interface TwoGateways {
  readonly database: Database
  readonly network: TelephoneNetwork
  readonly config: Config
  /** Their public address: requests reach them in turn. */
  readonly balancer: Balancer
  /** The addresses of the two themselves. */
  readonly urls: readonly [string, string]
  /** Puts `count` new mails into the support mailbox; returns their Message-IDs. */
  deliver(count: number): readonly string[]
  /** How often each mail was answered, by what the customers' clients would thread on. */
  answers(): ReadonlyMap<string, number>
  /** How many mails about each ticket number somebody found. */
  notices(address: string): ReadonlyMap<string, number>
  /** What /readyz says, and with which status. */
  health(which: 0 | 1): Promise<{ readonly status: number; readonly health: Health }>
  /** Ends one as a power cut would. */
  kill(which: 0 | 1): Promise<void>
  /** Starts a third one whose raw mail lies in a folder of its own; resolves with what it said when it has ended. */
  startStranger(): Promise<{ readonly code: number | null; readonly words: string }>
  until(what: string, isSo: () => Promise<boolean> | boolean, seconds?: number): Promise<void>
  close(): Promise<void>
}

export async function openTwoGateways(): Promise<TwoGateways> {
  const folder = mkdtempSync(join(tmpdir(), 'two-gateways-'))
  const { url: databaseUrl, drop } = await cloneDatabase()
  const sandbox = await startSandbox({ folder: join(folder, 'world'), imapPort: 0, smtpPort: 0 })
  const balancer = await openBalancer()
  const clock = openRealClock()
  const way = (name: string) => `${balancer.url}/phone/telephone/${name}`
  const network = await openTelephoneNetwork({
    ...{ accountSid, authToken, clock, gatewayUrl: balancer.url, publicUrl: balancer.url, seed: 'two' },
    numbers: [
      {
        number: hamburg,
        voiceUrl: way('in'),
        fallbackUrl: way('fallback'),
        statusCallback: way('status'),
      },
    ],
  })
  network.knobs.concurrent = true
  const config = configOf(sandbox, { publicUrl: balancer.url, apiUrl: network.url, accountSid, authToken })
  const raw = join(folder, 'raw')
  mkdirSync(raw)
  const ports = [await freePort(), await freePort()] as const
  const urls = [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`] as const
  const output = ['', '']
  const start = (name: string, port: number, hear: (text: string) => void): ChildProcess => {
    const data = join(folder, name)
    const file = join(folder, `${name}.yaml`)
    const own = {
      data,
      database: { ...config.database, url: databaseUrl },
      http: { host: '127.0.0.1', port },
    }
    writeFileSync(file, stringify({ ...config, ...own, log: { level: 'warn' } }))
    const gateway = spawn(process.execPath, [main, '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [gateway.stdout, gateway.stderr]) stream.setEncoding('utf8').on('data', hear)
    return gateway
  }
  const gateways = ports.map((port, which) => {
    mkdirSync(join(folder, `data-${which}`))
    symlinkSync(raw, join(folder, `data-${which}`, 'raw'))
    return start(`data-${which}`, port, text => {
      output[which] = ((output[which] ?? '') + text).slice(-4000)
    })
  })
  const ended = gateways.map(gateway => once(gateway, 'exit'))
  const database = openDatabase(databaseUrl, 2)
  const post = postOf(sandbox)

  async function until(what: string, isSo: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
    const end = performance.now() + seconds * 1000
    while (!(await isSo())) {
      if (performance.now() > end)
        throw new Error(`not within ${seconds} seconds: ${what}\n${output.join('\n')}`)
      await pause(100)
    }
  }

  const health = async (which: 0 | 1) => {
    const response = await fetch(`${urls[which]}/readyz`)
    return { status: response.status, health: (await response.json()) as Health }
  }
  const isUp = (which: 0 | 1) =>
    health(which).then(
      ({ status }) => status === 200,
      () => false,
    )

  const world: TwoGateways = {
    ...{ database, network, config, balancer, urls, until, health },
    ...post,
    async kill(which) {
      balancer.serve(ports.filter(port => port !== ports[which]))
      gateways[which]?.kill('SIGKILL')
      await ended[which]
    },
    async startStranger() {
      let words = ''
      const gateway = start('stranger', await freePort(), text => {
        words += text
      })
      const [code] = await once(gateway, 'close')
      return { code, words }
    },
    async close() {
      for (const gateway of gateways) gateway.kill('SIGKILL')
      await Promise.all(ended)
      clock.stop()
      await network.close()
      await balancer.close()
      await sandbox.stop()
      await database.$disconnect()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await until('both gateways are ready', async () => (await isUp(0)) && (await isUp(1)))
  } catch (error) {
    await world.close()
    throw error
  }
  balancer.serve(ports)
  return world
}

function configOf({ config: own }: Sandbox, addresses: Parameters<typeof hotlineConfig>[0]): Config {
  const config = openAllDay(hotlineConfig(addresses, { ringSeconds: 60 }))
  const { support } = config.mailboxes
  const imap = { ...own.mailboxes.support?.imap, pollSeconds: 5 }
  return {
    ...config,
    mailboxes: { support: { ...support, imap } },
    smtp: { ...own.smtp, unsureSeconds: 1 },
    budgets: { ...config.budgets, addressPerHour: 1000, addressPerDay: 1000, totalPerHour: 1000 },
    limits: { ...config.limits, commandSeconds: 5 },
  } as Config
}

const addressOf = (n: number) => `kunde${n % customers}@example.org`

/** The mail of the people there: what customers send, and what they and the agents find. */
function postOf({ world, mailboxes }: Sandbox): Pick<TwoGateways, 'deliver' | 'answers' | 'notices'> {
  let sent = 0
  const count = (address: string, pattern: RegExp, found = new Map<string, number>()) => {
    const inbox = world.folder(world.provide(address), 'INBOX')
    for (const { uid } of inbox.list()) {
      const id = pattern.exec(inbox.read(uid).toString('latin1'))?.[1]
      if (id !== undefined) found.set(id, (found.get(id) ?? 0) + 1)
    }
    return found
  }
  return {
    deliver: many =>
      Array.from({ length: many }, () => {
        const n = sent++
        const id = `<two.${n}@kunde.example.org>`
        const raw = [
          `From: Kunde ${n % customers} <${addressOf(n)}>`,
          'To: support@example.com',
          `Subject: Anfrage ${n}`,
          `Message-ID: ${id}`,
          `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
          '',
          `Guten Tag, hier ist Anfrage ${n}. Bitte helfen Sie uns weiter.`,
          '',
        ].join('\r\n')
        const support = world.provide('support@example.com')
        mailboxes.deliver(support, 'INBOX', Buffer.from(raw), Temporal.Now.instant())
        return id
      }),
    answers() {
      const found = new Map<string, number>()
      for (let n = 0; n < customers; n++) count(addressOf(n), /^In-Reply-To: (<[^>]+>)/im, found)
      return found
    },
    notices: address => count(address, /<ticket(\d+)\.notices@/),
  }
}
