/**
 * The server process of the embedded database: is one running on this cluster, is it ready, start it, stop it.
 * What PostgreSQL itself says in `postmaster.pid` is believed only where the process behind the number is really one
 * that lives in our cluster: after a crash or a reboot the number may belong to anything.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, readlink, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { platform } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import type { Account } from './postgres-account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { postgresEnvironment } from './postgres-cluster.ts'

/** Sized for a small server. What is left out stays at PostgreSQL's own default. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // No sockets in the file system: their path is limited to about 100 characters, a data folder's is not.
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  // Enough for a backup of the running server. The backup pins the write-ahead log it needs with a temporary
  // replication slot, so no fixed wal_keep_size is set aside, which could still be too small.
  wal_level: 'replica',
  // Statements here are short; compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file per weekday, overwritten a week later: the log cannot fill the disk.
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
}

/** Ten minutes: crash recovery of a large write-ahead log on a slow disk. */
const patienceMilliseconds = 600_000
const pollMilliseconds = 25

interface PidFile {
  readonly pid: number
  readonly port: number
  readonly status: string
}

/** The process of the server that runs on this cluster, or undefined. Sees neither strangers nor zombies. */
export async function findPostmaster(cluster: string): Promise<PidFile | undefined> {
  const file = await readPidFile(cluster)
  return file && (await livesIn(file.pid, cluster)) ? file : undefined
}

async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
}

/** A PostgreSQL server's working directory is its cluster; where /proc is missing, the command line names it. */
async function livesIn(pid: number, cluster: string): Promise<boolean> {
  if (platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
    return folder !== undefined && folder === (await realpath(cluster))
  }
  const ps = spawn('ps', ['-p', String(pid), '-o', 'command='], { stdio: ['ignore', 'pipe', 'ignore'] })
  let line = ''
  for await (const chunk of ps.stdout) line += chunk
  return line.includes('postgres') && line.includes(cluster)
}

/** Waits until the server accepts connections. `gone` says whether it has ended meanwhile. */
export async function untilReady(
  cluster: string,
  gone: () => boolean | Promise<boolean>,
): Promise<PidFile | undefined> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pollMilliseconds) {
    const file = await findPostmaster(cluster)
    if (file?.status === 'ready') return file
    if (await gone()) return undefined
    await delay(pollMilliseconds)
  }
  throw new TransientFailure('database', 'PostgreSQL did not become ready within ten minutes')
}

/**
 * Starts a server on the cluster and returns its process id once it accepts connections. Detached and with no pipe
 * to us: Ctrl-C in our terminal must not take the database away under a gateway that is still finishing its work.
 */
export async function startPostmaster(
  cluster: string,
  port: number,
  binaries: PostgresBinaries,
  account: Account,
  extra: Readonly<Record<string, string>>,
): Promise<number> {
  await disownStrangersPid(cluster)
  // A killed server's children hold its shared memory until they notice; PostgreSQL then refuses to start.
  for (let attempt = 1; ; attempt++) {
    const started = await tryStart(cluster, port, binaries, account, extra)
    if (typeof started === 'number') return started
    if (attempt === 100 || !/still in use|lock file/.test(started.complaint)) {
      throw new PermanentFailure(
        'database',
        `PostgreSQL did not start: ${started.complaint || 'it said nothing'}`,
      )
    }
    await delay(100)
  }
}

async function tryStart(
  cluster: string,
  port: number,
  binaries: PostgresBinaries,
  account: Account,
  extra: Readonly<Record<string, string>>,
): Promise<number | { complaint: string }> {
  const args = Object.entries({ ...settings, ...extra, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const log = await open(join(dirname(cluster), 'start.log'), 'w', 0o600)
  let child: ChildProcess
  try {
    child = spawn(binaries.postgres, ['-D', cluster, ...args], {
      ...account,
      cwd: '/',
      env: postgresEnvironment,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
  } finally {
    await log.close()
  }
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  child.unref()
  const ready = await untilReady(cluster, () => ended)
  if (ready) return ready.pid
  const complaint = await readFile(join(dirname(cluster), 'start.log'), 'utf8')
  return { complaint: complaint.trim().slice(-1500) }
}

/**
 * PostgreSQL refuses to start while the process id in its lock file is alive, even where that is a stranger's by now.
 * Only the number is replaced, by one that no process can have: the rest of the file tells PostgreSQL how to find
 * left-over children of the dead server, and deleting it would take that safeguard away.
 */
async function disownStrangersPid(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const file = await readPidFile(cluster)
  if (!file || (await livesIn(file.pid, cluster))) return
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/^\d+/, '2147483647'))
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Returns when the process is gone. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const running = await findPostmaster(cluster)
  if (!running) return
  process.kill(running.pid, 'SIGINT')
  for (let waited = 0; waited < patienceMilliseconds; waited += pollMilliseconds) {
    if (!(await livesIn(running.pid, cluster))) return
    await delay(pollMilliseconds)
  }
  throw new TransientFailure(
    'database',
    `PostgreSQL (process ${running.pid}) did not stop within ten minutes`,
  )
}
