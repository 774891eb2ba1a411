import { describe, expect, it } from 'vitest'
import {
  dialEnded,
  does,
  friday,
  goOn,
  type Happening,
  heard,
  hungUp,
  keys,
  kinds,
  line,
  picksUp,
  play,
} from './call-example.ts'

const owed = { number: '+4940123456', dueAt: friday.add({ hours: 1 }), attempts: 0 }
const settle = { kind: 'settle' } as const

function callback(...happened: readonly Happening[]) {
  return play(
    happened,
    { callback: owed },
    { direction: 'out', step: 'offer', memory: { attemptId: 'attempt', callbackId: 'callback' } },
  )
}
/** The agent has pressed 1, and the customer is rung. */
const dialling = () => callback(picksUp('agent'), keys('1', 'agent'))
const rings = { kind: 'leg-progress', legId: 'leg-1', state: 'ringing', result: null } as const
const spoke = (seconds: number | null) => dialEnded('leg-1', 'completed', true, seconds)
const ends = ({ effects }: ReturnType<typeof callback>) =>
  effects.filter(({ kind }) => kind === 'attempt-ended')

describe('a callback, agent first', () => {
  it('tells the agent whom, about what and since when', () => {
    const { effects, answer } = callback({ kind: 'progress', state: 'ringing' }, picksUp('agent'))
    expect(kinds(effects)).toEqual(['attempt-started'])
    expect(heard(answer)).toBe(
      'Rückruf. Petra Kunde, Kunde GmbH, Noch nicht eingestuft. Anruf, Wartet seit 52 Minuten. ' +
        'Mit der 1 werden Sie verbunden, mit der 2 lehnen Sie ab. Ticket eins null null, vier sieben zwo acht,',
    )
  })

  it('rings the customer only after the agent has accepted, with our number shown', () => {
    const { effects, answer } = dialling()
    expect(kinds(effects)).toEqual(['attempt-started', 'attempt-accepted', 'ring'])
    expect(answer?.at(-1)).toMatchObject({
      do: 'ring',
      party: 'customer',
      number: owed.number,
      callerId: line.number,
    })
  })

  it.each([
    ['a mailbox picks up', [picksUp('agent', true)]],
    ['nobody presses a key', [picksUp('agent'), keys('', 'agent')]],
    ['the agent declines', [picksUp('agent'), keys('2')]],
    ['the agent hangs up', [picksUp('agent'), hungUp]],
    ['the agent is busy', [{ ...hungUp, result: 'busy' }]],
    ['the agent does not pick up', [{ ...hungUp, result: 'no-answer' }]],
    ['nothing is ever told', [settle]],
  ] as const)('is not taken when %s', (_, happened) => {
    const played = callback(...(happened as readonly Happening[]))
    expect(ends(played)).toEqual([
      { kind: 'attempt-ended', outcome: 'not-taken', seconds: null, confirmed: false, unknownNumber: false },
    ])
    expect(kinds(played.effects)).not.toContain('ring')
  })

  it.each([
    ['1', 'answered'],
    ['2', 'mailbox'],
    ['3', 'refused'],
  ])('ends as the agent says by key %s: %s (row 18)', (digits, outcome) => {
    const asked = goOn(dialling(), rings, spoke(95))
    expect(heard(asked.answer)).toMatch(/^Wie ist der Anruf ausgegangen\?/)
    const told = goOn(asked, keys(digits, 'agent'), hungUp)
    expect(ends(told)).toEqual([
      { kind: 'attempt-ended', outcome, seconds: 95, confirmed: true, unknownNumber: false },
    ])
    expect(kinds(told.effects).filter(kind => kind === 'attempt-rang')).toHaveLength(1)
  })

  it.each([
    [20, 'answered'],
    [19, 'mailbox'],
    [null, 'mailbox'],
  ])('ends by its length where the agent says nothing: %s seconds are %s', (seconds, outcome) => {
    const asked = goOn(dialling(), spoke(seconds))
    const expected = [{ kind: 'attempt-ended', outcome, seconds, confirmed: false, unknownNumber: false }]
    expect(ends(goOn(asked, keys('')))).toEqual(expected)
    expect(ends(goOn(asked, keys('8'), keys('8')))).toEqual(expected)
    expect(ends(goOn(asked, hungUp, keys('1')))).toEqual(expected)
  })

  it.each([
    ['busy', 'busy', /besetzt.*in Kürze noch einmal/],
    ['no-answer', 'no-answer', /nimmt niemand ab.*später noch einmal/],
    ['failed', 'failed', /nicht zustande gekommen\. Bitte prüfen Sie die Rufnummer/],
    ['completed', 'no-answer', /nimmt niemand ab/],
    ['cancelled', 'cancelled', /nicht zustande/],
  ] as const)('tells the agent what became of a dial that ended as %s (row 18)', (result, outcome, words) => {
    const { answer, ...played } = goOn(dialling(), rings, dialEnded('leg-1', result))
    expect(ends({ answer, ...played })).toEqual([
      { kind: 'attempt-ended', outcome, seconds: null, confirmed: false, unknownNumber: result === 'failed' },
    ])
    expect(heard(answer)).toMatch(words)
    expect(does(answer)).toEqual(['say', 'hang-up'])
  })

  it('did not ring the customer unless somebody said so', () => {
    expect(kinds(goOn(dialling(), dialEnded('leg-1', 'no-answer')).effects)).not.toContain('attempt-rang')
    expect(
      kinds(goOn(dialling(), rings, rings).effects).filter(kind => kind === 'attempt-rang'),
    ).toHaveLength(1)
  })

  it('is cancelled when the agent hangs up while it rings', () => {
    const gone = goOn(dialling(), rings, hungUp)
    expect(gone.effects.slice(-2)).toMatchObject([
      { kind: 'leg-ended', outcome: 'cancelled' },
      { kind: 'attempt-ended', outcome: 'cancelled' },
    ])
  })

  it('waits for the end of a conversation that is told after the end of the call', () => {
    const answered = { ...rings, state: 'answered' } as const
    const gone = goOn(dialling(), answered, hungUp)
    expect(gone.call.state).toBe('ended')
    expect(ends(gone)).toEqual([])
    expect(ends(goOn(gone, spoke(300), spoke(300)))).toMatchObject([{ outcome: 'answered', seconds: 300 }])
    expect(ends(goOn(gone, settle))).toMatchObject([{ outcome: 'no-answer' }])
  })

  it('is not made any more once it is not owed', () => {
    const withdrawn = play(
      [picksUp('agent')],
      {},
      { direction: 'out', step: 'offer', memory: { attemptId: 'attempt' } },
    )
    expect(ends(withdrawn)).toMatchObject([{ outcome: 'cancelled' }])
    expect(heard(withdrawn.answer)).toBe('Dieser Rückruf ist nicht mehr nötig. Vielen Dank.')
  })
})
