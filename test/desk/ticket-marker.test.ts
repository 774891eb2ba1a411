import { describe, expect, it } from 'vitest'
import { replyToken } from '../../src/desk/reply-token.ts'
import { subjectNumbers } from '../../src/desk/subject-number.ts'
import { markedNumber, ticketMarker } from '../../src/desk/ticket-marker.ts'

const secret = 'a secret of at least thirty-two characters'
const marker = ticketMarker(secret, '1000018')

describe('markedNumber', () => {
  it.each([
    ['quoted', `> Mit freundlichen Grüßen\n> [#1000018] ${marker}\n`],
    ['in capitals', marker.toUpperCase()],
    ['between punctuation', `(ref:${marker}).`],
    ['after a forged one', `m1000018-aaaaaaaaaaaa ${marker}`],
  ])('finds it %s', (_, text) => {
    expect(markedNumber(secret, text)).toBe('1000018')
  })

  it.each([
    ['a forged one', 'm1000018-aaaaaaaaaaaa'],
    ["another ticket's signature", marker.replace('1000018', '1000029')],
    ['a reply token, which lets anybody in', replyToken(secret, '1000018').replace(/^t/, 'm')],
    ['a part of a word', `x${marker}`],
    ['a longer word', `${marker}a`],
    ['one behind a flood of forged ones', `${'m1000018-aaaaaaaaaaaa '.repeat(20)}${marker}`],
  ])('does not take %s', (_, text) => {
    expect(markedNumber(secret, text)).toBeUndefined()
  })

  it('does not make a reply token', () => {
    expect(replyToken(secret, '1000018').slice(1)).not.toBe(marker.slice(1))
  })
})

describe('subjectNumbers', () => {
  const numbers = (subject: string, format = '[#{number}]') =>
    subjectNumbers(subject, format).map(({ number, marked }) => `${number} ${marked ? 'marked' : 'bare'}`)

  it.each([
    ['AW: [#1000015] Bett', ['1000015 marked']],
    ['Ticket 1000015', ['1000015 marked']],
    ['Vorgangsnummer: 1000015', ['1000015 marked']],
    ['Ticket-Nr. 1000015', ['1000015 marked']],
    ['[Ticket#1000015]', ['1000015 marked']],
    ['Bestellung 1000015', ['1000015 bare']],
    ['1000015 und #1000028', ['1000028 marked', '1000015 bare']],
    ['Ticket 1000016', []],
    ['Telefon 01000015', []],
    ['kein Ticket', []],
  ])('reads %j', (subject, found) => {
    expect(numbers(subject)).toEqual(found)
  })

  it('knows the format of our own letters', () => {
    expect(numbers('Re: (EX-1000015) bed', '(EX-{number})')).toEqual(['1000015 marked'])
    expect(numbers('Re: 1000015', '{number}')).toEqual(['1000015 bare'])
  })

  it('looks at ten numbers at the most', () => {
    expect(subjectNumbers('1000015 '.repeat(50), '[#{number}]')).toHaveLength(10)
  })
})
