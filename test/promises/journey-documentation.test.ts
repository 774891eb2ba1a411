import { expect, it } from 'vitest'
import { openDesk, petra, policy } from './desk.ts'

/** A matter of the third level from its first mail to its end, as the customer reads it: E5, E6, C2 to C5, P6. */
it('a serious matter is told to its customer step by step, and closed only when it is documented', async () => {
  const levels = [
    ...policy.levels,
    { when: { impact: 'financial-loss' }, level: 3, because: 'the customer loses money' },
  ]
  const desk = await openDesk('2026-11-24T09:00', { config: { policy: { ...policy, levels } } })
  const { ticketNumber = '' } = await desk.mail(
    petra,
    'Server steht',
    'Guten Tag, seit heute früh steht der Server.',
  )
  const toPetra = async (kind: string) =>
    (await desk.letters(petra.address)).filter(letter => letter.kind === kind)
  const plain = (text: string) => text.replaceAll(/\s+/g, ' ')

  await desk.until('09:20')
  await desk.answer(
    'anna',
    '#übernehmen\n#auswirkung finanzschaden\n#sofort Ersatzserver gestellt, der Lehrling fährt hin',
  )
  expect((await desk.ticket(ticketNumber)).ticket).toMatchObject({ level: 3 })
  const [first, ...more] = await toPetra('status-update')
  expect(more).toEqual([])
  expect(plain(first?.text ?? '')).toContain('Wir haben eine Sofortmaßnahme ergriffen.')
  expect(plain(first?.text ?? '')).toContain('Ihr Anliegen liegt jetzt bei: Leitung Support.')
  expect(first?.text).not.toMatch(/Lehrling|Ersatzserver/)

  await desk.until('10:00')
  await desk.answer(
    'anna',
    '#stand Die Platte ist defekt, eine neue ist bestellt. | Morgen früh bauen wir sie ein.',
  )
  // A working day without news: the customer hears that there is none, a little before the promised time.
  await desk.until('2026-11-25 10:30')
  const updates = await toPetra('status-update')
  expect(updates.map(({ at }) => at.toString())).toEqual([
    '2026-11-24T08:20:00Z',
    '2026-11-24T09:00:00Z',
    '2026-11-25T08:55:00Z',
  ])
  expect(plain(updates[2]?.text ?? '')).toContain('gibt es noch nichts Neues')
  expect(plain(updates[2]?.text ?? '')).toContain('Morgen früh bauen wir sie ein.')

  await desk.answer('anna', '#ergebnis Die Platte ist getauscht, alle Daten sind da.\n#erledigt')
  expect((await desk.ticket(ticketNumber)).ticket.state).toBe('open')
  const refused = (await desk.lettersTo('anna', 'help')).at(-1)
  expect(plain(refused?.text ?? '')).toContain('#ursache text')
  expect(plain(refused?.text ?? '')).toContain('#vorbeugung text')

  await desk.answer(
    'anna',
    '#ursache Platte nach acht Jahren verschlissen\n#vorbeugung Wechsel nach fünf Jahren\n#ergebnis Die Platte ist getauscht, alle Daten sind da.\n#erledigt',
  )
  expect((await desk.ticket(ticketNumber)).ticket.state).toBe('resolved')
  const [closing] = await toPetra('closing')
  expect(plain(closing?.text ?? '')).toContain('Die Platte ist getauscht, alle Daten sind da.')
  expect(closing?.text).not.toContain('verschlissen')

  await desk.until('2026-11-27 12:00')
  expect(await toPetra('status-update')).toHaveLength(3)
  const promises = await desk.promises(ticketNumber)
  expect(promises.filter(({ state }) => state === 'open')).toEqual([])
})
