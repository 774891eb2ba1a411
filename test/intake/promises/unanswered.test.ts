import { expect, test } from 'vitest'
import { openDesk, people, petra } from '../../promises/desk.ts'

/** A matter that nobody answers, acknowledges or looks at, for two weeks. */

const agents = Object.values(people).map(({ addresses }): string => addresses[0])

test('comes up once an office day to each of its level after the third broken promise, and never at the weekend', async () => {
  const desk = await openDesk('2026-11-24T09:00')
  const { ticketNumber: number = '' } = await desk.mail(petra, 'Druckt nicht', 'Der Drucker druckt nicht.')
  await desk.until('2026-12-07 17:30')
  const broken = (await desk.promises(number))
    .filter(({ kind, state }) => kind === 'first-response' && state === 'broken')
    .map(({ dueAt }) => Temporal.Instant.from(dueAt))
  expect(broken.length).toBeGreaterThan(8)
  const third = broken.toSorted(Temporal.Instant.compare)[2]
  if (!third) throw new Error('three promises were broken')
  // From the day after the third one on: that day still has the letters of three promises.
  const since = third.toZonedDateTimeISO('Europe/Berlin').startOfDay().add({ days: 1 }).toInstant()
  const letters = await desk.database.letter.findMany({
    where: { createdAt: { gte: new Date(since.epochMilliseconds) } },
  })
  const perDay = Map.groupBy(
    letters.filter(({ recipient }) => agents.includes(recipient)),
    ({ recipient, createdAt }) => `${recipient} ${createdAt.toISOString().slice(0, 10)}`,
  )
  expect(
    [...perDay].filter(([, { length }]) => length > 1).map(([who, { length }]) => [who, length]),
  ).toEqual([])
  const days = [...new Set(letters.map(({ createdAt }) => createdAt.toISOString().slice(0, 10)))].toSorted()
  // Nothing has been forgotten either: every office day somebody of the highest level hears of it.
  expect([...perDay.keys()].filter(who => who.startsWith('eva@example.com')).length).toBeGreaterThanOrEqual(7)
  for (const day of days) expect([6, 7]).not.toContain(Temporal.PlainDate.from(day).dayOfWeek)
  const alarms = Map.groupBy(
    letters.filter(({ kind }) => kind === 'alarm'),
    ({ recipient, createdAt }) => `${recipient} ${createdAt.toISOString().slice(0, 10)}`,
  )
  for (const { length } of alarms.values()) expect(length).toBe(1)
  expect(
    letters.filter(({ recipient }) => recipient === petra.address).map(({ kind }) => kind),
  ).not.toContain('callback-news')
}, 300_000)
