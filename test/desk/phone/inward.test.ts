import { describe, expect, it } from 'vitest'
import {
  arrived,
  does,
  everything,
  friday,
  goOn,
  heard,
  hungUp,
  keys,
  kinds,
  line,
  older,
  play,
} from './call-example.ts'

const nobody = { agents: [] }
const silence = keys('')

describe('a call from its first second', () => {
  it('owes a call before anything is asked, so that whoever hangs up at once is rung back', () => {
    const { effects, call } = play([arrived, hungUp])
    expect(effects).toEqual([
      { kind: 'owe-callback', number: '+4940123456', given: false },
      { kind: 'ended', outcome: 'abandoned', at: 'number' },
    ])
    expect(call).toMatchObject({ state: 'ended', outcome: 'abandoned' })
  })

  it('greets, says that nothing is recorded, offers the other language and speaks the number twice', () => {
    expect(heard(play([arrived]).answer)).toBe(
      'Guten Tag, Sie sind mit dem Support von Muster Druck verbunden. Dieser Anruf wird nicht aufgezeichnet. ' +
        'For English, press 9. Ihre Ticketnummer lautet: eins null null, vier sieben zwo acht, ' +
        'Noch einmal: eins null null, vier sieben zwo acht, Um sie noch einmal zu hören, drücken Sie die 1.',
    )
  })

  it('greets in English on an English line, and offers German', () => {
    expect(heard(play([arrived], {}, { language: 'en' }).answer)).toMatch(
      /^Hello, you are through to support at Muster Druck\. This call is not being recorded\. Für Deutsch drücken Sie die 9\. Your ticket number is one zero zero, four seven two eight/,
    )
  })

  it("says the line's own greeting", () => {
    const own = { ...line, greeting: { de: 'Muster Druck, guten Tag.' } }
    expect(heard(play([arrived], { line: own }).answer)).toMatch(/^Muster Druck, guten Tag\. Dieser Anruf/)
  })

  it('repeats the question in the other language at key 9, and stays in it (row 37)', () => {
    const english = play([arrived, silence, keys('9')])
    expect(english.effects).toContainEqual({ kind: 'speak', language: 'en' })
    expect(heard(english.answer)).toMatch(/^If your business has come to a stop, press 1\./)
    expect(heard(goOn(english, keys('2')).answer)).toMatch(/^Registered as: business seriously hindered/)
    expect(heard(goOn(english, keys('9')).answer)).toMatch(
      /^Wenn Ihr Betrieb stillsteht, drücken Sie die 1\./,
    )
  })

  it('speaks the number again, but not for ever', () => {
    const again = play([arrived, keys('1'), keys('1'), keys('1')])
    expect(again.call.step).toBe('number')
    expect(goOn(again, keys('1')).call.step).toBe('severity')
  })

  it('classifies by one key and says as what', () => {
    const { effects, answer } = play([arrived, silence, keys('1')], nobody)
    expect(effects).toContainEqual({ kind: 'classify', severity: 'stopped' })
    expect(heard(answer)).toMatch(/^Aufgenommen als betriebsverhindernde Störung\./)
  })

  it('goes on unclassified after two tries', () => {
    const { effects, answer, call } = play([arrived, silence, keys('7'), silence], nobody)
    expect(kinds(effects)).not.toContain('classify')
    expect(heard(answer)).toMatch(/^Ihre Meldung ist ohne Einstufung aufgenommen\./)
    expect(call.step).toBe('promise')
  })
})

describe('a caller with open tickets', () => {
  const sure = { openTickets: [older] }
  const unsure = { openTickets: [older], sureOfCaller: false }

  it('is asked whether it is about one of them', () => {
    expect(heard(play([arrived], sure).answer)).toMatch(
      /For English, press 9\. Wenn Sie wegen des Tickets eins null null, vier sieben eins eins, Drucker streikt, anrufen, drücken Sie die 1\., Wenn es um etwas anderes geht, drücken Sie die 0\.$/,
    )
  })

  it('hears when the ticket began where nobody wrote what it is about', () => {
    const spoken = { ...older, subject: '', openedAt: friday.subtract({ hours: 27 }) }
    expect(heard(play([arrived], { openTickets: [spoken] }).answer)).toMatch(
      /wegen des Tickets eins null null, vier sieben eins eins von gestern 10 Uhr 20 anrufen, drücken Sie die 1/,
    )
  })

  it('is owed one call, not two', () => {
    expect(kinds(play([arrived], sure).effects)).toEqual([])
  })

  it('chooses by key, and hears the number of that ticket', () => {
    const { effects, answer } = play([arrived, keys('1')], sure)
    expect(effects).toEqual([{ kind: 'join-ticket', ticketId: 'ticket-old', by: 'key' }])
    expect(heard(answer)).toMatch(
      /Ihr Anruf gehört nun zu diesem Ticket\. Ihre Ticketnummer lautet: eins null null, vier sieben eins eins/,
    )
  })

  it('gets the older ticket a promise where it had none', () => {
    const { effects } = play([arrived, keys('1')], { openTickets: [{ ...older, owed: false }] })
    expect(kinds(effects)).toEqual(['owe-callback', 'join-ticket', 'owe-callback'])
  })

  it('has another matter: it gets a promise of its own', () => {
    const { effects } = play([arrived, keys('0')], sure)
    expect(kinds(effects)).toEqual(['separate-ticket', 'owe-callback'])
  })

  it('says nothing twice: the ticket that is owed a call is it', () => {
    expect(play([arrived, silence, silence], sure).effects).toEqual([
      { kind: 'join-ticket', ticketId: 'ticket-old', by: 'silence' },
    ])
  })

  it('is never merged silently behind a switchboard (row 12)', () => {
    expect(kinds(play([arrived, silence, silence], unsure).effects)).toEqual([
      'separate-ticket',
      'owe-callback',
    ])
    expect(kinds(play([arrived, hungUp], unsure).effects)).toEqual([
      'separate-ticket',
      'owe-callback',
      'ended',
    ])
  })

  it('hangs up before choosing: one promise for one matter (row 11)', () => {
    expect(play([arrived, hungUp], sure).effects).toEqual([
      { kind: 'join-ticket', ticketId: 'ticket-old', by: 'hang-up' },
      { kind: 'ended', outcome: 'abandoned', at: 'which-ticket' },
    ])
  })

  it('is not asked twice how bad it is', () => {
    const known = { openTickets: [{ ...older, severity: 'minor' as const }], ...nobody }
    expect(play([arrived, keys('1')], known).call.step).toBe('number')
    const joined = { ticket: { ...play([]).facts.ticket, severity: 'minor' as const } }
    expect(play([arrived, silence], { ...nobody, ...joined }).call.step).toBe('promise')
  })

  it('cannot choose a ticket that was not offered', () => {
    expect(play([arrived, keys('3')], sure).call.step).toBe('which-ticket')
  })
})

describe('a caller without a usable number (row 13)', () => {
  const withheld = { number: null }
  const asked = () => play([arrived, silence, keys('3')], nobody, withheld)

  it('is told so, and asked for one', () => {
    expect(asked().call.step).toBe('ask-number')
    expect(heard(asked().answer)).toMatch(/können wir Sie nicht zurückrufen\. Bitte geben Sie die Rufnummer/)
    expect(kinds(asked().effects)).not.toContain('owe-callback')
  })

  it('hears the number that was keyed in, and is owed a call only after confirming it', () => {
    const checked = goOn(asked(), keys('040123456#'))
    expect(heard(checked.answer)).toMatch(
      /^Sie haben eingegeben: null vier null, eins zwo drei, vier fünf sechs/,
    )
    expect(kinds(checked.effects)).not.toContain('owe-callback')
    const confirmed = goOn(checked, keys('1'))
    expect(confirmed.effects).toContainEqual({ kind: 'owe-callback', number: '+4940123456', given: true })
    expect(heard(confirmed.answer)).toMatch(
      /Wir rufen Sie bis heute 15 Uhr 20 unter der Nummer null vier null/,
    )
  })

  it('hears after two rounds that there will be no callback, and is promised none', () => {
    const failed = goOn(asked(), keys('123456'), silence)
    expect(kinds(failed.effects)).toEqual(['classify', 'unreachable'])
    const words = heard(failed.answer)
    expect(words.match(/ist ein Rückruf leider nicht möglich/g)).toHaveLength(1)
    expect(words).toMatch(/nennen Sie die Ticketnummer eins null null, vier sieben zwo acht/)
    expect(words).not.toMatch(/Wir rufen Sie/)
    expect(goOn(failed, silence, hungUp).effects.at(-1)).toEqual({
      kind: 'ended',
      outcome: 'unreachable',
      at: 'goodbye',
    })
  })

  it('is put through all the same if somebody is on duty', () => {
    const failed = play([arrived, silence, keys('3'), silence, silence], {}, withheld)
    expect(does(failed.answer)).toEqual(['say', 'ring'])
  })

  it('may leave a message, or a number after all', () => {
    const failed = goOn(asked(), silence, silence)
    expect(does(goOn(failed, keys('3')).answer)).toEqual(['say', 'record'])
    const given = goOn(failed, keys('2'), keys('040123456#'), keys('1'))
    expect(given.effects.at(-1)).toEqual({ kind: 'owe-callback', number: '+4940123456', given: true })
    expect(goOn(given, hungUp).call.outcome).toBe('promised')
  })

  it.each([
    ['09001234567', 'premium'],
    ['110', 'emergency'],
    ['+494030903020', 'own'],
    ['0033142685300', 'country'],
  ])('is not promised a call on %s (%s)', (digits, reason) => {
    const refused = goOn(asked(), keys(digits))
    expect(refused.effects).toContainEqual(expect.objectContaining({ kind: 'number-refused', reason }))
    expect(refused.call.step).toBe('ask-number')
  })

  it('counts a number that we do not ring like a withheld one', () => {
    const far = play([arrived], {}, { number: '+33142685300' })
    expect(kinds(far.effects)).toEqual(['number-refused'])
    expect(goOn(far, silence, silence, silence).call.step).toBe('ask-number')
  })

  it('leaves a ticket marked as unreachable when hanging up at once', () => {
    expect(kinds(play([arrived, hungUp], {}, withheld).effects)).toEqual(['unreachable', 'ended'])
  })
})

describe('the promise', () => {
  const promised = () => play([arrived, silence, keys('2')], nobody)

  it('is told at once where nobody is on duty, without any ringing (row 17)', () => {
    expect(does(promised().answer)).toEqual(['ask'])
    expect(heard(promised().answer)).toBe(
      'Aufgenommen als betriebsbehindernde Störung. Leider ist im Moment niemand frei. ' +
        'Wir rufen Sie bis heute 15 Uhr 20 unter der Nummer null vier null, eins zwo drei, vier fünf sechs zurück., ' +
        'Um das zu bestätigen, drücken Sie die 1. Für eine andere Rufnummer drücken Sie die 2. ' +
        'Um eine Nachricht zu hinterlassen, drücken Sie die 3.',
    )
  })

  it('is told in English as people say it', () => {
    const { answer } = play([arrived, silence, keys('2')], nobody, { language: 'en' })
    expect(heard(answer)).toMatch(
      /We will call you back by 3 20 pm today on zero four zero, one two three, four five six, To confirm this, press 1/,
    )
  })

  it('names the hours when we are closed', () => {
    const now = friday.add({ hours: 6 })
    const callbackDueAt = Temporal.Instant.from('2026-11-23T09:30:00Z')
    const { answer } = play([arrived, silence, keys('2')], { ...nobody, now, callbackDueAt })
    expect(heard(answer)).toMatch(
      /außerhalb unserer Servicezeiten an\. Wir sind für Sie da: Montag bis Freitag 8 Uhr 30 bis 17 Uhr\., Wir rufen Sie bis Montag 10 Uhr 30/,
    )
  })

  it('apologises for a time that has passed instead of naming it', () => {
    const { answer } = play([arrived, silence, keys('2')], { ...nobody, callbackDueAt: friday })
    expect(heard(answer)).toMatch(
      /Ihr Rückruf ist überfällig\. Dafür bitten wir um Entschuldigung\. Wir rufen Sie so bald wie möglich unter/,
    )
  })

  it.each([['1'], ['']])('needs no more than %j, and is said once more at the end', digits => {
    const last = goOn(promised(), keys(digits))
    expect(does(last.answer)).toEqual(['say', 'hang-up'])
    expect(heard(last.answer)).toBe(
      'Ihre Ticketnummer lautet: eins null null, vier sieben zwo acht, Wir rufen Sie bis heute 15 Uhr 20 zurück., ' +
        'Vielen Dank für Ihren Anruf. Auf Wiederhören.',
    )
    expect(goOn(last, hungUp).effects.at(-1)).toEqual({ kind: 'ended', outcome: 'promised', at: 'goodbye' })
  })

  it('keeps the old number where the new one is not confirmed', () => {
    const kept = goOn(promised(), keys('2'), silence, silence)
    expect(heard(kept.answer)).toMatch(
      /Es bleibt bei der bisherigen Rufnummer\. Wir rufen Sie bis heute 15 Uhr 20 unter der Nummer null vier null/,
    )
    expect(kinds(kept.effects)).toEqual(['owe-callback', 'classify'])
  })

  it('takes a message after saying what it is for', () => {
    const recording = goOn(promised(), keys('3'))
    expect(heard(recording.answer)).toMatch(/wird aufgezeichnet, damit wir Ihr Anliegen bearbeiten können/)
    expect(recording.answer?.at(-1)).toEqual({ do: 'record', mostSeconds: 120, silenceSeconds: 5 })
    const left = goOn(recording, { kind: 'recorded', turn: 0, recordingId: 'RE1', seconds: 9, hungUp: false })
    expect(left.effects).toContainEqual({ kind: 'recording', recordingId: 'RE1', of: 'message', seconds: 9 })
    expect(heard(left.answer)).toMatch(/^Vielen Dank\. Ihre Nachricht ist aufgezeichnet\. Ihre Ticketnummer/)
  })

  it('offers no message where none can be recorded', () => {
    const { answer } = play([arrived, silence, keys('2')], {
      ...nobody,
      can: { ...everything, records: false },
    })
    expect(heard(answer)).not.toMatch(/Nachricht/)
  })
})

describe('recordings (row 33)', () => {
  const spoken = { kind: 'recorded', turn: 0, recordingId: 'RE1', seconds: 9, hungUp: true } as const
  const ready = { kind: 'recording', recordingId: 'RE1', state: 'ready', seconds: 9 } as const
  const recording = () => play([arrived, silence, keys('2'), keys('3')], nobody)

  it.each([
    ['before', [spoken, ready]],
    ['after', [ready, spoken]],
  ] as const)('are attached to the message when it is told %s the file', (_, order) => {
    const effects = goOn(recording(), ...order).effects.slice(2)
    expect(effects.filter(({ kind }) => kind === 'recording')).toEqual([
      { kind: 'recording', recordingId: 'RE1', of: 'message', seconds: 9 },
      { kind: 'recording', recordingId: 'RE1', of: 'message', seconds: 9 },
    ])
    expect(effects).toContainEqual({
      kind: 'recording-state',
      recordingId: 'RE1',
      state: 'ready',
      seconds: 9,
    })
  })

  it('may be absent, and may come after the end', () => {
    const absent = { ...ready, state: 'absent', seconds: null } as const
    const late = goOn(recording(), hungUp, absent)
    expect(late.effects.at(-1)).toEqual({
      kind: 'recording-state',
      recordingId: 'RE1',
      state: 'absent',
      seconds: null,
    })
    expect(late.call.state).toBe('ended')
  })

  it('are left after the safe answer as well, and nobody is asked anything', () => {
    const late = play([{ ...arrived, late: true }])
    expect(late.call.step).toBe('apology')
    expect(late.answer).toBeNull()
    expect(kinds(goOn(late, spoken, ready, hungUp).effects)).toEqual([
      'owe-callback',
      'recording',
      'recording',
      'recording-state',
      'ended',
    ])
  })
})

describe('the end (row 10)', () => {
  const told = [arrived, silence, keys('2')]
  it.each([
    ['which-ticket', 'abandoned', [arrived], { openTickets: [{ ...older, owed: false }] }],
    ['number', 'abandoned', [arrived], {}],
    ['severity', 'abandoned', [arrived, silence], {}],
    ['hunt', 'abandoned', told, {}],
    ['consent', 'abandoned', told, { line: { ...line, recordsCalls: true } }],
    ['promise', 'promised', told, nobody],
    ['ask-number', 'promised', [...told, keys('2')], nobody],
    ['check-number', 'promised', [...told, keys('2'), keys('040123457#')], nobody],
    ['message', 'promised', [...told, keys('3')], nobody],
    ['goodbye', 'promised', [...told, keys('1')], nobody],
  ] as const)('at %s leaves a ticket, a promise and where it was: %s', (step, outcome, happened, facts) => {
    const { effects, call } = play([...happened, hungUp], facts)
    expect(kinds(effects)).toContain('owe-callback')
    expect(effects.at(-1)).toEqual({ kind: 'ended', outcome, at: step })
    expect(call).toMatchObject({ state: 'ended', outcome })
  })

  it('of a call nobody told us of makes a promise as well', () => {
    expect(kinds(play([hungUp]).effects)).toEqual(['owe-callback', 'ended'])
  })

  it('is told once, and nothing reopens the call (row 2)', () => {
    const after = play([arrived, hungUp, hungUp, arrived, keys('1'), { kind: 'progress', state: 'ringing' }])
    expect(kinds(after.effects).filter(kind => kind === 'ended')).toHaveLength(1)
    expect(after.call.state).toBe('ended')
  })

  it('comes by itself for a caller, or a machine, that goes round in circles', () => {
    const circling = goOn(
      play([arrived, silence, keys('2')], nobody),
      ...Array.from({ length: 60 }, () => keys('9')),
    )
    expect(circling.call).toMatchObject({ step: 'goodbye' })
    expect(circling.call.turn).toBeLessThanOrEqual(42)
  })
})
