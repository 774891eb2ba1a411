import { oneLine, shortened } from '../plain-text.ts'
import { promiseWords } from '../promise-words.ts'
import type { Language } from '../ticket.ts'
import { type EscalationText, escalationText } from './escalation-text.ts'
import { displayNumber } from './numbers.ts'

/**
 * Text messages to customers. Two segments at the most, in the alphabet of GSM (3GPP TS 23.038, 6.2.1): one character
 * outside of it would halve the room and double the price. Who sends and what it is about stands first, because a
 * telephone shows no more than that.
 */

export type TextKind = 'confirmation' | 'apology' | 'tried' | 'later' | 'update' | 'result' | 'escalation'

/** What a text says, as the row keeps it: instants in ISO 8601, numbers in E.164. */
export interface TextData {
  readonly ticketNumber: string
  /** Null where nothing is promised, such as after a conversation. */
  readonly dueAt: string | null
  /** Where we ring. */
  readonly number: string | null
  /** We try once more by ourselves. */
  readonly again: boolean
  readonly office: string
  /** Where the customer reaches us. */
  readonly line: string
  readonly callId: string | null
  readonly callbackId: string | null
  /** Of an agent, to the customer: what was done, or the result. */
  readonly words?: string
  /** To one of our own people. */
  readonly escalation?: EscalationText
}

export interface TextSetting {
  readonly company: string
  readonly timeZone: string
  /** When it is sent: "today" must be the customer's today. */
  readonly now: Temporal.Instant
  /** Who gets it, in E.164. */
  readonly recipient: string
  /** A name or one of our numbers. */
  readonly sender: string
}

/** Septets that fit into two joined segments (3GPP TS 23.040, 9.2.3.24.1). */
export const mostSeptets = 306

/** The words of a text. A long name of the company is cut, so that the number and the time never are. */
export function textWords(kind: TextKind, language: Language, data: TextData, setting: TextSetting): string {
  if (kind === 'escalation')
    return withinTwo(escalationText(data.ticketNumber, data.escalation, language, setting))
  const said = inAlphabet(`${news[kind][language](data, setting)} ${contact(language, data, setting)}`)
  const name = [...inAlphabet(oneLine(setting.company))]
  while (name.length > 1 && septetsOf(`${name.join('')}: ${said}`) > mostSeptets) name.pop()
  return `${name.join('').trim()}: ${said}`
}

/** What has most words stands last: it is cut where there is no room. */
function withinTwo(text: string): string {
  const said = [...inAlphabet(oneLine(text))]
  while (septetsOf(said.join('')) > mostSeptets) said.pop()
  return said.join('').trim()
}

/** Beside the rest of an update, its promise and a number to ring, within two segments. */
const mostWords = 110

function said({ words = '' }: TextData, otherwise: string): string {
  const text = shortened(oneLine(words), mostWords)
  return text === '' ? otherwise : /[.!?…]$/.test(text) ? text : `${text}.`
}

type Say = (data: TextData, setting: TextSetting) => string

const news: Readonly<Record<Exclude<TextKind, 'escalation'>, Readonly<Record<Language, Say>>>> = {
  confirmation: {
    de: (data, setting) =>
      data.dueAt === null
        ? `Danke für Ihren Anruf. Ihre Ticketnummer: ${data.ticketNumber}.`
        : `Danke für Ihren Anruf. Ticket ${data.ticketNumber}: Wir rufen Sie ${by(data.dueAt, setting, 'de')} ${at(data, setting, 'de')} zurück.`,
    en: (data, setting) =>
      data.dueAt === null
        ? `Thank you for your call. Your ticket number: ${data.ticketNumber}.`
        : `Thank you for your call. Ticket ${data.ticketNumber}: we will call you back ${at(data, setting, 'en')} ${by(data.dueAt, setting, 'en')}.`,
  },
  apology: {
    de: (data, setting) =>
      `Ticket ${data.ticketNumber}: Wir haben Sie nicht wie zugesagt zurückgerufen. Das tut uns leid.${data.dueAt === null ? '' : ` Wir rufen Sie ${by(data.dueAt, setting, 'de')} an.`}`,
    en: (data, setting) =>
      `Ticket ${data.ticketNumber}: we have not called you back as promised. We are sorry.${data.dueAt === null ? '' : ` We will call you ${by(data.dueAt, setting, 'en')}.`}`,
  },
  later: {
    de: (data, setting) =>
      `Ticket ${data.ticketNumber}: Unser Rückruf verschiebt sich, weil unser Büro geschlossen ist. Das tut uns leid.${data.dueAt === null ? '' : ` Wir rufen Sie ${by(data.dueAt, setting, 'de')} an.`}`,
    en: (data, setting) =>
      `Ticket ${data.ticketNumber}: our call to you will be later than promised, because our office is closed. We are sorry.${data.dueAt === null ? '' : ` We will call you ${by(data.dueAt, setting, 'en')}.`}`,
  },
  update: {
    de: (data, setting) =>
      `Ticket ${data.ticketNumber}: ${said(data, 'Wir arbeiten weiter daran.')}${data.dueAt === null ? '' : ` Sie hören ${by(data.dueAt, setting, 'de')} wieder von uns.`}`,
    en: (data, setting) =>
      `Ticket ${data.ticketNumber}: ${said(data, 'we are still working on it.')}${data.dueAt === null ? '' : ` You will hear from us again ${by(data.dueAt, setting, 'en')}.`}`,
  },
  result: {
    de: data => `Ticket ${data.ticketNumber} ist abgeschlossen. ${said(data, '')}`,
    en: data => `Ticket ${data.ticketNumber} is closed. ${said(data, '')}`,
  },
  tried: {
    de: (data, setting) =>
      `Ticket ${data.ticketNumber}: Wir haben Sie ${at(data, setting, 'de')} angerufen und nicht erreicht.${data.again ? ` Wir versuchen es ${data.dueAt === null ? 'noch einmal' : `${by(data.dueAt, setting, 'de')} noch einmal`}.` : ' Bitte rufen Sie uns an.'}`,
    en: (data, setting) =>
      `Ticket ${data.ticketNumber}: we called you ${at(data, setting, 'en')} but could not reach you.${data.again ? ` We will try again${data.dueAt === null ? '' : ` ${by(data.dueAt, setting, 'en')}`}.` : ' Please call us.'}`,
  },
}

function by(dueAt: string, { now, timeZone }: TextSetting, language: Language): string {
  return promiseWords(Temporal.Instant.from(dueAt), now, timeZone, language)
}

/** Whoever reads a text on the telephone that we ring need not compare digits. */
function at({ number }: TextData, { recipient }: TextSetting, language: Language): string {
  const same = { de: 'unter dieser Nummer', en: 'on this number' }[language]
  if (number === null || number === recipient) return same
  return `${{ de: 'unter', en: 'on' }[language]} ${displayNumber(number, language)}`
}

/** Nobody reads what is sent back, and a name cannot be answered at all: both is said. */
function contact(language: Language, { line }: TextData, { sender }: TextSetting): string {
  const number = displayNumber(line, language)
  const byName = !sender.startsWith('+')
  if (language === 'de')
    return byName
      ? `Antwort nicht möglich, Rückfragen an ${number}.`
      : `SMS-Antworten lesen wir nicht, Rückfragen an ${number}.`
  return byName
    ? `You cannot reply to this text; questions to ${number}.`
    : `We do not read replies by text; questions to ${number}.`
}

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Behind an escape: they take two septets. */
const extended = new Set('^{}\\[~]|€')

const septets = (character: string): number => (basic.has(character) ? 1 : extended.has(character) ? 2 : 0)

function septetsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + septets(character), 0)
}

/** Letters outside the alphabet lose their accents; what has no likeness becomes a question mark. */
function inAlphabet(text: string): string {
  const plain = text
    .replace(/[–—]/g, '-')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replaceAll('…', '...')
  return [...plain]
    .map(character => {
      if (septets(character) > 0) return character
      const bare = character.normalize('NFKD').replace(/\p{M}/gu, '')
      return bare !== '' && [...bare].every(one => septets(one) > 0) ? bare : '?'
    })
    .join('')
}

/** Messages that a provider makes, and bills, of a text. */
export function segmentsOf(text: string): number {
  const characters = [...text]
  if (characters.every(character => septets(character) > 0))
    return segments(characters.map(septets), 160, 153)
  return segments(
    characters.map(({ length }) => length),
    70,
    67,
  )
}

/** No character is cut in two by the end of a segment. */
function segments(sizes: readonly number[], alone: number, joined: number): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1
  let count = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > joined) {
      count++
      used = 0
    }
    used += size
  }
  return count
}
