import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/store/database.ts'

/** Rows as the gateway writes them, for tests of what only reads. */
export interface TicketWish {
  readonly number: string
  readonly subject: string
  readonly customerName: string
  readonly customerAddress: string
  readonly language: 'de' | 'en'
  readonly text: string
  readonly at: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly uid: number
  readonly replies?: readonly {
    readonly kind: string
    readonly author: string
    readonly text: string
    readonly at: Temporal.Instant
  }[]
  readonly letters?: readonly {
    readonly kind: string
    readonly recipient: string
    readonly state: string
    readonly subject?: string
    readonly text?: string
    readonly response?: string
  }[]
}

const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)

export const newTicketTrail = [
  { rule: 'duplicate', hit: false, because: 'its content has not been seen before' },
  { rule: 'own-mail', hit: false, because: 'its Message-ID is not that of a letter of ours' },
  { rule: 'machine-mail', hit: false, because: 'nothing marks it as machine mail' },
  { rule: 'in-reply-to', hit: false, because: 'In-Reply-To names no mail we know' },
  { rule: 'new-ticket', hit: true, because: 'it belongs to no ticket yet' },
  { rule: 'auto-reply', hit: true, because: 'a person wrote, within the budget' },
]

export async function insertTicket(db: Database, wish: TicketWish): Promise<bigint> {
  const id = randomUUID()
  const { number, subject, customerName, customerAddress, language } = wish
  const changedAt = dateOf(wish.replies?.at(-1)?.at ?? wish.at)
  const place = { mailbox: 'support', group: 'support', office: 'hamburg' }
  await db.ticket.create({
    data: {
      id,
      number,
      subject,
      customerName,
      customerAddress,
      language,
      ...place,
      state: 'open',
      openedAt: dateOf(wish.at),
      changedAt,
    },
  })
  const inboundId = await insertInbound(db, wish, id)
  const mails = [
    {
      kind: 'customer-mail',
      author: `${customerName} <${customerAddress}>`,
      text: wish.text,
      at: wish.at,
      inboundId,
    },
    ...(wish.replies ?? []),
  ]
  await db.entry.createMany({
    data: mails.map(({ at, ...entry }) => ({
      ...entry,
      id: randomUUID(),
      ticketId: id,
      at: dateOf(at),
      detail: {},
    })),
  })
  await db.guarantee.create({
    data: {
      id: randomUUID(),
      ticketId: id,
      kind: 'first-response',
      state: 'open',
      startedAt: dateOf(wish.at),
      dueAt: dateOf(wish.dueAt),
      derivation: [{ date: '2026-11-23', from: '09:41', to: '11:41', minutes: 120 }],
    },
  })
  for (const [n, letter] of (wish.letters ?? []).entries()) {
    const createdAt = dateOf(wish.at.add({ seconds: n + 1 }))
    const messageId = `<${randomUUID().replaceAll('-', '')}.${letter.kind}@example.com>`
    const fixed = {
      id: randomUUID(),
      ticketId: id,
      template: letter.kind,
      language,
      data: {},
      mailbox: 'support',
      references: [],
    }
    await db.letter.create({
      data: { ...letter, ...fixed, messageId, createdAt, nextTryAt: createdAt, attempts: 1 },
    })
  }
  return inboundId
}

async function insertInbound(db: Database, wish: TicketWish, ticketId: string): Promise<bigint> {
  const { id } = await db.inbound.create({
    data: {
      channel: 'mail',
      mailbox: 'support',
      folder: 'INBOX',
      uidValidity: 1763900000n,
      uid: BigInt(wish.uid),
      rawSha256: 'ab'.repeat(32),
      size: 2048n,
      receivedAt: dateOf(wish.at),
      takenInAt: dateOf(wish.at),
      fromAddress: wish.customerAddress,
      subject: wish.subject,
      classification: 'customer',
      fingerprint: `print-${wish.uid}`,
      outcome: 'open-ticket',
      rule: 'new-ticket',
      trail: newTicketTrail,
      ticketId,
    },
  })
  return id
}
