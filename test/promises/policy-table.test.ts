import { describe, expect, it } from 'vitest'
import { explainPolicy } from '../../src/commands/policy/explain.ts'
import { type PolicyRow, policyTable } from '../../src/commands/policy/policy-table.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import { addOfficeTime, type Office } from '../../src/desk/office-hours.ts'
import { derivationSentence } from '../../src/desk/promise/derivation-words.ts'
import { policyConfig } from './example-policy.ts'

/** What a complete policy promises to whom, counted from a Friday afternoon over a weekend. */

const friday = Temporal.Instant.from('2026-11-20T16:30+01:00')

const hamburg = officesOf(policyConfig, friday).get('hamburg') as Office
const dueOf = (minutes: number) => addOfficeTime(friday, minutes, hamburg)

function clock(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO('Europe/Berlin')
  const day = local.toLocaleString('en-GB', { weekday: 'short' })
  return `${day} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

function nameOf({ words: { severity, impact, contract, area } }: PolicyRow): string {
  return [severity, impact, contract, area].map(word => word ?? 'other').join(' / ')
}

const rows = new Map(policyTable(policyConfig).map(row => [nameOf(row), row]))

/** Due times of answer, status update and solution, and the level it begins on: counted by hand. */
const table: readonly (readonly [string, string, string, string, number])[] = [
  ['stopped / financial-loss / gold / delivery', 'Fri 17:00', 'Mon 09:00', 'Mon 12:00', 3],
  ['stopped / financial-loss / gold / other', 'Fri 17:00', 'Mon 09:00', 'Mon 12:00', 3],
  ['stopped / financial-loss / basic / delivery', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 3],
  ['stopped / financial-loss / basic / other', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 3],
  ['stopped / financial-loss / other / delivery', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 3],
  ['stopped / financial-loss / other / other', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 3],
  ['stopped / other / gold / delivery', 'Fri 17:00', 'Mon 09:00', 'Mon 12:00', 2],
  ['stopped / other / gold / other', 'Fri 17:00', 'Mon 09:00', 'Mon 12:00', 2],
  ['stopped / other / basic / delivery', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 1],
  ['stopped / other / basic / other', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 1],
  ['stopped / other / other / delivery', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 1],
  ['stopped / other / other / other', 'Mon 09:00', 'Mon 10:00', 'Mon 16:00', 1],
  ['other / financial-loss / gold / delivery', 'Mon 09:00', 'Mon 10:00', 'Fri 14:00', 2],
  ['other / financial-loss / gold / other', 'Mon 09:00', 'Mon 10:00', 'Wed 15:00', 2],
  ['other / financial-loss / basic / delivery', 'Mon 09:00', 'Mon 10:00', 'Fri 14:00', 2],
  ['other / financial-loss / basic / other', 'Mon 09:00', 'Mon 10:00', 'Wed 15:00', 2],
  ['other / financial-loss / other / delivery', 'Mon 09:00', 'Mon 10:00', 'Fri 14:00', 2],
  ['other / financial-loss / other / other', 'Mon 09:00', 'Mon 10:00', 'not promised', 2],
  ['other / other / gold / delivery', 'Mon 09:30', 'Mon 16:00', 'Fri 14:00', 1],
  ['other / other / gold / other', 'Mon 09:30', 'Mon 16:00', 'Wed 15:00', 1],
  ['other / other / basic / delivery', 'Mon 09:30', 'Mon 16:00', 'Fri 14:00', 1],
  ['other / other / basic / other', 'Mon 09:30', 'Mon 16:00', 'Wed 15:00', 1],
  ['other / other / other / delivery', 'Mon 10:00', 'Tue 15:30', 'Fri 14:00', 1],
  ['other / other / other / other', 'Mon 10:00', 'Tue 15:30', 'not promised', 1],
]

describe('a complete policy, for matters that come in on Friday at 16:30', () => {
  it.each(table)(
    '%s: answer %s, update %s, solution %s, level %s',
    (name, answer, update, solution, level) => {
      const row = rows.get(name)
      const due = (['first-response', 'status-update', 'resolution'] as const).map(kind => {
        const minutes = row?.targets[kind]?.minutes
        return minutes === undefined ? 'not promised' : clock(dueOf(minutes).dueAt)
      })
      expect([...due, row?.level.level]).toEqual([answer, update, solution, level])
    },
  )

  it('has a row for every matter that the policy can tell from others, and no other', () => {
    expect([...rows.keys()]).toEqual(table.map(([name]) => name))
  })

  it('prints how each of these times is counted, and by which row', async () => {
    const printed = [...rows].map(([name, { targets, level }]) =>
      [
        `${name}: level ${level.level}${level.row === null ? '' : `, ${level.row}: ${level.because}`}`,
        ...Object.entries(targets).map(([kind, { minutes, row }]) => {
          const derivation = derivationSentence({ ...dueOf(minutes), startedAt: friday }, hamburg, 'en')
          return `  ${kind}: ${minutes} min by ${row}: ${derivation}`
        }),
      ].join('\n'),
    )
    await expect(`${printed.join('\n')}\n`).toMatchFileSnapshot('policy-table.txt')
  })
})

describe('gateway policy explain', () => {
  const gold = { severity: 'stopped', contract: 'gold', at: friday }

  it('tells what is promised, counted through the office hours, and which row says so', () => {
    const { text } = explainPolicy(policyConfig, gold)
    expect(text).toContain('if it came in Friday 20 November 2026, 16:30 (CET)')
    expect(text).toContain(
      'resolution: 240 office minutes, due Monday 23 November 2026, 12:00 (CET) (policy.targets row 1)',
    )
    expect(text).toContain('Saturday 21 November 2026: closed on Saturdays')
    expect(text).toContain('2: a gold customer is at a standstill (policy.levels row 3)')
  })

  it('tells of every other row why it does not count', () => {
    const { text } = explainPolicy(policyConfig, gold)
    expect(text).toContain(
      '+ policy.targets row 1: gives first-response, callback, status-update, resolution',
    )
    expect(text).toContain('+ policy.targets row 2: rows above it have said everything')
    expect(text).toContain('- policy.targets row 3: impact is normal, not financial-loss')
    expect(text).toContain('- policy.levels row 5: reopened 0 times, not 2')
  })

  it('tells what a broken promise would do', () => {
    const { data } = explainPolicy(policyConfig, { broken: 'callback', at: friday })
    expect(data).toMatchObject({ level: { level: 2, row: 'policy.levels row 4' } })
  })

  it('counts in the hours of another office', () => {
    const { data } = explainPolicy(policyConfig, { ...gold, office: 'woking' })
    // An hour earlier by the clock there, so that an hour more of Friday is left.
    expect(data).toMatchObject({ targets: expect.arrayContaining([resolutionAt('2026-11-23T11:00:00Z')]) })
  })

  it('prints the whole table without a question, with what may raise a matter later', () => {
    const { text } = explainPolicy(policyConfig, { at: friday })
    expect(text.split('\n').map(line => line.split(/ {2,}/))).toContainEqual([
      'stopped',
      'financial-loss',
      'gold',
      'delivery',
      '30 [1]',
      '30 [1]',
      '60 [1]',
      '240 [1]',
      '3 [1]',
    ])
    expect(text).toContain('[4] to level next when first-response or callback broken: a promise was broken')
  })

  it.each([
    [{ contract: 'silver' }, '--contract silver: allowed are none, warranty, gold, basic.'],
    [{ severity: 'bad' }, '--severity bad: allowed are stopped, hindered, minor, unclassified.'],
    [{ area: 'moon' }, '--area moon: allowed are delivery, product.'],
    [{ office: 'moon' }, '--office moon: allowed are hamburg, woking.'],
    [
      { broken: 'promise' },
      'allowed are first-response, callback, status-update, resolution, manager-contact.',
    ],
  ])('refuses %j, of which the configuration knows nothing', (asked, words) => {
    expect(() => explainPolicy(policyConfig, { severity: 'stopped', ...asked, at: friday })).toThrow(words)
  })
})

function resolutionAt(dueAt: string) {
  return expect.objectContaining({ kind: 'resolution', dueAt })
}
