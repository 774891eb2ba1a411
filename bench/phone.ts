/**
 * `npm run bench phone [-- --calls 600 --at-once 100 --owed 100000 --due 10000 --history 1000000]`: what a provider waits
 * for. Real HTTP with real signatures, the real flow of a caller whom nobody can take (arrival, keys, promise, end), and a
 * real PostgreSQL with its usual durability. Callers, gateway and database share this machine's cores.
 */
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpus } from 'node:os'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import express from 'express'
import pg from 'pg'
import twilio from 'twilio'
import { DueLoops } from '../src/channels/clock/due-loops.ts'
import { officesOf } from '../src/config/office-calendar.ts'
import type { CallDeps } from '../src/intake/calls/call-deps.ts'
import { wakeCallbacks } from '../src/intake/calls/wake-callbacks.ts'
import { openLog } from '../src/log.ts'
import { providersOf, startPhone } from '../src/phone.ts'
import { openTelephoneNetwork } from '../src/sandbox/telephone/telephone-network.ts'
import { openRealClock } from '../src/sandbox/telephone/virtual-clock.ts'
import { exampleDesk } from '../src/simulation/example-desk.ts'
import { openBlobStore } from '../src/store/blobs.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { openJobs } from '../src/store/jobs.ts'
import { settleRows, writeHistory, writeOwed } from './phone-rows.ts'
import { countStatements } from './statements.ts'
import { withThrowAwayServer } from './throw-away-server.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '600' },
    'at-once': { type: 'string', default: '100' },
    owed: { type: 'string', default: '100000' },
    due: { type: 'string', default: '10000' },
    history: { type: 'string', default: '1000000' },
  },
})
const calls = Number(values.calls)
const atOnce = Number(values['at-once'])
const publicUrl = 'https://gateway.example.com'
const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'the token of the benchmark' }
const say = (line: string) => process.stdout.write(`${line}\n`)

const statements = countStatements()

type Address = { readonly port: number; readonly agent: Agent }

/** As Twilio sends it; gives the answer's text and how long it took. */
async function webhook(to: Address, path: string, fields: Record<string, string>) {
  const signature = twilio.getExpectedTwilioSignature(account.authToken, `${publicUrl}${path}`, fields)
  const began = performance.now()
  const sent = request({
    ...{ host: '127.0.0.1', port: to.port, path, method: 'POST', agent: to.agent },
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
  })
  sent.end(new URLSearchParams(fields).toString())
  const [response] = await once(sent, 'response')
  const body = await text(response)
  if (response.statusCode >= 300) throw new Error(`${path}: ${response.statusCode} ${body}`)
  return { body, ms: performance.now() - began }
}

let ringing = 0

/** One caller: hears everything, says how bad it is, confirms the promise, hangs up. Gives each answer's milliseconds. */
async function ring(to: Address): Promise<number[]> {
  const number = `+491714${String(ringing++).padStart(6, '0')}`
  const CallSid = `CA${crypto.randomUUID().replaceAll('-', '')}`
  const fields = {
    ...{ CallSid, AccountSid: account.accountSid, ApiVersion: '2010-04-01', Direction: 'inbound' },
    ...{
      From: number,
      Caller: number,
      To: '+494066969123',
      Called: '+494066969123',
      CallStatus: 'in-progress',
    },
  }
  const took: number[] = []
  let answer = await webhook(to, '/phone/telephone/in', { ...fields, CallStatus: 'ringing' })
  took.push(answer.ms)
  for (const Digits of ['', '2', '1', '1']) {
    const asked = /<Gather[^>]* action="([^"#]+)/.exec(answer.body)?.[1]
    if (asked === undefined) break
    const path = new URL(asked, publicUrl).pathname
    answer = await webhook(to, path, { ...fields, msg: 'Gather End', Digits })
    took.push(answer.ms)
  }
  const end = { ...fields, CallStatus: 'completed', CallDuration: '60', Duration: '1' }
  took.push((await webhook(to, '/phone/telephone/status', end)).ms)
  return took
}

async function callers(to: Address, on: string): Promise<void> {
  const took: number[] = []
  let left = calls
  statements.take()
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) took.push(...(await ring(to)))
    }),
  )
  const seconds = (performance.now() - began) / 1000
  took.sort((a, b) => a - b)
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(0)
  say(
    `${on}: ${calls} calls, ${atOnce} at once: ${(took.length / seconds).toFixed(0)} webhooks a second, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${(statements.take() / took.length).toFixed(1)} statements a webhook (loops included)`,
  )
}

/** The week is one long opening time: the benchmark must not depend on when it is run. */
function configure(apiUrl: string) {
  const anna = { name: 'Anna Fink', addresses: ['anna@example.com'] as const, phone: '+491713920041' }
  const config = exampleDesk({ agents: { anna } }, { publicUrl, apiUrl, ...account })
  const open = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(day => [day, ['00:00-23:59']]),
  )
  const offices = Object.fromEntries(
    Object.entries(config.offices).map(([key, office]) => [
      key,
      { ...office, hours: { ...office.hours, ...open } },
    ]),
  )
  // Nobody can be rung, so that each call goes the whole way to the promise.
  return {
    ...config,
    offices,
    agents: { anna: { ...config.agents.anna, phone: undefined } },
  } as typeof config
}

async function start(url: string, folder: string, config: ReturnType<typeof configure>, on: string) {
  const before = process.memoryUsage().rss
  const began = performance.now()
  const database = openDatabase(url, 10)
  const jobs = await openJobs(url)
  const deps = depsOf(database, { ...config, data: folder })
  const loops = new DueLoops()
  const phone = await startPhone({
    ...{
      deps,
      loops,
      jobs,
      blobs: await openBlobStore({ kind: 'files' }, folder),
      timeZone: 'Europe/Berlin',
    },
  })
  const app = express()
  app.use(phone.router)
  const server = createServer(app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const to = { port: (server.address() as AddressInfo).port, agent }
  await ring(to)
  const memory = (process.memoryUsage().rss - before) / 1e6
  say(
    `${on}: first call through ${(performance.now() - began).toFixed(0)} ms after the start, ${memory.toFixed(0)} MB more`,
  )
  return {
    to,
    async stop() {
      agent.destroy()
      server.close()
      server.closeAllConnections()
      await loops.stop()
      await phone.stop()
      await jobs.stop()
      await database.$disconnect()
    },
  }
}

function depsOf(database: Database, config: ReturnType<typeof configure>): CallDeps {
  const now = () => Temporal.Now.instant()
  return {
    ...{ database, config, now, log: openLog('silent'), providers: providersOf(config) },
    ...{ offices: officesOf(config, now()), nudge: () => {}, wake: () => {} },
  }
}

/** All of them due at the same moment, as after a weekend. */
async function waking(url: string, client: pg.Client, config: ReturnType<typeof configure>, on: string) {
  await client.query(
    `update callback set wake_at = now() - interval '1 minute' where id in
       (select id from callback where owed_for is not null limit $1::int)`,
    [Number(values.due)],
  )
  const database = openDatabase(url, 10)
  const deps = depsOf(database, config)
  statements.take()
  const began = performance.now()
  let decided = 0
  for (let woken = 1; woken > 0; ) {
    woken = (await wakeCallbacks(deps)).woken
    decided += woken
  }
  const seconds = (performance.now() - began) / 1000
  say(
    `${on}: ${decided} callbacks woken, ${(decided / seconds).toFixed(0)} decisions a second, ${((seconds / decided) * 1000).toFixed(1)} ms and ${(statements.take() / decided).toFixed(1)} statements each`,
  )
  await database.$disconnect()
}

async function measure(folder: string, url: string, apiUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const config = configure(apiUrl)
  const round = async (on: string) => {
    const gateway = await start(url, folder, config, on)
    await callers(gateway.to, on)
    await gateway.stop()
  }
  await round('empty database')
  await writeOwed(client, Number(values.owed))
  await settleRows(client)
  const owed = `${values.owed} callbacks owed`
  await round(owed)
  await waking(url, client, config, owed)
  await writeHistory(client, Number(values.history))
  await settleRows(client)
  const both = `${owed}, ${values.history} in the past`
  await round(both)
  await waking(url, client, config, both)
  await client.end()
}

say(`${cpus().length} cores, Node ${process.version}`)
await withThrowAwayServer(async ({ url, folder }) => {
  const clock = openRealClock()
  const network = await openTelephoneNetwork({
    ...{ ...account, clock, publicUrl, numbers: [], seed: 'bench', gatewayUrl: 'http://127.0.0.1:9' },
  })
  try {
    await measure(folder, url, network.url)
  } finally {
    await network.close()
    clock.stop()
  }
})
