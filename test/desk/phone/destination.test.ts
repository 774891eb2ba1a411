import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DialRefusal, judgeNumber, type NumberRules } from '../../../src/desk/phone/destination.ts'

const german: NumberRules = {
  country: 'DE',
  countries: ['DE', 'AT', 'CH', 'GB', 'IE'],
  kinds: ['fixed', 'mobile', 'voip'],
  never: ['+4934188880', '+4934188880195', '+491713920099'],
  trunks: ['+4934188880', '+493418888'],
}
const british: NumberRules = { ...german, country: 'GB' }

type Row = readonly [written: string, rules: NumberRules, outcome: string]

/** Row 36 of the list of failure modes: a premium, emergency or own number as a target is refused with its reason. */
describe('whom we ring, and whom never', () => {
  const allowed: readonly Row[] = [
    ['+49 40 66969 123', german, '+494066969123 fixed DE'],
    ['+49 (0) 40 66969-123', german, '+494066969123 fixed DE'],
    ['0049 40 66969123', german, '+494066969123 fixed DE'],
    ['040/66969-123', german, '+494066969123 fixed DE'],
    ['(040) 66969 123', german, '+494066969123 fixed DE'],
    ['04066969123#', german, '+494066969123 fixed DE'],
    ['040 66969-0', german, '+4940669690 fixed DE'],
    ['494066969123', german, '+494066969123 fixed DE'],
    ['tel:+49-40-66969-123', german, '+494066969123 fixed DE'],
    ['０４０ ６６９６９１２３', german, '+494066969123 fixed DE'],
    ['+49 30 319222', german, '+4930319222 fixed DE'],
    ['+49 0 40 66969123', german, '+494066969123 fixed DE'],
    ['+49 40 66969 123 ext. 4', german, '+494066969123 fixed DE'],
    ['0171 3920012', german, '+491713920012 mobile DE'],
    ['015112345678', german, '+4915112345678 mobile DE'],
    ['+43 664 1234567', german, '+436641234567 mobile AT'],
    ['+43 1 58858 0', german, '+431588580 fixed AT'],
    ['+41 44 668 18 00', german, '+41446681800 fixed CH'],
    ['+353 1 2345678', german, '+35312345678 fixed IE'],
    ['01483 555010', british, '+441483555010 fixed GB'],
    ['+44 (0)1483 555010', german, '+441483555010 fixed GB'],
    ['00441483555010', german, '+441483555010 fixed GB'],
    ['020 7946 0018', british, '+442079460018 fixed GB'],
    ['07400 123456', british, '+447400123456 mobile GB'],
    ['441483555010', british, '+441483555010 fixed GB'],
    ['056 1234 5678', british, '+445612345678 voip GB'],
    ['+49 40 66969 123', british, '+494066969123 fixed DE'],
  ]
  it.each(allowed)('rings %s', (written, rules, outcome) => {
    const judged = judgeNumber(written, rules)
    expect(judged.allowed && `${judged.number} ${judged.kind} ${judged.country}`).toBe(outcome)
  })

  const refused: readonly (readonly [string, NumberRules, DialRefusal, string | null])[] = [
    ...(['110', '112', '115', '116117', '0110', '+49110', '0049112', '+49 40 112', '040 110'] as const).map(
      written => [written, german, 'emergency', null] as const,
    ),
    ...(['999', '112', '101', '111', '+44999', '0044 999', '105'] as const).map(
      written => [written, british, 'emergency', null] as const,
    ),
    ['999', german, 'emergency', null],
    ['040 19222', german, 'emergency', null],
    ['+49 341 19222', german, 'emergency', null],
    ['+49 30 115', german, 'emergency', null],
    ['+43 144', german, 'emergency', null],
    ['117', german, 'emergency', null],
    ['11833', german, 'short', null],
    ['+4911833', german, 'short', null],
    ['118500', british, 'short', null],
    ['1471', british, 'short', null],
    ['116006', german, 'short', null],
    ['22044', german, 'short', null],
    ['7', german, 'short', null],
    ['0900 1234567', german, 'premium', '+499001234567'],
    ['+49 137 7123456', german, 'premium', '+491377123456'],
    ['0180 5123456', german, 'premium', '+491805123456'],
    ['0700 12345678', german, 'premium', '+4970012345678'],
    ['070 1234 5678', british, 'premium', '+447012345678'],
    ['0901 1234567', british, 'premium', '+449011234567'],
    ['0871 1234567', british, 'premium', '+448711234567'],
    ['0843 1234567', british, 'premium', '+448431234567'],
    ['+43 900 123456', german, 'premium', '+43900123456'],
    ['+43 810 123456', german, 'premium', '+43810123456'],
    ['+41 900 123456', german, 'premium', '+41900123456'],
    ['+353 1520 123456', german, 'premium', '+3531520123456'],
    ['+1 900 555 0123', german, 'premium', '+19005550123'],
    ['+979 1 2345 6789', german, 'premium', '+979123456789'],
    ['0800 1234567', german, 'kind', '+498001234567'],
    ['0800 1111111', british, 'kind', '+448001111111'],
    ['0345 1234567', british, 'kind', '+443451234567'],
    ['0300 1234567', british, 'kind', '+443001234567'],
    ['055 1234 5678', british, 'kind', '+445512345678'],
    ['0164 1234567', german, 'kind', '+491641234567'],
    ['07640 123456', british, 'kind', '+447640123456'],
    ['+41 860 791234567', german, 'kind', '+41860791234567'],
    ['+881 6 1234 5678', german, 'country', '+881612345678'],
    ['+371 20000000', german, 'country', '+37120000000'],
    ['+238 9911234', german, 'country', '+2389911234'],
    ['+261 32 12345 67', german, 'country', '+261321234567'],
    ['+1 212 555 1234', german, 'country', '+12125551234'],
    ['+39 06 123456', german, 'country', '+3906123456'],
    ['07624 123456', british, 'country', '+447624123456'],
    ['07781 123456', british, 'country', '+447781123456'],
    ['+49 341 88880', german, 'own', '+4934188880'],
    ['0341 88880-195', german, 'own', '+4934188880195'],
    ['0341 8888-17', german, 'own', '+49341888817'],
    ['0341 88880-23', german, 'own', '+493418888023'],
    ['0171 3920099', german, 'own', '+491713920099'],
    ['', german, 'not-a-number', null],
    ['Hotline', german, 'not-a-number', null],
    ['66969123', german, 'not-a-number', null],
    ['43123456', german, 'not-a-number', null],
    ['*31#04066969123', german, 'not-a-number', null],
    ['**21*04066969123#', german, 'not-a-number', null],
    ['01012 0 40 66969123', german, 'not-a-number', null],
    ['1470 01483 555010', british, 'not-a-number', null],
    ['07700 900123', british, 'not-a-number', null],
    ['+86282452253', german, 'not-a-number', null],
    ['+266696687', german, 'not-a-number', null],
    ['+870 773 12345', german, 'not-a-number', null],
    ['+49 40 66969123 @pbx', german, 'not-a-number', null],
    [`+49${'4'.repeat(60)}`, german, 'not-a-number', null],
    ['032 12345678', german, 'not-a-number', null],
    ['++494066969123', german, 'not-a-number', null],
    ['0494066969123', german, 'not-a-number', null],
    ['004466969123', german, 'not-a-number', null],
    ['+882 16 12345678', german, 'country', '+8821612345678'],
  ]
  it.each(refused)('refuses "%s"', (written, rules, reason, number) => {
    expect(judgeNumber(written, rules)).toEqual({ allowed: false, reason, number })
  })

  it('refuses a kind that the company does not ring', () => {
    const fixedOnly: NumberRules = { ...german, kinds: ['fixed'] }
    expect(judgeNumber('0171 3920012', fixedOnly)).toEqual({
      allowed: false,
      reason: 'kind',
      number: '+491713920012',
    })
  })

  it('takes a number that does not show whether it is mobile for both', () => {
    const american = { ...german, countries: ['US'] }
    const kinds = (['fixed', 'mobile', 'voip'] as const).map(kind => {
      const judged = judgeNumber('+1 212 555 1234', { ...american, kinds: [kind] })
      return judged.allowed && judged.kind
    })
    expect(kinds).toEqual(['fixed', 'mobile', false])
  })

  it('never lets anything through that is not in an allowed country and of an allowed kind', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789 -()/*#'), maxLength: 16 })
    const start = fc.constantFrom(
      '',
      '0',
      '00',
      '+',
      '+49',
      '+44',
      '+43',
      '+1',
      '0171',
      '0800',
      '0900',
      '+881',
    )
    fc.assert(
      fc.property(fc.oneof(fc.tuple(start, digits), fc.tuple(fc.string())), parts => {
        const judged = judgeNumber(parts.join(''), german)
        if (!judged.allowed) return
        expect(german.countries).toContain(judged.country)
        expect(judged.number).toMatch(/^\+[1-9]\d{6,14}$/)
        expect(judgeNumber(judged.number, german)).toEqual(judged)
      }),
    )
  })
})
