/**
 * The loop budget: two machines that answer each other stop here. Header checks catch the machines that say so; this
 * catches the others, at the price of silence towards a person who writes very often. The mail itself is always taken in.
 */

/** Automatic letters to customers so far: to this address, and to all of them. */
export interface LetterCounts {
  readonly addressLastHour: number
  readonly addressLastDay: number
  readonly totalLastHour: number
}

/** The most that may be sent; the same keys as in the configuration. 0 sends nothing. */
export interface LetterBudgets {
  readonly addressPerHour: number
  readonly addressPerDay: number
  readonly totalPerHour: number
}

export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

/** May one more automatic letter be sent to this address? The reason names the budget that is used up. */
export function mayWriteTo(counts: LetterCounts, budgets: LetterBudgets): Permission {
  const limits = [
    ['addressPerHour', counts.addressLastHour, 'to this address in the last hour'],
    ['addressPerDay', counts.addressLastDay, 'to this address in the last 24 hours'],
    ['totalPerHour', counts.totalLastHour, 'to all customers in the last hour'],
  ] as const
  for (const [budget, sent, where] of limits) {
    if (sent >= budgets[budget])
      return {
        allowed: false,
        reason: `${sent} automatic letters ${where}; budgets.${budget} is ${budgets[budget]}`,
      }
  }
  return { allowed: true }
}
