/**
 * A real Dovecot for tests, on a free loopback port with its own configuration and users in a temporary folder. Runs as
 * the user that runs the tests, root or not.
 */
import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ImapPeer } from './imap-peer.ts'

/** Path of the binary, or undefined where there is none: the suite then says so and is left out. */
export function dovecotBinary(): string | undefined {
  const path = process.env.DOVECOT ?? '/usr/sbin/dovecot'
  return existsSync(path) ? path : undefined
}

const password = 'right'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

function configuration(folder: string, port: number): string {
  const { uid, gid, username } = userInfo()
  // Dovecot refuses to read mail as root: where the tests run as root, the mail belongs to nobody in particular.
  const owner = uid === 0 ? { uid: 65534, gid: 65534 } : { uid, gid }
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
  const account =
    uid === 0
      ? ''
      : `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${group}\n`
  const chroot = uid === 0 ? '' : 'service imap-login {\n  chroot =\n}\n'
  const anvil = uid === 0 ? '' : '  chroot =\n'
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_max_userip_connections = 100
${account}first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mailbox_idle_check_interval = 1 secs
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
  process_min_avail = 1
}
${chroot}# One wrong password must not slow down the next test: without this listener there is no penalty.
service anvil {
${anvil}  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'data')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Starts it and waits until it greets. */
export async function startDovecot(binary: string): Promise<ImapPeer> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-dovecot-'))
  const { uid } = userInfo()
  for (const name of ['run', 'state', 'mail']) await mkdir(join(folder, name))
  await chmod(folder, 0o755)
  if (uid === 0) await chown(join(folder, 'mail'), 65534, 65534)
  const port = await freePort()
  const file = join(folder, 'dovecot.conf')
  await writeFile(file, configuration(folder, port))
  const child = spawn(binary, ['-F', '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] })
  const gone = once(child, 'exit')
  const kill = (): void => void child.kill('SIGTERM')
  process.once('exit', kill)
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 100 || child.exitCode !== null)
      throw new Error(`Dovecot did not start; see ${folder}/dovecot.log`)
    await pause(100)
  }
  return {
    name: 'Dovecot',
    account: async () => ({ port, user: `support-${randomUUID()}`, password }),
    async stop() {
      process.removeListener('exit', kill)
      kill()
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
