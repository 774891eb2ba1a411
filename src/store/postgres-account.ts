/**
 * As whom and where PostgreSQL runs. It refuses to run as root, so root lends it an account of its own: the owner of
 * an existing cluster, else `postgres`, else `nobody`. No account is created on a machine that is not ours.
 */
import {
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { PermanentFailure } from '../desk/failure.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** Empty for an ordinary user: PostgreSQL then runs as ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | Record<never, never>

/** Where root puts what the account could not reach below a closed folder such as /root. */
const openPlace = '/var/lib/intake-gateway'

/** The account that runs the cluster in `clusterFolder`, which need not exist yet. */
export async function accountFor(clusterFolder: string): Promise<Account> {
  const existing = await stat(join(clusterFolder, 'PG_VERSION')).catch(() => undefined)
  const self = process.getuid?.()
  if (self !== 0) {
    if (existing && self !== undefined && existing.uid !== self)
      throw foreignCluster(clusterFolder, existing.uid)
    return {}
  }
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  const known = await readFile('/etc/passwd', 'utf8')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] =
      known
        .split('\n')
        .find(line => line.startsWith(`${name}:`))
        ?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new PermanentFailure(
    'database',
    'PostgreSQL refuses to run as root and this machine has neither a user "postgres" nor "nobody". Start the gateway as an ordinary user.',
  )
}

function foreignCluster(folder: string, owner: number): PermanentFailure {
  return new PermanentFailure(
    'database',
    `The database in ${folder} belongs to user id ${owner}. Start the gateway as that user or as root, or hand the data folder over with chown -R.`,
  )
}

/**
 * Creates `<dataFolder>/postgres` for the account and returns its real path. Where the account cannot get there, root
 * keeps the database below /var/lib/intake-gateway and leaves a symbolic link; `onStep` is told. Granting the
 * account a way through root's home was rejected: that opens more than a database needs.
 */
export async function preparePostgresFolder(
  dataFolder: string,
  account: Account,
  onStep: (step: string) => void,
): Promise<string> {
  const folder = join(resolve(dataFolder), 'postgres')
  if (await isThere(folder)) return realpath(folder)
  await makeDataFolder(dataFolder)
  if (await canReach(dirname(folder), account)) {
    await mkdir(folder, { mode: 0o700 })
    await give(folder, account)
    return realpath(folder)
  }
  await mkdir(openPlace, { recursive: true, mode: 0o755 })
  const place = await mkdtemp(join(openPlace, 'data-'))
  await give(place, account)
  await symlink(place, folder)
  onStep(`The database lies in ${place}: its user cannot reach ${resolve(dataFolder)}`)
  return place
}

/**
 * Creates the data folder: passable, so that PostgreSQL's account gets to its own part, and readable for nobody else;
 * what lies in it is closed by itself.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o711 })
}

/** Whether there is a file or folder of this name; a link into nothing is a database that has gone missing. */
export async function isThere(folder: string): Promise<boolean> {
  const entry = await lstat(folder).catch(() => undefined)
  if (!entry) return false
  if (!entry.isSymbolicLink() || (await stat(folder).catch(() => undefined))) return true
  throw new PermanentFailure(
    'database',
    `The database is missing: ${folder} points to ${await readlink(folder)}, which does not exist. Restore a backup, or remove the link to begin with an empty database.`,
  )
}

/** The programs at a place where the account can run them: themselves, or for a closed folder a copy. */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  account: Account,
): Promise<PostgresBinaries> {
  if (await canReach(binaries.root, account)) return binaries
  const root = join(openPlace, `programs-${binaries.version}`)
  const present = await stat(root).catch(() => undefined)
  if (!present) {
    await mkdir(openPlace, { recursive: true, mode: 0o755 })
    const unfinished = await mkdtemp(join(openPlace, 'programs-unfinished-'))
    await cp(binaries.root, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
    // Another first start may have been quicker; its copy is as good.
    await rename(join(unfinished, 'native'), root).catch(error => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    await rm(unfinished, { recursive: true, force: true })
  }
  return { ...binaries, root, initdb: join(root, 'bin/initdb'), postgres: join(root, 'bin/postgres') }
}

/** Hands a file or folder to the account; nothing to do for an ordinary user. */
export async function give(path: string, account: Account): Promise<void> {
  if ('uid' in account) await chown(path, account.uid, account.gid)
}

/** Whether the account may pass through every folder on the way to and including `folder`, by its permission bits. */
export async function canReach(folder: string, account: Account): Promise<boolean> {
  if (!('uid' in account)) return true
  for (let at = resolve(folder); ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}
