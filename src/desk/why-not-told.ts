import type { Language } from './ticket.ts'

/**
 * Why a way to a customer is closed, as a code: the reader of a letter has a language of their own, and the history of
 * a ticket is in English.
 */
export type WhyNotCode =
  | 'no-texts'
  | 'no-number'
  | 'no-mobile'
  | 'text-budget'
  | 'text-failed'
  | 'no-address'
  | 'no-answers-wanted'
  | 'suppressed'
  | 'mail-budget'
  | 'mail-tried-first'

export interface WhyNot {
  readonly code: WhyNotCode
  /** What the code alone does not say, in technical words: for the history, never for a letter. '' for nothing. */
  readonly detail: string
}

/** Both ways are closed. */
export interface WhyNeither {
  readonly noText: WhyNot
  readonly noMail: WhyNot
}

export function whyNot(code: WhyNotCode, detail = ''): WhyNot {
  return { code, detail }
}

const words: Readonly<Record<WhyNotCode, Readonly<Record<Language, string>>>> = {
  'no-texts': {
    de: 'Der Versand von SMS ist nicht eingerichtet.',
    en: 'Sending text messages has not been set up.',
  },
  'no-number': {
    de: 'Eine Rufnummer ist nicht bekannt.',
    en: 'No telephone number is known.',
  },
  'no-mobile': {
    de: 'Eine Mobilnummer, an die wir schreiben dürfen, ist nicht bekannt.',
    en: 'No mobile number is known that we may write to.',
  },
  'text-budget': {
    de: 'Die erlaubte Zahl automatischer SMS ist zurzeit ausgeschöpft.',
    en: 'No more automatic text messages may be sent at present.',
  },
  'text-failed': {
    de: 'Die SMS wurde nicht zugestellt.',
    en: 'The text message was not delivered.',
  },
  'no-address': {
    de: 'Eine E-Mail-Adresse ist nicht bekannt.',
    en: 'No email address is known.',
  },
  'no-answers-wanted': {
    de: 'Die letzte E-Mail des Kunden verbat sich automatische Antworten.',
    en: 'The customer’s last email asked for no automatic answers.',
  },
  suppressed: {
    de: 'An diese E-Mail-Adresse wird vorerst nichts automatisch gesendet.',
    en: 'Nothing is sent to this email address automatically for the time being.',
  },
  'mail-budget': {
    de: 'Die erlaubte Zahl automatischer Schreiben ist zurzeit ausgeschöpft.',
    en: 'No more automatic letters may be sent at present.',
  },
  'mail-tried-first': {
    de: 'Schon vorher war keine E-Mail möglich.',
    en: 'An email was not possible before either.',
  },
}

/** A sentence for whoever has to ring the customer. */
export function whyNotWords({ code }: WhyNot, language: Language): string {
  return words[code][language]
}

const inHistory: Readonly<Record<WhyNotCode, string>> = {
  'no-texts': 'no text messages are configured',
  'no-number': 'the number is withheld',
  'no-mobile': 'no mobile number that we may write to',
  'text-budget': '',
  'text-failed': 'the text message failed',
  'no-address': 'no address is known',
  'no-answers-wanted': 'their last mail asked for no automatic answer',
  suppressed: 'mail to this address is suppressed',
  'mail-budget': '',
  'mail-tried-first': 'there was no way by mail',
}

/** For the history of a ticket and the console: with the budget, or the server's or provider's own words. */
export function whyNotInHistory({ code, detail }: WhyNot): string {
  return [inHistory[code], detail].filter(part => part !== '').join(': ')
}
