/** The people around a mailbox: who writes to it, and who reads it in a mail client of their own. */
import { ImapFlow } from 'imapflow'
import type { ImapAccount } from '../imap-peer.ts'

/** A mail of which every line is ordinary. `padding` bytes make it as large as wished. */
export function letter(name: string, padding = 0): Buffer {
  const lines = 'All work and no play makes a dull ticket.\r\n'.repeat(Math.ceil(padding / 43))
  return Buffer.from(
    [
      'From: Erika Muster <erika@example.com>',
      'To: support@example.com',
      'Date: Mon, 2 Mar 2026 09:15:00 +0100',
      `Message-ID: <${name}@example.com>`,
      `Subject: ${name}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `This is ${name}.`,
      lines,
    ].join('\r\n'),
  )
}

/** prefix-1, prefix-2 and so on. */
export function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`)
}

export function letters(wanted: readonly string[]): Buffer[] {
  return wanted.map(name => letter(name))
}

/** A mail client: everything a person or a delivering server does to the folders. Close it. */
export async function mailClient(account: ImapAccount): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: account.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: account.user, pass: account.password },
    logger: false,
    disableAutoIdle: true,
  })
  await client.connect()
  return client
}

/** Does something in the account and leaves. */
export async function visit<T>(account: ImapAccount, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = await mailClient(account)
  try {
    return await work(client)
  } finally {
    await client.logout()
    client.close()
  }
}

export async function post(
  account: ImapAccount,
  folder: string,
  mails: readonly Buffer[],
  flags: string[] = [],
): Promise<void> {
  await visit(account, async client => {
    for (const mail of mails) await client.append(folder, mail, flags)
  })
}

export interface Lying {
  readonly uid: number
  readonly flags: readonly string[]
  readonly subject: string
}

/** What lies in a folder, without touching it. */
export async function look(account: ImapAccount, folder: string): Promise<readonly Lying[]> {
  return visit(account, async client => {
    const mailbox = await client.mailboxOpen(folder, { readOnly: true })
    if (mailbox.exists === 0) return []
    const all = await client.fetchAll('1:*', { uid: true, flags: true, headers: ['subject'] })
    return all.map(({ uid, flags = new Set<string>(), headers }) => ({
      uid,
      flags: [...flags].filter(flag => flag !== '\\Recent').sort(),
      subject: /^Subject: (.*?)\r?$/im.exec(headers?.toString() ?? '')?.[1] ?? '',
    }))
  })
}

/** Gives the folder a new UIDVALIDITY and its mails new UIDs, as a migration to another server does. */
export async function migrate(account: ImapAccount, folder: string): Promise<void> {
  await visit(account, async client => {
    const transit = `${folder}-transit`
    await client.mailboxCreate(transit)
    await client.mailboxOpen(folder)
    await client.messageCopy('1:*', transit)
    await client.mailboxClose()
    await client.mailboxDelete(folder)
    await client.mailboxCreate(folder)
    await client.mailboxOpen(transit)
    await client.messageCopy('1:*', folder)
    await client.mailboxClose()
  })
}
