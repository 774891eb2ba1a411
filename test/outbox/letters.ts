import { randomUUID } from 'node:crypto'
import type { OutgoingMail } from '../../src/outbox/smtp.ts'
import type { Database } from '../../src/store/database.ts'
import type { Letter } from '../../src/store/generated/client.ts'

/** Letters as intake leaves them in the outbox, and the shortest mail they can become. */

export function composed(letter: Letter): OutgoingMail {
  return {
    from: 'support@example.com',
    to: letter.recipient,
    subject: `Letter of kind ${letter.kind}`,
    text: 'Grüße\n',
    messageId: letter.messageId,
  }
}

/** Puts a letter into the outbox as `enqueue` does; returns its Message-ID. */
export async function putLetter(database: Database, values: Partial<Letter> = {}): Promise<string> {
  const id = randomUUID()
  const at = new Date('2026-03-02T07:00:00Z')
  const letter = {
    id,
    kind: 'auto-reply',
    template: 'auto-reply',
    language: 'de',
    mailbox: 'support',
    recipient: 'anna@example.org',
    messageId: `<${id.replaceAll('-', '')}.autoreply@example.com>`,
    references: [],
    state: 'queued',
    createdAt: at,
    nextTryAt: at,
    ...values,
    data: {},
  }
  await database.letter.create({ data: letter })
  return letter.messageId
}

export function letterOf(database: Database, messageId: string): Promise<Letter> {
  return database.letter.findUniqueOrThrow({ where: { messageId } })
}
