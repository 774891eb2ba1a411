import { expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { kindsToCustomers } from '../../src/desk/loop-budget.ts'
import { isOpen } from '../../src/desk/office-hours.ts'
import { promiseDepsOf } from '../../src/intake/promises/promise-deps.ts'
import { wakeEscalations } from '../../src/intake/promises/wake-escalations.ts'
import { wakeGuarantees } from '../../src/intake/promises/wake-guarantees.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk } from '../intake/desk.ts'

/** Two gateways that do not know of each other watch over matters which nobody answers, over a week and a weekend. */

const named = (name: string) => ({ de: name, en: name })
const level = { group: 'heads', acknowledgeMinutes: 30 }
const config = configSchema.parse({
  ...deskConfig,
  groups: { ...deskConfig.groups, heads: { name: 'Leitung', agents: ['bernd'] } },
  levels: {
    1: { name: named('Support'), group: 'support' },
    2: { ...level, name: named('Leitung') },
    3: { ...level, name: named('Bereich') },
    4: { ...level, name: named('Vorstand') },
  },
  policy: {
    targets: [{ when: {}, firstResponse: 120, statusUpdate: 240, resolution: 510 }],
    levels: [{ when: { broken: ['first-response', 'resolution'] }, level: 'next', because: 'broken' }],
  },
})

it('does everything once, nothing at night, and stops writing to a customer who hears nothing new', async () => {
  let now = noon
  const desk = await openDesk(() => now, config)
  const deps = promiseDepsOf(desk.deps)
  const { database } = desk
  await takeIn(desk.deps, [arrival(1), arrival(2), arrival(3)])
  const end = noon.add({ hours: 24 * 7 })
  let rounds = 0
  while (Temporal.Instant.compare(now, end) < 0) {
    const both = [wakeGuarantees(deps), wakeGuarantees(deps), wakeEscalations(deps), wakeEscalations(deps)]
    const woken = await Promise.all(both)
    rounds++
    await database.letter.updateMany({ where: { state: 'queued' }, data: { state: 'sent', attempts: 1 } })
    if (woken.some(one => one.woken > 0)) continue
    const due = (
      await database.$queryRaw<{ at: Date | null }[]>`
      select least((select min(wake_at) from guarantee), (select min(wake_at) from escalation)) as at`
    )[0]?.at
    if (!due) throw new Error('nothing is watched any more')
    const next = Temporal.Instant.fromEpochMilliseconds(due.getTime())
    now = Temporal.Instant.compare(next, now) > 0 ? next : now.add({ seconds: 1 })
  }
  expect(rounds).toBeLessThan(1500)

  const open = await database.guarantee.groupBy({
    by: ['ticketId', 'kind'],
    where: { state: 'open' },
    _count: true,
  })
  expect(open.every(({ _count }) => _count === 1)).toBe(true)
  expect(await database.guarantee.count({ where: { state: 'open', wakeAt: null } })).toBe(0)
  expect(await database.escalation.count({ where: { state: 'waiting' } })).toBe(3)
  expect(await database.escalation.count()).toBe(9)

  const letters = await database.letter.findMany()
  const office = desk.deps.offices.get('hamburg')
  if (!office) throw new Error('the desk has this office')
  const late = letters.filter(({ createdAt }) => {
    const at = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime())
    // Closing time itself is closed already; who is still there hears of it.
    return !isOpen(at, office) && !isOpen(at.subtract({ minutes: 10 }), office)
  })
  expect(late.map(({ kind, createdAt }) => [kind, createdAt])).toEqual([])
  const same = Map.groupBy(
    letters.filter(
      ({ kind }) => kind === 'status-update' || kind === 'callback-news' || kind === 'escalation',
    ),
    ({ kind, ticketId, recipient, createdAt }) => [kind, ticketId, recipient, createdAt.getTime()].join(),
  )
  expect([...same.values()].filter(({ length }) => length > 1)).toEqual([])
  const apologies = await database.letter.groupBy({
    by: ['ticketId'],
    where: { kind: 'callback-news' },
    _count: true,
  })
  expect(Math.max(...apologies.map(({ _count }) => _count))).toBeLessThanOrEqual(3)
  const days = Map.groupBy(
    letters.filter(({ kind }) => kindsToCustomers.includes(kind)),
    ({ createdAt }) => createdAt.toISOString().slice(0, 10),
  )
  expect(days.size).toBeGreaterThan(3)
  for (const { length } of days.values()) expect(length).toBeLessThanOrEqual(config.budgets.addressPerDay)
  await desk.close()
}, 120_000)
