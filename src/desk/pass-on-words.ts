import type { Language } from './ticket.ts'

/** What the new department reads: why it has the matter now, and what the customer wanted in the first place. */
export function passedOnText(reason: string, request: string, language: Language): string {
  const heading = { de: 'Das Anliegen des Kunden:', en: "The customer's request:" }[language]
  return request === '' ? reason : `${reason}\n\n${heading}\n\n${request}`
}
