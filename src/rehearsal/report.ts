/** What a rehearsal found out, mail by mail and in sum. */
export interface RehearsedMail {
  readonly mailbox: string
  readonly uid: string
  readonly receivedAt: string
  readonly from: string | null
  readonly subject: string
  readonly classification: string
  readonly outcome: string
  readonly rule: string
  readonly trail: unknown
  readonly ticketNumber: string | null
  /** Why it would go to quarantine; null where it would not. */
  readonly quarantine: string | null
  readonly letters: readonly RehearsedLetter[]
}

/** A letter that would be sent, as its recipient would read it. */
export interface RehearsedLetter {
  readonly kind: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface RehearsalSummary {
  readonly mails: number
  readonly tickets: number
  readonly repliesJoined: number
  readonly machineMails: number
  readonly autoReplies: number
  readonly held: number
  readonly quarantined: number
  readonly letters: number
  readonly byOutcome: Readonly<Record<string, number>>
  readonly byRule: Readonly<Record<string, number>>
  readonly byLetter: Readonly<Record<string, number>>
}

/** Counts as mails come; holds numbers only, so a rehearsal may last as long as one likes. */
export interface Tally {
  add(mail: RehearsedMail): void
  summary(): RehearsalSummary
}

export function openTally(): Tally {
  const outcomes = new Map<string, number>()
  const rules = new Map<string, number>()
  const letters = new Map<string, number>()
  let mails = 0
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  return {
    add({ outcome, rule, letters: written }) {
      mails += 1
      count(outcomes, outcome)
      count(rules, rule)
      for (const { kind } of written) count(letters, kind)
    },
    summary() {
      const of = (outcome: string) => outcomes.get(outcome) ?? 0
      return {
        mails,
        tickets: of('open-ticket'),
        repliesJoined: of('add-entry') + of('agent-mail'),
        machineMails: of('note-machine-mail'),
        autoReplies: letters.get('auto-reply') ?? 0,
        held: of('hold'),
        quarantined: of('quarantine'),
        letters: [...letters.values()].reduce((sum, one) => sum + one, 0),
        byOutcome: Object.fromEntries(outcomes),
        byRule: Object.fromEntries(rules),
        byLetter: Object.fromEntries(letters),
      }
    },
  }
}

/** One mail as a person reads it. Texts of strangers are in it: print it through `safeText`. */
export function mailText(mail: RehearsedMail): string {
  const { mailbox, uid, receivedAt, from, subject, outcome, rule, ticketNumber, quarantine, letters } = mail
  const ticket = ticketNumber === null ? '' : `, ticket ${ticketNumber}`
  const lines = [
    `${receivedAt}  ${mailbox} UID ${uid}  ${from ?? '(no sender)'}: ${subject.slice(0, 100)}`,
    `  would be: ${outcome}${ticket} (rule ${rule})${quarantine === null ? '' : `, ${quarantine}`}`,
  ]
  for (const { kind, to, subject: title, text } of letters) {
    lines.push(`  would send: ${kind} to ${to}: ${title}`, text.trimEnd().replaceAll(/^/gm, '    | '))
  }
  return lines.join('\n')
}

export function summaryText(summary: RehearsalSummary): string {
  const figures: readonly (readonly [string, number])[] = [
    ['mails', summary.mails],
    ['tickets opened', summary.tickets],
    ['replies joined to a ticket', summary.repliesJoined],
    ['machine mail, noted', summary.machineMails],
    ['held for a human', summary.held],
    ['quarantined', summary.quarantined],
    ['automatic replies', summary.autoReplies],
    ['letters in all', summary.letters],
  ]
  const list = (title: string, counts: Readonly<Record<string, number>>) =>
    `${title}: ${
      Object.entries(counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ') || 'none'
    }`
  return [
    'Nothing was sent, and nothing was changed on the server. It would have been:',
    ...figures.map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`),
    list('By outcome', summary.byOutcome),
    list('By rule', summary.byRule),
    list('By letter', summary.byLetter),
  ].join('\n')
}
