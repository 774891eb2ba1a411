import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAgentToken } from '../../../src/desk/agent-token.ts'
import { ticketNumberOf } from '../../../src/desk/reply-token.ts'
import { isTicketNumber } from '../../../src/desk/ticket-number.ts'
import { caseNumberFrom, caseNumbersIn, isCaseNumber } from '../../../src/desk/vendor/case-number.ts'
import {
  caseAgentToken,
  caseNumberOf,
  caseToken,
  readCaseAgentToken,
} from '../../../src/desk/vendor/case-token.ts'
import { decideCase } from '../../../src/desk/vendor/decide-case.ts'
import { missingFor, subjectOf } from '../../../src/desk/vendor/description.ts'
import { learnReference, namesReference } from '../../../src/desk/vendor/reference.ts'
import { readVendorCommand } from '../../../src/desk/vendor/vendor-commands.ts'

const secret = 'a secret of at least thirty-two characters'
const pattern = 'support+{token}@example.com'
const addressWith = (token: string) => pattern.replace('{token}', token)

describe('case numbers', () => {
  test('are never ticket numbers, with or without the H, and are found however they are written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), sequence => {
        const number = caseNumberFrom(sequence)
        expect(isCaseNumber(number)).toBe(true)
        expect(isTicketNumber(number.slice(1))).toBe(false)
        expect(caseNumbersIn(`AW: [${number}] Anzeige`)).toEqual([number])
        expect(caseNumbersIn(`re: h ${number.slice(1)}`)).toEqual([number])
      }),
    )
  })

  test('one wrong digit is noticed', () => {
    const number = caseNumberFrom(17n)
    for (let at = 1; at < number.length; at++)
      for (const digit of '0123456789') {
        const wrong = number.slice(0, at) + digit + number.slice(at + 1)
        if (wrong !== number) expect(isCaseNumber(wrong)).toBe(false)
      }
  })
})

test('addresses of cases and of tickets never open each other’s door', () => {
  const today = Temporal.PlainDate.from('2026-11-24')
  const agents = [{ key: 'anna' }]
  const number = caseNumberFrom(1n)
  const forVendor = addressWith(caseToken(secret, number))
  const forAgent = addressWith(caseAgentToken(secret, { agent: 'anna', number, issuedOn: today }))
  expect(caseNumberOf(secret, pattern, forVendor)).toBe(number)
  expect(readCaseAgentToken(secret, pattern, forAgent, today, agents)).toMatchObject({
    agent: 'anna',
    number,
  })
  for (const address of [forVendor, forAgent]) {
    expect(ticketNumberOf(secret, pattern, address)).toBeUndefined()
    expect(readAgentToken(secret, pattern, address, today, agents)).toBeUndefined()
  }
  expect(caseNumberOf(secret, pattern, forAgent)).toBeUndefined()
  expect(readCaseAgentToken(secret, pattern, forVendor, today, agents)).toBeUndefined()
  expect(readCaseAgentToken(secret, pattern, forAgent, today.add({ days: 91 }), agents)).toBeUndefined()
})

describe('the manufacturer’s number', () => {
  test.each([
    ['Re: [H100007] MV-400 [Ticket#2026112410000123]', '', '2026112410000123'],
    ['[#4711-08] Your request', '', '4711-08'],
    ['INC0012345: MV-400', '', 'INC0012345'],
    ['AW: Anzeige E 17', 'Ihre Vorgangsnummer lautet: MW-2026-00815. Wir prüfen das.', 'MW-2026-00815'],
    ['Re: display', 'Thank you. Your case number is SR-20260815.', 'SR-20260815'],
  ])('is learned from %s %s', (subject, text, reference) => {
    expect(learnReference({ subject, text }, undefined, ['H100007'])).toBe(reference)
  })

  test.each([
    ['AW: [H100007] MV-400, 40-1178', 'Bitte Gerät 40-1178 einsenden.'],
    ['AW: Anzeige', 'Im Fall 3 Schrauben fehlen. Termin: 24.11.2026, Tel. 040 123456.'],
  ])('is not made up from %s %s', (subject, text) => {
    expect(learnReference({ subject, text }, undefined, ['H100007', '40-1178'])).toBeUndefined()
  })

  test('follows the configured form where there is one', () => {
    const text = 'Ticket 998877, Nummer MW 2026 0815'
    expect(learnReference({ subject: '', text }, '?? #### ####', [])).toBe('MW 2026 0815')
  })

  test.each([
    ['AW: MW-2026-00815', true],
    ['zu mw 2026 00815, Rückfrage', true],
    ['MW202600815', true],
    ['MW-2026-008151', false],
    ['XMW-2026-00815', false],
  ])('%s names it: %s', (subject, named) => {
    expect(namesReference(subject, 'MW-2026-00815')).toBe(named)
  })
})

test('all that a case lacks is named, and a fault is always needed', () => {
  const told = { product: '', serial: ' ', fault: '', measures: ['result'] }
  expect(missingFor(['measures', 'serial'], told)).toEqual(['serial', 'fault', 'measures'])
  expect(missingFor([], { ...told, fault: 'E 17', measures: [] })).toEqual([])
})

test('a case is called by device and fault, not by a greeting', () => {
  const fault = 'Guten Tag,\n\nAnzeige E 17.'
  expect(subjectOf({ product: 'MV-400', serial: '40-1178', fault })).toBe('MV-400, 40-1178: Anzeige E 17.')
})

describe('commands', () => {
  const vendors = [
    { key: 'acme', names: ['Acme'] },
    { key: 'sensors', names: ['Acme Sensors'] },
  ]

  test('the longest name counts, and what follows is part of the fault', () => {
    expect(readVendorCommand('vendor', 'acme sensors: zeigt E 17', vendors)).toEqual({
      value: { name: 'vendor', vendor: 'sensors', more: 'zeigt E 17' },
    })
    expect(readVendorCommand('vendor', 'Acmeta', vendors)).toEqual({ mistake: 'no-such-vendor' })
  })

  test('a case ends with outcome, mark and why', () => {
    expect(readVendorCommand('vendorclose', 'ersetzt 4/5 Kam schnell.', vendors)).toEqual({
      value: { name: 'vendorclose', outcome: 'replaced', rating: 4, evaluation: 'Kam schnell.' },
    })
    expect(readVendorCommand('vendorclose', 'kaputt 4 x', vendors)).toEqual({ mistake: 'no-outcome' })
    expect(readVendorCommand('vendorclose', 'repaired 6 x', vendors)).toEqual({ mistake: 'no-rating' })
    expect(readVendorCommand('vendorclose', 'repaired 5', vendors)).toEqual({ mistake: 'no-evaluation' })
  })
})

test('after a time without us only what is due now is done: no reminder of a half that is long over', () => {
  const dueAt = Temporal.Instant.from('2026-11-24T12:00Z')
  const at = (hours: number, level = 0) =>
    decideCase({ stage: 'none', level, dueAt }, { now: dueAt.add({ hours }), highest: 1 })
  expect(at(-2)).toEqual({ action: 'remind', stage: 'half', wakeAt: dueAt })
  expect(at(30).action).toBe('raise')
  expect(at(30, 1)).toEqual({ action: 'hand-back', stage: 'overdue', wakeAt: null })
})
