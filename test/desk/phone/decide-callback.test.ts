import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officeOf } from '../../../src/config/office-calendar.ts'
import type { OfficeConfig } from '../../../src/config/schema.ts'
import { addOfficeTime, isOpen, type Office } from '../../../src/desk/office-hours.ts'
import type { CallbackFacts, CallbackRules, OwedCallback } from '../../../src/desk/phone/callback.ts'
import { decideCallback } from '../../../src/desk/phone/decide-callback.ts'

const day = ['08:30-17:00']
const hamburg: OfficeConfig = {
  name: 'Hamburg',
  timeZone: 'Europe/Berlin',
  holidays: 'DE-HH',
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
  closures: [{ date: '2026-05-15', hours: [], reason: 'bridge day' }],
}
const de = officeOf('hamburg', hamburg, [2026, 2027])
const gb = officeOf(
  'woking',
  { ...hamburg, name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', closures: [] },
  [2026, 2027],
)

/** As if nobody kept Easter, so that the change to summer time of 2027 lies between two working days. */
const plain: Office = { ...de, exceptions: new Map() }
const plainGb: Office = { ...gb, exceptions: new Map() }

const at = (wall: string, office: Office = de) =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(office.timeZone).toInstant()
const wall = (instant: Temporal.Instant | null | undefined, office: Office = de) =>
  instant?.toZonedDateTimeISO(office.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })

const rules: CallbackRules = {
  minutes: 120,
  reminders: [50, 75],
  keptBy: 'attempt',
  busyMinutes: 5,
  noAnswerMinutes: 15,
  mailboxMinutes: 30,
  mostAttempts: 4,
  redial: 'ring',
}

function owed(from: string, changes: Partial<OwedCallback> = {}, office: Office = de): OwedCallback {
  const startedAt = at(from, office)
  return {
    id: 'one',
    state: 'owed',
    agent: 'anna',
    stage: 'assigned',
    attempts: 0,
    firstAttemptAt: null,
    firstContactAt: null,
    retryAt: null,
    promise: { state: 'open', startedAt, dueAt: addOfficeTime(startedAt, 120, office).dueAt },
    level: 1,
    ...changes,
  }
}

function facts(now: string, changes: Partial<CallbackFacts> = {}, office: Office = de): CallbackFacts {
  return {
    now: at(now, office),
    office,
    onDuty: ['anna', 'bernd'],
    attempt: null,
    customerOnLine: false,
    canRing: () => true,
    queueSeconds: 0,
    ...changes,
  }
}

const kept = (from: string): OwedCallback['promise'] => ({ ...owed(from).promise, state: 'kept' })

describe('the guarantee of a callback', () => {
  test('wakes for its stages at parts of its office minutes: Friday 16:30 reminds on Monday 9:00 and 9:30', () => {
    const first = decideCallback(owed('2026-11-20T16:30'), facts('2026-11-20T16:31'), rules)
    expect(first.actions).toEqual([])
    expect(wall(first.wakeAt)).toBe('2026-11-23T09:00')
    const half = decideCallback(owed('2026-11-20T16:30'), facts('2026-11-23T09:00'), rules)
    expect(half.actions).toEqual([{ kind: 'tell-agents', agents: ['anna'], about: 'half' }])
    expect(wall(half.wakeAt)).toBe('2026-11-23T09:30')
    const handedOver = decideCallback(
      owed('2026-11-20T16:30', { stage: half.stage }),
      facts('2026-11-23T09:30'),
      rules,
    )
    expect(handedOver.actions).toEqual([
      { kind: 'tell-agents', agents: ['anna', 'bernd'], about: 'three-quarters' },
    ])
    expect(wall(handedOver.wakeAt)).toBe('2026-11-23T10:00')
    const broken = decideCallback(
      owed('2026-11-20T16:30', { stage: handedOver.stage }),
      facts('2026-11-23T10:00'),
      rules,
    )
    expect(broken.actions.map(({ kind }) => kind)).toEqual(['break', 'tell-agents', 'tell-customer'])
    expect(broken.actions[0]).toMatchObject({ level: 2 })
  })

  test.each([
    // office, from, half, three-quarters, due
    [
      plain,
      '2027-03-26T16:30',
      '2027-03-29T09:00',
      '2027-03-29T09:30',
      '2027-03-29T10:00',
      'over the change to summer time',
    ],
    [
      plainGb,
      '2027-03-26T16:30',
      '2027-03-29T09:00',
      '2027-03-29T09:30',
      '2027-03-29T10:00',
      'the same in London',
    ],
    [
      de,
      '2027-03-25T16:30',
      '2027-03-30T09:00',
      '2027-03-30T09:30',
      '2027-03-30T10:00',
      'over Easter and the change to summer time',
    ],
    [
      de,
      '2026-10-23T16:30',
      '2026-10-26T09:00',
      '2026-10-26T09:30',
      '2026-10-26T10:00',
      'over the change to winter time',
    ],
    [
      gb,
      '2026-10-23T16:30',
      '2026-10-26T09:00',
      '2026-10-26T09:30',
      '2026-10-26T10:00',
      'the same in London',
    ],
    [
      de,
      '2026-05-13T16:30',
      '2026-05-18T09:00',
      '2026-05-18T09:30',
      '2026-05-18T10:00',
      'Ascension and the bridge day',
    ],
    [
      gb,
      '2026-05-13T16:30',
      '2026-05-14T09:00',
      '2026-05-14T09:30',
      '2026-05-14T10:00',
      'no Ascension in Britain',
    ],
    [
      gb,
      '2026-05-01T16:30',
      '2026-05-05T09:00',
      '2026-05-05T09:30',
      '2026-05-05T10:00',
      'Early May bank holiday',
    ],
    [
      de,
      '2026-05-04T09:00',
      '2026-05-04T10:00',
      '2026-05-04T10:30',
      '2026-05-04T11:00',
      'which Germany works on',
    ],
    [
      gb,
      '2026-08-28T16:30',
      '2026-09-01T09:00',
      '2026-09-01T09:30',
      '2026-09-01T10:00',
      'Summer bank holiday',
    ],
    [
      de,
      '2026-05-22T16:30',
      '2026-05-26T09:00',
      '2026-05-26T09:30',
      '2026-05-26T10:00',
      '25 May is free in both',
    ],
    [
      gb,
      '2026-05-22T16:30',
      '2026-05-26T09:00',
      '2026-05-26T09:30',
      '2026-05-26T10:00',
      '25 May is free in both',
    ],
    [
      gb,
      '2026-12-24T16:30',
      '2026-12-29T09:00',
      '2026-12-29T09:30',
      '2026-12-29T10:00',
      'the substitute for Boxing Day',
    ],
    [
      de,
      '2026-12-24T16:30',
      '2026-12-28T09:00',
      '2026-12-28T09:30',
      '2026-12-28T10:00',
      'which Germany does not know',
    ],
    [
      de,
      '2026-11-20T08:29',
      '2026-11-20T09:30',
      '2026-11-20T10:00',
      '2026-11-20T10:30',
      'a minute before opening',
    ],
    [
      de,
      '2026-11-20T17:00',
      '2026-11-23T09:30',
      '2026-11-23T10:00',
      '2026-11-23T10:30',
      '17:00 sharp is closed',
    ],
    [de, '2026-11-21T12:00', '2026-11-23T09:30', '2026-11-23T10:00', '2026-11-23T10:30', 'Saturday'],
    [
      de,
      '2026-11-20T15:00',
      '2026-11-20T16:00',
      '2026-11-20T16:30',
      '2026-11-20T17:00',
      'due at closing time',
    ],
  ] as const)('is counted by its office: %#', (office, from, half, threeQuarters, due, _) => {
    const wakes = (stage: OwedCallback['stage'], now: string) =>
      wall(decideCallback(owed(from, { stage }, office), facts(now, {}, office), rules).wakeAt, office)
    expect(wall(owed(from, {}, office).promise.dueAt, office)).toBe(due)
    const opened = decideCallback(owed(from, {}, office), facts(from, {}, office), rules)
    const start = wall(opened.wakeAt, office) ?? ''
    // From a closed office it first wakes at the opening.
    expect(start <= half ? start : half).toBe(start)
    if (start < half) expect(wakes('assigned', start)).toBe(half)
    expect(wakes('assigned', half)).toBe(threeQuarters)
    expect(wakes('half', threeQuarters)).toBe(due)
    const broken = decideCallback(
      owed(from, { stage: 'three-quarters' }, office),
      facts(due, {}, office),
      rules,
    )
    expect(broken.actions[0]?.kind).toBe('break')
  })

  test('given to the first on duty, who is told, and to another when that one has left', () => {
    const { actions, stage } = decideCallback(
      owed('2026-11-20T09:00', { agent: null, stage: 'none' }),
      facts('2026-11-20T09:01'),
      rules,
    )
    expect(actions).toEqual([
      { kind: 'assign', agent: 'anna' },
      { kind: 'tell-agents', agents: ['anna'], about: 'assigned' },
    ])
    expect(stage).toBe('assigned')
    const gone = decideCallback(
      owed('2026-11-20T09:00'),
      facts('2026-11-20T09:10', { onDuty: ['bernd'] }),
      rules,
    )
    expect(gone.actions).toEqual([
      { kind: 'assign', agent: 'bernd' },
      { kind: 'tell-agents', agents: ['bernd'], about: 'assigned' },
    ])
  })

  test('with nobody on duty raises one alarm, keeps looking, and finds whoever comes', () => {
    const nobody = facts('2026-11-20T09:01', { onDuty: [] })
    const first = decideCallback(owed('2026-11-20T09:00', { agent: null, stage: 'none' }), nobody, rules)
    expect(first.actions).toEqual([{ kind: 'alarm', code: 'nobody-on-duty' }])
    expect(wall(first.wakeAt)).toBe('2026-11-20T09:06')
    const again = decideCallback(owed('2026-11-20T09:00', { agent: null, stage: first.stage }), nobody, rules)
    expect(again.actions).toEqual([])
    const found = decideCallback(
      owed('2026-11-20T09:00', { agent: null, stage: first.stage }),
      facts('2026-11-20T09:06'),
      rules,
    )
    expect(found.actions[0]).toEqual({ kind: 'assign', agent: 'anna' })
  })

  test('sends nothing and rings nobody while the office is closed', () => {
    for (const closed of ['2026-11-20T17:30', '2026-11-21T12:00', '2026-11-23T08:29']) {
      const { actions, wakeAt } = decideCallback(
        owed('2026-11-20T16:30', { agent: null, stage: 'none', retryAt: at('2026-11-20T17:10') }),
        facts(closed),
        rules,
      )
      expect(actions).toEqual([])
      expect(wall(wakeAt)).toBe('2026-11-23T08:30')
    }
  })

  test('after a standstill is acted on once, for the latest stage only', () => {
    const late = decideCallback(
      owed('2026-11-20T09:00', { agent: null, stage: 'none' }),
      facts('2026-11-20T10:40'),
      rules,
    )
    expect(late.actions).toEqual([
      { kind: 'assign', agent: 'anna' },
      { kind: 'tell-agents', agents: ['anna', 'bernd'], about: 'three-quarters' },
    ])
    const overnight = owed('2026-11-20T09:00')
    expect(decideCallback(overnight, facts('2026-11-21T03:00'), rules).actions).toEqual([])
    const monday = decideCallback(overnight, facts('2026-11-23T08:30'), rules)
    expect(monday.actions.map(({ kind }) => kind)).toEqual(['break', 'tell-agents', 'tell-customer'])
    expect(monday.actions[0]).toMatchObject({ next: { dueAt: at('2026-11-23T10:30') } })
  })

  test('due at closing time is broken there and then, while people are still at their desks', () => {
    const { actions } = decideCallback(
      owed('2026-11-20T15:00', { stage: 'three-quarters' }),
      facts('2026-11-20T17:00:12'),
      rules,
    )
    expect(actions[0]).toMatchObject({ kind: 'break', next: { dueAt: at('2026-11-23T10:30') } })
  })

  test('apologises three times at most, then only raises the alarm', () => {
    const about = [1, 2, 3, 4].map(level =>
      decideCallback(owed('2026-11-20T09:00', { level }), facts('2026-11-20T11:00'), rules).actions.map(
        action => ('about' in action ? action.about : 'code' in action ? action.code : action.kind),
      ),
    )
    expect(about).toEqual([
      ['break', 'broken', 'apology'],
      ['break', 'broken', 'apology'],
      ['break', 'broken', 'apology'],
      ['break', 'broken', 'broken-at-top'],
    ])
  })

  test('waits while the customer is on the line, and breaks although a telephone is only ringing', () => {
    const overdue = owed('2026-11-20T09:00', { stage: 'three-quarters' })
    const talking = decideCallback(overdue, facts('2026-11-20T11:00', { customerOnLine: true }), rules)
    expect(talking.actions).toEqual([])
    expect(wall(talking.wakeAt)).toBe('2026-11-20T11:01')
    const attempt = { state: 'dialling' as const, requestedAt: at('2026-11-20T10:59') }
    const ringing = decideCallback(overdue, facts('2026-11-20T11:00', { attempt }), rules)
    expect(ringing.actions[0]?.kind).toBe('break')
    expect(wall(ringing.wakeAt)).toBe('2026-11-20T11:01')
  })

  test('asks the provider about an attempt of which nothing was heard, before anything else', () => {
    const ask = (state: 'requested' | 'dialling' | 'unknown', requestedAt: string) =>
      decideCallback(
        owed('2026-11-20T09:00'),
        facts('2026-11-20T10:00', { attempt: { state, requestedAt: at(requestedAt) } }),
        rules,
      ).actions
    expect(ask('unknown', '2026-11-20T09:59:30')).toEqual([{ kind: 'look-up-attempt' }])
    expect(ask('requested', '2026-11-20T09:58')).toEqual([{ kind: 'look-up-attempt' }])
    expect(ask('requested', '2026-11-20T09:59')).toEqual([])
    expect(ask('dialling', '2026-11-20T09:40')).toEqual([])
  })
})

test('the change to summer time shortens no promise: 15:30Z on Friday is due at 8:00Z on Monday in Hamburg, 9:00Z in London', () => {
  const due = (office: Office) => owed('2027-03-26T16:30', {}, office).promise
  expect(due(plain).startedAt.toString()).toBe('2027-03-26T15:30:00Z')
  expect(due(plain).dueAt.toString()).toBe('2027-03-29T08:00:00Z')
  expect(due(plainGb).startedAt.toString()).toBe('2027-03-26T16:30:00Z')
  expect(due(plainGb).dueAt.toString()).toBe('2027-03-29T09:00:00Z')
})

describe('the ladder of attempts', () => {
  const tried = (changes: Partial<OwedCallback> = {}) =>
    owed('2026-11-20T09:00', {
      attempts: 1,
      firstAttemptAt: at('2026-11-20T09:20'),
      retryAt: at('2026-11-20T09:40'),
      promise: kept('2026-11-20T09:00'),
      ...changes,
    })

  test('goes on after the promise is kept, until somebody was spoken to', () => {
    const early = decideCallback(tried(), facts('2026-11-20T09:25'), rules)
    expect(early.actions).toEqual([])
    expect(wall(early.wakeAt)).toBe('2026-11-20T09:40')
    const due = decideCallback(tried(), facts('2026-11-20T09:40'), rules)
    expect(due.actions).toEqual([{ kind: 'redial', agent: 'anna' }])
    const after = decideCallback(tried(), facts('2026-11-20T11:05'), rules)
    expect(after.actions).toEqual([{ kind: 'redial', agent: 'anna' }])
  })

  test('rings a colleague where the agent cannot be rung, and writes where nobody can', () => {
    const colleague = facts('2026-11-20T09:40', { canRing: agent => agent === 'bernd' })
    expect(decideCallback(tried(), colleague, rules).actions).toEqual([{ kind: 'redial', agent: 'bernd' }])
    const byHand = facts('2026-11-20T09:40', { canRing: () => false })
    const { actions, retryAt } = decideCallback(tried(), byHand, rules)
    expect(actions).toEqual([{ kind: 'tell-agents', agents: ['anna'], about: 'retry' }])
    expect(wall(retryAt)).toBe('2026-11-20T10:10')
  })

  test('only reminds where the desk wants to dial itself, and everybody once the time is over', () => {
    const remind: CallbackRules = { ...rules, redial: 'remind' }
    expect(decideCallback(tried(), facts('2026-11-20T09:40'), remind).actions).toEqual([
      { kind: 'tell-agents', agents: ['anna'], about: 'retry' },
    ])
    const { actions, retryAt } = decideCallback(tried(), facts('2026-11-20T11:30'), remind)
    expect(actions).toEqual([{ kind: 'tell-agents', agents: ['anna', 'bernd'], about: 'retry' }])
    expect(wall(retryAt)).toBe('2026-11-20T13:30')
  })

  test('begins earlier by the time that calls wait in the queue of the provider', () => {
    const open = tried({ promise: owed('2026-11-20T09:00').promise, retryAt: at('2026-11-20T10:20') })
    const slow = { queueSeconds: 50 }
    const waiting = decideCallback({ ...open, stage: 'half' }, facts('2026-11-20T10:19', slow), rules)
    expect(waiting.actions).toEqual([])
    expect(waiting.wakeAt?.equals(at('2026-11-20T10:19:10'))).toBe(true)
    const due = decideCallback({ ...open, stage: 'half' }, facts('2026-11-20T10:19:10', slow), rules)
    expect(due.actions).toEqual([{ kind: 'redial', agent: 'anna' }])
  })

  test('ends at humans: after the last attempt, or at once where the number leads nowhere', () => {
    const last = decideCallback(tried({ attempts: 4 }), facts('2026-11-20T10:30'), rules)
    expect(last.actions).toEqual([
      { kind: 'give-up', level: 2 },
      { kind: 'tell-agents', agents: ['anna', 'bernd'], about: 'unreached' },
      { kind: 'tell-customer', about: 'tried' },
    ])
    expect(last.wakeAt).toBeNull()
    const dead = decideCallback(tried(), facts('2026-11-20T09:25', { unknownNumber: true }), rules)
    expect(dead.actions[0]).toEqual({ kind: 'give-up', level: 2 })
  })

  test('stops when no call is owed any more', () => {
    for (const state of ['done', 'withdrawn', 'unreached'] as const)
      expect(decideCallback(tried({ state }), facts('2026-11-20T09:40'), rules)).toMatchObject({
        actions: [],
        wakeAt: null,
      })
  })
})

test('at any moment of a year it never wakes in the past, never acts while the office is closed, and says when to look again', () => {
  const stages = ['none', 'assigned', 'half', 'three-quarters', 'broken'] as const
  fc.assert(
    fc.property(
      fc.record({
        from: fc.integer({ min: 0, max: 360 * 24 * 60 }),
        after: fc.integer({ min: 0, max: 6 * 24 * 60 }),
        stage: fc.constantFrom(...stages),
        agent: fc.constantFrom('anna', 'gone', null),
        onDuty: fc.constantFrom<readonly string[]>([], ['anna'], ['anna', 'bernd']),
        isKept: fc.boolean(),
        retryIn: fc.option(fc.integer({ min: -60, max: 60 })),
        attempts: fc.integer({ min: 0, max: 4 }),
        ringing: fc.option(fc.constantFrom('requested', 'dialling', 'unknown')),
        customerOnLine: fc.boolean(),
      }),
      ({ from, after, stage, agent, onDuty, isKept, retryIn, attempts, ringing, customerOnLine }) => {
        const startedAt = at('2026-01-02T00:00').add({ minutes: from })
        const now = startedAt.add({ minutes: after })
        const { dueAt } = addOfficeTime(startedAt, 120, de)
        const { actions, wakeAt } = decideCallback(
          {
            ...owed('2026-01-02T09:00'),
            ...{ stage, agent, attempts },
            retryAt: retryIn === null ? null : now.add({ minutes: retryIn }),
            promise: { state: isKept ? 'kept' : 'open', startedAt, dueAt },
          },
          {
            ...{ now, onDuty, customerOnLine, office: de, canRing: () => true, queueSeconds: 0 },
            attempt: ringing === null ? null : { state: ringing, requestedAt: now.subtract({ minutes: 1 }) },
          },
          rules,
        )
        const late = dueAt.until(now).total('minutes')
        const justDue = !isKept && late >= 0 && late <= 10
        const acts = actions.filter(({ kind }) => kind !== 'look-up-attempt')
        if (!isOpen(now, de) && !justDue) expect(acts).toEqual([])
        if (wakeAt === null) expect(actions[0]?.kind).toBe('give-up')
        else expect(Temporal.Instant.compare(wakeAt, now)).toBe(1)
      },
    ),
    { numRuns: 500 },
  )
})

describe('a call that nobody makes, whatever is promised', () => {
  const often = { brokenBefore: 3 }
  const overdue = owed('2026-11-24T10:00', { stage: 'three-quarters', level: 4 })

  test('is promised for the same time of the next office day, and told of once a day', () => {
    const { actions } = decideCallback(overdue, facts('2026-11-24T12:00', often), rules)
    expect(actions.map(({ kind }) => kind)).toEqual(['break', 'tell-agents', 'alarm'])
    const [broken] = actions
    expect(broken?.kind === 'break' && wall(broken.next.dueAt)).toBe('2026-11-25T12:00')
    for (const now of ['2026-11-24T11:00', '2026-11-24T11:30'])
      expect(decideCallback(owed('2026-11-24T10:00'), facts(now, often), rules).actions).toEqual([])
  })

  test('is not told of twice where the level is asked every day to take the matter', () => {
    const told = facts('2026-11-24T12:00', { ...often, isEscalating: true })
    const { actions } = decideCallback(overdue, told, rules)
    expect(actions.map(({ kind }) => kind)).toEqual(['break', 'alarm'])
  })
})
