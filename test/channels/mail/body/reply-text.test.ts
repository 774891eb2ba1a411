import { describe, expect, it } from 'vitest'
import { readReply } from '../../../../src/channels/mail/body/reply-text.ts'
import { replyCases } from './reply-cases.ts'
import { foreignReplyCases } from './reply-cases-foreign.ts'
import { specialReplyCases } from './reply-cases-special.ts'

const cases = [...replyCases, ...foreignReplyCases, ...specialReplyCases]

describe('what a sender newly wrote', () => {
  it.each(cases)('$name', ({ text, reply, forwarded = false }) => {
    expect(readReply(text, forwarded).text).toBe(reply)
  })

  it('is never empty where there is text', () => {
    for (const { text, forwarded = false } of cases) {
      expect(readReply(text, forwarded).text === '').toBe(text === '')
    }
  })
})

describe('how sure it is which words are new', () => {
  const confidence = (text: string, forwarded = false) => readReply(text, forwarded).confidence

  it('is sure of an answer above its quote, of a mail without one and of a forward', () => {
    expect(
      confidence('Danke, läuft wieder.\n\nAm 5.3.2026 um 10:11 schrieb Support:\n> Geht es wieder?'),
    ).toBe('sure')
    expect(confidence('Guten Tag,\n\nmein Tisch wackelt.')).toBe('sure')
    expect(
      confidence('Thanks.\n\n-----Original Message-----\nFrom: Support\nSent: Monday\n\nold words'),
    ).toBe('sure')
    expect(confidence('Bitte kümmern.\n\n> alt\n\nmehr', true)).toBe('sure')
  })

  it.each([
    ['inline answers', '> Seit wann?\nSeit gestern.\n> Welche Firmware?\n4.2'],
    [
      'an introduction and inline answers',
      'Siehe unten.\n\nOn Mon, 5 Mar 2026 at 10:11, Support wrote:\n> Since when?\n\nSince yesterday.\n\n> Which one?\n\nThe left one.',
    ],
    ['an answer below the quote', 'Am 5.3.2026 um 10:11 schrieb Support:\n> Geht es wieder?\n\nJa.'],
    ['nothing but a quote', '> Geht es wieder?'],
    ['nothing at all', ''],
  ])('is not sure of %s, and keeps every line of it', (_, text) => {
    const reply = readReply(text, false)
    expect(reply.confidence).toBe('unsure')
    const own = text
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('>') && !/(?:schrieb|wrote)/.test(line))
    for (const line of own) expect(reply.text).toContain(line)
  })

  it('hands the signature over that it takes out of the words', () => {
    expect(readReply('Ja.\n\n-- \nAnna Muster\nMuster GmbH\n\n> Geht es?', false)).toEqual({
      text: 'Ja.',
      confidence: 'sure',
      signature: 'Anna Muster\nMuster GmbH',
    })
  })
})
