import { describe, expect, it } from 'vitest'
import { dossierPage } from '../../src/console/dossier-page.ts'
import { matterDossier } from '../../src/console/matter.ts'
import { vsMoebelPeople as people } from '../../src/simulation/desks/vs-moebel-day.ts'
import { playedDay } from './played.ts'

/** A hotline with four levels and a manufacturer: an ordinary Tuesday, from its first mail to its report. */
describe.each(['de', 'en'] as const)('a day at vs-moebel in %s', language => {
  const played = playedDay('vs-moebel', language)
  const { petra, sabine, markus, jens, grace, service, head } = people
  const say = (german: string, english: string) => (language === 'de' ? german : english)

  it('E1: every matter has its service area, by its words', async () => {
    const tickets = await played().day.database.ticket.findMany({ select: { number: true, area: true } })
    const areas = Object.entries(played().account.tickets).map(([name, number]) => [
      name,
      tickets.find(ticket => ticket.number === number)?.area,
    ])
    expect(Object.fromEntries(areas)).toMatchObject({
      panel: 'products',
      delivery: 'delivery',
      assembly: 'assembly',
      counter: 'quality',
    })
  })

  it('E2: each hand-over names both sides, its reason and its time, up to the executive board', async () => {
    const handed = await played().details('delivery', 'escalated')
    expect(handed).toMatchObject([
      { from: '1', level: 2, fromGroup: 'logistics', fromAgent: 'ruben', toGroup: 'heads', cause: 'policy' },
      { from: '2', level: 4, fromGroup: 'heads', toGroup: 'board', cause: 'command' },
    ])
    for (const { reason } of handed) expect(reason).toMatch(/\p{L}{3}/u)
    expect(await played().ticket('delivery')).toMatchObject({ ticket: { level: 4, assignee: 'karin' } })
  })

  it('E3: begins on the second level where business has stopped, and on the first otherwise', async () => {
    const [first] = await played().escalations('outage')
    expect(first).toMatchObject({ level: 2, state: 'acknowledged', acknowledgedBy: 'birgit' })
    expect(await played().escalations('panel')).toEqual([])
  })

  it('E4: rises for a financial loss, a missed promise, a complaint that persists and a formal request', async () => {
    const levels = async (name: string) => (await played().escalations(name)).map(({ level }) => level)
    expect(await levels('outage')).toEqual([2, 3])
    expect(await levels('assembly')).toEqual([2])
    expect(await levels('delivery')).toEqual([2, 4])
    expect(await levels('formal')).toEqual([2])
  })

  it('E5: is not closed on the third level before it is documented, and the escalations are counted', async () => {
    const [refused] = await played().texts('volker.adam@example.com', 'help')
    expect(refused).toContain(say('#ursache text', '#cause text'))
    expect(refused).toContain(say('#vorbeugung text', '#preventive text'))
    const { ticket } = await played().ticket('outage')
    expect(ticket).toMatchObject({ state: 'resolved', level: 3 })
    const measures = await played().details('outage', 'measure')
    expect(measures.map(({ of }) => of).toSorted()).toEqual([
      ...['cause', 'corrective', 'immediate', 'preventive', 'result'],
    ])
    expect(played().figure('escalations', 'all')).toEqual({ kind: 'count', count: 6 })
  })

  it('E6: tells the customer on every change, and when nothing changed, what comes next and until when', async () => {
    const updates = await played().texts(sabine.address, 'status-update')
    expect(updates.length).toBeGreaterThanOrEqual(4)
    expect(updates.join('\n')).toContain(say('Bereichsleitung', 'Division management'))
    expect(updates.at(-1)).toContain(
      say(
        'Bis 13 Uhr wissen wir, warum die Zuspielung ausfiel.',
        'By 1 pm we will know why the feed failed.',
      ),
    )
    for (const update of updates)
      expect(update).toMatch(/10:05|10\.05|10:40|10\.40|10:50|10\.50|12:45|12\.45/)
  })

  it('E7: is reached by the hotline and by the address for escalations, which its letters name', async () => {
    const [receipt] = await played().texts(markus.address, 'auto-reply')
    expect(receipt).toContain('iawsupport@vs-moebel.de')
    expect(receipt).toContain(say('09341 88-111', '+49 9341 88-111'))
    const callbacks = await played().promises('called')
    expect(callbacks).toContainEqual(expect.objectContaining({ kind: 'callback', state: 'kept' }))
  })

  it('E8: takes a fault to the manufacturer with all it needs, to its next level, and to an evaluated end', async () => {
    const { texts, letters, day } = played()
    const [refused] = await texts('jana.brecht@example.com', 'help')
    expect(refused).toContain(say('eine Beschreibung der Störung', 'a description of the fault'))
    const [opened] = await texts(service.address, 'vendor-case')
    for (const known of ['LW86-004711', 'Lernwand 86', 'VS-4711', say('4,1 V', '4.1 V')])
      expect(opened).toContain(known)
    const raised = await letters(head.address, 'vendor-escalation')
    expect(raised.map(({ at }) => at)).toEqual([day.at('12:40')])
    expect(await day.database.vendorCase.findMany()).toMatchObject([
      { reference: 'PT-204811', state: 'closed', level: 1, outcome: 'replaced', rating: 3 },
    ])
  })

  it('E8: no line crosses between customer and manufacturer, unless an agent shares it', async () => {
    const { day, texts } = played()
    const outward = [...(await day.letters(service.address)), ...(await day.letters(head.address))]
    for (const { text, subject } of outward) {
      expect(text).not.toMatch(/Lindner|Lindenschule|204\b|66969100/)
      expect(subject).not.toMatch(/Lindner|Raum|room/)
    }
    const toPetra = await day.letters(petra.address)
    expect(toPetra.map(({ text }) => text).join('\n')).not.toContain('PT-204811')
    expect((await texts(petra.address, 'agent-answer')).at(-1)).toContain(
      say('Ein Ersatz ist', 'A new one is'),
    )
  })

  it('L2: severity and contract set the target times', async () => {
    const due = async (name: string) => {
      const promises = await played().promises(name)
      return promises.find(({ kind }) => kind === 'first-response')?.dueAt
    }
    expect(await due('outage')).toBe(played().day.at('08:35').toString({ fractionalSecondDigits: 3 }))
    expect(await due('panel')).toBe(played().day.at('09:10').toString({ fractionalSecondDigits: 3 }))
  })

  it('L8: whoever gets a matter reads who answered for it before, on every hand-over', async () => {
    const told = await played().texts('konrad.weiss@example.com', 'escalation')
    for (const name of ['Gesine Albrecht', 'Ruben Sauer'])
      expect(told.join('\n')).toMatch(
        new RegExp(`${say('Bisher zuständig', 'Responsible so far')}: +${name}`),
      )
  })

  it('C1: a form of the website and an agent who writes down what was said open tickets like a mail does', async () => {
    const tickets = await played().day.database.ticket.findMany({ select: { number: true, channel: true } })
    const channel = (name: string) => tickets.find(({ number }) => number === played().number(name))?.channel
    expect([channel('assembly'), channel('counter'), channel('called'), channel('panel')]).toEqual([
      'form',
      'in-person',
      'phone',
      'mail',
    ])
    expect(await played().texts(grace.address, 'auto-reply')).toHaveLength(1)
  })

  it('C3: the cause and the redress are on record, and the customer reads the result', async () => {
    const [closing] = await played().texts(markus.address, 'closing')
    expect(closing).toBeDefined()
    const measures = await played().details('counter', 'measure')
    expect(measures.map(({ of }) => of).toSorted()).toEqual(['cause', 'redress', 'result'])
    expect((await played().texts(jens.address, 'closing')).at(-1)).toContain(
      say('die Lieferkosten erlassen wir Ihnen', 'we waive the costs of delivery'),
    )
  })

  it('C5: at the end the result is told and the customer asked, who votes by the link or in a line', async () => {
    const surveys = await played().day.database.survey.findMany({ include: { ticket: true } })
    const votes = surveys.filter(({ score }) => score !== null)
    expect(votes.map(({ ticket, score, how }) => [ticket.number, score, how]).toSorted()).toEqual(
      [
        [played().number('outage'), 5, 'link'],
        [played().number('panel'), 4, 'reply'],
        [played().number('delivery'), 2, 'link'],
      ].toSorted(),
    )
    const { ticket } = await played().ticket('panel')
    expect(ticket.state).toBe('resolved')
  })

  it('G8: whoever is dissatisfied hears from the head of the hotline within the promised time', async () => {
    const [task] = await played().texts('birgit.hoffmann@example.com', 'feedback-task')
    expect(task).toContain(say('Erst nach dem dritten Nachfragen', 'only when I had asked three times'))
    const [contact] = (await played().promises('delivery')).filter(({ kind }) => kind === 'manager-contact')
    expect(contact).toMatchObject({ state: 'kept' })
    expect((await played().texts(jens.address, 'agent-answer')).at(-1)).toContain(
      say('wir hätten Sie anrufen müssen', 'we should have rung you'),
    )
  })

  it('L8: an escalation and the dossier name who is responsible with the title', async () => {
    const [raised] = await played().texts('birgit.hoffmann@example.com', 'escalation')
    const head = 'Birgit Hoffmann, Abteilungsleiterin der technischen Hotline'
    expect(raised).toContain(`${say('Jetzt zuständig', 'Responsible now')}: ${head}`)
    const { day } = played()
    const dossier = await played().ticket('outage')
    const matter = await matterDossier(day.database, played().number('outage'))
    if (!matter) throw new Error('every ticket has its matter')
    const written = dossierPage({
      ...{ dossier, matter, config: day.config, language, timeZone: day.timeZone },
      ...{ format: '{number}', now: day.clock.now() },
    })
    expect(written).toContain(head)
    expect(written).toContain('Volker Adam, Bereichsleiter Service')
  })

  it('L7: the day’s votes are in its report', () => {
    expect(played().figure('satisfaction', 'score')).toMatchObject({ spread: [0, 1, 0, 1, 1] })
  })

  it('L1: the day’s report counts what came in, by department, and every call that was promised and kept', () => {
    expect(played().figure('throughput', 'opened')).toEqual({ kind: 'count', count: 7 })
    expect(played().figure('throughput', 'opened', 'hotline')).toEqual({ kind: 'count', count: 3 })
    expect(played().figure('callback-punctuality', 'punctual')).toEqual({ kind: 'share', part: 1, of: 1 })
  })

  it('L5: an agreed time that was missed is in the report', () => {
    expect(played().figure('first-response', 'kept')).toMatchObject({ kind: 'share' })
    expect(played().figure('vendor-waiting', 'cases')).toEqual({ kind: 'count', count: 1 })
    expect(played().figure('vendor-waiting', 'overdue')).toEqual({ kind: 'count', count: 1 })
  })
})
