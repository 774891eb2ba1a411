import { describe, expect, it } from 'vitest'
import { type Happening, heard, hungUp, keys, kinds, picksUp, play } from './call-example.ts'

const alert = { level: 3, levelName: 'Bereichsleitung', standsInFor: '' }
const settle = { kind: 'settle' } as const

function called(happened: readonly Happening[], waits: Partial<{ alert: typeof alert }> = { alert }) {
  const memory = { escalationId: 'escalation', alertAgent: 'clara' }
  return play(happened, waits, { direction: 'out', step: 'offer', memory })
}
const acknowledged = { kind: 'acknowledged', agent: 'clara' }

describe('a call about an escalation', () => {
  it('says who and what it is about, then the key that takes it', () => {
    const { answer, effects } = called([picksUp('agent')])
    expect(effects).toEqual([])
    expect(heard(answer)).toMatch(
      /^Eskalation, Stufe 3, Bereichsleitung\. .*Noch nicht eingestuft\. .*Mit der 1 bestätigen Sie, dass Sie übernehmen\. Ticket eins/,
    )
    expect(answer?.at(-1)).toMatchObject({ do: 'ask', mostDigits: 1 })
  })

  it('tells a deputy whom they stand in for', () => {
    const { answer } = called([picksUp('agent')], { alert: { ...alert, standsInFor: 'Dirk Harms' } })
    expect(heard(answer)).toContain('Sie vertreten Dirk Harms.')
  })

  it('is acknowledged by the 1, once, whatever comes afterwards', () => {
    const { answer, effects } = called([picksUp('agent'), keys('1', 'agent')])
    expect(effects).toEqual([acknowledged])
    expect(heard(answer)).toContain('Sie haben die Sache übernommen')
    expect(answer?.at(-1)).toEqual({ do: 'hang-up' })
    const after = called([picksUp('agent'), keys('1', 'agent'), keys('1', 'agent'), hungUp, settle, hungUp])
    expect(kinds(after.effects)).toEqual(['acknowledged', 'alert-ended'])
  })

  it.each([
    ['a mailbox picks up', [picksUp('agent', true), hungUp]],
    ['another key is pressed', [picksUp('agent'), keys('2', 'agent'), hungUp]],
    ['no key is pressed', [picksUp('agent'), keys('', 'agent'), hungUp]],
    ['nobody picks up', [hungUp]],
    ['nothing is ever told', [settle]],
    ['its end is told before its beginning', [hungUp, picksUp('agent')]],
  ] as const)('is over, and nothing more, when %s', (_, happened) => {
    const { effects } = called(happened as readonly Happening[])
    expect(kinds(effects)).toEqual(['alert-ended'])
  })

  it('takes nothing that somebody else has taken meanwhile', () => {
    const late = called([picksUp('agent')], {})
    expect(late.effects).toEqual([])
    expect(heard(late.answer)).toContain('wartet nicht mehr auf Sie')
  })
})
