import { promiseWords } from '../promise-words.ts'
import type { Language } from '../ticket.ts'

/**
 * A text to somebody who has to acknowledge an escalation. The whole history, and the link, are in the mail beside it.
 * A type and not an interface, so that it counts as JSON.
 */
export type EscalationText = {
  readonly level: number
  readonly levelName: string
  readonly severity: string | null
  readonly customer: string
  readonly subject: string
  /** ISO 8601 */
  readonly acknowledgeBy: string
}

const severities: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  stopped: { de: 'Betrieb steht.', en: 'Business stopped.' },
  hindered: { de: 'Betrieb behindert.', en: 'Business hindered.' },
  minor: { de: 'Geringe Störung.', en: 'Minor fault.' },
}

/** What has to be done stands first, the customer's own words last: they may be cut. */
export function escalationText(
  ticketNumber: string,
  escalation: EscalationText | undefined,
  language: Language,
  { now, timeZone }: { readonly now: Temporal.Instant; readonly timeZone: string },
): string {
  if (!escalation)
    return { de: `Eskalation: Ticket ${ticketNumber}`, en: `Escalation: ticket ${ticketNumber}` }[language]
  const { level, levelName, severity, customer, subject, acknowledgeBy } = escalation
  const by = promiseWords(Temporal.Instant.from(acknowledgeBy), now, timeZone, language)
  const bad = severities[severity ?? '']?.[language] ?? ''
  const about = [customer, subject].filter(word => word !== '').join(': ')
  return language === 'de'
    ? `Eskalation Stufe ${level} (${levelName}), Ticket ${ticketNumber}. ${bad} Bitte ${by} übernehmen; Verlauf und Link in Ihrer E-Mail. ${about}`
    : `Escalation level ${level} (${levelName}), ticket ${ticketNumber}. ${bad} Please take it ${by}; history and link are in your email. ${about}`
}
