import { describe, expect, it } from 'vitest'
import { writeDigest } from '../../../src/intake/digest.ts'
import { acknowledge } from '../../../src/intake/promises/acknowledge.ts'
import { escalate } from '../../../src/intake/promises/escalate.ts'
import { wakeEscalations } from '../../../src/intake/promises/wake-escalations.ts'
import { agent, mailbox, unreachable } from '../../../src/sandbox/telephone/actors.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { groups, levels, openDesk, people, petra, type TestDesk } from '../../promises/desk.ts'

/** Levels whose people are reached by text and telephone, on the real ledger and the telephone network of the sandbox. */

const printer = ['Drucker druckt nicht', 'Guten Tag, der Drucker druckt nicht mehr.'] as const
const specialists = { ...groups.specialists, agents: ['clara', 'kim'] }
const quietPolicy = { targets: [], levels: [] }

function waysOf(...ways: string[]) {
  return {
    groups: { ...groups, specialists },
    levels: { ...levels, 2: { ...levels[2], ways } },
    policy: quietPolicy,
  }
}

async function rising(config: Readonly<Record<string, unknown>>, start = '2026-11-24T09:00') {
  const desk = await openDesk(start, { config })
  const { ticketNumber = '' } = await desk.mail(petra, ...printer)
  await desk.answer('anna', '#eskalation Die Messe beginnt morgen.')
  return { desk, ticketNumber }
}

const rungNumbers = (desk: TestDesk) =>
  desk.database.call.findMany({
    where: { direction: 'out' },
    orderBy: { arrivedAt: 'asc' },
    select: { rawTo: true },
  })
const ticketIdOf = async ({ database }: TestDesk, number: string) =>
  (await database.ticket.findUniqueOrThrow({ where: { number }, select: { id: true } })).id

describe('a level that is rung', () => {
  it('takes the matter by the key 1, one person after the other, and the rest of the desk stays quiet', async () => {
    const desk = await openDesk('2026-11-24T09:00', { config: waysOf('call') })
    desk.network.connect(people.clara.phone, unreachable('clara', 'never'))
    desk.network.connect(people.kim.phone, agent('kim'))
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.answer('anna', '#eskalation Die Messe beginnt morgen.')
    await desk.until('09:10')
    expect(await rungNumbers(desk)).toEqual([{ rawTo: people.clara.phone }, { rawTo: people.kim.phone }])
    const [last] = desk.network.calls().toReversed()
    const heard = last ? desk.network.transcript(last) : ''
    expect(heard).toMatch(/Eskalation, Stufe 2, Spezialisten\. Petra Lindner\. .*Drucker druckt nicht/)
    expect(heard).toMatch(/Mit der 1 bestätigen Sie, dass Sie übernehmen\..*Sie haben die Sache übernommen/s)
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: 'kim', acknowledgedHow: 'key' },
    ])
    expect((await desk.ticket(ticketNumber)).ticket).toMatchObject({ assignee: 'kim', level: 2 })
    await desk.until('10:55')
    expect(await desk.lettersTo('dirk', 'escalation')).toEqual([])
    // The history is in the mail, which both got before anybody was rung.
    expect(await desk.lettersTo('clara', 'escalation')).toHaveLength(1)
    expect(await desk.lettersTo('kim', 'escalation')).toHaveLength(1)
  })

  it('has not acknowledged by a mailbox, another key or silence, and the next level hears of it', async () => {
    const desk = await openDesk('2026-11-24T09:00', { config: waysOf('call') })
    desk.network.connect(people.clara.phone, mailbox('clara'))
    desk.network.connect(people.kim.phone, agent('kim', { key: '7' }))
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.answer('anna', '#eskalation Die Messe beginnt morgen.')
    await desk.until('09:31')
    expect(await rungNumbers(desk)).toHaveLength(2)
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { level: 2, state: 'passed-on', acknowledgedBy: null },
      { level: 3, state: 'waiting' },
    ])
    const [told] = await desk.lettersTo('dirk', 'escalation')
    expect(told?.text).toMatch(
      /druckt nicht mehr.*Stufe 2, Spezialisten: .*nicht bestätigt\n *benachrichtigt: Clara Voss, Kim Jansen/s,
    )
  })

  it('gets the mail again where nobody has a telephone', async () => {
    const { phone: _, ...clara } = people.clara
    const { phone: __, ...kim } = people.kim
    const config = { ...waysOf('mail', 'call'), agents: { ...people, clara, kim } }
    const { desk } = await rising(config)
    await desk.until('09:31')
    const letters = await desk.lettersTo('clara', 'escalation')
    expect(letters.map(({ subject }) => subject.startsWith('NOCH NICHT BESTÄTIGT'))).toEqual([false, true])
    expect(await rungNumbers(desk)).toEqual([])
  })
})

describe('a level that gets texts', () => {
  it('reads in one what it is about and until when, and in the mail beside it the rest', async () => {
    const { desk } = await rising(waysOf('text', 'mail'))
    await desk.until('09:05')
    const [first, second] = desk.network.texts()
    expect([first?.to, second?.to].toSorted()).toEqual([people.clara.phone, people.kim.phone].toSorted())
    expect(first?.body).toMatch(
      /^Eskalation Stufe 2 \(Spezialisten\), Ticket \d+\. +Bitte heute bis 9:30 Uhr übernehmen; .* Petra Lindner: Drucker druckt nicht$/,
    )
    expect(await desk.lettersTo('kim', 'escalation')).toHaveLength(1)
  })
})

describe('quiet hours', () => {
  it('ring nobody and text nobody after closing time, and do so when the office opens', async () => {
    const { desk } = await rising(waysOf('call', 'text'), '2026-11-24T17:30')
    await desk.until('2026-11-25 08:29')
    expect(await rungNumbers(desk)).toEqual([])
    expect(await desk.lettersTo('clara', 'escalation')).toEqual([])
    await desk.until('2026-11-25 08:31')
    expect((await rungNumbers(desk)).at(0)).toEqual({ rawTo: people.clara.phone })
    expect(await desk.lettersTo('clara', 'escalation')).toHaveLength(1)
  })
})

describe('acknowledging', () => {
  it('is for the people of the level and their deputies; whoever else answers takes the ticket, and it still waits', async () => {
    const { desk, ticketNumber } = await rising({ policy: quietPolicy })
    await desk.until('09:05')
    await desk.answer('anna', '#übernehme')
    expect((await desk.ticket(ticketNumber)).ticket.assignee).toBe('anna')
    expect(await desk.escalations(ticketNumber)).toMatchObject([{ state: 'waiting' }])
    const ticketId = await ticketIdOf(desk, ticketNumber)
    const by = (key: string) =>
      inTransaction(desk.database, tx =>
        acknowledge(tx, desk.deps, { ticketId, by: key, how: 'link', now: desk.clock.now() }),
      )
    expect(await by('dirk')).toBe('not-of-level')
    // The deputy, although nobody is away.
    expect(await by('kim')).toBe('acknowledged')
    expect(await by('clara')).toBe('none')
    expect((await desk.ticket(ticketNumber)).ticket.assignee).toBe('kim')
  })

  it('happens by answering the customer from the letter', async () => {
    const { desk, ticketNumber } = await rising({ policy: quietPolicy })
    await desk.until('09:05')
    await desk.answer('clara', 'Guten Tag Frau Lindner, ich komme heute vorbei.')
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: 'clara', acknowledgedHow: 'reply' },
    ])
    const sent = await desk.letters(petra.address)
    expect(sent.at(-1)?.text).toContain('ich komme heute vorbei')
  })

  it('is not needed any more once the ticket is closed', async () => {
    const { desk, ticketNumber } = await rising({ policy: quietPolicy })
    await desk.until('09:05')
    await desk.answer('anna', '#geschlossen')
    await desk.until('12:00')
    expect(await desk.escalations(ticketNumber)).toMatchObject([{ state: 'withdrawn', level: 2 }])
    expect(await desk.lettersTo('dirk', 'escalation')).toEqual([])
  })
})

describe('a rise', () => {
  it('never falls, waits for one level at a time, and hands over from one named side to the other', async () => {
    const { desk, ticketNumber } = await rising({ policy: quietPolicy })
    const ticketId = await ticketIdOf(desk, ticketNumber)
    const to = (level: number) =>
      inTransaction(desk.database, tx =>
        escalate(tx, desk.deps, {
          ...{ ticketId, to: level, cause: 'policy', reason: 'Vertrag Gold', by: '', now: desk.clock.now() },
        }),
      )
    expect([await to(1), await to(2), await to(4), await to(3), await to(9)]).toEqual([
      false,
      false,
      true,
      false,
      false,
    ])
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { level: 2, state: 'passed-on', waitsFor: null },
      { level: 4, state: 'waiting', waitsFor: ticketId },
    ])
    const handed = await desk.database.entry.findMany({
      where: { ticketId, kind: 'escalated' },
      orderBy: { id: 'asc' },
    })
    expect(handed.map(({ detail }) => detail)).toMatchObject([
      { from: '1', level: 2, fromGroup: 'support', toGroup: 'specialists', cause: 'command' },
      { from: '2', level: 4, fromGroup: 'specialists', toGroup: 'board', reason: 'Vertrag Gold' },
    ])
    expect((await desk.ticket(ticketNumber)).ticket).toMatchObject({ level: 4, assignee: null })
  })

  it('is only a number without levels in the configuration', async () => {
    const { desk, ticketNumber } = await rising({ levels: undefined, policy: quietPolicy })
    expect(await desk.escalations(ticketNumber)).toEqual([])
    expect((await desk.ticket(ticketNumber)).ticket).toMatchObject({ level: 2 })
    await desk.until('16:00')
    expect(await desk.lettersTo('clara')).toEqual([])
  })
})

describe('two gateways', () => {
  it('tell the people of a level once', async () => {
    const { desk } = await rising({ policy: quietPolicy })
    await desk.database.letter.deleteMany({ where: { kind: 'escalation' } })
    await desk.database.escalation.updateMany({
      data: { waysUsed: 0, acknowledgeBy: null, wakeAt: new Date(desk.clock.now().epochMilliseconds) },
    })
    const woken = await desk.clock.during(Promise.all([1, 2, 3, 4].map(() => wakeEscalations(desk.deps))))
    expect(woken.reduce((sum, one) => sum + one.woken, 0)).toBe(1)
    expect(await desk.database.letter.count({ where: { kind: 'escalation' } })).toBe(1)
  })
})

describe('a gap in the roster', () => {
  const row = (days: string[]) => ({ group: 'specialists', agent: 'clara', days, hours: ['08:30-17:00'] })

  it('is in the digest of the morning before, and gone once somebody is on duty', async () => {
    const duty = [row(['mon', 'tue', 'thu', 'fri'])]
    const desk = await openDesk('2026-11-24T07:30', { config: { duty, policy: quietPolicy } })
    const { database, config, deps, clock } = desk
    await clock.during(writeDigest(database, config, clock.now(), deps.offices))
    const [digest] = await desk.letters('admin@example.com')
    expect(digest?.text).toMatch(
      /Lücken im Dienstplan.*Spezialisten\n? *Mi 25\.11\. 8:30–17:00: niemand ist eingeteilt/s,
    )
    const mended = await openDesk('2026-11-24T07:30', {
      config: { duty: [...duty, { ...row(['wed']), agent: 'clara' }], policy: quietPolicy },
    })
    await mended.clock.during(
      writeDigest(mended.database, mended.config, mended.clock.now(), mended.deps.offices),
    )
    expect(await mended.letters('admin@example.com')).toEqual([])
  })

  it('lets the next level hear at once of what nobody is there for', async () => {
    const { desk, ticketNumber } = await rising({ duty: [row(['mon'])], policy: quietPolicy })
    await desk.until('09:05')
    expect(await desk.escalations(ticketNumber)).toMatchObject([
      { level: 2, state: 'passed-on' },
      { level: 3, state: 'waiting' },
    ])
    const [told] = await desk.lettersTo('dirk', 'escalation')
    expect(told?.text).toMatch(/benachrichtigt: niemand/)
    expect(await desk.lettersTo('clara', 'escalation')).toEqual([])
  })
})
