/**
 * Runs the tests that docs/requirements.md names and prints each requirement with what became of them. Exit code 1 where
 * a requirement has no proof, a proof names no test, or a test failed; `npm run requirements -- E4 G2` for some of them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keys, type Proof, readRequirements } from './requirement-list.ts'

interface TestResult {
  readonly fullName: string
  readonly status: string
}

interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly TestResult[] }[]
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const wanted = process.argv.slice(2)
const unknown = wanted.filter(key => !keys.includes(key))
if (unknown.length > 0) {
  console.error(`There is no requirement ${unknown.join(', ')}. They are ${keys.join(', ')}.`)
  process.exit(2)
}

const requirements = readRequirements().filter(({ key }) => wanted.length === 0 || wanted.includes(key))
const files = [...new Set(requirements.flatMap(({ proofs }) => proofs.map(({ file }) => file)))]
const results = runTests(files)
let unproven = keys.filter(
  key => (wanted.length === 0 || wanted.includes(key)) && !requirements.some(one => one.key === key),
).length

for (const { key, title, proofs } of requirements) {
  const judged = proofs.map(judge)
  const proven = judged.length > 0 && judged.every(({ ok }) => ok)
  if (!proven) unproven += 1
  console.log(`\n${proven ? 'proven ' : 'MISSING'}  ${key}  ${title}`)
  for (const { line } of judged) console.log(`           ${line}`)
  if (judged.length === 0) console.log('           no test is named')
}
const count = requirements.length
console.log(`\n${count - unproven} of ${count} requirements proven by ${files.length} files of tests`)
process.exit(unproven === 0 ? 0 : 1)

function judge({ file, name }: Proof): { readonly ok: boolean; readonly line: string } {
  const tests = (results.get(file) ?? []).filter(({ fullName }) => fullName.includes(name))
  const passed = tests.filter(({ status }) => status === 'passed').length
  const failed = tests.filter(({ status }) => status === 'failed').length
  const ok = passed > 0 && failed === 0
  const outcome =
    tests.length === 0 ? 'NO SUCH TEST' : `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}`
  return { ok, line: `${outcome}: ${name} (${file})` }
}

/** By file, as docs/requirements.md writes it. */
function runTests(wantedFiles: readonly string[]): ReadonlyMap<string, readonly TestResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'intake-gateway-requirements-'))
  const report = join(folder, 'report.json')
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...wantedFiles],
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const read: Report = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] }
  rmSync(folder, { recursive: true })
  return new Map(
    read.testResults.map(({ name, assertionResults }) => [name.slice(root.length), assertionResults]),
  )
}
