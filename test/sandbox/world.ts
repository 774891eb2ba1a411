import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { createTransport, type Transporter } from 'nodemailer'
import { onTestFinished } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

/** A folder that is gone when the test is over. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A sandbox on free ports, stopped when the test is over. */
export async function openWorld(folder = freshFolder(), now?: () => Temporal.Instant): Promise<Sandbox> {
  const sandbox = await startSandbox({ folder, imapPort: 0, smtpPort: 0, ...(now ? { now } : {}) })
  onTestFinished(() => sandbox.stop())
  return sandbox
}

export async function imapClient(
  sandbox: Sandbox,
  user: string,
  pass = 'sandbox',
  loginMethod = 'AUTH=PLAIN',
): Promise<ImapFlow> {
  const { host, port } = sandbox.imap
  const client = new ImapFlow({
    host,
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass, loginMethod },
    logger: false,
  })
  await client.connect()
  onTestFinished(() => client.close())
  return client
}

export function smtpClient(sandbox: Sandbox, user?: string, pass = 'sandbox'): Transporter {
  const { host, port } = sandbox.smtp
  const transport = createTransport({
    host,
    port,
    ignoreTLS: true,
    ...(user ? { auth: { user, pass } } : {}),
  })
  onTestFinished(() => transport.close())
  return transport
}

/** The bytes of every mail in a folder, oldest first, as IMAP hands them out. */
export async function sourcesOf(client: ImapFlow, folder: string): Promise<Buffer[]> {
  const lock = await client.getMailboxLock(folder)
  try {
    const sources: Buffer[] = []
    for await (const mail of client.fetch('1:*', { uid: true, source: true }))
      if (mail.source) sources.push(mail.source)
    return sources
  } finally {
    lock.release()
  }
}

/** What a mail server answered, or a failed test: imapflow says `false` for "not there". */
export function given<T>(value: T | false | undefined): T {
  if (value === false || value === undefined) throw new Error('the mail server gave nothing')
  return value
}
