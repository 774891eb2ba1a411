import { expect, it } from 'vitest'
import { agent, caller, mailbox, type PartyScript, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { lettersOf, ringsAt, rungWhileWaiting, wallTime } from './books.ts'
import { hamburg, openHotline, phones } from './hotline.ts'

/** What may go wrong with callers whom we cannot ring and agents who do not pick up. */

const nobodyAnswers = [
  [phones.anna, unreachable('anna', 'never')],
  [phones.bernd, unreachable('bernd', 'never')],
] as const

const classified = { hears: /betriebsverhindernd|stillsteht/, presses: '1' } as const

it.each(['anonymous', 'Restricted', '+266696687', '+7378742833', '+86282452253', '+2562533', '+8656696'])(
  'row 13: a caller shown as %s is asked for a number by keys, twice, has it read back and is promised a call there',
  async from => {
    const hotline = await openHotline('2026-11-24T10:00')
    const { network, database } = hotline
    for (const [number, party] of nobodyAnswers) network.connect(number, party)
    const call = network.call(
      caller(from, [
        classified,
        { hears: /Bitte geben Sie die Rufnummer/, presses: '0171#' },
        { hears: /keine vollständige Rufnummer|nicht anrufen/, presses: '01713920099#' },
        { hears: /Sie haben eingegeben/, presses: '1' },
      ]),
      hamburg,
    )
    await hotline.runUntil(hotline.at('10:06'))
    const said = network.transcript(call)
    expect(said.match(/Bitte geben Sie die Rufnummer/g)).toHaveLength(2)
    expect(said).toMatch(/Sie haben eingegeben: null eins sieben, eins drei neun zwo, null null neun neun/)
    expect(said).toMatch(/Wir rufen Sie bis heute 12 Uhr unter der Nummer null eins sieben/)
    const owed = await database.callback.findFirstOrThrow({ include: { guarantee: true } })
    expect(owed).toMatchObject({ number: phones.mobile, state: 'owed', guarantee: { state: 'open' } })
    expect(wallTime(owed.guarantee.dueAt)).toBe('2026-11-24 12:00:00')
    // Nothing of what the network wrote in place of a number is ever taken for one.
    expect(await database.call.findFirst()).toMatchObject({ number: null })
  },
)

it('row 13: a withheld caller who keys nothing is told that a callback is impossible, and is promised none; those on duty hear of it', async () => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network, database } = hotline
  for (const [number, party] of nobodyAnswers) network.connect(number, party)
  const call = network.call(caller('anonymous', [classified]), hamburg)
  await hotline.runUntil(hotline.at('12:30'))
  const said = network.transcript(call)
  expect(said.match(/Bitte geben Sie die Rufnummer/g)).toHaveLength(2)
  expect(said).toMatch(/ist ein Rückruf leider nicht möglich/)
  expect(said).not.toMatch(/Wir rufen Sie/)
  // Before anything is given up the agents on duty are rung: this is the only chance to speak with this caller.
  expect(await rungWhileWaiting(hotline)).toEqual(['anna: no-answer', 'bernd: no-answer'])
  expect(await database.guarantee.count()).toBe(0)
  expect(await database.callback.count()).toBe(0)
  expect(await database.call.findFirst()).toMatchObject({ outcome: 'unreachable' })
  expect(await database.entry.count({ where: { kind: 'unreachable' } })).toBe(1)
  expect(await lettersOf(hotline)).toMatchObject([
    { kind: 'agent-notice', recipient: 'anna@example.com', call: 'unreachable' },
    { kind: 'agent-notice', recipient: 'bernd@example.com', call: 'unreachable' },
  ])
  expect(network.texts()).toEqual([])
})

it('row 13: a withheld caller who hangs up at once leaves a ticket that says nobody can ring back', async () => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network, database } = hotline
  network.call(caller('anonymous', [], { hangsUpAfter: 2 }), hamburg)
  await hotline.runUntil(hotline.at('10:05'))
  expect(await database.ticket.count()).toBe(1)
  expect(await database.guarantee.count()).toBe(0)
  expect(await database.entry.count({ where: { kind: 'unreachable' } })).toBe(1)
  expect(await lettersOf(hotline)).toMatchObject([
    { recipient: 'anna@example.com', call: 'unreachable' },
    { recipient: 'bernd@example.com', call: 'unreachable' },
  ])
})

it('row 13: a withheld caller without a number is put through to whoever is free, and may leave a message where nobody is', async () => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network, database } = hotline
  network.connect(phones.anna, agent('anna'), unreachable('anna', 'never'))
  network.connect(phones.bernd, unreachable('bernd', 'never'))
  const first = network.call(caller('anonymous', [classified]), hamburg)
  await hotline.runUntil(hotline.at('10:10'))
  expect(network.transcript(first)).toMatch(/caller and anna are bridged/)
  const second = network.call(
    caller('anonymous', [
      classified,
      { hears: /Um eine Nachricht zu hinterlassen/, presses: '3' },
      { hears: /nach dem Signalton/, says: 'Bitte schreiben Sie mir.', afterwards: 'hangs-up' },
    ]),
    hamburg,
  )
  await hotline.runUntil(hotline.at('10:30'))
  expect(network.transcript(second)).toMatch(/Rückruf leider nicht möglich/)
  expect(await database.recording.count({ where: { of: 'message', state: 'stored' } })).toBe(1)
  expect(await database.guarantee.count()).toBe(0)
})

it("row 14: an agent's mailbox that picks up is no agent: the next one is rung, and it is never counted as contact", async () => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network, database } = hotline
  network.connect(phones.anna, mailbox('anna', { pickUp: { after: 5 } }))
  network.connect(phones.bernd, mailbox('bernd', { pickUp: { after: 5 } }))
  const call = network.call(caller(phones.mobile, [classified]), hamburg)
  await hotline.runUntil(hotline.at('10:05'))
  expect(await rungWhileWaiting(hotline)).toEqual(['anna: mailbox', 'bernd: mailbox'])
  expect(network.transcript(call)).not.toMatch(/bridged/)
  expect(network.transcript(call)).toMatch(/Wir rufen Sie bis heute 12 Uhr/)
  expect(await database.callback.findFirst()).toMatchObject({
    state: 'owed',
    firstContactAt: null,
    firstAttemptAt: null,
  })
  expect(await database.guarantee.findFirst()).toMatchObject({ state: 'open' })
})

const answers: readonly (readonly [string, PartyScript, string])[] = [
  ['presses 2', agent('anna', { key: '2' }), 'declined'],
  ['presses another key', agent('anna', { key: '7' }), 'declined'],
  ['picks up and presses nothing', agent('anna', { key: null }), 'mailbox'],
  ['does not answer', unreachable('anna', 'never'), 'no-answer'],
  ['is engaged', unreachable('anna', 'busy'), 'busy'],
  ['has switched the telephone off', unreachable('anna', 'off'), 'no-answer'],
  ['rejects the call', unreachable('anna', 'declines'), 'busy'],
  ['has a number that does not exist', unreachable('anna', 'unknown-number'), 'failed'],
  ['hangs up while being asked', agent('anna', { key: null, hangsUpAfter: 3 }), 'mailbox'],
]

it.each(answers)('row 15: an agent who %s is followed by the next one', async (_, anna, outcome) => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network, database } = hotline
  network.connect(phones.anna, anna)
  network.connect(phones.bernd, agent('bernd'))
  const call = network.call(caller(phones.mobile, [classified]), hamburg)
  await hotline.runUntil(hotline.at('10:10'))
  expect(await rungWhileWaiting(hotline)).toEqual([`anna: ${outcome}`, 'bernd: bridged'])
  expect(network.transcript(call)).toMatch(/caller and bernd are bridged/)
  expect(await database.guarantee.findFirst()).toMatchObject({ state: 'kept', reason: 'put-through' })
})

it('row 15: an agent who missed two calls in a row is not rung for a quarter of an hour, and then again', async () => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network } = hotline
  network.connect(phones.anna, unreachable('anna', 'never'))
  network.connect(phones.bernd, agent('bernd', { talks: 20 }))
  const ring = async (from: string, until: string) => {
    network.call(caller(from, [classified]), hamburg)
    await hotline.runUntil(hotline.at(until))
  }
  await ring('+491713920101', '10:04')
  await ring('+491713920102', '10:08')
  expect(await rungWhileWaiting(hotline)).toEqual([
    ...['anna: no-answer', 'bernd: bridged'],
    ...['anna: no-answer', 'bernd: bridged'],
  ])
  await ring('+491713920103', '10:12')
  expect(ringsAt(hotline, phones.anna)).toBe(2)
  await hotline.runUntil(hotline.at('10:30'))
  network.connect(phones.anna, agent('anna', { talks: 20 }))
  await ring('+491713920104', '10:34')
  expect((await rungWhileWaiting(hotline)).at(-1)).toBe('anna: bridged')
})

it('row 16: a caller who hangs up in the second in which the agent accepts stays owed a call, and the agent hears why the line is silent', async () => {
  const handset: { hangUp?: () => void } = {}
  const hotline = await openHotline('2026-11-24T10:00', {
    takeIn(event, ours, deps) {
      if (event.kind === 'keys' && event.legId !== null && event.digits === '1') handset.hangUp?.()
      return ours(deps, event)
    },
  })
  const { network, database } = hotline
  network.connect(phones.anna, agent('anna'))
  const live = network.placeLive(phones.mobile, hamburg)
  handset.hangUp = () => live.hangUp()
  await hotline.runUntil(hotline.at('10:04'))
  expect(live.state()).toBe('ended')
  expect(
    await database.callLeg.findFirst({ where: { agent: 'anna', call: { direction: 'in' } } }),
  ).toMatchObject({
    outcome: 'abandoned',
  })
  expect(await database.callback.findFirst()).toMatchObject({ state: 'owed', firstContactAt: null })
  expect(await database.guarantee.findFirst()).toMatchObject({ state: 'open' })
  expect(await database.entry.findFirst({ where: { kind: 'caller-gone' } })).toMatchObject({
    detail: { agent: 'anna' },
  })
  expect((await lettersOf(hotline)).map(({ recipient, call }) => ({ recipient, call }))).toContainEqual({
    recipient: 'anna@example.com',
    call: 'gone',
  })
})

const away = [{ from: '2026-11-01', to: '2026-12-31' }]

it('row 17: with nobody on duty the caller hears a clock time at once, and no telephone rings for nothing', async () => {
  const hotline = await openHotline('2026-11-24T10:00', {
    more: {
      agents: {
        anna: { name: 'Anna Fink', addresses: ['anna@example.com'], phone: phones.anna, absences: away },
        bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], phone: phones.bernd, absences: away },
        emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en', phone: phones.emma },
      },
    },
  })
  const { network, database } = hotline
  const call = network.call(caller(phones.mobile, [classified]), hamburg)
  await hotline.runUntil(hotline.at('10:05'))
  const said = network.transcript(call)
  expect(said).toMatch(/Leider ist im Moment niemand frei\. Wir rufen Sie bis heute 12 Uhr/)
  expect(said).not.toMatch(/Wir verbinden Sie/)
  expect(network.calls()).toHaveLength(1)
  expect(await database.guarantee.findFirst()).toMatchObject({ state: 'open' })
  expect(await lettersOf(hotline)).toContainEqual(
    expect.objectContaining({ recipient: 'admin@example.com', code: 'nobody-on-duty' }),
  )
})

it('row 17: outside the hours of the office nobody is rung, and the promise names the next working day', async () => {
  const hotline = await openHotline('2026-11-28T11:00')
  const { network, database } = hotline
  const call = network.call(caller(phones.mobile, [classified]), hamburg)
  await hotline.runUntil(hotline.at('11:30'))
  expect(network.transcript(call)).toMatch(/Wir rufen Sie bis Montag 10 Uhr 30/)
  expect(network.calls()).toHaveLength(1)
  const { dueAt } = await database.guarantee.findFirstOrThrow()
  expect(wallTime(dueAt)).toBe('2026-11-30 10:30:00')
})
