import { describe, expect, it } from 'vitest'
import { arrived, everything, type Happening, hungUp, kinds, older, play } from './call-example.ts'

const told = { can: { ...everything, answers: false } }
const picked = (user: string | null, mailbox = false): Happening => ({ kind: 'picked-up', user, mailbox })

describe('a call that a telephone system tells us of', () => {
  it('owes a call until somebody has picked up, and answers nothing', () => {
    const missed = play([arrived, { ...hungUp, result: 'no-answer' }], told)
    expect(missed.effects).toEqual([
      { kind: 'owe-callback', number: '+4940123456', given: false },
      { kind: 'ended', outcome: 'abandoned', at: 'observed' },
    ])
    expect(missed.decisions.map(({ answer }) => answer)).toEqual([null, null])
  })

  it('is a conversation when one of its users picked up, however late that is told', () => {
    const expected = { kind: 'connected', agent: 'anna' }
    expect(play([arrived, picked('anna'), picked('ben'), hungUp], told).effects).toEqual([
      { kind: 'owe-callback', number: '+4940123456', given: false },
      expected,
      { kind: 'ended', outcome: 'connected', at: 'observed' },
    ])
    const late = play([arrived, hungUp, picked('anna')], told)
    expect(late.effects.at(-1)).toEqual(expected)
    expect(late.call).toMatchObject({ state: 'ended', outcome: 'connected' })
  })

  it.each([
    ['a mailbox', picked('anna', true)],
    ['nobody in particular', picked(null)],
  ])('is none when %s picked up', (_, event) => {
    expect(kinds(play([arrived, event, hungUp], told).effects)).toEqual(['owe-callback', 'ended'])
  })

  it('belongs to the ticket that is owed a call, of a caller who can only be that one', () => {
    const facts = { ...told, openTickets: [older] }
    expect(kinds(play([arrived, picked('anna'), hungUp], facts).effects)).toEqual([
      'join-ticket',
      'connected',
      'ended',
    ])
    const unsure = { ...facts, sureOfCaller: false }
    expect(kinds(play([arrived, hungUp], facts).effects)).toEqual(['join-ticket', 'ended'])
    expect(kinds(play([arrived, hungUp], unsure).effects)).toEqual([
      'separate-ticket',
      'owe-callback',
      'ended',
    ])
  })

  it('cannot be answered with a call where no number is shown', () => {
    expect(kinds(play([arrived, hungUp], told, { number: null }).effects)).toEqual(['unreachable', 'ended'])
  })
})

describe('an agent who dials by hand', () => {
  const out = { direction: 'out' } as const
  const started = { ...arrived, direction: 'out' } as Happening
  const ends = (...happened: Happening[]) =>
    play([started, ...happened], told, out).effects.filter(({ kind }) => kind === 'attempt-ended')

  it.each([
    ['answered', [picked(null), hungUp]],
    ['mailbox', [picked(null, true), hungUp]],
    ['busy', [{ ...hungUp, result: 'busy' }]],
    ['no-answer', [{ ...hungUp, result: 'no-answer' }]],
    ['no-answer', [hungUp]],
    ['failed', [{ ...hungUp, result: 'failed' }]],
    ['cancelled', [{ kind: 'settle' }]],
  ] as const)('makes a try that ends once, as %s', (outcome, happened) => {
    const all = happened as readonly Happening[]
    expect(ends(...all, hungUp, picked(null))).toMatchObject([{ outcome, confirmed: false }])
  })

  it('has rung the customer when somebody picked up', () => {
    expect(kinds(play([started, started, picked(null), picked(null), hungUp], told, out).effects)).toEqual([
      'attempt-started',
      'attempt-rang',
      'attempt-ended',
    ])
  })
})
