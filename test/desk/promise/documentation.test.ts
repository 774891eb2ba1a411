import { describe, expect, it } from 'vitest'
import { missingToClose } from '../../../src/desk/promise/measure.ts'
import { type Happening, publicFacts } from '../../../src/desk/promise/progress.ts'

const needs = { fromLevel: 3, entries: ['cause', 'result', 'preventive'] } as const

describe('what a ticket lacks to be closed', () => {
  it('is nothing below the level from which it has to be documented', () => {
    expect(missingToClose(2, [], needs)).toEqual([])
  })

  it('is named in the order of the policy', () => {
    expect(missingToClose(3, [], needs)).toEqual(['cause', 'result', 'preventive'])
    expect(missingToClose(4, ['result', 'immediate'], needs)).toEqual(['cause', 'preventive'])
    expect(missingToClose(3, ['preventive', 'result', 'cause'], needs)).toEqual([])
  })

  it('is never anything where the policy asks for nothing', () => {
    expect(missingToClose(4, [], { ...needs, fromLevel: 5 })).toEqual([])
    expect(missingToClose(9, [], { ...needs, fromLevel: 5 })).toEqual([])
  })
})

const named = {
  level: (level: number) => ({ 2: 'Leitung', 3: 'Bereich' })[level],
  group: (group: string) => ({ support: 'Support', lager: 'Lager' })[group],
}
const now = { level: 1, group: 'support', at: '2026-11-24T12:00:00Z' }
const happening = (kind: string, minute: number, detail: unknown = {}): Happening => ({
  ...{ kind, detail },
  at: `2026-11-24T11:${String(minute).padStart(2, '0')}:00Z`,
})

describe('what a machine may tell a customer', () => {
  it('is that something was done, never of notes, causes or redresses', () => {
    const happenings = [
      happening('agent-note', 1),
      happening('measure', 2, { of: 'cause' }),
      happening('measure', 3, { of: 'immediate' }),
      happening('measure', 4, { of: 'redress' }),
      happening('measure', 5, { of: 'preventive' }),
      happening('measure', 6, { of: 'corrective' }),
      happening('command-escalate', 7),
      happening('customer-mail', 8),
    ]
    expect(publicFacts(happenings, undefined, now, named)).toEqual([
      { what: 'immediate', at: '2026-11-24T11:03:00Z' },
      { what: 'corrective', at: '2026-11-24T11:06:00Z' },
    ])
  })

  it('is the latest of several answers or conversations', () => {
    const happenings = [
      happening('agent-answer', 1),
      happening('put-through', 2),
      happening('callback-attempt', 3, { outcome: 'busy' }),
      happening('callback-attempt', 4, { outcome: 'answered' }),
      happening('agent-answer', 5),
    ]
    expect(publicFacts(happenings, undefined, now, named)).toEqual([
      { what: 'spoken', at: '2026-11-24T11:04:00Z' },
      { what: 'answered', at: '2026-11-24T11:05:00Z' },
    ])
  })

  it('is who has the matter now, where that has changed since the last time', () => {
    const before = { level: 1, group: 'support' }
    const risen = { ...now, level: 2, group: 'lager' }
    expect(publicFacts([], before, risen, named)).toEqual([
      { what: 'group', name: 'Lager', at: now.at },
      { what: 'level', name: 'Leitung', at: now.at },
    ])
    expect(publicFacts([], before, now, named)).toEqual([])
    expect(publicFacts([], { level: 3, group: 'support' }, risen, named).map(({ what }) => what)).toEqual([
      'group',
    ])
  })

  it('is that we know of the problem', () => {
    const facts = publicFacts([happening('known-problem', 1, { key: 'e42' })], undefined, now, named)
    expect(facts).toEqual([{ what: 'known-problem', at: '2026-11-24T11:01:00Z' }])
  })

  it('is who has it at the first time as well, once it was escalated or passed on', () => {
    const seen = [happening('escalated', 1), happening('passed-on', 2)]
    expect(publicFacts(seen, undefined, { ...now, level: 2 }, named).map(({ what }) => what)).toEqual([
      ...['group', 'level'],
    ])
  })

  it('names no level that the company has no name for', () => {
    expect(publicFacts([], { level: 1, group: 'support' }, { ...now, level: 4 }, named)).toEqual([])
  })

  it('survives details of another version', () => {
    const odd = [null, 'text', { of: 7 }, []].map(detail => happening('measure', 1, detail))
    expect(publicFacts(odd, undefined, now, named)).toEqual([])
  })
})
