import type { Language } from './ticket.ts'

/** Ways by which a matter reaches us. What came by mail or telephone opens its ticket there; the rest is posted or typed in. */

export const ticketChannels = ['mail', 'phone', 'form', 'social', 'in-person', 'chat'] as const

export type TicketChannel = (typeof ticketChannels)[number]

const words: Readonly<Record<TicketChannel, Readonly<Record<Language, string>>>> = {
  mail: { de: 'per E-Mail', en: 'by email' },
  phone: { de: 'am Telefon', en: 'by telephone' },
  form: { de: 'über ein Formular', en: 'by a form' },
  social: { de: 'über ein soziales Netzwerk', en: 'by social media' },
  'in-person': { de: 'im persönlichen Gespräch', en: 'in person' },
  chat: { de: 'im Chat', en: 'by chat' },
}

/** "in person"; what another version wrote is shown as it stands there. */
export function channelWords(channel: string, language: Language): string {
  return isChannel(channel) ? words[channel][language] : channel
}

const isChannel = (channel: string): channel is TicketChannel => Object.hasOwn(words, channel)

/** Kinds of entries in which customers speak in writing, whichever way their words came. */
export const customerEntryKinds: readonly string[] = ['customer-mail', 'customer-words']
