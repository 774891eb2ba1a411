/**
 * `npm run bench promises [-- --open 1000000 --few 10000 --due 10000]`: what the watch over promises costs. Open ones of
 * all kinds on a real PostgreSQL with its usual durability; the gateway's own loops, each once. What a wake-up costs is
 * measured with `few` and with `open` promises: it must not grow with their number.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { officesOf } from '../src/config/office-calendar.ts'
import type { Config } from '../src/config/schema.ts'
import type { CallDeps } from '../src/intake/calls/call-deps.ts'
import { wakeCallbacks } from '../src/intake/calls/wake-callbacks.ts'
import { wakeEscalations } from '../src/intake/promises/wake-escalations.ts'
import { wakeGuarantees } from '../src/intake/promises/wake-guarantees.ts'
import { openLog } from '../src/log.ts'
import { providersOf } from '../src/phone.ts'
import { exampleDesk } from '../src/simulation/example-desk.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { cpuSecondsOf, cpuSecondsOfFamily } from './process-cost.ts'
import { makeDue, writeOpenPromises } from './promise-rows.ts'
import { countStatements } from './statements.ts'
import { withThrowAwayServer } from './throw-away-server.ts'

const { values } = parseArgs({
  options: {
    open: { type: 'string', default: '1000000' },
    few: { type: 'string', default: '10000' },
    due: { type: 'string', default: '10000' },
  },
})
const [open, few, due] = [Number(values.open), Number(values.few), Number(values.due)]
/** As many are woken of few as of many, or the first ones, which warm everything up, would weigh more. */
const sample = Math.min(due, Math.floor(few / 4))
const statements = countStatements()
const say = (line: string) => process.stdout.write(`${line}\n`)

/** The week is one long opening time: the benchmark must not depend on when it is run. */
function configure(): Config {
  const anna = { name: 'Anna Fink', addresses: ['anna@example.com'] as const, phone: '+491713920041' }
  const config = exampleDesk(
    { agents: { anna } },
    {
      publicUrl: 'https://gateway.example.com',
      apiUrl: 'http://127.0.0.1:9',
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: 'the token of the benchmark',
    },
  )
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const allDay = Object.fromEntries(days.map(day => [day, ['00:00-23:59']]))
  const offices = Object.fromEntries(
    Object.entries(config.offices).map(([key, office]) => [
      key,
      { ...office, hours: { ...office.hours, ...allDay } },
    ]),
  )
  const times = { firstResponse: 120, callback: 120, statusUpdate: 1440, resolution: 1440 }
  return { ...config, offices, policy: { ...config.policy, targets: [{ when: {}, ...times }] } }
}

function depsOf(database: Database, config: Config): CallDeps {
  const now = () => Temporal.Now.instant()
  return {
    ...{ database, config, now, log: openLog('silent'), providers: providersOf(config) },
    ...{ offices: officesOf(config, now()), nudge: () => {}, wake: () => {} },
  }
}

const loops = { guarantees: wakeGuarantees, callbacks: wakeCallbacks, escalations: wakeEscalations }

/** Connects, and asks each loop what is due: what a start has to do before everything is watched over again. */
async function start(url: string, config: Config, on: string): Promise<void> {
  const memory = process.memoryUsage().rss
  const began = performance.now()
  const database = openDatabase(url, 10)
  const deps = depsOf(database, config)
  for (const wake of Object.values(loops)) await wake(deps)
  const took = (performance.now() - began).toFixed(0)
  const more = Math.max(0, (process.memoryUsage().rss - memory) / 1e6).toFixed(0)
  say(`${on}: all promises watched over ${took} ms after the start, ${more} MB more`)
  await database.$disconnect()
}

/** CPU seconds of gateway and database so far: what else runs on the machine does not count. */
let cpuSeconds = (): number => 0

/** Wakes everything that is due; gives the CPU milliseconds of one wake-up. */
async function waking(
  url: string,
  config: Config,
  name: 'guarantees' | 'callbacks',
  on: string,
): Promise<number> {
  const database = openDatabase(url, 10)
  const deps = depsOf(database, config)
  await database.$queryRaw`select 1`
  statements.take()
  const [began, cpuBefore] = [performance.now(), cpuSeconds()]
  let decided = 0
  for (let woken = 1; woken > 0; ) {
    woken = (await loops[name](deps)).woken
    decided += woken
  }
  const seconds = (performance.now() - began) / 1000
  const each = (seconds / decided) * 1000
  const cpu = ((cpuSeconds() - cpuBefore) / decided) * 1000
  const sent = (statements.take() / decided).toFixed(1)
  const rate = (decided / seconds).toFixed(0)
  say(
    `${on}: ${decided} ${name} woken, ${rate} a second, ${each.toFixed(2)} ms, ${cpu.toFixed(2)} ms of CPU and ${sent} statements each`,
  )
  await database.$disconnect()
  return cpu
}

/** How the database finds what is due, in its own words. */
async function plan(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers) select id from ${table} where wake_at <= now() order by wake_at limit 200`,
  )
  const lines = rows.map(row => row['QUERY PLAN'].replace(/^[\s>-]+/, '').replace(/ +\(cost[^)]*\)/, ''))
  const scans = lines.filter(line => line.includes('Scan'))
  const took = lines.find(line => line.startsWith('Execution')) ?? ''
  say(`  what is due in ${table}: ${[...scans, took].join('; ')}`)
}

async function round(url: string, client: pg.Client, config: Config, count: number, dueNow: number) {
  const began = performance.now()
  await writeOpenPromises(client, count)
  const { rows } = await client.query<{ size: string }>(
    `select pg_size_pretty(pg_database_size(current_database())) as size`,
  )
  const on = `${count} open`
  say(`${on}: written in ${((performance.now() - began) / 1000).toFixed(0)} s, ${rows[0]?.size}`)
  await start(url, config, on)
  await makeDue(client, dueNow)
  await plan(client, 'guarantee')
  await plan(client, 'callback')
  const guarantees = await waking(url, config, 'guarantees', on)
  const callbacks = await waking(url, config, 'callbacks', on)
  return { guarantees, callbacks }
}

say(
  `${cpus().length} cores, Node ${process.version}; an answer, a solution, a call and an update in equal parts`,
)
await withThrowAwayServer(async ({ url }) => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: string }>(
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
  )
  const server = Number(rows[0]?.pid)
  cpuSeconds = () => cpuSecondsOf(process.pid) + cpuSecondsOfFamily(server)
  const config = configure()
  const withFew = await round(url, client, config, few, sample)
  const withMany = await round(url, client, config, open, sample)
  const ratio = (a: number, b: number) => (a / b).toFixed(2)
  say(
    `one wake-up with ${open} open costs ${ratio(withMany.guarantees, withFew.guarantees)} times as much CPU as with ${few} (callbacks ${ratio(withMany.callbacks, withFew.callbacks)})`,
  )
  await makeDue(client, due)
  await waking(url, config, 'guarantees', `${open} open, ${due} due`)
  await waking(url, config, 'callbacks', `${open} open, ${due} due`)
  await client.end()
})
