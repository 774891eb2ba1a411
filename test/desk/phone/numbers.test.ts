import { describe, expect, it } from 'vitest'
import {
  displayNumber,
  isMobile,
  maskNumber,
  readCaller,
  sameTrunk,
} from '../../../src/desk/phone/numbers.ts'

describe('who rings', () => {
  it.each([
    'anonymous',
    'Anonymous',
    'ANONYMOUS',
    'unknown',
    'restricted',
    'unavailable',
    'private',
    'blocked',
    'withheld',
    'asterisk',
    'Unbekannt',
    'unterdrückt',
    'No Caller ID',
    'out of area',
    '',
    '   ',
    '<>',
    'sip:anonymous@anonymous.invalid',
    '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=17',
    'sip:4711@anonymous.invalid',
    'sip:unavailable@unknown.invalid',
    '+266696687',
    '+7378742833',
    '+86282452253',
    '+2562533',
    '+8656696',
    '266696687',
  ])('knows "%s" for a number that is kept back', raw => {
    expect(readCaller(raw, 'DE')).toEqual({ number: null, withheld: true, kind: null, display: '' })
  })

  it.each([
    ['+494066969123', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['494066969123', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['492111234567', 'DE', '+492111234567', 'fixed', '+49 211 1234567'],
    ['4915112345678', 'DE', '+4915112345678', 'mobile', '+49 1511 2345678'],
    ['441483555010', 'DE', '+441483555010', 'fixed', '+44 1483 555010'],
    ['04066969123', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['004940 66969123', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['01483555010', 'GB', '+441483555010', 'fixed', '+44 1483 555010'],
    ['sip:+494066969123@sip.example.com;user=phone', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['"Eva Kern" <sip:04066969123@pbx.example.com>', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['tel:+49-40-66969-123', 'DE', '+494066969123', 'fixed', '+49 40 66969123'],
    ['+12125551234', 'DE', '+12125551234', 'fixed-or-mobile', '+1 212 555 1234'],
    ['+499001234567', 'DE', '+499001234567', 'costly', '+49 900 1 234567'],
  ] as const)('reads %s at a line in %s as %s', (raw, country, number, kind, display) => {
    expect(readCaller(raw, country)).toEqual({ number, withheld: false, kind, display })
  })

  it.each([
    ['+447700900123', '+447700900123'],
    ['client:jonas', 'jonas'],
    ['123', '123'],
    ['sip:reception@pbx.example.com', 'reception'],
    ['Zentrale\r\nBcc: x', 'Zentrale Bcc: x'],
    ['\u202e+49\u0000', '+49'],
  ])('shows agents what came in place of a number: %j', (raw, display) => {
    expect(readCaller(raw, 'DE')).toEqual({ number: null, withheld: false, kind: null, display })
  })

  it('shows of something endless no more than forty characters', () => {
    expect(readCaller('x'.repeat(100_000), 'DE').display).toBe('x'.repeat(40))
  })
})

describe('how numbers are shown', () => {
  it("leaves the country out for the reader's own, and only there", () => {
    expect([
      displayNumber('+494066969123', 'de'),
      displayNumber('+494066969123', 'en'),
      displayNumber('+441483555010', 'de'),
      displayNumber('+441483555010', 'en'),
    ]).toEqual(['040 66969123', '+49 40 66969123', '+44 1483 555010', '01483 555010'])
  })

  it('leaves three digits of a number in a log, and of a short one none', () => {
    expect(['+494066969123', '110', 'anonymous'].map(maskNumber)).toEqual(['…123', '…', '…'])
  })

  it('knows mobiles, and counts a number that does not show it as one', () => {
    expect(['+4915112345678', '+447400123456', '+12125551234', '+494066969123', 'x'].map(isMobile)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

/** Complaint of users of other systems: all numbers behind one switchboard are taken for one caller. */
describe('a switchboard and its direct lines', () => {
  it.each([
    ['+494066969123', '+494066969123', true],
    ['+4940123450', '+4940123450', true],
    ['+4940669690', '+494066969123', true],
    ['+494066969', '+494066969123', true],
    ['+494066969123', '+4940669690', true],
    ['+441483555000', '+441483555017', true],
    ['+494066969123', '+494066969124', false],
    ['+4915112345670', '+49151123456712', false],
    ['+49400', '+4940123456', false],
    ['+494066969', '+494066969123456', false],
    ['+494066969', '+44406696912', false],
  ])('%s and %s: %s', (a, b, maybe) => {
    expect([sameTrunk(a, b), sameTrunk(b, a)]).toEqual([maybe, maybe])
  })
})
