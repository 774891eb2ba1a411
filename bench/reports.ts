/**
 * `npm run bench reports [-- --tickets 1000000]`: what figures cost. Two years of a desk on a real PostgreSQL; every figure
 * of one week and of the whole time, as totals and told apart by department and by customer; what the metrics ask for.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { configSchema } from '../src/config/schema.ts'
import { definitions } from '../src/figures/definitions.ts'
import type { Dimension, Period } from '../src/figures/figure.ts'
import { figureSamples } from '../src/figures/gauges.ts'
import { readFigure } from '../src/figures/report.ts'
import { openDatabase } from '../src/store/database.ts'
import { lastDay, writeYears } from './reports-rows.ts'
import { withThrowAwayServer } from './throw-away-server.ts'

const { values } = parseArgs({ options: { tickets: { type: 'string', default: '1000000' } } })
const tickets = Number(values.tickets)
const say = (line: string) => process.stdout.write(`${line}\n`)

const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, ['08:30-17:00']]))
const agents = ['anna', 'bernd', 'carla', 'dora']
const config = configSchema.parse({
  company: 'Example GmbH',
  secret: 'a secret of at least thirty-two characters',
  offices: {
    hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays: 'DE-HH', hours: week },
    woking: { name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours: week },
  },
  groups: Object.fromEntries(['support', 'field', 'uk'].map(key => [key, { name: key, agents }])),
  agents: Object.fromEntries(agents.map(key => [key, { name: key, addresses: [`${key}@example.com`] }])),
  mailboxes: {},
  smtp: { host: 'smtp.example.com' },
})
const now = () => Temporal.Instant.from(`${lastDay}T22:00:00Z`)

const to = Temporal.PlainDate.from(lastDay)
const timeZone = 'Europe/Berlin'
const periods: Readonly<Record<string, Period>> = {
  'one week': { from: to.subtract({ days: 6 }), to, timeZone },
  'a week a year ago': { from: to.subtract({ days: 371 }), to: to.subtract({ days: 365 }), timeZone },
  'two years': { from: to.subtract({ days: 730 }), to, timeZone },
}
const dimensions: readonly (Dimension | null)[] = [null, 'group', 'customer', 'month']

say(`${cpus().length} cores, Node ${process.version}; ${tickets} tickets of two years`)
await withThrowAwayServer(async ({ url }) => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const began = performance.now()
  await writeYears(client, tickets)
  const { rows } = await client.query<{ size: string }>(
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  )
  say(`written in ${((performance.now() - began) / 1000).toFixed(0)} s, ${rows[0]?.size}`)
  await client.end()
  const database = openDatabase(url, 2)
  const deps = { config, now }
  for (const [name, period] of Object.entries(periods)) {
    say(`${name}, milliseconds: ${dimensions.map(by => by ?? 'total').join(', ')}`)
    const sums = dimensions.map(() => 0)
    for (const { key } of definitions) {
      const took: number[] = []
      for (const by of dimensions) {
        const since = performance.now()
        await readFigure(database, deps, key, { period, by })
        took.push(performance.now() - since)
      }
      for (const [i, time] of took.entries()) sums[i] = (sums[i] ?? 0) + time
      say(`  ${key.padEnd(22)}${took.map(time => time.toFixed(0).padStart(8)).join('')}`)
    }
    say(`  ${'all'.padEnd(22)}${sums.map(sum => sum.toFixed(0).padStart(8)).join('')}`)
  }
  const since = performance.now()
  const samples = await figureSamples(database, deps)()
  say(
    `metrics: ${samples.length} samples in ${(performance.now() - since).toFixed(0)} ms, once a minute at the most`,
  )
  await database.$disconnect()
})
