import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configSchema } from '../../../src/config/schema.ts'
import { judgeNumber } from '../../../src/desk/phone/destination.ts'
import { countryOf, effectiveLine, lineFor, numberRulesOf } from '../../../src/desk/phone/lines.ts'
import { soundConfig, soundPhoneConfig } from '../../config/sound-config.ts'

const config = configSchema.parse(
  parse(`${soundPhoneConfig}    uk:
      provider: carrier
      number: "+441483555010"
      office: hamburg
      group: support
      mailbox: support
      language: en
    plain:
      provider: carrier
      number: "+4993418888"
      office: hamburg
      group: support
      mailbox: support
      extensions:
        "195": { name: Werkstatt, group: support }
`),
)

describe('which line was called', () => {
  it.each([
    ['+4934188880', 'hotline', null],
    ['4934188880', 'hotline', null],
    ['004934188880', 'hotline', null],
    ['sip:+4934188880@sip.example.com;user=phone', 'hotline', null],
    ['+49 341 8888-0', 'hotline', null],
    ['+4934188880195', 'hotline', '195'],
    ['+493418888195', 'hotline', '195'],
    ['493418888195', 'hotline', '195'],
    ['+493418888042', 'hotline', null],
    ['+4993418888195', 'plain', '195'],
    ['+499341888817', 'plain', null],
    ['441483555010', 'uk', null],
  ])('%s is %s, extension %s', (to, key, extension) => {
    expect(lineFor(config, to)).toEqual({ key, extension })
  })

  it.each(['+4934188881', '+493418888', '+49341888801234567', '', 'client:x', 'anonymous'])(
    '"%s" is none of our numbers',
    to => {
      expect(lineFor(config, to)).toBeUndefined()
    },
  )

  it('takes from an extension what it says differently, and the rest from its line', () => {
    const line = config.phone?.lines.hotline
    if (!line) throw new Error('the configuration has a hotline')
    const own = {
      number: '+4934188880',
      provider: 'carrier',
      office: 'hamburg',
      group: 'support',
      mailbox: 'support',
    }
    expect(effectiveLine(line, '195')).toEqual({ ...own, language: 'en', greeting: {} })
    expect(effectiveLine(line, '17')).toEqual({ ...own, language: 'de', greeting: {} })
  })
})

describe('whom the configuration lets us ring', () => {
  const rules = numberRulesOf(config)

  it.each([
    ['our line', '+4934188880'],
    ['an extension behind it', '+4934188880195'],
    ['the extension in place of the zero', '+493418888195'],
    ['an extension that nobody configured', '+493418888023'],
    ['the line of the other office', '+441483555010'],
    ["an agent's telephone", '0171 3920099'],
  ])('never %s', (_name, number) => {
    expect(judgeNumber(number, rules)).toMatchObject({ allowed: false, reason: 'own' })
  })

  it('rings the neighbour of our number', () => {
    expect(judgeNumber('+4934188890', rules)).toMatchObject({ allowed: true, number: '+4934188890' })
  })

  it("reads numbers as people at the line's office write them", () => {
    const british = configSchema.parse(parse(soundPhoneConfig.replace('DE-HH', 'GB-ENG')))
    expect([countryOf(config, 'hamburg'), countryOf(british, 'hamburg')]).toEqual(['DE', 'GB'])
    expect(numberRulesOf(british, 'hamburg').country).toBe('GB')
  })

  it('is not asked without a telephone', () => {
    expect(() => numberRulesOf(configSchema.parse(parse(soundConfig)))).toThrow('no telephone section')
  })
})
