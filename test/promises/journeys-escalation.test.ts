import { describe, expect, it } from 'vitest'
import { isOpen } from '../../src/desk/office-hours.ts'
import { openDesk, people, petra, policy } from './desk.ts'

/** Matters that rise, from a customer's mail to whoever answers for them at last. In virtual time, on a real database. */

const printer = ['Drucker druckt nicht', 'Guten Tag, der Drucker druckt nicht mehr.'] as const

describe('a promise that nobody keeps', () => {
  it('is reminded of at half of its time, rises when it is broken, and is taken by an answer', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    expect((await desk.promises(ticketNumber)).map(({ kind, dueAt }) => [kind, dueAt])).toContainEqual([
      'first-response',
      '2026-11-24T10:00:00.000Z',
    ])

    await desk.until('09:59')
    expect(await desk.lettersTo('anna', 'promise-task')).toHaveLength(0)
    await desk.until('10:00')
    expect(await desk.lettersTo('anna', 'promise-task')).toHaveLength(1)

    await desk.until('10:59')
    expect(await desk.lettersTo('clara')).toHaveLength(0)
    await desk.until('11:01')
    const [told] = await desk.lettersTo('clara', 'escalation')
    expect(told?.text).toContain(ticketNumber)
    expect(await desk.ticket(ticketNumber)).toMatchObject({ ticket: { level: 2 } })
    expect((await desk.promises(ticketNumber)).find(({ kind }) => kind === 'first-response')).toMatchObject({
      state: 'broken',
      stage: 'broken',
    })

    await desk.until('11:10')
    await desk.answer('clara', '#übernehme')
    await desk.until('12:30')
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { level: 2, state: 'acknowledged', acknowledgedBy: 'clara' },
    ])
    expect(await desk.ticket(ticketNumber)).toMatchObject({ ticket: { assignee: 'clara', level: 2 } })
    expect(await desk.lettersTo('dirk')).toHaveLength(0)
  })
})

describe('an escalation that nobody acknowledges', () => {
  it('reaches the fourth level with the whole history', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.until('09:10')
    await desk.answer('anna', '#eskalation Der Kunde steht vor dem Messetermin.')

    await desk.until('09:39')
    expect(await desk.lettersTo('clara', 'escalation')).toHaveLength(1)
    expect(await desk.lettersTo('dirk', 'escalation')).toHaveLength(0)
    await desk.until('09:41')
    expect(await desk.lettersTo('dirk', 'escalation')).toHaveLength(1)
    await desk.until('10:11')
    const [atTheTop] = await desk.lettersTo('eva', 'escalation')

    expect(await desk.ticket(ticketNumber)).toMatchObject({ ticket: { level: 4, group: 'board' } })
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { level: 2, state: 'passed-on' },
      { level: 3, state: 'passed-on', cause: 'unacknowledged' },
      { level: 4, state: 'waiting', cause: 'unacknowledged' },
    ])
    const text = atTheTop?.text ?? ''
    for (const known of [
      ticketNumber,
      'Der Drucker druckt nicht mehr',
      'Der Kunde steht vor dem Messetermin.',
      'Spezialisten',
      'Leitung Support',
      people.clara.name,
      people.dirk.name,
    ])
      expect(text.toLowerCase()).toContain(known.toLowerCase())
  })

  it('is told again at the top, and stops with the first who takes it', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.answer('anna', '#eskalation Es brennt.')
    await desk.until('11:30')
    const before = (await desk.lettersTo('eva', 'escalation')).length
    expect(before).toBeGreaterThan(1)
    await desk.answer('eva', '#übernehme')
    await desk.until('16:00')
    expect(await desk.lettersTo('eva', 'escalation')).toHaveLength(before)
    expect((await desk.ticket(ticketNumber)).ticket.assignee).toBe('eva')
  })
})

describe('the link of an escalation', () => {
  it('acknowledges when its button is pressed, and not when a filter opens it', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.answer('anna', '#eskalation Es brennt.')
    await desk.until('09:05')
    const [letter] = await desk.lettersTo('clara', 'escalation')
    expect(await desk.openLink(letter, 'only look')).toContain(ticketNumber)
    expect(await desk.escalations(ticketNumber)).toMatchObject([{ state: 'waiting' }])
    await desk.openLink(letter, 'and press')
    // Before the answer itself is late, which lifts it again.
    await desk.until('10:30')
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: 'clara', acknowledgedHow: 'link' },
    ])
    expect(await desk.lettersTo('dirk')).toHaveLength(0)
  })
})

describe('quiet hours', () => {
  it('mails nobody of the desk at midnight, however many promises break', async () => {
    const desk = await openDesk('2026-11-24T16:40')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.until('16:50')
    await desk.answer('anna', '#eskalation Es brennt.')
    await desk.until('2026-11-26 09:30')

    const office = desk.deps.offices.get('hamburg')
    const letters = await desk.database.letter.findMany({
      where: { recipient: { in: Object.values(people).flatMap(({ addresses }) => addresses) } },
    })
    const atNight = letters.filter(({ createdAt }) => {
      const at = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime())
      return office && !isOpen(at, office)
    })
    expect(atNight).toEqual([])
    expect((await desk.ticket(ticketNumber)).ticket.level).toBe(4)
  })

  it('wakes the people of a level for the matters that its policy names', async () => {
    const desk = await openDesk('2026-11-24T16:55', {
      config: { levels: withNight(), policy: { ...policy, levels: nightRows } },
    })
    await desk.mail(petra, ...printer)
    await desk.answer('anna', '#schwere betriebsverhindernd\n#auswirkung finanzschaden')
    await desk.until('23:59')
    expect((await desk.lettersTo('clara', 'escalation')).length).toBeGreaterThan(0)
    expect((await desk.lettersTo('dirk', 'escalation')).length).toBeGreaterThan(0)
  })
})

describe('people who are away', () => {
  it('have a deputy who stands in for them', async () => {
    const absent = { ...people.clara, absences: [{ from: '2026-11-24', to: '2026-11-25' }] }
    const desk = await openDesk('2026-11-24T09:00', { config: { agents: { ...people, clara: absent } } })
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.answer('anna', '#eskalation Es brennt.')
    await desk.until('09:05')
    expect(await desk.lettersTo('clara', 'escalation')).toHaveLength(0)
    const [told] = await desk.lettersTo('kim', 'escalation')
    expect(told?.text).toContain(people.clara.name)
    await desk.answer('kim', '#übernehme')
    await desk.until('10:30')
    expect(await desk.lettersTo('dirk', 'escalation')).toHaveLength(0)
    expect((await desk.ticket(ticketNumber)).ticket.assignee).toBe('kim')
  })
})

const nightRows = [
  { when: { impact: 'financial-loss' }, level: 2, because: 'the customer loses money' },
] as const

function withNight() {
  const anyTime = ['stopped']
  const name = { de: 'Stufe', en: 'Level' }
  return {
    1: { name, group: 'support' },
    2: { name, group: 'specialists', anyTime },
    3: { name, group: 'heads', anyTime },
    4: { name, group: 'board', acknowledgeMinutes: 60 },
  }
}
