import { expect, it } from 'vitest'
import { type DigestFindings, digestOf, digestPeriod } from '../../src/desk/digest.ts'
import { noon } from './mail-example.ts'

const nothing: DigestFindings = {
  'over-budget': { count: 0, lines: [] },
  held: { count: 0, lines: [] },
  quarantined: { count: 0, lines: [] },
  'failed-letters': { count: 0, lines: [] },
  'duty-gap': { count: 0, lines: [] },
  suppressed: { count: 0, lines: [] },
}
const line = { at: noon.toString(), who: 'a@example.com', what: 'x', ticketNumber: null, command: null }

it('is no letter where there is nothing to report', () => {
  expect(digestOf(nothing, digestPeriod(undefined, noon))).toBeUndefined()
})

it('tells what needs a human soonest first, twenty lines of each and how many there are', () => {
  const found = {
    ...nothing,
    'over-budget': { count: 500, lines: Array.from({ length: 30 }, () => line) },
    held: { count: 1, lines: [line] },
  }
  const digest = digestOf(found, digestPeriod(undefined, noon))
  expect(digest?.sections.map(({ topic, count, lines }) => [topic, count, lines.length])).toEqual([
    ['held', 1, 1],
    ['over-budget', 500, 20],
  ])
})

it('goes on where the last one ended, and looks back a week at the most', () => {
  expect(digestPeriod(noon.subtract({ hours: 72 }), noon).since).toEqual(noon.subtract({ hours: 72 }))
  const week = noon.subtract({ hours: 168 })
  expect(digestPeriod(noon.subtract({ hours: 500 }), noon).since).toEqual(week)
  expect(digestPeriod(undefined, noon)).toEqual({ since: week, until: noon })
})
