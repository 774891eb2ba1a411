/**
 * A ticket's dossier as one page that can be printed or handed over as a file: no script, nothing fetched, A4. Everything
 * in it was written by somebody and is escaped. For our own people; what customers may read are the letters.
 */
import type { Config } from '../config/schema.ts'
import { displayNumber } from '../desk/phone/numbers.ts'
import { dateTimeWords } from '../desk/promise-words.ts'
import type { Language } from '../desk/ticket.ts'
import { showTicketNumber } from '../desk/ticket-number.ts'
import { titledName } from '../desk/titled-name.ts'
import type { TicketDossier } from './dossier.ts'
import {
  customerSection,
  levelSection,
  matterSection,
  reportedSection,
  responsibilitySection,
} from './dossier-matter.ts'
import {
  callSection,
  letterSection,
  linkSection,
  measureSection,
  promiseSection,
  stepSection,
} from './dossier-record.ts'
import { dossierStyle } from './dossier-style.ts'
import { vendorSection } from './dossier-vendors.ts'
import { type DossierWords, dossierWords, valueWords } from './dossier-words.ts'
import { html } from './html.ts'
import type { MatterDossier } from './matter.ts'

export interface DossierParts {
  readonly dossier: TicketDossier
  readonly matter: MatterDossier
  /** Undefined in the sandbox's command line: keys are shown instead of names. */
  readonly config: Config | undefined
  readonly language: Language
  readonly timeZone: string
  readonly format: string
  readonly now: Temporal.Instant
}

/** What every section says things with. */
export interface Teller {
  readonly words: DossierWords
  readonly language: Language
  readonly timeZone: string
  /** At the ticket's office: it decides which contracts are valid. */
  readonly today: Temporal.PlainDate
  readonly ticket: (number: string) => string
  /** "Montag, 23. November 2026, 10:00 Uhr (MEZ)" of an ISO instant. */
  readonly at: (instant: string) => string
  readonly value: (value: string) => string
  readonly agent: (key: string | null) => string
  /** With the title: of those who answer for the matter. */
  readonly responsible: (key: string | null) => string
  readonly number: (e164: string | null) => string
}

/** The whole document. */
export function dossierPage(parts: DossierParts): string {
  const { dossier, matter, config, language, timeZone, format, now } = parts
  const words = dossierWords[language]
  const tell: Teller = {
    ...{ words, language, timeZone },
    today: now.toZonedDateTimeISO(timeZone).toPlainDate(),
    ticket: number => showTicketNumber(number, format),
    at: instant => dateTimeWords(Temporal.Instant.from(instant), timeZone, language),
    value: value => valueWords(value, language),
    agent: key => (key ? (config?.agents[key]?.name ?? key) : ''),
    responsible: key => {
      const found = config?.agents[key ?? '']
      return found ? titledName(found) : (key ?? '')
    },
    number: e164 => (e164 === null ? '' : displayNumber(e164, language)),
  }
  const number = tell.ticket(dossier.ticket.number)
  const company = config ? `${config.company} · ` : ''
  const page = html`<!doctype html>
<html lang="${language === 'de' ? 'de' : 'en-GB'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title} ${number}</title>
<style>${{ markup: dossierStyle }}</style>
</head>
<body>
<header>
<p class="above">${company}${words.title}</p>
<h1><span class="number">${number}</span> ${dossier.ticket.subject || '–'}</h1>
<p class="above">${words.internal} · ${words.printed} ${tell.at(now.toString())}</p>
</header>
<main>
${customerSection(dossier, matter, config, tell)}
${matterSection(dossier, matter, config, tell)}
${reportedSection(dossier, tell)}
${responsibilitySection(dossier, config, tell)}
${levelSection(dossier, matter, config, tell)}
${promiseSection(matter, tell)}
${callSection(dossier, tell)}
${measureSection(dossier, tell)}
${vendorSection(dossier, config, tell)}
${stepSection(matter, config, tell)}
${letterSection(dossier, tell)}
${linkSection(dossier, tell)}
</main>
</body>
</html>
`
  return page.markup
}
