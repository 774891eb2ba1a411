/**
 * The telephone part of the fault tests: a gateway in a process of its own that is killed without mercy, beside a
 * telephone network and a database that stay up. What counts is how often telephones rang, which the network knows.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stringify } from 'yaml'
import type { Config } from '../../src/config/schema.ts'
import type { NetworkNumber } from '../../src/sandbox/telephone/exchange-room.ts'
import { openTelephoneNetwork, type TelephoneNetwork } from '../../src/sandbox/telephone/telephone-network.ts'
import { openRealClock } from '../../src/sandbox/telephone/virtual-clock.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { hamburg, hotlineConfig } from '../telephony/hotline.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const accountSid = `AC${'0'.repeat(32)}`
const authToken = 'the-token-of-the-fault-test'

export interface PhoneWorld {
  readonly network: TelephoneNetwork
  readonly database: Database
  readonly config: Config
  /** Where the gateway listens. */
  readonly url: string
  /** Resolves once it answers; `crashAt` is a step and how often it may pass first. */
  startGateway(crashAt?: string): Promise<void>
  /** Resolves when it has been killed at its step. */
  crashed(): Promise<void>
  /** Waits until it is so; throws after `seconds`. */
  until(what: string, isSo: () => Promise<boolean>, seconds?: number): Promise<void>
  close(): Promise<void>
}

export async function openPhoneWorld(): Promise<PhoneWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-phone-fault-'))
  const { url: databaseUrl, drop } = await cloneDatabase()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const clock = openRealClock()
  const numbers: readonly NetworkNumber[] = [
    {
      number: hamburg,
      voiceUrl: `${url}/phone/telephone/in`,
      fallbackUrl: `${url}/phone/telephone/fallback`,
      statusCallback: `${url}/phone/telephone/status`,
    },
  ]
  const network = await openTelephoneNetwork({
    ...{ accountSid, authToken, clock, numbers },
    ...{ gatewayUrl: url, publicUrl: url, seed: 'fault' },
  })
  network.knobs.concurrent = true
  const config = openAllDay(
    hotlineConfig({ publicUrl: url, apiUrl: network.url, accountSid, authToken }, { ringSeconds: 60 }),
  )
  // No mail server listens there: whatever mail does, the telephone has to work.
  writeFileSync(
    join(folder, 'gateway.yaml'),
    stringify({
      ...config,
      mailboxes: Object.fromEntries(
        Object.entries(config.mailboxes).map(([key, mailbox]) => [
          key,
          { ...mailbox, imap: { ...mailbox.imap, host: '127.0.0.1', port: 9 } },
        ]),
      ),
      smtp: { ...config.smtp, host: '127.0.0.1', port: 9 },
      data: join(folder, 'data'),
      database: { ...config.database, url: databaseUrl },
      http: { host: '127.0.0.1', port },
      log: { level: 'silent' },
    }),
  )
  const database = openDatabase(databaseUrl, 2)
  let gateway: ChildProcess | undefined
  let ended: Promise<unknown> = Promise.resolve()
  let output = ''

  async function until(what: string, isSo: () => Promise<boolean>, seconds = 30): Promise<void> {
    const end = performance.now() + seconds * 1000
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error(`not within ${seconds} seconds: ${what}\n${output}`)
      await pause(50)
    }
  }

  return {
    ...{ network, database, config, url, until },
    async startGateway(crashAt) {
      const env = { ...process.env, ...(crashAt ? { GATEWAY_CRASH_AT: crashAt } : {}) }
      gateway = spawn(process.execPath, [main, '--config', join(folder, 'gateway.yaml')], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      output = ''
      for (const stream of [gateway.stdout, gateway.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          output = (output + text).slice(-4000)
        })
      ended = once(gateway, 'exit')
      const answers = () =>
        fetch(`${url}/phone/call-now/nothing`).then(
          ({ status }) => status === 404,
          () => false,
        )
      await until('the gateway answers', answers)
    },
    async crashed() {
      await until('the gateway reaches its step', async () => gateway?.signalCode === 'SIGKILL')
    },
    until,
    async close() {
      gateway?.kill('SIGKILL')
      await ended
      clock.stop()
      await network.close()
      await database.$disconnect()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The test may run at night, on a Sunday, on a holiday. */
export function openAllDay(config: Config): Config {
  const today = Temporal.Now.plainDateISO('UTC')
  const closures = [-1, 0, 1].map(days => ({
    date: today.add({ days }).toString(),
    hours: ['00:00-23:59'],
    reason: 'open for a test',
  }))
  const offices = Object.entries(config.offices).map(([key, office]) => [key, { ...office, closures }])
  return { ...config, offices: Object.fromEntries(offices) }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
