import { describe, expect, it } from 'vitest'
import { portalCustomers as people } from '../../src/simulation/desks/press-portal-people.ts'
import { playedDay } from './played.ts'

/** Four extensions, three products, two languages and three procedures; its agents read German, but for one of them. */
describe.each(['de', 'en'] as const)('a day at press-portal in %s', language => {
  const played = playedDay('press-portal', language)
  const { carolin, uwe, lawyer, laura } = people
  const say = (german: string, english: string) => (language === 'de' ? german : english)
  const ticketOf = async (name: string) => (await played().ticket(name)).ticket

  it('P1: the gap in tomorrow’s roster is told on the morning before', async () => {
    const [digest] = await played().letters('it@service.example.com', 'digest')
    expect(digest?.at).toEqual(played().day.at('07:30'))
    expect(digest?.text).toMatch(/Buchhaltung/)
    expect(digest?.text).toMatch(/25\.11\.|25 Nov/)
    expect(digest?.text).toMatch(/Lina Marquardt, Kadia Benner/)
  })

  it('P2: each extension leads to its queue', async () => {
    const groups = ['accounting', 'support', 'sales', 'switchboard']
    for (const name of groups) expect(await ticketOf(name)).toMatchObject({ group: name })
    const [called] = await played().promises('accounting')
    expect(called).toMatchObject({ kind: 'callback', state: 'kept' })
  })

  it('P2: the number that customers are told is that of support, never that of the switchboard', async () => {
    const letters = [carolin, uwe, lawyer, laura].map(({ address }) => played().day.letters(address))
    const sent = (await Promise.all(letters)).flat().map(({ text }) => text)
    expect(sent.join('\n')).toMatch(/66969-266/)
    expect(sent.join('\n')).not.toMatch(/66969-?140/)
  })

  it('P3: Blog2Social goes to who speaks the customer’s language, Influma to the deputy of who is away', async () => {
    const routed = async (name: string) => {
      const [row] = await played().details(name, 'routed')
      return [row?.group, row?.agent]
    }
    expect(await routed('german')).toEqual(['blog2social', 'dorian'])
    expect(await routed('english')).toEqual(['blog2social', 'sofie'])
    expect(await routed('influma')).toEqual(['influma', 'dorian'])
    expect(await routed('invoice')).toEqual(['accounting', 'lina'])
  })

  it('P4: no ticket is without its group', async () => {
    const tickets = await played().day.database.ticket.findMany({ select: { group: true } })
    expect(tickets).toHaveLength(11)
    expect(Object.keys(played().day.config.groups)).toEqual(
      expect.arrayContaining(tickets.map(({ group }) => group)),
    )
  })

  it('P5: an escalation is refused until the checklist is complete, naming what is missing', async () => {
    const refused = await played().day.database.letter.findMany({
      where: { kind: 'help', ticket: { number: played().number('technical') } },
    })
    expect(refused).toHaveLength(1)
    const text = (await played().texts(refused[0]?.recipient ?? '', 'help'))[0]
    expect(text).toContain('Art der Internetverbindung')
    expect(text).toContain('Ob es schon früher auftrat')
    expect(text).not.toContain('Betriebssystem')
    const escalations = await played().escalations('technical')
    expect(escalations).toMatchObject([{ level: 2, cause: 'command', acknowledgedBy: 'philine' }])
    expect(escalations[0]?.openedAt.getTime()).toBe(played().day.at('11:10').epochMilliseconds)
  })

  it('P6: the customer is told that we work on it, what comes next and what came of it', async () => {
    const updates = await played().texts(carolin.address, 'status-update')
    expect(updates.join('\n')).toContain(say('Wir haben die Ursache gefunden.', 'We have found the cause.'))
    expect(updates.join('\n')).toContain(say('heben wir die Grenze', 'we will raise the limit'))
    const [closing] = await played().texts(carolin.address, 'closing')
    expect(closing).toContain(say('lassen sich jetzt hochladen', 'can be uploaded now'))
  })

  it('P7: a deletion goes through all its steps, and only the deciders allow it without prepayment', async () => {
    const steps = await played().day.database.procedureStep.findMany({
      where: { ticket: { number: played().number('deletion') } },
      orderBy: { position: 'asc' },
    })
    expect(steps.map(({ key, state, doneBy }) => [key, state, doneBy])).toMatchObject([
      ['reason', 'done', null],
      ['extent', 'done', null],
      ['agreed', 'done', 'nils'],
      ['announce', 'done', null],
      ['prepayment', 'skipped', 'philine'],
      ['order-form', 'done', null],
      ['handover', 'done', null],
    ])
    const [refused] = await played().texts('lina.marquardt@example.com', 'help')
    expect(refused).toContain('nur die dafür Zuständigen')
    expect(await ticketOf('deletion')).toMatchObject({ group: 'accounting', state: 'resolved' })
    const asked = await played().texts(uwe.address, 'procedure-letter')
    expect(asked).toHaveLength(4)
    expect(asked[0]).toContain(say('eine veröffentlichte Pressemitteilung', 'a published press release'))
  })

  it('P7: a legal threat is told in the minute in which it arrives, and acted on at once', async () => {
    for (const agent of ['nils.hartung@example.com', 'sofie.lindberg@example.com']) {
      const urgent = (await played().letters(agent, 'procedure-task')).filter(({ subject }) =>
        /EILT|URGENT/.test(subject),
      )
      expect(urgent.map(({ at }) => at)).toEqual([played().day.at('14:15')])
    }
    expect(await ticketOf('threat')).toMatchObject({ severity: 'stopped', state: 'resolved' })
    const [due] = await played().promises('threat')
    expect(due).toMatchObject({ kind: 'first-response', state: 'kept' })
  })

  it('P8: in doubt nothing goes on before a named person has said how', async () => {
    const asked = await played().letters('philine.roth@example.com', 'procedure-task')
    expect(asked[0]?.subject).toMatch(/Bitte genehmigen|Please approve/)
    const consulted = await played().day.database.procedureStep.findMany({
      where: { key: { in: ['solution', 'review'] } },
      orderBy: { endedAt: 'asc' },
    })
    expect(consulted).toMatchObject([
      { key: 'solution', state: 'done', doneBy: 'philine' },
      { key: 'review', state: 'done', doneBy: 'georg' },
    ])
  })

  it('L4: an answer that is late is told to the next level, and counted for its department', async () => {
    expect(await played().escalations('influma')).toMatchObject([
      { level: 2, cause: 'guarantee-broken', acknowledgedHow: 'link' },
    ])
    const states = (await played().promises('influma')).filter(({ kind }) => kind === 'first-response')
    expect(states.map(({ state }) => state)).toEqual(['broken', 'kept'])
    expect(played().figure('escalations', 'cause-guarantee-broken')).toMatchObject({ count: 1 })
  })

  it('L8: who is responsible is named with the title, in an escalation and for a call', async () => {
    const [raised] = await played().texts('philine.roth@example.com', 'escalation')
    expect(raised).toMatch(
      /(?:Jetzt zuständig|Responsible now): Philine Roth, Technische Leitung (?:Bisher zuständig|Responsible so far): Amira Sayed, Kundenservice PR-Gateway/,
    )
    const [call] = await played().texts('lina.marquardt@example.com', 'callback-task')
    expect(call).toMatch(/(?:Zuständig|Responsible): Lina Marquardt, Buchhaltung und Vertrieb/)
  })

  it('P7: with the usual budget the closing letter is not swallowed, though the deletion had six letters', async () => {
    expect(played().day.config.budgets.addressPerHour).toBe(3)
    const closing = await played().letters(uwe.address, 'closing')
    expect(closing.map(({ subject }) => subject.includes(played().number('deletion')))).toContain(true)
  })

  it('L4: whoever waits for an answer that is late hears so, with the new time', async () => {
    const [apology] = await played().texts(people.jette.address, 'callback-news')
    expect(apology).toMatch(say('morgen', 'tomorrow'))
  })

  it('L7: votes by a page and by one line of mail are counted, and a low one is the deciders’ task', async () => {
    expect(played().figure('satisfaction', 'score')).toMatchObject({ spread: [0, 1, 0, 1, 1] })
    const contact = (await played().promises('technical')).filter(({ kind }) => kind === 'manager-contact')
    expect(contact).toMatchObject([{ state: 'kept' }])
  })

  it('C1: what a form posts is a ticket with its promise', async () => {
    const { database } = played().day
    expect(await database.ticket.findMany({ where: { number: played().number('invoice') } })).toMatchObject([
      { channel: 'form', group: 'accounting', state: 'resolved' },
    ])
  })
})
