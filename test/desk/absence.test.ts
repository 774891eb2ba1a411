import { describe, expect, it } from 'vitest'
import { absenceOf } from '../../src/desk/absence.ts'

/** Written on Tuesday, 24 November 2026. */
const read = (text: string, subject = 'Automatische Antwort: Drucker') => {
  const absence = absenceOf({
    subject,
    text,
    date: '2026-11-24T12:00:00+01:00',
    from: { address: 'eva@kunde.example.com', name: 'Eva Maier' },
  })
  return absence && { ...absence, from: absence.from?.toString(), until: absence.until?.toString() }
}

const periods: readonly (readonly [text: string, from: string | undefined, until: string | undefined])[] = [
  ['Ich bin bis einschließlich 4. Dezember nicht im Büro.', undefined, '2026-12-04'],
  ['Ich bin ab dem 07.12. wieder erreichbar.', undefined, '2026-12-06'],
  ['Am Montag, den 7. Dezember bin ich wieder für Sie da.', undefined, '2026-12-06'],
  ['Ich kehre am 07.12.2026 zurück.', undefined, '2026-12-06'],
  [
    'Vielen Dank für Ihre Nachricht. Ich bin vom 23.11. bis zum 04.12. im Urlaub.',
    '2026-11-23',
    '2026-12-04',
  ],
  ['Urlaub: 23.11. - 04.12.2026', '2026-11-23', '2026-12-04'],
  ['Vom 21.12.2026 bis 03.01.2027 ist unser Betrieb geschlossen.', '2026-12-21', '2027-01-03'],
  ['Ich bin bis zum 3. Januar nicht erreichbar.', undefined, '2027-01-03'],
  ['Ich bin bis 4. Dez. abwesend und ab 7. Dez. wieder im Haus.', undefined, '2026-12-04'],
  ['I am back on Monday 7 December.', undefined, '2026-12-06'],
  ['I will be returning to the office on December 7th.', undefined, '2026-12-06'],
  ['I am out of the office until Friday, 4th December 2026.', undefined, '2026-12-04'],
  ['I am on leave from 23 November to 4 December.', '2026-11-23', '2026-12-04'],
  ['I am away until 12/12/2026.', undefined, '2026-12-12'],
  ['I am away until 18/12/2026.', undefined, '2026-12-18'],
  ['Away from 30/11/2026 until 04/12/2026.', '2026-11-30', '2026-12-04'],
  ['Out until 2026-12-04.', undefined, '2026-12-04'],
]

const unread = [
  ['an ambiguous date', 'I am away until 11/12/2026.'],
  ['the day of our own mail', 'Am 23.11.2026 um 10:00 schrieb Support:'],
  ['a date of long ago', 'Ich war bis 04.12.2019 im Urlaub.'],
  ['a day that does not exist', 'Ich bin bis 31.11.2026 im Urlaub.'],
  ['nothing', 'Vielen Dank für Ihre Nachricht.'],
] as const

const standIns: readonly (readonly [text: string, deputies: readonly (readonly [string, string])[]])[] = [
  [
    'In dringenden Fällen wenden Sie sich an Bernd Ohm (bernd@kunde.example.com).',
    [['Bernd Ohm', 'bernd@kunde.example.com']],
  ],
  [
    'In dringenden Fällen wenden Sie sich bitte an meine Kollegin Frau Eva Lang, Tel. 040 123, eva.lang@kunde.example.com',
    [['Eva Lang', 'eva.lang@kunde.example.com']],
  ],
  [
    'For urgent matters please contact my colleague James Carter at james@kunde.example.com.',
    [['James Carter', 'james@kunde.example.com']],
  ],
  ['Vertretung:\nBernd Ohm\nbernd@kunde.example.com', [['Bernd Ohm', 'bernd@kunde.example.com']]],
  ['Please contact service@kunde.example.com instead.', [['', 'service@kunde.example.com']]],
  ['In dringenden Fällen wenden Sie sich bitte an Herrn Bernd Ohm.', [['Bernd Ohm', '']]],
  [
    'Dringend? Bernd Ohm <bernd@kunde.example.com> oder Eva Lang <eva.lang@kunde.example.com>',
    [
      ['Bernd Ohm', 'bernd@kunde.example.com'],
      ['Eva Lang', 'eva.lang@kunde.example.com'],
    ],
  ],
]

describe('an absence note', () => {
  it.each(periods)('%s', (text, from, until) => {
    expect(read(text)).toMatchObject({ ...(from ? { from } : {}), ...(until ? { until } : {}) })
    expect(read(text)?.from).toBe(from)
  })

  it.each(unread)('is not read for %s', (_, text) => {
    expect(read(text)).toBeUndefined()
  })

  it('may say all in its subject', () => {
    expect(read('', 'Abwesend bis 4.12.')).toMatchObject({ until: '2026-12-04' })
  })

  it.each(standIns)('%s', (text, deputies) => {
    expect(read(text)?.deputies.map(({ name, address }) => [name, address])).toEqual(deputies)
  })

  it('does not name its own writer as the deputy', () => {
    expect(read('Ich bin bis 4.12. weg. In dringenden Fällen: eva@kunde.example.com')?.deputies).toEqual([])
  })

  it('without a date of its own gives no dates, but its deputies', () => {
    const note = {
      subject: '',
      text: 'Bis 4.12. bitte an Bernd Ohm wenden, Vertretung: b@x.example.com',
      date: null,
      from: null,
    }
    expect(absenceOf(note)).toEqual({ deputies: [{ address: 'b@x.example.com', name: 'Bernd Ohm' }] })
  })

  it('takes no longer than a page, however long and odd the note', () => {
    const odd = `${'bis zum den dem '.repeat(5_000)}4.12. ${'A B '.repeat(5_000)} contact ${'Aa '.repeat(5_000)}`
    expect(read(odd, '')).toBeUndefined()
  })
})
