import { configSchema } from '../../../src/config/schema.ts'
import { agentToken } from '../../../src/desk/agent-token.ts'
import type { MailContent } from '../../../src/desk/mail-content.ts'
import type { PromiseDeps } from '../../../src/intake/promises/promise-deps.ts'
import { promiseDepsOf } from '../../../src/intake/promises/promise-deps.ts'
import { wakeGuarantees } from '../../../src/intake/promises/wake-guarantees.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { noon } from '../../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../desk.ts'

/** A desk with a policy, on a real database and a clock that a test sets. */
export interface WatchedDesk extends TestDesk {
  readonly promises: PromiseDeps
  /** The customer writes; `answering` is the Message-ID of a mail of the thread. */
  customer(text: string, changes?: Partial<MailContent>): Promise<void>
  /** Anna presses Reply. */
  agent(text: string): Promise<void>
  /** The clock goes on to that moment, and stops wherever a promise wants to be looked at. */
  until(time: string): Promise<void>
  now(): Temporal.Instant
  /** Back to noon of the first day, with nothing in the ledger. */
  reset(): Promise<void>
}

const policy = {
  targets: [
    { when: { severity: 'stopped' }, firstResponse: 60, statusUpdate: 120, resolution: 480 },
    { when: {}, statusUpdate: 240, resolution: 960 },
  ],
  levels: [
    { when: { severity: 'stopped' }, level: 2, because: 'a business stands still' },
    { when: { broken: ['first-response'] }, level: 'next', because: 'we broke a promise' },
  ],
}

export const watchedConfig = configSchema.parse({
  ...structuredClone(deskConfig),
  tickets: { ...deskConfig.tickets, firstResponseMinutes: 120 },
  policy,
})

export async function openWatchedDesk(config = watchedConfig): Promise<WatchedDesk> {
  let clock = noon
  let uid = 500
  const desk = await openDesk(() => clock, config)
  const { database } = desk
  const promises = promiseDepsOf(desk.deps)
  const post = async (changes: Partial<MailContent>) => {
    const mail = arrival(++uid, changes)
    await takeIn(desk.deps, [{ ...mail, receivedAt: clock }])
  }
  return {
    ...desk,
    promises,
    now: () => clock,
    customer: (text, changes = {}) =>
      post({ messageId: `<c${uid}@kunde.example.com>`, text, replyText: text, ...changes }),
    async agent(text) {
      const { number } = await database.ticket.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
      const issuedOn = clock.toZonedDateTimeISO('Europe/Berlin').toPlainDate()
      const token = agentToken(config.secret, { agent: 'anna', number, issuedOn })
      await post({
        messageId: `<a${uid}@example.com>`,
        from: { address: 'anna@example.com', name: 'Anna Fink' },
        to: [{ address: `support+${token}@example.com`, name: '' }],
        subject: `AW: [#${number}] Neues Ticket`,
        text,
        replyText: text,
        authentication: {
          from: ['anna@example.com'],
          fromDomain: 'example.com',
          sender: [],
          results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
          internal: false,
          dkim: 'unknown',
        },
      })
    },
    async until(time) {
      const end = Temporal.Instant.from(time)
      for (;;) {
        const { nextAt } = await wakeGuarantees(promises)
        if (nextAt === null || Temporal.Instant.compare(nextAt, end) > 0) break
        if (Temporal.Instant.compare(nextAt, clock) > 0) clock = nextAt
      }
      clock = end
    },
    async reset() {
      clock = noon
      await database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, held, participant, escalation,
        suppression, mailbox_cursor cascade`
    },
  }
}
