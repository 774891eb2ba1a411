import type { NoticeKind } from './notice.ts'

/**
 * The loop budget: two machines that answer each other stop here. Header checks catch the machines that say so; this
 * catches the others, at the price of silence towards a person who writes very often. The mail itself is always taken in.
 */

/**
 * Kinds of automatic letters that somebody outside can go on causing: they count for the budgets of an address and of
 * all customers. Letters to our own people count for their ticket only, and those that a human wrote for nothing.
 */
export const countedKinds: readonly string[] = [
  'auto-reply',
  'call-confirmation',
  'callback-news',
  'status-update',
  'feedback-answer',
] satisfies readonly NoticeKind[]
/**
 * A step of a procedure is written about once in the life of a ticket, after an agent's deed or one answer of the
 * customer, and a ticket is closed by an agent: no machine gets more of these by answering. The first step's letter is
 * written only where the receipt of its ticket is, so that opening tickets causes no more of them than of receipts.
 */
const endingKinds: readonly string[] = ['procedure-letter', 'closing'] satisfies readonly NoticeKind[]
/** All automatic letters to somebody outside. */
export const kindsToCustomers: readonly string[] = [...countedKinds, ...endingKinds]
/** An escalation is written in an agent's name, once a level: a manufacturer's desk must not put it aside as a machine's. */
export const kindsByHumans: readonly string[] = [
  'agent-answer',
  'vendor-case',
  'vendor-message',
  'vendor-escalation',
] satisfies readonly NoticeKind[]

/** Automatic letters to customers so far: to this address, and to all of them. */
export interface LetterCounts {
  readonly addressLastHour: number
  readonly addressLastDay: number
  readonly totalLast10Minutes: number
  readonly totalLastHour: number
}

/**
 * Automatic letters about one ticket: to the recipient who got most of them. Counting all of them would silence a
 * group of ten agents with the first notice, and a loop always shows at one recipient.
 */
export interface TicketCounts {
  readonly last10Minutes: number
  readonly lastHour: number
  readonly reopensLastHour: number
}

/** The most that may be sent; the same keys as in the configuration. 0 sends nothing. */
export interface LetterBudgets {
  readonly addressPerHour: number
  readonly addressPerDay: number
  readonly totalPer10Minutes: number
  readonly totalPerHour: number
  readonly ticketPer10Minutes: number
  readonly ticketPerHour: number
  readonly reopensPerHour: number
}

/** What belongs to no ticket shares one budget, under this key of `Facts.ticketCounts`. */
export const noTicket = ''

export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

type Limit = readonly [budget: keyof LetterBudgets, used: number, what: string]

function within(limits: readonly Limit[], budgets: LetterBudgets): Permission {
  for (const [budget, used, what] of limits)
    if (used >= budgets[budget])
      return { allowed: false, reason: `${used} ${what}; budgets.${budget} is ${budgets[budget]}` }
  return { allowed: true }
}

/** May one more automatic letter be sent to this address? The reason names the budget that is used up. */
export function mayWriteTo(counts: LetterCounts, budgets: LetterBudgets): Permission {
  const toAddress = within(
    [
      ['addressPerHour', counts.addressLastHour, 'automatic letters to this address in the last hour'],
      ['addressPerDay', counts.addressLastDay, 'automatic letters to this address in the last 24 hours'],
    ],
    budgets,
  )
  return toAddress.allowed ? mayWriteToAll(counts, budgets) : toAddress
}

/**
 * May what we owe to whoever has our promise be sent: that it is broken, and the new time? There are no more of these than
 * promises that were told and then broken, so a busy hour does not hold them back; the day's budget of the address does.
 */
export function mayWriteOwed(
  counts: Pick<LetterCounts, 'addressLastDay' | 'totalLast10Minutes' | 'totalLastHour'>,
  budgets: LetterBudgets,
): Permission {
  const toAddress = within(
    [['addressPerDay', counts.addressLastDay, 'automatic letters to this address in the last 24 hours']],
    budgets,
  )
  return toAddress.allowed ? mayWriteToAll(counts, budgets) : toAddress
}

/** May one more letter be sent to anybody? */
function mayWriteToAll(
  counts: Pick<LetterCounts, 'totalLast10Minutes' | 'totalLastHour'>,
  budgets: LetterBudgets,
): Permission {
  return within(
    [
      [
        'totalPer10Minutes',
        counts.totalLast10Minutes,
        'automatic letters to all customers in the last 10 minutes',
      ],
      ['totalPerHour', counts.totalLastHour, 'automatic letters to all customers in the last hour'],
    ],
    budgets,
  )
}

/** May machines write about this ticket once more, to agents as well? */
export function mayWriteAbout(counts: TicketCounts, budgets: LetterBudgets): Permission {
  return within(
    [
      [
        'ticketPer10Minutes',
        counts.last10Minutes,
        'automatic letters about this ticket to one recipient in the last 10 minutes',
      ],
      [
        'ticketPerHour',
        counts.lastHour,
        'automatic letters about this ticket to one recipient in the last hour',
      ],
    ],
    budgets,
  )
}

/** May a mail reopen this ticket once more? Over it the mail is added and the ticket keeps its state. */
export function mayReopen(counts: TicketCounts, budgets: LetterBudgets): Permission {
  return within(
    [['reopensPerHour', counts.reopensLastHour, 'times this ticket was reopened in the last hour']],
    budgets,
  )
}
