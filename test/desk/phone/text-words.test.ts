import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mostSeptets,
  segmentsOf,
  type TextData,
  type TextKind,
  type TextSetting,
  textWords,
} from '../../../src/desk/phone/text-words.ts'
import type { Language } from '../../../src/desk/ticket.ts'

const data: TextData = {
  ticketNumber: '1004711',
  dueAt: '2026-11-23T09:00:00Z',
  number: '+4915112345678',
  again: true,
  office: 'hamburg',
  line: '+494066969123',
  callId: '0198c0de-0000-4000-8000-000000000001',
  callbackId: null,
}
const setting: TextSetting = {
  company: 'Nordlicht Messtechnik GmbH',
  timeZone: 'Europe/Berlin',
  now: Temporal.Instant.from('2026-11-20T15:30:00Z'),
  recipient: '+4915112345678',
  sender: 'Nordlicht',
}
const kinds: readonly TextKind[] = ['confirmation', 'apology', 'tried', 'later', 'update', 'result']
const languages: readonly Language[] = ['de', 'en']

describe('a text message', () => {
  test.each<[TextKind, Language, Partial<TextData>, Partial<TextSetting>, string]>([
    [
      'confirmation',
      'de',
      {},
      {},
      'Nordlicht Messtechnik GmbH: Danke für Ihren Anruf. Ticket 1004711: Wir rufen Sie bis Montag, 23. November, 10:00 Uhr unter dieser Nummer zurück. Antwort nicht möglich, Rückfragen an 040 66969123.',
    ],
    [
      'confirmation',
      'en',
      { number: '+442079460123' },
      { timeZone: 'Europe/London', now: Temporal.Instant.from('2026-11-23T08:10:00Z') },
      'Nordlicht Messtechnik GmbH: Thank you for your call. Ticket 1004711: we will call you back on 020 7946 0123 by 09:00 today. You cannot reply to this text; questions to +49 40 66969123.',
    ],
    [
      'confirmation',
      'de',
      { dueAt: null, number: null },
      { sender: '+494066969123' },
      'Nordlicht Messtechnik GmbH: Danke für Ihren Anruf. Ihre Ticketnummer: 1004711. SMS-Antworten lesen wir nicht, Rückfragen an 040 66969123.',
    ],
    [
      'apology',
      'de',
      {},
      {},
      'Nordlicht Messtechnik GmbH: Ticket 1004711: Wir haben Sie nicht wie zugesagt zurückgerufen. Das tut uns leid. Wir rufen Sie bis Montag, 23. November, 10:00 Uhr an. Antwort nicht möglich, Rückfragen an 040 66969123.',
    ],
    [
      'later',
      'de',
      {},
      {},
      'Nordlicht Messtechnik GmbH: Ticket 1004711: Unser Rückruf verschiebt sich, weil unser Büro geschlossen ist. Das tut uns leid. Wir rufen Sie bis Montag, 23. November, 10:00 Uhr an. Antwort nicht möglich, Rückfragen an 040 66969123.',
    ],
    [
      'tried',
      'en',
      { again: false },
      { sender: '+441632960123' },
      'Nordlicht Messtechnik GmbH: Ticket 1004711: we called you on this number but could not reach you. Please call us. We do not read replies by text; questions to +49 40 66969123.',
    ],
  ])('of kind %s in %s says who, what and until when', (kind, language, more, other, words) => {
    expect(textWords(kind, language, { ...data, ...more }, { ...setting, ...other })).toBe(words)
  })

  test('stays within two segments of the cheap alphabet, whatever the company is called', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
        fc.constantFrom(...kinds),
        fc.constantFrom(...languages),
        fc.boolean(),
        (company, kind, language, promised) => {
          const facts = { ...data, number: '+4930231251234', dueAt: promised ? data.dueAt : null }
          const words = textWords(kind, language, facts, { ...setting, company })
          expect(segmentsOf(words)).toBeLessThanOrEqual(2)
          expect(words).toContain('1004711')
          expect(words).toMatch(/66969123\.$/)
          expect(/^[^\p{Cc}]*$/u.test(words)).toBe(true)
        },
      ),
    )
  })

  test('keeps umlauts, and gives up only the accents that its alphabet lacks', () => {
    const words = textWords('confirmation', 'de', data, {
      ...setting,
      company: 'Müßig & Kovačič – „Präzision“ 测',
    })
    expect(words.startsWith('Müßig & Kovacic - "Präzision" ?: ')).toBe(true)
  })
})

describe('segments', () => {
  test.each<[string, string, number]>([
    ['160 letters are one message', 'a'.repeat(160), 1],
    ['161 are two', 'a'.repeat(161), 2],
    ['umlauts are letters', 'ü'.repeat(160), 1],
    ['306 are two', 'a'.repeat(mostSeptets), 2],
    ['307 are three', 'a'.repeat(mostSeptets + 1), 3],
    ['the euro sign counts twice', '€'.repeat(81), 2],
    ['and is not cut in two', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['one typographic quote makes it 70', `${'a'.repeat(69)}“`, 1],
    ['and 71 are two', `${'a'.repeat(70)}“`, 2],
  ])('%s', (_, text, count) => {
    expect(segmentsOf(text)).toBe(count)
  })
})
