/** `npm run fault -- --seed N [--crashes 200]`: the long fault run. Prints a line a round and, at the end, what was found. */
import { parseArgs } from 'node:util'
import { crashRounds, type RoundReport } from './rounds.ts'
import { openWorld } from './world.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string' }, crashes: { type: 'string', default: '200' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
const crashes = Number(values.crashes)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(crashes) || crashes < 1) {
  process.stderr.write('Usage: npm run fault -- [--seed N] [--crashes 200]\n')
  process.exit(2)
}

function tally(reports: readonly RoundReport[], key: 'step' | 'accident'): string {
  const counts = new Map<string, number>()
  for (const report of reports)
    if (report.crashed) counts.set(report[key], (counts.get(report[key]) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
}

process.stdout.write(`seed ${seed}, ${crashes} crashes\n`)
const world = await openWorld()
try {
  const reports = await crashRounds(world, seed, crashes, ({ step, accident, crashed }) => {
    process.stdout.write(
      `${crashed ? 'killed at' : 'not reached:'} ${step}${accident === 'none' ? '' : ` with ${accident}`}\n`,
    )
  })
  world.startGateway()
  // A letter that was refused again and again in the turmoil waits minutes for its next attempt.
  const settled = await world.settled(900)
  const faults = await world.faults()
  process.stdout.write(
    `\n${reports.filter(report => report.crashed).length} crashes in ${reports.length} rounds\n`,
  )
  process.stdout.write(`at: ${tally(reports, 'step')}\nwith: ${tally(reports, 'accident')}\n`)
  process.stdout.write(settled ? 'everything came to rest\n' : 'NOT everything came to rest\n')
  process.stdout.write(
    faults.length === 0 ? 'no mail lost, none doubled, no answer doubled\n' : `${faults.join('\n')}\n`,
  )
  process.exitCode = settled && faults.length === 0 ? 0 : 1
} finally {
  await world.close()
}
