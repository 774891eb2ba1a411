import { describe, expect, it } from 'vitest'
import { dutyText, planOf } from '../../../src/commands/duty/plan.ts'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { dutyGaps } from '../../../src/desk/duty-gaps.ts'
import { hotlineConfig } from '../../telephony/hotline.ts'

const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Berlin').toInstant()
const addresses = {
  ...{ publicUrl: 'https://gateway.example.com', apiUrl: 'http://127.0.0.1:1' },
  ...{ accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' },
}
const days = ['mon', 'tue', 'wed', 'fri']

describe('the duty plan', () => {
  it('shows each group day by day, and below what is missing', () => {
    const duty = [{ group: 'support', agent: 'anna', days, hours: ['08:30-17:00'] }]
    const config = hotlineConfig(addresses, {}, { duty })
    const [from, until] = [at('2026-11-25T07:00'), at('2026-11-28T00:00')]
    const offices = officesOf(config, from)
    const plan = planOf(config, offices, [], from, until)
    const gaps = dutyGaps(config, offices, [], from, until)
    expect(dutyText(plan, gaps, config, offices)).toBe(`support (hamburg)
  2026-11-25  anna
  2026-11-26  nobody
  2026-11-27  anna

uk (woking)
  2026-11-25  emma
  2026-11-26  emma
  2026-11-27  emma

1 gap:
  support (hamburg)  Thu 26/11 8:30–17:00: nobody is on the roster`)
  })

  it('ends where the holidays are not known any more', () => {
    const config = hotlineConfig(addresses)
    const offices = new Map(
      [...officesOf(config, at('2026-11-25T07:00'))].map(([key, office]) => [
        key,
        { ...office, knownUntil: '2026-11-27' },
      ]),
    )
    const plan = planOf(config, offices, [], at('2026-11-25T07:00'), at('2026-12-20T00:00'))
    expect(
      plan
        .map(({ date }) => date)
        .toSorted()
        .at(-1),
    ).toBe('2026-11-27')
    expect(dutyText(plan, [], config, offices)).toMatch(/\n\nNo gaps\.$/)
  })
})
