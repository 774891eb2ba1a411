/** `npm run bench <name> [-- options]`: the benchmarks by name. */
const benchmarks: Readonly<Record<string, () => Promise<unknown>>> = {
  mail: () => import('./mail.ts'),
  outbox: () => import('./outbox.ts'),
  phone: () => import('./phone.ts'),
  promises: () => import('./promises.ts'),
  reports: () => import('./reports.ts'),
  threading: () => import('./threading.ts'),
}

const [name = ''] = process.argv.splice(2, 1)
const run = benchmarks[name]
if (run) await run()
else {
  process.stderr.write(`Usage: npm run bench <${Object.keys(benchmarks).join('|')}> [-- options]\n`)
  process.exitCode = 2
}
