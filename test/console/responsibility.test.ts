import { describe, expect, test } from 'vitest'
import { responsibilityOf } from '../../src/console/responsibility.ts'

const now = { group: 'accounting', assignee: 'carla', openedAt: '2026-11-24T08:00:00Z' }
const at = (minute: number) => `2026-11-24T09:${String(minute).padStart(2, '0')}:00Z`
const line = (kind: string, minute: number, detail: unknown, author = '', text = '') => ({
  ...{ kind, detail, author, text },
  at: at(minute),
})

describe('at every moment exactly one side is responsible', () => {
  test('from the routing over a colleague and another department to the level above', () => {
    const history = responsibilityOf(
      [
        line('customer-mail', 0, {}),
        line('routed', 0, { group: 'support', agent: 'anna', because: 'routing row 1 names anna' }),
        line('command-assign', 5, { value: 'bernd' }, 'Anna Fink'),
        line('command-take', 6, { value: 'bernd' }, 'Bernd Ohm'),
        line(
          'passed-on',
          10,
          { fromGroup: 'support', fromAgent: 'bernd', group: 'accounting', agent: null },
          'Bernd Ohm',
          'fragt nach der Rechnung',
        ),
        line('put-through', 15, { agent: 'carla' }),
        line('escalated', 20, { fromGroup: 'accounting', toGroup: 'heads', reason: 'overdue' }),
        line('escalation-acknowledged', 25, { agent: 'dirk' }, 'Dirk Wulf'),
      ],
      now,
    )
    expect(history.map(({ group, agent, reason }) => [group, agent, reason])).toEqual([
      ['support', 'anna', 'routing row 1 names anna'],
      ['support', 'bernd', ''],
      ['accounting', null, 'fragt nach der Rechnung'],
      ['accounting', 'carla', ''],
      ['heads', null, 'overdue'],
      ['heads', 'dirk', ''],
    ])
    expect(history.map(({ by }) => by)).toEqual(['', 'Anna Fink', 'Bernd Ohm', '', '', 'Dirk Wulf'])
    expect(history.at(0)?.since).toBe(now.openedAt)
    for (const [index, { until }] of history.entries()) expect(until).toBe(history[index + 1]?.since ?? null)
  })

  test('a ticket without a routing begins with its group, before it was passed on with the old one', () => {
    const passed = { fromGroup: 'support', fromAgent: null, group: 'accounting', agent: 'carla' }
    expect(responsibilityOf([line('passed-on', 10, passed, 'Anna Fink', 'Rechnung')], now)).toMatchObject([
      { group: 'support', agent: null, until: at(10) },
      { group: 'accounting', agent: 'carla', by: 'Anna Fink', until: null },
    ])
  })

  test('a history that tells nothing leaves what the ticket says now', () => {
    const odd = [line('routed', 1, null), line('passed-on', 2, 'text'), line('command-take', 3, { value: 7 })]
    for (const entries of [[], odd])
      expect(responsibilityOf(entries, now)).toEqual([
        {
          group: 'accounting',
          agent: 'carla',
          how: 'routed',
          since: now.openedAt,
          until: null,
          by: '',
          reason: '',
        },
      ])
  })
})
