/**
 * Makes a checkout ready to run with nothing but Node 20 and npm on the machine: the locked packages, the Node that
 * the gateway runs on (it comes as a package) and the generated database client. Plain JavaScript, because it runs
 * before any of that is there. Every step is skipped when its result is up to date.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const neededMajor = 26

/** What a person must know when a step fails; printed without a stack. */
export class PreparationFailed extends Error {}

/** Runs all steps, telling `say` one line for each that has work to do, and returns the path of the Node to use. */
export function prepare(say = line => process.stderr.write(`${line}\n`)) {
  if (process.env.NODE_ENV !== 'production') installPackages(say)
  const node = findNode(say)
  generateClient(node, say)
  return node
}

/** Installs the locked packages, development ones included, when they are missing or the lock file has changed. */
function installPackages(say) {
  const lock = digest(join(root, 'package-lock.json'))
  const stamp = join(modules, '.package-lock-hash')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (!installedByHand()) {
    say('Installing the locked packages (about a minute the first time) ...')
    // Errors only: npm warns of engines of packages that never run on the Node that installs them.
    runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  writeFileSync(stamp, lock)
}

/** Whether somebody ran npm themselves after the lock file last changed. */
function installedByHand() {
  const record = join(modules, '.package-lock.json')
  return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

/** This process where it is new enough, else the packaged Node, fetched again where install scripts were not run. */
function findNode(say) {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath
  const found = packagedNodes().find(runs)
  if (found) return found
  say(`Fetching Node ${neededMajor} ...`)
  runNpm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'])
  const fetched = packagedNodes().find(runs)
  if (fetched) return fetched
  throw new PreparationFailed(
    `The gateway needs Node ${neededMajor}; this is ${process.version}, and the package "node" brought none for ` +
      `${process.platform}-${process.arch}. Install Node ${neededMajor} and try again.`,
  )
}

/** Where the package puts the program: linked in place, or only inside the package for this platform. */
function packagedNodes() {
  const nested = join(modules, 'node', 'node_modules')
  const packages = [nested, modules].flatMap(folder =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter(name => /^node-(bin-)?(linux|darwin|win)-/.test(name))
          .map(name => join(folder, name))
      : [],
  )
  const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return [join(modules, 'node'), ...packages].map(folder => join(folder, program))
}

function runs(path) {
  if (!existsSync(path)) return false
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) >= neededMajor
}

/** Generates the database client when the schema has changed; a production install brings it along. */
function generateClient(node, say) {
  const client = join(root, 'src/store/generated/client.ts')
  const schema = digest(join(root, 'prisma/schema.prisma'))
  const stamp = join(modules, '.prisma-schema-hash')
  const generator = join(modules, 'prisma/build/index.js')
  if (
    existsSync(client) &&
    (!existsSync(generator) || (existsSync(stamp) && readFileSync(stamp, 'utf8') === schema))
  )
    return
  say('Generating the database client ...')
  const { status, stdout, stderr } = spawnSync(node, [generator, 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // The generator looks for an engine program it does not use and would download it; any program will do.
      PRISMA_SCHEMA_ENGINE_BINARY: node,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (status !== 0)
    throw new PreparationFailed(`The database client could not be generated:\n${stdout}${stderr}`)
  writeFileSync(stamp, schema)
}

/**
 * Runs the npm that started us, on the machine's own Node: `npm run` puts our packages' programs first in the path,
 * and the Node among them is about to be replaced.
 */
function runNpm(args) {
  const started = process.env.npm_execpath
  const [command, ...first] = started && basename(started) === 'npm-cli.js' ? ['node', started] : ['npm']
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => !folder.startsWith(modules))
    .join(delimiter)
  const { status, error, stdout, stderr } = spawnSync(command, [...first, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  if (error) throw new PreparationFailed(`npm could not be run: ${error.message}`)
  const said = `${stdout}${stderr}`.trim()
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/.test(said)) {
    throw new PreparationFailed(
      'The package registry cannot be reached. The first start needs it: is this machine online?',
    )
  }
  throw new PreparationFailed(`"npm ${args[0]}" failed:\n${said.slice(0, 2000)}`)
}

function digest(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
