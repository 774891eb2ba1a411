import { describe, expect, it } from 'vitest'
import {
  anna,
  arrived,
  ben,
  dialEnded,
  does,
  everything,
  goOn,
  heard,
  hungUp,
  keys,
  kinds,
  line,
  picksUp,
  play,
} from './call-example.ts'

const settle = { kind: 'settle' } as const
/** Anna's telephone rings. */
const ringing = () => play([arrived, keys(''), keys('1')])
/** Anna has pressed 1. */
const accepted = () => goOn(ringing(), picksUp('leg-1'), keys('1', 'leg-1'))

describe('the hunt for an agent', () => {
  it('rings one agent, with our number shown and for less time than a mailbox waits', () => {
    const { answer, effects } = ringing()
    expect(effects.at(-1)).toEqual({
      kind: 'ring',
      legId: 'leg-1',
      party: 'agent',
      agent: 'anna',
      number: anna.phone,
    })
    expect(answer?.at(-1)).toEqual({
      do: 'ring',
      legId: 'leg-1',
      party: 'agent',
      number: anna.phone,
      callerId: line.number,
      ringSeconds: 15,
      mostMinutes: 60,
      record: false,
      language: 'de',
    })
  })

  it('tells the agent who rings, how bad it is and about what, then the keys, and the number last', () => {
    expect(heard(goOn(ringing(), picksUp('leg-1')).answer)).toBe(
      'Support-Anruf. Petra Kunde, Kunde GmbH, Betriebsverhindernde Störung. Anruf, ' +
        'Mit der 1 nehmen Sie an, mit der 2 lehnen Sie ab. Ticket eins null null, vier sieben zwo acht,',
    )
  })

  it('tells the number of a caller whom nobody knows, digit by digit and after the keys', () => {
    const ticket = { ...ringing().facts.ticket, customerName: '', company: '', subject: '' }
    const offered = goOn(play([arrived, keys(''), keys('1')], { ticket }), picksUp('leg-1'))
    expect(heard(offered.answer)).toBe(
      'Support-Anruf. Betriebsverhindernde Störung. Mit der 1 nehmen Sie an, mit der 2 lehnen Sie ab. ' +
        'Ticket eins null null, vier sieben zwo acht, Rufnummer null vier null, eins zwo drei, vier fünf sechs,',
    )
  })

  it('asks for the key within few words, however long the subject is', () => {
    const ticket = { ...ringing().facts.ticket, subject: 'Die Anlage steht und nichts geht mehr '.repeat(9) }
    const words = heard(goOn(play([arrived, keys(''), keys('1')], { ticket }), picksUp('leg-1')).answer)
    expect(words.slice(0, words.indexOf('Mit der 1')).split(' ').length).toBeLessThan(18)
  })

  it("speaks the agent's language, and says where the caller's is another one", () => {
    const second = goOn(ringing(), dialEnded('leg-1', 'busy'), picksUp('leg-2'))
    expect(heard(second.answer)).toMatch(
      /^Support call\. Petra Kunde, Kunde GmbH, Business stopped\. Anruf, The caller speaks German\. Press 1/,
    )
  })

  it('reads no hostile text to the agent (row 31)', () => {
    const { ticket } = ringing().facts
    const facts = { ticket: { ...ticket, customerName: 'Eve\u0000<Dial>+881</Dial>', company: '\u202E' } }
    const { answer } = goOn(play([arrived, keys(''), keys('1')], facts), picksUp('leg-1'))
    expect(JSON.stringify(answer)).not.toMatch(/[<>]|\\u0000|\u202E/)
    expect(heard(answer)).toContain('Eve Dial +881 /Dial, Betriebs')
  })

  it('is over with a conversation that was accepted and joined', () => {
    const spoken = goOn(accepted(), dialEnded('leg-1', 'completed', true))
    expect(spoken.effects.slice(-3)).toEqual([
      { kind: 'leg-accepted', legId: 'leg-1' },
      { kind: 'leg-ended', legId: 'leg-1', outcome: 'bridged', seconds: 180 },
      { kind: 'connected', agent: 'anna' },
    ])
    expect(does(accepted().answer)).toEqual(['join'])
    expect(does(spoken.answer)).toEqual(['say', 'hang-up'])
    expect(goOn(spoken, hungUp).effects.at(-1)).toEqual({
      kind: 'ended',
      outcome: 'connected',
      at: 'goodbye',
    })
  })

  it.each([
    ['a mailbox that the provider knows', [picksUp('leg-1', true)], 'mailbox'],
    ['a mailbox that presses nothing', [picksUp('leg-1'), keys('', 'leg-1')], 'mailbox'],
    ['an agent who declines', [picksUp('leg-1'), keys('2', 'leg-1')], 'declined'],
  ] as const)('goes on after %s, which is no contact (rows 14, 15)', (_, happened, outcome) => {
    const refused = goOn(ringing(), ...happened)
    expect(does(refused.answer)).toEqual(['hang-up'])
    const next = goOn(refused, dialEnded('leg-1', 'completed'))
    expect(next.effects.filter(({ kind }) => kind === 'leg-ended')).toEqual([
      { kind: 'leg-ended', legId: 'leg-1', outcome, seconds: null },
    ])
    expect(next.effects.at(-1)).toMatchObject({ kind: 'ring', agent: 'ben', number: ben.phone })
    expect(kinds(next.effects)).not.toContain('connected')
  })

  it.each(['busy', 'no-answer', 'failed', 'cancelled'] as const)(
    'goes on when a telephone is %s (row 15)',
    result => {
      const next = goOn(ringing(), dialEnded('leg-1', result))
      expect(next.effects.at(-2)).toEqual({
        kind: 'leg-ended',
        legId: 'leg-1',
        outcome: result,
        seconds: null,
      })
      expect(does(next.answer)).toEqual(['say', 'ring'])
      expect(heard(next.answer)).toBe('Bitte haben Sie noch einen Augenblick Geduld.')
    },
  )

  it('takes "completed" and even "joined" without a key for no conversation', () => {
    const { effects } = goOn(ringing(), dialEnded('leg-1', 'completed', true))
    expect(effects).toContainEqual({ kind: 'leg-ended', legId: 'leg-1', outcome: 'mailbox', seconds: 180 })
    expect(kinds(effects)).not.toContain('connected')
  })

  it('rings nobody twice, and ends in the promise', () => {
    const last = goOn(ringing(), dialEnded('leg-1', 'busy'), dialEnded('leg-2', 'busy'))
    expect(last.call.step).toBe('promise')
    expect(heard(last.answer)).toMatch(
      /^Leider ist im Moment niemand frei\. Wir rufen Sie bis heute 15 Uhr 20/,
    )
  })

  it('takes no longer than the caller can be expected to wait', () => {
    const now = ringing().facts.now.add({ seconds: 60 })
    const waited = goOn({ ...ringing(), facts: { ...ringing().facts, now } }, dialEnded('leg-1', 'no-answer'))
    expect(waited.call.step).toBe('promise')
  })

  it('is left out where the provider cannot ask an agent for a key', () => {
    const { call } = play([arrived, keys(''), keys('1')], { can: { ...everything, accepts: false } })
    expect(call.step).toBe('promise')
  })
})

describe('a caller who hangs up meanwhile', () => {
  it('stops the ringing', () => {
    expect(goOn(ringing(), hungUp).effects.slice(-2)).toEqual([
      { kind: 'leg-ended', legId: 'leg-1', outcome: 'cancelled', seconds: null },
      { kind: 'ended', outcome: 'abandoned', at: 'hunt' },
    ])
  })

  it('in the second in which the agent accepts: the agent is told, the promise goes on (row 16)', () => {
    const gone = goOn(accepted(), hungUp)
    expect(gone.call).toMatchObject({ state: 'ended', outcome: null })
    const told = goOn(gone, dialEnded('leg-1', 'completed'))
    expect(told.effects.slice(-3)).toEqual([
      { kind: 'leg-ended', legId: 'leg-1', outcome: 'abandoned', seconds: null },
      { kind: 'caller-gone', agent: 'anna' },
      { kind: 'ended', outcome: 'abandoned', at: 'hunt' },
    ])
    expect(kinds(told.effects)).not.toContain('connected')
  })

  it('just before the agent accepts: the agent hears it', () => {
    const late = goOn(ringing(), picksUp('leg-1'), hungUp, keys('1', 'leg-1'))
    expect(heard(late.answer)).toBe('Am anderen Ende wurde inzwischen aufgelegt. Vielen Dank.')
    expect(does(late.answer)).toEqual(['say', 'hang-up'])
    expect(late.effects.at(-1)).toEqual({ kind: 'caller-gone', agent: 'anna' })
    expect(late.call.outcome).toBe('abandoned')
  })
})

describe('an end that is told before the end of the conversation (row 2)', () => {
  it('waits for it, and is told once', () => {
    const spoken = goOn(
      accepted(),
      hungUp,
      hungUp,
      dialEnded('leg-1', 'completed', true),
      dialEnded('leg-1', 'completed', true),
    )
    expect(spoken.call).toMatchObject({ state: 'ended', outcome: 'connected' })
    expect(kinds(spoken.effects).filter(kind => kind === 'ended' || kind === 'connected')).toEqual([
      'connected',
      'ended',
    ])
  })

  it('does not wait for ever', () => {
    const settled = goOn(accepted(), hungUp, settle)
    expect(settled.effects.slice(-2)).toEqual([
      { kind: 'caller-gone', agent: 'anna' },
      { kind: 'ended', outcome: 'abandoned', at: 'hunt' },
    ])
    const late = goOn(settled, dialEnded('leg-1', 'completed', true))
    expect(late.call).toMatchObject({ state: 'ended', outcome: 'connected' })
    expect(late.effects.at(-1)).toEqual({ kind: 'connected', agent: 'anna' })
  })

  it('is made up for a call of which nobody tells us', () => {
    expect(goOn(ringing(), settle).effects.at(-1)).toEqual({
      kind: 'ended',
      outcome: 'abandoned',
      at: 'hunt',
    })
  })
})

describe('consent to a recording', () => {
  const asking = () => play([arrived, keys(''), keys('1')], { line: { ...line, recordsCalls: true } })

  it('is asked for before anybody is rung, and announced at the start', () => {
    expect(asking().call.step).toBe('consent')
    expect(heard(asking().answer)).toMatch(
      /Dürfen wir das Gespräch aufzeichnen.*Sonst wird nichts aufgezeichnet\.$/,
    )
    expect(heard(play([arrived], { line: { ...line, recordsCalls: true } }).answer)).toMatch(
      /nur aufgezeichnet, wenn Sie später ausdrücklich zustimmen/,
    )
  })

  it.each([
    ['1', true],
    ['2', false],
    ['', false],
  ])('is given by key 1 only: %j means %s', (digits, given) => {
    const { answer, effects } = goOn(asking(), keys(digits))
    expect(effects.filter(({ kind }) => kind === 'consent')).toEqual([
      { kind: 'consent', given, textVersion: 'de-1' },
    ])
    expect(answer?.at(-1)).toMatchObject({ do: 'ring', record: given })
  })

  it('is not asked for where nobody can be rung', () => {
    expect(
      play([arrived, keys(''), keys('1')], { line: { ...line, recordsCalls: true }, agents: [] }).call.step,
    ).toBe('promise')
  })

  it('makes a recording one of the call', () => {
    const file = { kind: 'recording', recordingId: 'RE9', state: 'ready', seconds: 170 } as const
    const recorded = goOn(
      asking(),
      keys('1'),
      picksUp('leg-1'),
      keys('1', 'leg-1'),
      dialEnded('leg-1', 'completed', true),
      file,
    )
    expect(recorded.effects).toContainEqual({
      kind: 'recording',
      recordingId: 'RE9',
      of: 'call',
      seconds: 170,
    })
  })
})
