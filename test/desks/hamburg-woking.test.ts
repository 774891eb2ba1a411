import { describe, expect, it } from 'vitest'
import type { NetCall } from '../../src/sandbox/telephone/net-call.ts'
import { helpDeskCustomers as people } from '../../src/simulation/desks/hamburg-woking-day.ts'
import { playedDay } from './played.ts'

/** Two offices and two languages, from the day before Ascension Day over the bridge day of one of them to Monday. */
describe.each(['de', 'en'] as const)('days at hamburg-woking, told in %s', language => {
  const played = playedDay('hamburg-woking', language)
  const { grace, jens, birgit, neil } = people

  const heardIn = (hears: (call: NetCall) => boolean) => {
    const { network } = played().day
    return network
      .calls()
      .filter(hears)
      .map(call => network.transcript(call).replaceAll(/\s+/g, ' '))
  }
  const promised = async (name: string, kind: string) =>
    (await played().promises(name)).filter(one => one.kind === kind)

  it('G1: Hamburg promises Monday, over the holiday and its bridge day, and Woking tomorrow', async () => {
    const [bridged] = await promised('bridged', 'callback')
    const [late] = await promised('late', 'callback')
    expect(bridged?.dueAt).toBe('2026-05-18T08:00:00.000Z')
    expect(late?.dueAt).toBe('2026-05-14T08:00:00.000Z')
    const [german = ''] = heardIn(({ from }) => from === people.ute.phone)
    expect(german).toMatch(/Wir rufen Sie bis Montag 10 Uhr/)
    const english = heardIn(({ from, direction }) => from === neil.phone && direction === 'inbound')
    expect(english[1]).toMatch(/We will call you back by 9 am tomorrow/)
  })

  it('G1: each office keeps the wall time of its own country', async () => {
    const [receipt] = await played().texts(grace.address, 'auto-reply')
    expect(receipt).toContain('we will be back from 08:30 today')
    expect(receipt).toContain('Monday to Friday 08:30–17:00')
    const [german] = await played().texts(birgit.address, 'auto-reply')
    expect(german).toContain('(MESZ)')
  })

  it('G2: every call has a ticket, and the caller hears its number with the classification', async () => {
    const { database } = played().day
    expect(await database.call.count({ where: { direction: 'in' } })).toBe(4)
    const [called = ''] = heardIn(({ from, direction }) => from === jens.phone && direction === 'inbound')
    expect(called).toMatch(/Ihre Ticketnummer lautet: .*Aufgenommen als betriebsbehindernde Störung/)
    const [english = ''] = heardIn(({ from, direction }) => from === neil.phone && direction === 'inbound')
    expect(english).toMatch(/Your ticket number is .*Registered as: business seriously hindered/)
  })

  it('G3: contract, warranty and neither are known at intake', async () => {
    const notice = async (address: string, about: RegExp) =>
      (await played().texts(address, 'agent-notice')).find(text => about.test(text))
    expect(await notice('anke.brodersen@example.com', /Jens Albers/)).toContain(
      'Anspruch: Wartungsvertrag Premium bis 31.12.2027',
    )
    expect(await notice('emily.hart@example.com', /Grace Pemberton/)).toContain(
      'Entitlement: warranty until 31 March 2028',
    )
    expect(await notice('jonas.kroeger@example.com', /Birgit Thomsen/)).toContain(
      'Anspruch: Gewährleistung abgelaufen am 31.01.2026',
    )
  })

  it('G4: whoever is not put through is rung back within two hours', async () => {
    const [connected = ''] = heardIn(({ from, direction }) => from === jens.phone && direction === 'inbound')
    expect(connected).toMatch(/Jens Albers and (?:Anke Brodersen|Jonas Kröger) are bridged/)
    const [kept] = await promised('kept', 'callback')
    expect(kept).toMatchObject({ state: 'kept', dueAt: '2026-05-13T12:35:00.000Z' })
    expect(await promised('bridged', 'callback')).toMatchObject([{ state: 'kept' }])
  })

  it('G4: a call that is late is told, raised and promised anew, and the customer is told as well', async () => {
    expect((await promised('late', 'callback')).map(({ state }) => state)).toEqual(['broken', 'kept'])
    expect(await played().escalations('late')).toMatchObject([
      { level: 2, cause: 'guarantee-broken', state: 'acknowledged', acknowledgedBy: 'katrin' },
    ])
    const texts = played()
      .day.network.texts()
      .filter(({ to }) => to === neil.phone)
    expect(texts.map(({ body }) => body).join('\n')).toMatch(/11:00/)
  })

  it('G5: what a malfunction needs is taken from the mail, and listed for the agent where it is missing', async () => {
    const [receipt] = await played().texts(grace.address, 'auto-reply')
    for (const known of ['Grace Pemberton', 'Thamesgate Foods Ltd', 'ED-300', 'EW2600201', 'E-14'])
      expect(receipt?.split('we have noted')[1]).toContain(known)
    const notices = await played().texts('anke.brodersen@example.com', 'agent-notice')
    expect(notices.find(text => text.includes('Sie haben einen Anruf'))).toMatch(
      /Was noch fehlt -+ - Produktname - Seriennummer - Fehlerbeschreibung/,
    )
  })

  it('G6: response times are counted: which calls were in time, which one was late, and why', () => {
    const { figure } = played()
    expect(figure('callback-punctuality', 'late')).toMatchObject({ count: 1 })
    expect(figure('callback-punctuality', 'kept')).toMatchObject({ count: 2 })
    expect(figure('callback-punctuality', 'put-through')).toMatchObject({ count: 1 })
    expect(figure('callback-punctuality', 'why-not-tried')).toMatchObject({ count: 1 })
    expect(figure('callback-punctuality', 'late', 'support')).toMatchObject({ count: 0 })
  })

  it('G7: customers are asked, those with a number are on the list to be rung, and a suggestion is kept', async () => {
    const { database } = played().day
    expect(await database.suggestion.findFirst()).toMatchObject({
      ...{ text: 'Please print the meaning of E-14 in the manual.', source: 'survey' },
      ...{ state: 'adopted', decidedBy: 'henrik', remark: 'In the next edition.' },
    })
    const listed = await database.ticket.findMany({ where: { surveys: { some: { phone: 'listed' } } } })
    expect(listed.map(({ number }) => number)).toContain(played().number('connected'))
  })

  it('G7: what a customer says on the telephone is recorded, and the customer is off the list', async () => {
    const surveys = await played().day.database.survey.findMany({
      where: { ticket: { number: played().number('kept') } },
    })
    expect(surveys).toMatchObject([
      { phone: 'done', how: 'phone', score: 5, solved: true, words: 'Rang back before two.' },
    ])
    const [said] = await played().details('kept', 'feedback')
    expect(said).toMatchObject({ how: 'phone', score: 5 })
  })

  it('L5, C6: on Monday each team and the management have the report of the week, with what was late', async () => {
    const team = await played().letters('emily.hart@example.com', 'report-team')
    expect(team.map(({ at }) => at)).toEqual([played().day.at('2026-05-18 08:30')])
    expect(team[0]?.subject).toMatch(/^Team report 11 May 2026 to 17 May 2026 \(Help Desk Woking, /)
    expect(team[0]?.text).toContain(played().number('late'))
    const [division] = await played().letters('henrik.lund@example.com', 'report-division')
    expect(division?.subject).toBe('Bereichsbericht 11.05.2026 bis 17.05.2026')
    const [german] = await played().letters('anke.brodersen@example.com', 'report-team')
    expect(german?.text).not.toContain(played().number('late'))
  })

  it('G8: a dissatisfied customer hears from the Technical Support Manager, in the promised time', async () => {
    const [task] = await played().texts('henrik.lund@example.com', 'feedback-task')
    expect(task).toContain('Jens Albers')
    expect(await promised('connected', 'manager-contact')).toMatchObject([{ state: 'kept' }])
    const [closing] = await played().texts(jens.address, 'closing')
    expect(closing).toMatch(/Sind Sie mit unserer Arbeit nicht zufrieden\? .* https:\S+\/feedback\/m/)
  })

  it('G9: a matter goes to another department with its reason, and both sides are on record', async () => {
    const [handed] = await played().details('passed', 'passed-on')
    expect(JSON.stringify(handed)).toMatch(/support.*sales|sales.*support/)
    const notices = await played().texts('tobias.rehm@example.com', 'agent-notice')
    expect(notices.join('\n')).toContain('Weder Wartungsvertrag noch Gewährleistung')
  })

  it('C1: what was said in person is a ticket like any other', async () => {
    const { ticket } = await played().ticket('inPerson')
    expect(ticket).toMatchObject({ state: 'resolved', customerAddress: people.ute.address })
    expect(await played().texts(people.ute.address, 'auto-reply')).toHaveLength(1)
  })

  it('C3: cause and redress are on record', async () => {
    const entries = await played().day.database.entry.findMany({
      where: { kind: 'measure', ticket: { number: played().number('inPerson') } },
      orderBy: { id: 'asc' },
    })
    const recorded = entries.map(({ text }) => text)
    expect(recorded).toContain('Kontakte der Ladeschale verschmutzt')
    expect(recorded).toContain('Eine Ladeschale zum Tausch')
  })

  it('C5: the customer reads the result and is asked how it went', async () => {
    const [closing] = await played().texts(grace.address, 'closing')
    expect(closing).toContain('The print head was cleaned, and the printer works.')
    expect(closing).toContain('How satisfied are you?')
  })

  it('L7: votes on the page and by one line of mail are counted; a link that a filter opens is none', () => {
    expect(played().figure('satisfaction', 'score')).toMatchObject({ mean: 4, spread: [0, 1, 0, 0, 2] })
  })
})
