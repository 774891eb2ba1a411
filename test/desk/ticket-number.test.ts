import { describe, expect, test } from 'vitest'
import { isTicketNumber, showTicketNumber, ticketNumberFrom } from '../../src/desk/ticket-number.ts'

describe('ticket numbers', () => {
  test('count up from the first number without a leading zero', () => {
    expect(ticketNumberFrom(0n, 7).slice(0, 6)).toBe('100000')
    expect(ticketNumberFrom(1n, 7).slice(0, 6)).toBe('100001')
    expect(ticketNumberFrom(471n, 7)).toMatch(/^100471\d$/)
    expect(ticketNumberFrom(1n, 12)).toMatch(/^10000000001\d$/)
  })

  test("carry Damm's check digit", () => {
    expect(ticketNumberFrom(0n, 7)).toBe('1000002')
    expect(ticketNumberFrom(471n, 7)).toBe('1004711')
    expect(ticketNumberFrom(1n, 8)).toBe('10000012')
  })

  test('grow by a digit when all are used up, and stay different', () => {
    expect(ticketNumberFrom(899_999n, 7)).toMatch(/^999999\d$/)
    expect(ticketNumberFrom(900_000n, 7)).toMatch(/^1000000\d$/)
    const all = new Set(Array.from({ length: 2000 }, (_, i) => ticketNumberFrom(BigInt(899_000 + i), 7)))
    expect(all.size).toBe(2000)
  })

  test('refuse what cannot be a ticket', () => {
    expect(() => ticketNumberFrom(-1n, 7)).toThrow(RangeError)
    expect(() => ticketNumberFrom(0n, 6)).toThrow(RangeError)
    expect(() => ticketNumberFrom(10n ** 12n, 12)).toThrow(RangeError)
    for (const text of [
      '',
      '100',
      '0000000',
      '100047a',
      ' 1000471',
      '1000471\n',
      '１０００４７１',
      '1'.repeat(13),
    ])
      expect(isTicketNumber(text), JSON.stringify(text)).toBe(false)
  })

  test('betray every wrong digit and every swap of neighbours', () => {
    for (let sequence = 0n; sequence < 400n; sequence++) {
      const number = ticketNumberFrom(sequence * 2237n, 7)
      expect(isTicketNumber(number)).toBe(true)
      for (let i = 0; i < number.length; i++) {
        for (const digit of '0123456789') {
          const slip = number.slice(0, i) + digit + number.slice(i + 1)
          expect(isTicketNumber(slip), `${number} as ${slip}`).toBe(slip === number)
        }
        const [a = '', b = ''] = number.slice(i, i + 2)
        const swapped = number.slice(0, i) + b + a + number.slice(i + 2)
        expect(isTicketNumber(swapped), `${number} as ${swapped}`).toBe(swapped === number)
      }
    }
  })

  test('are shown as configured', () => {
    expect(showTicketNumber('1004711', '[#{number}]')).toBe('[#1004711]')
    expect(showTicketNumber('1004711', 'Vorgang {number} ($&)')).toBe('Vorgang 1004711 ($&)')
  })
})
