import { answerAddress } from '../desk/answer.ts'
import type { Agent, Facts } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { Lookup } from './lookup.ts'

/** What is true for every mail of a mailbox, taken from the configuration. */
export interface MailboxFacts {
  readonly instance: string
  readonly ownAddresses: ReadonlySet<string>
  readonly agentsByAddress: ReadonlyMap<string, Agent>
  readonly since: Temporal.Instant | undefined
  readonly budgets: Facts['budgets']
}

/**
 * The facts for one mail after the other of a batch. What an earlier mail of the batch decided counts for the later
 * ones (`learn`), as if each had been a transaction of its own: a customer's second mail that refers to the first,
 * a copy in the same fetch, the tenth mail of a sender whose budget is nine.
 */
export class FactBook {
  readonly #lookup: Lookup
  readonly #mailbox: MailboxFacts
  readonly #originals: Map<string, { inboundId: bigint; ticketId: string | null }>
  readonly #tickets: Map<string, Ticket>
  readonly #threads: Map<string, string>
  readonly #answered = new Map<string, number>()
  #answeredInAll = 0

  constructor(lookup: Lookup, mailbox: MailboxFacts) {
    this.#lookup = lookup
    this.#mailbox = mailbox
    this.#originals = new Map(lookup.originals)
    this.#tickets = new Map(lookup.ticketsById)
    this.#threads = new Map(lookup.threads)
  }

  factsFor(mail: InboundMail, tokenNumber: string | undefined): Facts {
    const { content } = mail
    const { letters } = this.#lookup
    const returnedLetter = content.bounce?.originalMessageId
      ? letters.get(content.bounce.originalMessageId)
      : undefined
    const answerTo = answerAddress(content)?.toLowerCase() ?? ''
    const counted = this.#lookup.countsByAddress.get(answerTo)
    const justNow = this.#answered.get(answerTo) ?? 0
    return {
      ...this.#mailbox,
      original: this.#originals.get(mail.fingerprint),
      ownLetter: content.messageId ? letters.get(content.messageId) : undefined,
      returnedLetter,
      ticketByToken: tokenNumber ? this.#lookup.ticketsByNumber.get(tokenNumber) : undefined,
      ticketByInReplyTo: this.#firstTicket(content.inReplyTo),
      // From the right: the last reference is the nearest relative (RFC 5322, 3.6.4).
      ticketByReferences: this.#firstTicket(content.references.toReversed()),
      ticketOfReturnedLetter: returnedLetter?.ticketId
        ? this.#tickets.get(returnedLetter.ticketId)
        : undefined,
      agent: this.#mailbox.agentsByAddress.get(content.from?.address.toLowerCase() ?? ''),
      counts: {
        addressLastHour: (counted?.lastHour ?? 0) + justNow,
        addressLastDay: (counted?.lastDay ?? 0) + justNow,
        totalLastHour: this.#lookup.totalLastHour + this.#answeredInAll,
      },
    }
  }

  /** Lets the rest of the batch know what has just been decided about `mail`. */
  learn(mail: InboundMail, inboundId: bigint, ticket: Ticket | undefined, answered: boolean): void {
    const { content, fingerprint } = mail
    if (!this.#originals.has(fingerprint))
      this.#originals.set(fingerprint, { inboundId, ticketId: ticket?.id ?? null })
    if (ticket) this.#tickets.set(ticket.id, ticket)
    if (ticket && content.messageId) this.#threads.set(content.messageId, ticket.id)
    if (!answered) return
    const address = answerAddress(content)?.toLowerCase() ?? ''
    this.#answered.set(address, (this.#answered.get(address) ?? 0) + 1)
    this.#answeredInAll++
  }

  #firstTicket(messageIds: readonly string[]): Ticket | undefined {
    for (const id of messageIds) {
      const ticketId = this.#lookup.letters.get(id)?.ticketId ?? this.#threads.get(id)
      const ticket = ticketId ? this.#tickets.get(ticketId) : undefined
      if (ticket) return ticket
    }
    return undefined
  }
}
