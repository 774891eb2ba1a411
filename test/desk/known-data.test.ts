import { describe, expect, it } from 'vitest'
import { type RequestType, requestTypes } from '../../src/config/request-schema.ts'
import { knownLines, mergeKnown, missingOf, readKnown } from '../../src/desk/checklist.ts'
import { knownFrom } from '../../src/desk/known-data.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { contentLike } from './mail-example.ts'

const { malfunction } = requestTypes.parse(undefined) as Record<'malfunction', RequestType>

const letter = (replyText: string, changes: Partial<MailContent> = {}) =>
  contentLike({
    replyText,
    text: replyText,
    subject: 'Problem',
    from: { address: 'a@example.com', name: '' },
    ...changes,
  })
const found = (content: MailContent) =>
  Object.fromEntries(Object.entries(knownFrom(content, malfunction)).map(([key, { value }]) => [key, value]))

const complete = `Sehr geehrte Damen und Herren,

unser Messverstärker zeigt seit heute Morgen nur noch E 17.
Gerät: MV-400
Die Seriennummer lautet NL-2023/00417.

Mit freundlichen Grüßen
Dr. Petra von der Heide
Leiterin Prüffeld

Lindner & Söhne GmbH & Co. KG | Hafenstr. 5 | 20457 Hamburg
Tel.: 040 / 55 50 12 34
Fax: 040 / 55 50 12 35
Geschäftsführer: Karl Lindner, Amtsgericht Hamburg HRB 4711`

describe('what a mail says already', () => {
  it('finds all that a complete German letter says, so that nothing is asked for', () => {
    const known = knownFrom(letter(complete), malfunction)
    expect(found(letter(complete))).toEqual({
      name: 'Dr. Petra von der Heide',
      company: 'Lindner & Söhne GmbH & Co. KG',
      phone: '+49 40 55501234',
      product: 'MV-400',
      serial: 'NL-2023/00417',
      description: expect.stringContaining('zeigt seit heute Morgen'),
    })
    expect(missingOf(malfunction, known, 'de')).toEqual([])
  })

  it('says where each value was found', () => {
    const content = letter(complete, { from: { address: 'p@example.com', name: 'Heide, Petra' } })
    const where = Object.entries(knownFrom(content, malfunction)).map(([key, one]) => `${key} ${one.where}`)
    expect(where).toEqual([
      'name from',
      'company signature',
      'phone signature',
      'product text',
      'serial text',
      'description text',
    ])
    expect(knownFrom(content, malfunction).name?.value).toBe('Petra Heide')
  })

  it('reads an English letter, with the number as it is written at home', () => {
    const words = `Hello,\n\nthe amplifier does not respond to any key. S/N: A-77120, model MV400.\n\nKind regards\nTom Baker\nBaker Instruments Ltd\nDirect: 020 7946 0018`
    expect(found(letter(words, { language: 'en' }))).toMatchObject({
      name: 'Tom Baker',
      company: 'Baker Instruments Ltd',
      phone: '+44 20 7946 0018',
      serial: 'A-77120',
      product: 'MV400',
    })
  })

  it('reads the signature that the mail client put below its mark', () => {
    const signature = 'Anna Smith\nSmith Engineering plc\nMobile +44 7911 123456'
    expect(found(letter('It broke again this morning.', { signature, language: 'en' }))).toMatchObject({
      name: 'Anna Smith',
      company: 'Smith Engineering plc',
      phone: '+44 7911 123456',
    })
  })

  it('understands answers written behind the questions of our list', () => {
    const answers =
      '- Ihre Firma: Lindner GmbH\n- Seriennummer: 4711\n* Produkt: Waage\nSerial number: unknown'
    expect(found(letter(answers))).toMatchObject({
      company: 'Lindner GmbH',
      serial: '4711',
      product: 'Waage',
    })
  })

  it('does not believe quoted lines, empty answers, desks as persons or numbers that are none', () => {
    const words =
      '> Seriennummer: 999\nSeriennummer: unbekannt\nBestellung 40123456 vom 3.2.\nRechnung: 0401234567'
    const content = letter(words, { from: { address: 'info@example.com', name: 'Info Lindner GmbH' } })
    expect(found(content)).not.toHaveProperty('serial')
    expect(found(content)).not.toHaveProperty('phone')
    expect(found(content)).not.toHaveProperty('name')
  })

  it('finds what configured patterns describe, in the subject too', () => {
    const type = requestTypes.parse({
      press: {
        name: { de: 'Presse', en: 'Press' },
        fields: {
          browser: { label: { de: 'Browser', en: 'Browser' }, patterns: ['(firefox|chrome) \\d+'] },
          product: { kind: 'product', label: { de: 'P', en: 'P' }, patterns: ['\\b(MV-[0-9]{3})\\b'] },
          image: { label: { de: 'Bildformat', en: 'Image format' }, required: false },
        },
      },
    }).press
    if (!type) throw new Error('the type was configured')
    const known = knownFrom(letter('mit Firefox 140', { subject: 'mv-400 defekt' }), type)
    expect(known).toEqual({
      browser: { value: 'Firefox', where: 'text' },
      product: { value: 'mv-400', where: 'subject' },
    })
    expect(missingOf(type, {}, 'en').map(({ key }) => key)).toEqual(['browser', 'product'])
  })

  it('keeps values short, whatever a mail is built of', () => {
    const hostile = [
      'serial '.repeat(5_000),
      'x'.repeat(40_000),
      'S/N '.repeat(8_000),
      `Firma: ${'x '.repeat(9_000)}`,
    ]
    for (const words of hostile)
      for (const value of Object.values(found(letter(words))))
        expect(String(value).length).toBeLessThanOrEqual(200)
  })
})

describe('what is known of a ticket', () => {
  const before = readKnown({ serial: { value: '4711', where: 'text' }, odd: 7 })

  it('is kept as it was, and gains what is new', () => {
    const after = mergeKnown(before, {
      serial: { value: '4712', where: 'text' },
      phone: { value: '+49 40 1', where: 'signature' },
    })
    expect(after).toEqual({
      serial: { value: '4711', where: 'text' },
      phone: { value: '+49 40 1', where: 'signature' },
    })
    expect(mergeKnown(before, { serial: { value: '4712', where: 'text' } })).toBe(before)
  })

  it('is ticked off by a later answer, and unchanged by a mail that says nothing new', () => {
    const after = mergeKnown(before, knownFrom(letter('Firma: Lindner GmbH'), malfunction))
    expect(after).toMatchObject({ serial: { value: '4711' }, company: { value: 'Lindner GmbH' } })
    expect(mergeKnown(after, knownFrom(letter('Danke!'), malfunction))).toBe(after)
  })

  it('is shown in the order of the checklist, in the language of the reader', () => {
    expect(knownLines(malfunction, before, 'en')).toEqual([{ label: 'Serial number', value: '4711' }])
    expect(missingOf(malfunction, before, 'de').map(({ label }) => label)).toEqual([
      'Name',
      'Firma',
      'Telefonnummer für Rückfragen',
      'Produkt',
      'Was genau geschieht und seit wann',
    ])
  })
})
