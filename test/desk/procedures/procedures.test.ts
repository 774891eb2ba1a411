import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeProblem, readProblem } from '../../../src/desk/procedures/known-problem.ts'
import { nextSteps } from '../../../src/desk/procedures/next-steps.ts'
import { peopleFor } from '../../../src/desk/procedures/people.ts'
import type { Step, StepConfigs, StepKind, StepState } from '../../../src/desk/procedures/procedure.ts'
import { judgeOrder } from '../../../src/desk/procedures/step-order.ts'

const step = (key: string, kind: StepKind, state: StepState = 'waiting', by: string | null = null): Step => ({
  ...{ key, kind, state, by },
})
const config: StepConfigs = {
  reason: { name: { de: 'Grund', en: 'Reason' }, kind: 'ask', letter: 'why', optional: false },
  form: { name: { de: 'Formular', en: 'Form' }, kind: 'letter', letter: 'form', optional: false },
  pay: { name: { de: 'Zahlung', en: 'Payment' }, kind: 'task', by: 'books', optional: true },
}

describe('a procedure', () => {
  it('goes on through what ends at once, up to what waits for somebody', () => {
    const steps = [
      step('reason', 'ask', 'done'),
      step('form', 'letter'),
      step('over', 'queue', 'waiting', 'books'),
      step('pay', 'task', 'waiting', 'books'),
      step('last', 'approve', 'waiting', 'boss'),
    ]
    expect(nextSteps(steps, config)).toMatchObject({
      state: 'running',
      actions: [
        { kind: 'send', key: 'form', letter: 'form' },
        { kind: 'pass-on', key: 'over', group: 'books' },
        { kind: 'tell', key: 'pay', by: 'books', want: 'task' },
      ],
    })
  })

  it('asks the standard question where no letter is named', () => {
    expect(nextSteps([step('extent', 'ask')], {}).actions).toEqual([
      { kind: 'ask', key: 'extent', letter: null },
    ])
  })

  it('ends with a refusal, whatever would have followed', () => {
    const steps = [step('ok', 'approve', 'refused', 'boss'), step('form', 'letter')]
    expect(nextSteps(steps, config)).toMatchObject({ state: 'refused', actions: [] })
  })

  it('tells somebody of a step that a machine cannot carry out any more', () => {
    expect(nextSteps([step('gone', 'letter')], {}).actions).toEqual([
      { kind: 'tell', key: 'gone', by: null, want: 'task' },
    ])
  })

  it('never begins a step behind one that waits, nor one twice', () => {
    const kinds: StepKind[] = ['ask', 'approve', 'letter', 'task', 'queue']
    const states: StepState[] = ['waiting', 'open', 'done', 'skipped', 'refused']
    const steps = fc.array(fc.record({ kind: fc.constantFrom(...kinds), state: fc.constantFrom(...states) }))
    fc.assert(
      fc.property(steps, drawn => {
        const rows = drawn.map(({ kind, state }, at) => step(`s${at}`, kind, state, 'group'))
        const { actions, state } = nextSteps(rows, {})
        const keys = actions.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) expect(rows.find(row => row.key === key)?.state).toBe('waiting')
        const waits = actions.filter(({ kind }) => kind === 'ask' || kind === 'tell')
        expect(waits.length).toBeLessThanOrEqual(1)
        if (waits.length === 1) expect(actions.at(-1)).toBe(waits[0])
        if (state !== 'running') expect(waits).toEqual([])
      }),
    )
  })
})

describe('who says what of a step', () => {
  const facts = { config, mayDo: () => true, maySkip: () => true }
  const steps = [step('pay', 'task', 'open', 'books'), step('form', 'letter')]
  const approving = [step('ok', 'approve', 'open', 'boss')]

  it.each([
    ['its own step done', steps, { kind: 'done', key: 'pay', remark: '' }, { key: 'pay', state: 'done' }],
    [
      'a step that does not exist',
      steps,
      { kind: 'done', key: 'no', remark: '' },
      { mistake: 'no-such-step' },
    ],
    [
      'a step before its turn',
      steps,
      { kind: 'done', key: 'form', remark: '' },
      { mistake: 'step-not-open' },
    ],
    [
      'approval with "done"',
      approving,
      { kind: 'done', key: 'ok', remark: '' },
      { mistake: 'step-needs-approval' },
    ],
    ['approval', approving, { kind: 'approve', remark: '' }, { key: 'ok', state: 'done' }],
    ['refusal', approving, { kind: 'refuse', remark: 'no' }, { key: 'ok', state: 'refused' }],
    ['approval of a task', steps, { kind: 'approve', remark: '' }, { mistake: 'nothing-to-approve' }],
    ['an optional step skipped', steps, { kind: 'skip', remark: 'x' }, { key: 'pay', state: 'skipped' }],
    ['another step skipped', approving, { kind: 'skip', remark: 'x' }, { mistake: 'step-not-optional' }],
    [
      'nothing open skipped',
      [step('form', 'letter')],
      { kind: 'skip', remark: 'x' },
      { mistake: 'no-open-step' },
    ],
  ] as const)('%s', (_, rows, order, verdict) => {
    expect(judgeOrder(rows, order, facts)).toEqual(verdict)
  })

  it('lets nobody approve, do or skip what is not theirs', () => {
    const nobody = { config, mayDo: () => false, maySkip: () => false }
    const mine = { mistake: 'step-not-yours' }
    expect(judgeOrder(approving, { kind: 'approve', remark: '' }, nobody)).toEqual(mine)
    expect(judgeOrder(approving, { kind: 'refuse', remark: 'x' }, nobody)).toEqual(mine)
    expect(judgeOrder(steps, { kind: 'done', key: 'pay', remark: '' }, nobody)).toEqual(mine)
    expect(judgeOrder(steps, { kind: 'skip', remark: 'x' }, nobody)).toEqual(mine)
  })

  it('asks the deputy while the one who approves is away', () => {
    const roster = {
      groups: { support: { agents: ['anna'] } },
      agents: {
        anna: { absences: [] },
        boss: { absences: [{ from: '2026-11-23', to: '2026-11-27' }], deputy: 'vice' },
        vice: { absences: [] },
      },
    }
    const at = (day: string) => ({
      absences: [],
      timeZone: 'Europe/Berlin',
      now: Temporal.Instant.from(`${day}T09:00:00Z`),
    })
    expect(peopleFor('boss', 'support', roster, at('2026-11-24'))).toEqual(['boss', 'vice'])
    expect(peopleFor('boss', 'support', roster, at('2026-12-01'))).toEqual(['boss'])
    expect(peopleFor(null, 'support', roster, at('2026-12-01'))).toEqual(['anna'])
  })
})

describe('a known problem is named', () => {
  it.each([
    ['Drucker-E42 Fehler E42', { problem: 'drucker-e42', text: 'Fehler E42' }],
    ['#e42: it is the driver', { problem: 'e42', text: 'it is the driver' }],
    ['e42', { problem: 'e42', text: '' }],
  ])('%s', (text, value) => expect(readProblem(text)).toEqual({ value }))

  it.each(['ü', 'a', 'x'.repeat(60), 'a_b'])('not as %s', text =>
    expect(readProblem(text)).toEqual({ mistake: 'no-problem-key' }),
  )

  it('begins with a title and ends with an explanation', () => {
    const named = { problem: 'e42', text: '' }
    expect(judgeProblem('known', named, null)).toBe('problem-needs-title')
    expect(judgeProblem('known', { ...named, text: 'x' }, null)).toBeUndefined()
    expect(judgeProblem('known', named, { state: 'open' })).toBeUndefined()
    expect(judgeProblem('known', named, { state: 'solved' })).toBe('problem-solved')
    expect(judgeProblem('solved', { ...named, text: 'x' }, null)).toBe('no-such-problem')
    expect(judgeProblem('solved', named, { state: 'open' })).toBe('no-reason')
    expect(judgeProblem('solved', { ...named, text: 'x' }, { state: 'open' })).toBeUndefined()
  })
})
