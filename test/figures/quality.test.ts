import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Dimension, FigureKey, Filter } from '../../src/figures/figure.ts'
import { readFigure } from '../../src/figures/report.ts'
import { readTrainingNeeds } from '../../src/figures/training.ts'
import type { Row } from '../../src/store/insert-rows.ts'
import { entry, guarantee, openWorld, period, ticket, valuesOf, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('2026-11-27T16:00:00Z')
})
afterEach(() => world.clear())
afterAll(() => world.close())

const week = period('2026-11-23', '2026-11-29')
const tuesday = (time: string) => `2026-11-24T${time}:00Z`

async function totalOf(key: FigureKey, filter: Filter = {}) {
  const { total } = await readFigure(world.database, world.deps, key, { period: week, filter })
  return valuesOf(total)
}

async function slicesOf(key: FigureKey, by: Dimension, part: string) {
  const { slices } = await readFigure(world.database, world.deps, key, { period: week, by })
  return slices.map(({ key: slice, name, parts }) => [slice, name.en, valuesOf(parts)[part]] as const)
}

/** The parts that are not 0, which is what a test has to name. */
const counted = (values: Readonly<Record<string, number | string>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 0))

describe('callback punctuality', () => {
  it('tells kept, late, never and withdrawn apart, with why', async () => {
    const late = { state: 'done', endedAt: tuesday('14:00'), firstContactAt: tuesday('14:00') }
    const calls: [Row, [state: string, endedAt: string | null, reason: string | null][]][] = [
      [
        { state: 'done', endedAt: tuesday('10:00'), firstContactAt: tuesday('10:00') },
        [['kept', tuesday('10:00'), 'contact']],
      ],
      [
        { ...late, firstAttemptAt: tuesday('13:00') },
        [
          ['broken', tuesday('12:00'), 'too-late'],
          ['kept', tuesday('14:00'), 'contact'],
        ],
      ],
      [
        { ...late, firstAttemptAt: tuesday('11:00') },
        [
          ['broken', tuesday('12:00'), 'too-late'],
          ['kept', tuesday('14:00'), 'contact'],
        ],
      ],
      [
        { state: 'owed', endedAt: null },
        [
          ['broken', tuesday('12:00'), 'too-late'],
          ['open', null, null],
        ],
      ],
      [
        { state: 'unreached', endedAt: tuesday('15:00'), firstAttemptAt: tuesday('11:00') },
        [['withdrawn', tuesday('15:00'), 'unreached']],
      ],
      [{ state: 'withdrawn', endedAt: tuesday('10:00') }, [['withdrawn', tuesday('10:00'), 'closed']]],
      [{ state: 'owed', endedAt: null }, [['open', null, null]]],
      // Put through while the telephone still rang.
      [
        { state: 'done', endedAt: tuesday('09:01'), firstContactAt: tuesday('09:01') },
        [['kept', tuesday('09:01'), 'put-through']],
      ],
      // Another time was agreed upon, and kept.
      [
        { state: 'done', endedAt: tuesday('10:00'), firstContactAt: tuesday('10:00') },
        [
          ['withdrawn', tuesday('09:30'), 'agreed'],
          ['kept', tuesday('10:00'), 'contact'],
        ],
      ],
    ]
    for (const [call, promised] of calls) {
      const own = ticket(tuesday('09:00'), { channel: 'phone' })
      const rows = promised.map(([state, endedAt, reason]) =>
        guarantee(own, 'callback', tuesday('09:00'), state, { endedAt, reason }),
      )
      await world.put('ticket', own)
      await world.put('guarantee', ...rows)
      await world.put('callback', {
        ...{ id: randomUUID(), ticketId: own.id, guaranteeId: rows.at(-1)?.id, owedFor: null, stage: 'none' },
        ...{
          number: '+494066969123',
          language: 'de',
          line: 'hotline',
          attempts: 0,
          createdAt: tuesday('09:00'),
        },
        ...{ firstAttemptAt: null, firstContactAt: null, ...call },
      })
    }
    expect(counted(await totalOf('callback-punctuality'))).toEqual({
      ...{ punctual: '2 of 6', kept: 2, late: 2, never: 2, withdrawn: 1, running: 1, 'put-through': 1 },
      ...{ 'why-not-tried': 2, 'why-not-reached': 2, 'why-closed': 1 },
    })
  })

  it('does not count the broken promise of an earlier callback for a later one of the same ticket', async () => {
    const own = ticket(tuesday('08:00'))
    await world.put('ticket', own)
    const first = guarantee(own, 'callback', tuesday('08:00'), 'broken', { endedAt: tuesday('10:00') })
    const second = guarantee(own, 'callback', tuesday('11:00'), 'kept', { endedAt: tuesday('12:00') })
    await world.put('guarantee', first, second)
    const call = (of: Row, at: string, endedAt: string) => ({
      ...{
        id: randomUUID(),
        ticketId: own.id,
        guaranteeId: of.id,
        stage: 'none',
        state: 'done',
        attempts: 1,
      },
      ...{ number: '+494066969123', language: 'de', line: 'hotline', createdAt: at, endedAt },
      firstContactAt: endedAt,
    })
    await world.put(
      'callback',
      call(first, tuesday('08:00'), tuesday('10:00')),
      call(second, tuesday('11:00'), tuesday('12:00')),
    )
    expect(await totalOf('callback-punctuality')).toMatchObject({ punctual: '1 of 2', kept: 1, late: 1 })
  })
})

describe('promises', () => {
  it('counts each kind apart, and withdrawn and running ones as neither kept nor broken', async () => {
    const own = ticket(tuesday('09:00'))
    await world.put('ticket', own)
    const made = (kind: string, state: string, at = tuesday('09:00')) => guarantee(own, kind, at, state)
    await world.put(
      'guarantee',
      ...[made('first-response', 'kept'), made('resolution', 'broken'), made('resolution', 'kept')],
      ...[made('status-update', 'withdrawn'), made('callback', 'open')],
      made('manager-contact', 'kept'),
      made('first-response', 'broken', '2026-11-22T22:59:59Z'),
    )
    expect(await totalOf('promises')).toEqual({
      ...{ kept: '3 of 4', broken: 1, withdrawn: 1, open: 1, 'first-response': '1 of 1', callback: '0 of 0' },
      ...{ 'status-update': '0 of 0', resolution: '1 of 2', 'manager-contact': '1 of 1' },
    })
  })
})

describe('cycle time and reopening', () => {
  it('counts from opening to the last closing, in office hours and by the clock', async () => {
    await world.put(
      'ticket',
      ticket('2026-11-23T15:00:00Z', { closedAt: tuesday('08:30') }),
      ticket('2026-11-23T15:00:00Z', { closedAt: null }),
      ticket('2026-11-23T15:00:00Z', { closedAt: tuesday('08:30'), office: 'gone' }),
    )
    expect(await totalOf('cycle-time')).toEqual({ office: '120/120 of 1', clock: '1050/1050 of 2' })
  })

  it('counts as reopened what was closed before, not what waited for the customer', async () => {
    const back = ticket('2026-11-20T09:00:00Z', { closedAt: tuesday('10:00'), area: 'printers' })
    const waited = ticket('2026-11-20T09:00:00Z', { closedAt: tuesday('10:00') })
    await world.put('ticket', back, waited)
    await world.put(
      'entry',
      entry(back, 'reopened', '2026-11-21T10:00:00Z', { detail: { from: 'resolved' } }),
      entry(back, 'reopened', tuesday('09:00'), { detail: { from: 'resolved' } }),
      entry(waited, 'reopened', tuesday('09:00'), { detail: { from: 'waiting' } }),
    )
    expect(await totalOf('reopened')).toEqual({ share: '1 of 2', reopenings: 1 })
    expect(await slicesOf('reopened', 'area', 'share')).toEqual([
      ['printers', 'Printers', '1 of 1'],
      ['', 'not known', '0 of 1'],
    ])
  })
})

describe('escalations', () => {
  it('counts them by level and cause, and how soon they were acknowledged', async () => {
    const own = ticket(tuesday('09:00'))
    await world.put('ticket', own)
    const raised = (level: number, cause: string, state: string, endedAt: string | null) => ({
      ...{
        id: randomUUID(),
        ticketId: own.id,
        fromLevel: level - 1,
        level,
        cause,
        state,
        reason: '',
        endedAt,
      },
      ...{ openedAt: tuesday('09:00'), waysUsed: 0 },
    })
    await world.put(
      'escalation',
      raised(2, 'command', 'acknowledged', tuesday('09:30')),
      raised(2, 'guarantee-broken', 'passed-on', tuesday('10:00')),
      raised(3, 'unacknowledged', 'acknowledged', tuesday('10:10')),
      raised(4, 'policy', 'waiting', null),
    )
    expect(counted(await totalOf('escalations'))).toEqual({
      ...{ all: 4, 'level-2': 2, 'level-3': 1, 'level-4': 1, acknowledged: '2 of 3', minutes: '50/66 of 2' },
      ...{ 'cause-command': 1, 'cause-guarantee-broken': 1, 'cause-unacknowledged': 1, 'cause-policy': 1 },
    })
  })
})

describe('vendor waiting', () => {
  it('adds what runs now to what was waited, by manufacturer', async () => {
    const own = ticket(tuesday('09:00'))
    await world.put('ticket', own)
    let sequence = 0
    const opened = (vendor: string, over: Row): Row => ({
      ...{
        id: randomUUID(),
        ticketId: own.id,
        vendor,
        sequence: ++sequence,
        number: `H${sequence}`,
        subject: '',
      },
      ...{ agent: 'anna', mailbox: 'support', language: 'en', description: {}, level: 0, waitsFor: 'us' },
      ...{
        state: 'open',
        since: tuesday('09:00'),
        dueAt: null,
        stage: 'none',
        waitedMinutes: 0,
        evaluation: '',
      },
      ...{ openedAt: tuesday('09:00'), outcome: null, rating: null, ...over },
    })
    const answered = opened('acme', {
      ...{ waitedMinutes: 100, state: 'closed', outcome: 'repaired', rating: 4, level: 1 },
    })
    const asked = opened('zeta', { waitedMinutes: 10 })
    // Now is the 27th, 16:00.
    const silent = { waitsFor: 'vendor', since: '2026-11-27T15:00:00Z', dueAt: tuesday('10:00') }
    await world.put('vendor_case', answered, opened('acme', { waitedMinutes: 40, ...silent }), asked)
    expect(counted(await totalOf('vendor-waiting'))).toMatchObject({ overdue: 1 })
    const message = (caseId: unknown, kind: string, author: string): Row => ({
      ...{ id: randomUUID(), caseId, kind, author, direction: 'out', at: tuesday('11:00'), text: '' },
    })
    // The silence of one raised it, though it has answered since; the other was raised by an agent.
    await world.put(
      'vendor_message',
      message(answered.id, 'escalation', ''),
      message(asked.id, 'escalation', 'anna'),
    )
    expect(counted(await totalOf('vendor-waiting'))).toEqual({
      ...{ waited: '100/100 of 3', cases: 3, overdue: 2, raised: '1 of 3', closed: '1 of 3' },
      ...{ 'outcome-repaired': 1, rating: '4: 0,0,0,1,0' },
    })
    expect(await slicesOf('vendor-waiting', 'vendor', 'cases')).toEqual([
      ['acme', 'acme', 2],
      ['zeta', 'zeta', 1],
    ])
  })
})

describe('satisfaction', () => {
  it('counts votes when they were given and surveys when they were sent, and what complaints cost', async () => {
    const [smooth, escalated] = [ticket(tuesday('09:00')), ticket(tuesday('09:00'), { channel: 'phone' })]
    await world.put('ticket', smooth, escalated)
    await world.put('guarantee', guarantee(escalated, 'resolution', tuesday('09:00'), 'broken'))
    const asked = (of: Row, askedAt: string, over: Row = {}): Row => ({
      ...{ id: randomUUID(), ticketId: of.id, askedAt, openUntil: askedAt, state: 'asked', score: null },
      ...{
        solved: null,
        words: '',
        votedAt: null,
        wantsManager: false,
        phone: 'not-listed',
        phoneRemark: '',
      },
      ...over,
    })
    await world.put(
      'survey',
      asked(smooth, '2026-11-20T09:00:00Z', { score: 5, solved: true, votedAt: tuesday('09:00') }),
      asked(smooth, tuesday('09:00'), { score: 4, votedAt: '2026-11-30T09:00:00Z' }),
      asked(escalated, tuesday('09:00'), {
        score: 2,
        solved: false,
        votedAt: tuesday('10:00'),
        wantsManager: true,
      }),
      asked(escalated, tuesday('09:00')),
    )
    expect(await totalOf('satisfaction')).toEqual({
      ...{ score: '3.5: 0,1,0,0,1', solved: '1 of 2', 'answer-rate': '2 of 3', manager: 1 },
      ...{ 'score-smooth': '5: 0,0,0,0,1', 'score-wrong': '2: 0,1,0,0,0' },
    })
    expect(await totalOf('satisfaction', { channel: 'phone' })).toMatchObject({ score: '2: 0,1,0,0,0' })
  })
})

describe('causes', () => {
  it('finds what recurs, and points to training with its reason', async () => {
    const closed = (area: string | null, over: Row = {}) =>
      ticket('2026-11-20T09:00:00Z', { area, closedAt: tuesday('10:00'), ...over })
    const printers = [0, 1, 2].map(() => closed('printers'))
    const network = [0, 1, 2, 3, 4].map(() => closed('network'))
    const unknown = closed(null)
    await world.put('ticket', ...printers, ...network, unknown)
    const words = ['Netzteil defekt.', ' netzteil  DEFEKT', 'Netzteil-defekt!']
    const cause = (of: Row & { readonly id: string }, text: string, at = tuesday('09:00')) =>
      entry(of, 'measure', at, { text, detail: { of: 'cause' } })
    await world.put(
      'entry',
      ...printers.map((own, i) => cause(own, words[i] ?? '')),
      // Only the last one counts, and other measures are no causes.
      ...network
        .slice(0, 1)
        .flatMap(own => [cause(own, 'Netzteil defekt', tuesday('08:00')), cause(own, 'Kabel')]),
      entry(unknown, 'measure', tuesday('09:00'), { text: 'Netzteil defekt', detail: { of: 'corrective' } }),
      ...network
        .slice(0, 1)
        .map(own => entry(own, 'reopened', tuesday('09:00'), { detail: { from: 'resolved' } })),
    )
    expect(await totalOf('causes')).toEqual({
      recurring: '3 of 4',
      known: '4 of 9',
      reopened: '1 of 9',
      closed: 9,
    })
    const needs = await readTrainingNeeds(world.database, world.deps, { period: week })
    expect(needs.map(({ area, because }) => [area, because.en])).toEqual([
      ['network', ['1 of 5 closed tickets had been reopened']],
      ['printers', ['3 tickets with a cause that occurred at least 3 times']],
    ])
  })
})

describe('the mail room', () => {
  let uid = 0
  const mail = (
    outcome: string,
    because: readonly [rule: string, hit: boolean, words: string][],
    over: Row = {},
  ) => {
    uid++
    return {
      ...{ id: uid, channel: 'mail', mailbox: 'support', folder: 'INBOX', uidValidity: 1, uid, size: 1 },
      ...{
        rawSha256: `${uid}`,
        receivedAt: tuesday('09:00'),
        takenInAt: tuesday('09:00'),
        subject: '',
        outcome,
      },
      ...{ classification: 'customer', fingerprint: `${uid}`, rule: 'new-ticket', afterState: 'none' },
      ...{
        trail: because.map(([rule, hit, words]) => ({ rule, hit, because: words })),
        ticketId: null,
        ...over,
      },
    }
  }

  it('counts each stopped loop once, with its reason', async () => {
    const field = ticket(tuesday('08:00'), { group: 'field' })
    await world.put('ticket', field)
    await world.put(
      'inbound',
      mail('open-ticket', [['auto-reply', true, 'a person wrote, within the budget']]),
      mail('open-ticket', [
        [
          'auto-reply',
          false,
          '5 automatic letters to this address in the last hour; budgets.addressPerHour is 5',
        ],
      ]),
      mail(
        'add-entry',
        [['in-reply-to', true, 'it answers, which stays as it is: 3 times; budgets.reopensPerHour is 3']],
        { ticketId: field.id },
      ),
      mail('add-entry', [
        ['agent-notice', false, '9 letters; budgets.ticketPerHour is 9'],
        ['auto-reply', false, 'the answer would go to ourselves'],
      ]),
      mail('note-machine-mail', [['machine-mail', true, 'it is machine mail: auto-reply']]),
      mail('open-ticket', [
        [
          'auto-reply',
          false,
          'a server called x@example.org unknown: no automatic letters to it until 2026-12-01',
        ],
      ]),
      mail('open-ticket', [['auto-reply', false, 'List-Id is set']]),
      // A stranger's words are not the desk's.
      mail('open-ticket', [['subject', false, 'no number in "x; budgets.totalPerHour is 1" was found']]),
    )
    expect(counted(await totalOf('loops-stopped'))).toEqual({
      ...{ all: 6, 'way-mail': 6, 'why-budget': 3 },
      ...{ 'why-machine': 1, 'why-suppressed': 1, 'why-asks-none': 1 },
      ...{ 'budget-addressPerHour': 1, 'budget-reopensPerHour': 1, 'budget-ticketPerHour': 1 },
    })
    expect(await slicesOf('loops-stopped', 'group', 'all')).toEqual([
      ['support', 'Support', 5],
      ['field', 'Field service', 1],
    ])
  })

  it('names texts and calls that were refused, with the budget or the rule that refused them', async () => {
    const own = ticket(tuesday('08:00'), { channel: 'phone' })
    await world.put('ticket', own)
    const spent = (budget: string) => `5 automatic letters in the last hour; budgets.${budget} is 5`
    const untold = (kind: string, noText: string, noMail: string) =>
      entry(own, kind, tuesday('09:00'), { detail: { noText, noMail } })
    await world.put(
      'entry',
      untold('no-confirmation', spent('addressPerHour'), 'no address is known'),
      untold('no-update-possible', 'no text messages are configured', spent('ticketPerHour')),
      untold('no-confirmation', 'no mobile number that we may write to', 'no address is known'),
    )
    const refused = (reason: string, over: Row = {}) => ({
      ...{ id: randomUUID(), callbackId: null, ticketId: own.id, number: '+494066969123', reason },
      ...{ at: tuesday('09:00'), ...over },
    })
    await world.put(
      'refused_dial',
      ...['per-number', 'per-hour', 'own', 'premium'].map(reason => refused(reason)),
      refused('premium', { ticketId: null }),
      refused('premium', { at: '2026-11-20T09:00:00Z' }),
    )
    expect(counted(await totalOf('loops-stopped'))).toEqual({
      ...{ all: 7, 'way-mail': 1, 'way-text': 1, 'way-call': 5 },
      ...{ 'why-budget': 4, 'why-own': 1, 'why-number': 2 },
      ...{ 'budget-addressPerHour': 1, 'budget-ticketPerHour': 1 },
      ...{ 'budget-per-number': 1, 'budget-per-hour': 1 },
    })
  })

  it('counts mails held, how they were decided and how soon', async () => {
    const mails = ['hold', 'hold', 'hold'].map(outcome => mail(outcome, []))
    await world.put('inbound', ...mails)
    const held = (i: number, reason: string, decision: string | null, decidedAt: string | null) => ({
      ...{ id: randomUUID(), inboundId: mails[i]?.id, reason, detail: {}, heldAt: tuesday('09:00') },
      ...{ state: decision === null ? 'held' : 'decided', decision, decidedAt },
    })
    await world.put(
      'held',
      held(0, 'stranger', 'add', tuesday('09:30')),
      held(1, 'forward', 'discard', tuesday('11:00')),
      held(2, 'internal-text', null, null),
    )
    expect(counted(await totalOf('mails-held'))).toEqual({
      ...{ held: 3, decided: '2 of 3', minutes: '75/111 of 2', 'decision-add': 1, 'decision-discard': 1 },
      ...{ 'reason-stranger': 1, 'reason-internal-text': 1, 'reason-other': 1 },
    })
    expect(await totalOf('mails-held', { groups: ['field'] })).toMatchObject({ held: 0 })
    expect(await totalOf('mails-held', { groups: ['support'] })).toMatchObject({ held: 3 })
  })

  it('gives every mail exactly one outcome, and tells what comparisons found', async () => {
    await world.put(
      'inbound',
      ...['open-ticket', 'open-ticket', 'note-duplicate', 'quarantine', 'something-new'].map(outcome =>
        mail(outcome, []),
      ),
    )
    const compared = (missing: readonly number[], reread: number) => ({
      ...{
        id: randomUUID(),
        mailbox: 'support',
        folder: 'INBOX',
        at: tuesday('02:00'),
        onServer: 9,
        inLedger: 9,
      },
      ...{ reread, detail: { missing } },
    })
    await world.put('balance', compared([], 0), compared([7, 9], 3))
    expect(counted(await totalOf('ledger-balance'))).toEqual({
      ...{ mails: 5, 'outcome-open-ticket': 2, 'outcome-note-duplicate': 1, 'outcome-quarantine': 1 },
      ...{ 'outcome-other': 1, balances: 2, differences: 1, missing: 2, reread: 3 },
    })
  })
})

describe('slices', () => {
  it('take an agent of several groups for the ticket’s own, else for the first', async () => {
    const of = (assignee: string | null, group: string) => ticket(tuesday('09:00'), { assignee, group })
    await world.put(
      'ticket',
      of('carla', 'field'),
      of('carla', 'uk'),
      of('bernd', 'support'),
      of(null, 'uk'),
      of('gone', 'uk'),
    )
    expect(await slicesOf('throughput', 'agent-group', 'opened')).toEqual([
      ['field', 'Field service', 2],
      ['support', 'Support', 1],
      ['', 'not known', 2],
    ])
    expect(await totalOf('throughput', { agentGroup: 'field' })).toMatchObject({ opened: 2 })
  })

  it('are the largest, with all others in one, and add up to the total', async () => {
    const companies = Array.from({ length: 60 }, (_, i) => ({
      id: randomUUID(),
      name: `=Company ${i}`,
      detail: {},
    }))
    await world.put('company', ...companies)
    await world.put(
      'ticket',
      ...companies.flatMap(({ id }, i) => [
        ticket(tuesday('09:00'), { companyId: id }),
        ...(i === 59 ? [ticket(tuesday('09:00'), { companyId: id })] : []),
      ]),
      ticket(tuesday('09:00')),
    )
    const slices = await slicesOf('throughput', 'customer', 'opened')
    expect(slices).toHaveLength(50)
    expect(slices[0]).toEqual([companies[59]?.id, '=Company 59', 2])
    expect(slices.slice(-2)).toEqual([
      ['*', 'others', 12],
      ['', 'not known', 1],
    ])
    expect(slices.reduce((sum, [, , opened]) => sum + Number(opened), 0)).toBe(62)
  })

  it('are refused where a figure has none, where they are too many, and where the period is none', async () => {
    const read = (from: string, to: string, by: Dimension) =>
      readFigure(world.database, world.deps, 'throughput', { period: period(from, to), by })
    await expect(read('2026-11-23', '2026-11-29', 'vendor')).rejects.toThrow(RangeError)
    await expect(read('2024-01-01', '2026-11-29', 'day')).rejects.toThrow('more than 400 days')
    await expect(read('2026-11-29', '2026-11-23', 'day')).rejects.toThrow('ends before it begins')
  })
})
