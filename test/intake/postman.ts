import { createHash } from 'node:crypto'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import { type TakenIn, takeIn } from '../../src/intake/take-in.ts'
import { composeLetter, mimeOf } from '../../src/outbox/letter.ts'
import type { Letter } from '../../src/store/generated/client.ts'
import { builtInTemplates, loadTemplates, type Templates } from '../../src/templates.ts'
import type { TestDesk } from './desk.ts'

/**
 * Carries mail between desks without a network: letters leave an outbox as the bytes that would travel, and arrive as
 * what the reader makes of them.
 */
export interface Postman {
  /** Takes every waiting letter out of the outbox, oldest first, as it would travel. */
  collect(desk: Pick<TestDesk, 'database' | 'config' | 'deps'>): Promise<readonly Post[]>
  /** Brings one mail to the mailbox "support" of a desk. */
  bring(desk: TestDesk, raw: Buffer, receivedAt?: Temporal.Instant): Promise<TakenIn>
}

export interface Post {
  readonly letter: Letter
  readonly raw: Buffer
}

let templates: Promise<Templates> | undefined
let lastUid = 0n

export async function openPostman(): Promise<Postman> {
  templates ??= loadTemplates([builtInTemplates])
  const shelf = await templates
  return {
    async collect({ database, config, deps }) {
      const letters = await database.letter.findMany({
        where: { state: 'queued' },
        orderBy: [{ createdAt: 'asc' }, { recipient: 'asc' }],
      })
      const sentAt = new Date(deps.now().epochMilliseconds)
      return Promise.all(
        letters.map(async letter => {
          const composed = composeLetter(letter, config, shelf, deps.offices)
          const { subject, text } = composed
          const data = { state: 'sent', sentAt, subject, text }
          await database.letter.update({ where: { id: letter.id }, data })
          return { letter, raw: await mimeOf(composed) }
        }),
      )
    },
    async bring(desk, raw, receivedAt = desk.deps.now()) {
      lastUid++
      const rawSha256 = createHash('sha256').update(raw).digest('hex')
      const content = await readMail(raw)
      const mail: InboundMail = {
        kind: 'mail',
        position: { mailbox: 'support', folder: 'INBOX', uidValidity: 1n, uid: lastUid },
        rawSha256,
        size: raw.length,
        receivedAt,
        content,
        fingerprint: fingerprintOf(content, rawSha256),
      }
      const [taken] = await takeIn(desk.deps, [mail])
      if (!taken) throw new Error('a mail at a new position is always taken in')
      return taken
    },
  }
}

/** The mail without these header fields, as a careless relay or list server passes it on. */
export function without(raw: Buffer, names: readonly string[]): Buffer {
  const text = raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/)
  const kept = fields.filter(field => !names.includes(field.slice(0, field.indexOf(':')).toLowerCase()))
  return Buffer.from(kept.join('\r\n') + text.slice(end), 'latin1')
}
