import { answerAddress } from '../desk/answer.ts'
import type { Action } from '../desk/decide.ts'
import type { Agent, Facts, SubjectMatch } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { kindsByHumans, kindsToCustomers, noTicket, type TicketCounts } from '../desk/loop-budget.ts'
import { nearestReferences, type RecentTicket, sameConversation, sameTopic } from '../desk/threading.ts'
import type { Ticket } from '../desk/ticket.ts'
import { surveyFor } from './feedback/survey-facts.ts'
import type { Lookup } from './lookup.ts'
import type { NumbersTold } from './numbers-told.ts'
import type { TicketChange } from './plan.ts'
import { senderOf } from './recent-tickets.ts'
import { suppressionFor } from './suppression.ts'
import { changedTicket } from './ticket-rows.ts'

/** Letters that somebody outside was sent: who names one of them was let in. */
const outside: ReadonlySet<string> = new Set([...kindsToCustomers, ...kindsByHumans])

/** What is true for every mail of a mailbox, taken from the configuration. */
export interface MailboxFacts {
  readonly instance: string
  readonly ownAddresses: ReadonlySet<string>
  readonly agentsByAddress: ReadonlyMap<string, Agent>
  readonly since: Temporal.Instant | undefined
  readonly budgets: Facts['budgets']
  readonly reopenDays: number
  /** Days in which a vote may be changed; undefined where customers are not asked for one. */
  readonly surveyChangeDays: number | undefined
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
  readonly #targets: Map<string, string>
  readonly #recent: Map<string, readonly RecentTicket[]>
  /** "ticket id, address" of those who came in with this batch. */
  readonly #newcomers = new Set<string>()
  readonly #answered = new Map<string, number>()
  readonly #mailsOfTicket = new Map<string, number>()
  #answeredInAll = 0

  constructor(lookup: Lookup, mailbox: MailboxFacts) {
    this.#lookup = lookup
    this.#mailbox = mailbox
    this.#originals = new Map(lookup.originals)
    this.#tickets = new Map(lookup.tickets.byId)
    this.#threads = new Map(lookup.threads)
    this.#targets = new Map(lookup.tickets.targets)
    this.#recent = new Map(lookup.recent)
  }

  factsFor(mail: InboundMail, told: NumbersTold): Facts {
    const { content } = mail
    const { letters } = this.#lookup
    const returnedLetter = content.bounce?.originalMessageId
      ? letters.get(content.bounce.originalMessageId)
      : undefined
    const answerTo = answerAddress(content)?.toLowerCase() ?? ''
    const counted = this.#lookup.countsByAddress.get(answerTo)
    const justNow = this.#answered.get(answerTo) ?? 0
    const recent = this.#recent.get(senderOf(mail) ?? '') ?? []
    const references = nearestReferences(content)
    const answered = content.inReplyTo.flatMap(id => letters.get(id) ?? [])
    const answersQuestion = answered.some(({ kind }) => kind === 'hold-question')
    return {
      ...this.#mailbox,
      original: this.#originals.get(mail.fingerprint),
      ownLetter: content.messageId ? letters.get(content.messageId) : undefined,
      returnedLetter,
      ticketByToken: this.#ticketNumbered(told.token),
      ticketByInReplyTo: this.#firstTicket(content.inReplyTo),
      ticketByReferences: this.#firstTicket(references),
      ticketByMarker: this.#ticketNumbered(told.marker),
      ticketByConversation: this.#ticket(sameConversation(content, recent)?.id),
      ticketBySubject: this.#subjectMatch(mail, told),
      ticketLikely: this.#ticket(sameTopic(content, recent)?.id),
      ourLettersNamed: this.#lettersNamed([...content.inReplyTo, ...references]),
      participantOf: this.#participations(mail),
      agentTicket: this.#ticketNumbered(told.agent?.number),
      agentOfToken: told.agent?.agent,
      vendors: this.#lookup.vendors.factsFor(mail),
      survey: surveyFor(content, {
        ...{ letters, surveys: this.#lookup.surveys, changeDays: this.#mailbox.surveyChangeDays },
        ticketIdByToken: this.#lookup.tickets.idByNumber.get(told.token ?? ''),
        ticketOf: id => this.#ticket(id),
      }),
      ...this.#textsAnswered(told, answersQuestion),
      answersQuestion,
      answersNote: answered.some(letter => letter.event === 'agent-note'),
      ticketOfReturnedLetter: returnedLetter?.ticketId ? this.#ticket(returnedLetter.ticketId) : undefined,
      agent: this.#mailbox.agentsByAddress.get(content.from?.address.toLowerCase() ?? ''),
      counts: {
        addressLastHour: (counted?.lastHour ?? 0) + justNow,
        addressLastDay: (counted?.lastDay ?? 0) + justNow,
        totalLast10Minutes: this.#lookup.totals.last10Minutes + this.#answeredInAll,
        totalLastHour: this.#lookup.totals.lastHour + this.#answeredInAll,
      },
      ticketCounts: Object.fromEntries(
        [noTicket, ...this.#tickets.keys()].map(id => [id, this.#countsAbout(id)] as const),
      ),
      suppressedUntil: suppressionFor(mail, this.#lookup.suppressions.get(answerTo)),
    }
  }

  /**
   * Lets the rest of the batch know what has just been decided about `mail`. `ticket` is the one it belongs to, `change`
   * what the batch changes of it so far.
   */
  learn(
    mail: InboundMail,
    inboundId: bigint,
    ticket: Ticket | undefined,
    action: Action,
    change?: TicketChange,
  ): void {
    const { content, fingerprint } = mail
    if (!this.#originals.has(fingerprint))
      this.#originals.set(fingerprint, { inboundId, ticketId: ticket?.id ?? null })
    const about = ticket?.id ?? noTicket
    if (ticket || action.kind === 'hold')
      this.#mailsOfTicket.set(about, (this.#mailsOfTicket.get(about) ?? 0) + 1)
    if (ticket) {
      this.#tickets.set(ticket.id, changedTicket(ticket, change))
      if (change?.mergedIntoId) this.#learnMerge(ticket.id, change.mergedIntoId)
      if (content.messageId) this.#threads.set(content.messageId, ticket.id)
      this.#learnSender(mail, ticket, action)
    }
    if (action.kind !== 'open-ticket' || !action.answer.send) return
    const address = answerAddress(content)?.toLowerCase() ?? ''
    this.#answered.set(address, (this.#answered.get(address) ?? 0) + 1)
    this.#answeredInAll++
  }

  /** The ticket itself, or the one that it leads to; undefined where the batch has nothing to do with it. */
  ticketWithId(id: string): Ticket | undefined {
    return this.#ticket(id)
  }

  #learnMerge(id: string, into: string): void {
    const target = this.#targets.get(into) ?? into
    for (const [merged, old] of this.#targets) if (old === id) this.#targets.set(merged, target)
    this.#targets.set(id, target)
  }

  #learnSender(mail: InboundMail, { id, subject, customerThread }: Ticket, { kind }: Action): void {
    const sender = senderOf(mail)
    if (sender === undefined || (kind !== 'open-ticket' && kind !== 'add-entry')) return
    this.#newcomers.add(`${id} ${sender}`)
    const others = (this.#recent.get(sender) ?? []).filter(ticket => ticket.id !== id)
    this.#recent.set(sender, [{ id, subject, threadIndex: customerThread.threadIndex }, ...others])
  }

  /** A mail of this batch makes one letter to a recipient at the most. */
  #countsAbout(ticketId: string): TicketCounts {
    const stored = this.#lookup.ticketCounts.get(ticketId)
    const justNow = this.#mailsOfTicket.get(ticketId) ?? 0
    return {
      last10Minutes: (stored?.last10Minutes ?? 0) + justNow,
      lastHour: (stored?.lastHour ?? 0) + justNow,
      reopensLastHour: stored?.reopensLastHour ?? 0,
    }
  }

  #firstTicket(messageIds: readonly string[]): Ticket | undefined {
    for (const id of messageIds) {
      const ticket = this.#ticket(this.#lookup.letters.get(id)?.ticketId ?? this.#threads.get(id))
      if (ticket) return ticket
    }
    return undefined
  }

  #textsAnswered({ agent }: NumbersTold, answersQuestion: boolean): Pick<Facts, 'noticeTexts' | 'toldTexts'> {
    const { tickets, noticeTexts } = this.#lookup
    const id = tickets.idByNumber.get(agent?.number ?? '')
    if (id === undefined) return { noticeTexts: [] }
    const texts = [...new Set([id, tickets.targets.get(id) ?? id])].flatMap(one => noticeTexts.get(one) ?? [])
    return {
      noticeTexts: texts.flatMap(({ notices, questions }) =>
        answersQuestion ? [...questions, ...notices] : notices,
      ),
      // What one customer was told is not for the other one of a merged ticket.
      toldTexts: texts.at(-1)?.told ?? [],
    }
  }

  #ticketNumbered(number: string | undefined): Ticket | undefined {
    return this.#ticket(this.#lookup.tickets.idByNumber.get(number ?? ''))
  }

  /** What is said to a merged ticket is said to the one it was merged into. */
  #ticket(id: string | undefined): Ticket | undefined {
    return id === undefined ? undefined : this.#tickets.get(this.#targets.get(id) ?? id)
  }

  #lettersNamed(messageIds: readonly string[]): ReadonlySet<string> {
    const letters = messageIds.flatMap(id => this.#lookup.letters.get(id) ?? [])
    return new Set(
      letters
        .filter(({ kind }) => outside.has(kind))
        .flatMap(({ ticketId }) => this.#ticket(ticketId ?? undefined)?.id ?? []),
    )
  }

  #participations(mail: InboundMail): ReadonlySet<string> {
    const sender = senderOf(mail)
    if (sender === undefined) return new Set()
    const { participants } = this.#lookup.tickets
    const own = participants.entries().flatMap(([id, addresses]) => (addresses.has(sender) ? [id] : []))
    const asCustomer = this.#tickets
      .values()
      .flatMap(ticket => (ticket.customerAddress.toLowerCase() === sender ? [ticket.id] : []))
    const justNow = this.#tickets.keys().filter(id => this.#newcomers.has(`${id} ${sender}`))
    // Whoever took part in a ticket takes part in the one it was merged into.
    return new Set([...own, ...asCustomer, ...justNow].map(id => this.#targets.get(id) ?? id))
  }

  /** Of several numbers the one of a ticket that the sender takes part in, else the one that is most clearly meant. */
  #subjectMatch(mail: InboundMail, { subject }: NumbersTold): SubjectMatch | undefined {
    const matches = subject.flatMap(({ number, marked }) => {
      const ticket = this.#ticketNumbered(number)
      return ticket ? [{ ticket, marked }] : []
    })
    const own = matches.length > 1 ? this.#participations(mail) : new Set<string>()
    return matches.find(({ ticket }) => own.has(ticket.id)) ?? matches[0]
  }
}
