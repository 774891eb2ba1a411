import { expect, it } from 'vitest'
import { machineLines } from '../../src/commands/ticket/machine-lines.ts'

it.each([
  [
    { absence: { until: '2026-12-04', deputies: [{ name: 'Bernd Ohm', address: 'bernd@example.com' }] } },
    ['absent until 2026-12-04, deputy: Bernd Ohm bernd@example.com'],
  ],
  [
    { calendar: { method: 'REQUEST', summary: 'Termin', startAt: '2026-11-30T13:00:00Z', location: '' } },
    ['meeting (request), Termin, starts 2026-11-30 14:00:00'],
  ],
  [
    { calendar: { method: 'REPLY', summary: '', startAt: '2026-11-30', answer: 'declined' } },
    ['meeting (declined), starts 2026-11-30'],
  ],
  [
    { letter: 'auto-reply', recipient: 'a@example.net', status: '5.1.1', kind: 'hard' },
    ['auto-reply to a@example.net: the address does not work (5.1.1)'],
  ],
  [
    { letter: 'auto-reply', recipient: 'a@example.net', status: null, kind: 'soft' },
    ['auto-reply to a@example.net: the address was not reached yet'],
  ],
  [{ letter: 'auto-reply', recipient: 'a@example.net', code: 'smtp' }, []],
  [{ absence: 'next week', calendar: [] }, []],
  [null, []],
])('tells what %o says', (detail, lines) => {
  expect(machineLines(detail, 'Europe/Berlin')).toEqual(lines)
})
