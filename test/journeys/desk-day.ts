/** A desk in the sandbox with the real gateway on it: real IMAP, real SMTP, a real database, people who write mails. */

import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { configSchema } from '../../src/config/schema.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { cloneDatabase } from '../database.ts'

export interface Letter {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly messageId?: string
  readonly inReplyTo?: string | undefined
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer }[]
  /** Submitted without a login, as a forger would. */
  readonly anonymous?: boolean
}

export interface DeskDay {
  readonly gateway: Gateway
  readonly sandbox: Sandbox
  send(letter: Letter): Promise<void>
  /** The mail number `index` in somebody's inbox, waited for. */
  mail(address: string, index: number): Promise<Email & { readonly raw: string }>
  count(address: string): number
  /** Waits until every mail in the support mailbox is taken in and no letter is under way. */
  quiet(): Promise<void>
  close(): Promise<void>
}

const patienceMs = 30_000

export async function openDeskDay(): Promise<DeskDay> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-journey-'))
  const { url, drop } = await cloneDatabase()
  const sandbox = await startSandbox({ folder: join(folder, 'world'), imapPort: 0, smtpPort: 0 })
  const config = configSchema.parse({ ...sandbox.config, data: join(folder, 'data'), database: { url } })
  const now = () => Temporal.Now.instant()
  const gateway = await startGateway({ config, log: openLog('silent'), now, onStep: () => {} })
  const inbox = (address: string) => sandbox.world.folder(sandbox.world.provide(address), 'INBOX')

  async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const end = performance.now() + patienceMs
    while (!(await condition())) {
      if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }

  return {
    gateway,
    sandbox,
    async send({ from, to, anonymous, attachments, inReplyTo, ...rest }) {
      const account = sandbox.world.provide(from)
      const transport = createTransport({
        ...sandbox.smtp,
        ignoreTLS: true,
        ...(anonymous ? {} : { auth: { user: account.address, pass: account.password } }),
      })
      await transport.sendMail({
        from: { name: account.name, address: from },
        to,
        ...rest,
        ...(inReplyTo ? { inReplyTo, references: inReplyTo } : {}),
        attachments: [...(attachments ?? [])],
      })
      transport.close()
    },
    async mail(address, index) {
      await until(() => inbox(address).list().length > index, `mail ${index + 1} of ${address}`)
      const raw = inbox(address).read(inbox(address).list()[index]?.uid ?? 0)
      return { ...(await PostalMime.parse(raw)), raw: raw.toString('latin1') }
    },
    count: address => inbox(address).list().length,
    async quiet() {
      const sent = inbox('support@example.com').list().length
      await until(async () => (await gateway.database.inbound.count()) >= sent, 'the mailbox to be read')
      await until(
        async () =>
          (await gateway.database.letter.count({ where: { state: { in: ['queued', 'sending'] } } })) === 0,
        'the outbox to be empty',
      )
    },
    async close() {
      await gateway.stop()
      await sandbox.stop()
      await drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A reply as a plain-text mail client writes it: own words above the quoted mail. */
export function replyAbove(words: string, original: Email): string {
  const quoted = (original.text ?? '')
    .trimEnd()
    .split('\n')
    .map(line => `> ${line}`)
    .join('\n')
  return `${words}\n\nAm 24.11.2026 um 10:00 schrieb Nordlicht Support:\n${quoted}\n`
}
