/**
 * `npm test`: types, lint and every test, on any machine that can run the gateway. Further arguments go to vitest.
 * The last line is always `N passed, N failed`; types and lint count as one test each.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from './prepare.mjs'
import { nodeOrExit } from './run-node.mjs'

const node = nodeOrExit()
const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }

installForConformance()
const results = [
  runOne('Types', 'typescript/bin/tsc', ['-p', '.']),
  runOne('Lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  runVitest(process.argv.slice(2)),
]
const sum = key => results.reduce((total, result) => total + result[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)

function runProgram(program, args) {
  return spawnSync(node, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  })
}

function runOne(name, program, args) {
  console.log(`${name} ...`)
  const ok = runProgram(program, args).status === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

/** A run that ends without a report, without a test, or badly for another reason than a test has failed as well. */
function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'intake-gateway-report-'))
  const report = join(folder, 'report.json')
  const { status } = runProgram('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ])
  const { numPassedTests = 0, numFailedTests = 0 } = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : {}
  rmSync(folder, { recursive: true })
  const otherwise = numFailedTests === 0 && (status !== 0 || numPassedTests === 0)
  return { passed: numPassedTests, failed: otherwise ? 1 : numFailedTests }
}

/** The Dovecot suite runs where Debian's package can be had without asking anybody: as root, with apt. */
function installForConformance() {
  const dovecot = process.env.DOVECOT ?? '/usr/sbin/dovecot'
  if (existsSync(dovecot)) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.env.DOVECOT) {
    console.log("Installing Debian's dovecot-imapd for the conformance suite ...")
    const apt = args =>
      spawnSync('apt-get', args, {
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    apt(['update', '-q'])
    if (apt(['install', '-y', '-q', '--no-install-recommends', 'dovecot-imapd']).status === 0) return
  }
  console.log(
    `The Dovecot conformance suite is left out: ${dovecot} is missing. To run it: DOVECOT=/path/to/dovecot npm test`,
  )
}
