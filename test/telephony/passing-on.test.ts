import { describe, expect, it } from 'vitest'
import { responsibilityOf } from '../../src/console/responsibility.ts'
import { ticketDossier } from '../../src/console/tickets.ts'
import { passOn } from '../../src/intake/promises/pass-on.ts'
import { agent, caller, mailbox, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { inTransaction } from '../../src/store/database.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'
import { openMailDesk } from './mail-desk.ts'

/** A matter goes to another department: one number, one history, the promise stays, and the right people hear of it. */

const petra = { address: 'petra@kunde.example.org', name: 'Petra Lindner' }
const words = 'Guten Tag,\ndie Rechnung vom Oktober stimmt nicht.'
const mail = { subject: 'Rechnung stimmt nicht', text: words, replyText: words }
const carla = '+491713920077'
const label = (de: string, en: string) => ({ de, en })

const more = {
  groups: {
    support: { name: 'Support', agents: ['anna', 'bernd'] },
    uk: { name: 'Support UK', agents: ['emma'] },
    accounting: { name: 'Buchhaltung', agents: ['carla', 'dirk'] },
  },
  agents: {
    anna: { name: 'Anna Fink', title: 'Hotline', addresses: ['anna@example.com'], phone: phones.anna },
    bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], phone: phones.bernd },
    emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en', phone: phones.emma },
    carla: { name: 'Carla Behn', addresses: ['carla@example.com'], phone: carla },
    dirk: { name: 'Dirk Wulf', addresses: ['dirk@example.com'], language: 'en' },
  },
  areas: { billing: { name: label('Rechnungen', 'Billing'), words: ['Rechnung'] } },
}
/** Support is shared out whatever it is about; accounting too, but nothing comes there by itself. */
const shared = {
  ...more,
  routing: [
    { when: { mailbox: 'support' }, group: 'support' },
    { when: {}, group: 'accounting' },
  ],
}

async function ticketNumbered({ database }: HotlineTest, number: string) {
  return database.ticket.findUniqueOrThrow({ where: { number } })
}

async function readTicket({ database }: HotlineTest, number: string) {
  const dossier = await ticketDossier(database, number)
  if (!dossier) throw new Error('the ticket is there')
  return dossier
}

describe('a mail that belongs to accounting', () => {
  it('goes there with reason, number and history; both sides are on record, and only the new one is told', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { more })
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, mail)
    await desk.order('anna', ticketNumber, '#übernehmen')
    const passed = await desk.order('anna', ticketNumber, '#weiter Buchhaltung: der Betrag ist strittig')
    expect(passed.ticketNumber).toBe(ticketNumber)
    expect(await ticketNumbered(hotline, ticketNumber)).toMatchObject({
      ...{ group: 'accounting', assignee: null, number: ticketNumber, subject: mail.subject },
    })
    const [notice] = await desk.letters('carla@example.com')
    expect(notice?.subject).toContain('An Ihre Gruppe weitergegeben: Rechnung stimmt nicht')
    expect(notice?.text).toContain('(von Anna Fink)')
    expect(notice?.text).toContain('> der Betrag ist strittig')
    expect(notice?.text).toContain('> die Rechnung vom Oktober stimmt nicht.')
    expect(notice?.text).toContain('Antwort bis:')
    const [english] = await desk.letters('dirk@example.com')
    expect(english?.subject).toContain('Passed to your group')
    expect(english?.text).toContain("> The customer's request:")
    const receipt = (await desk.letters('anna@example.com')).at(-1)
    expect(receipt?.text).toContain('Das Ticket ist weitergegeben an: Buchhaltung')
    const { entries, ticket } = await readTicket(hotline, ticketNumber)
    expect(entries.filter(({ kind }) => kind === 'customer-mail')).toHaveLength(1)
    expect(responsibilityOf(entries, ticket)).toMatchObject([
      { group: 'support', agent: null, by: '' },
      { group: 'support', agent: 'anna', by: 'Anna Fink' },
      { group: 'accounting', agent: null, by: 'Anna Fink', reason: 'der Betrag ist strittig', until: null },
    ])
  })

  it('goes to one person where the routing shares that group’s work, and the customer’s next mail with it', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { more: shared })
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, mail)
    expect(await ticketNumbered(hotline, ticketNumber)).toMatchObject({ group: 'support', assignee: 'anna' })
    await desk.order('anna', ticketNumber, '#pass accounting the amount is in dispute')
    const { assignee } = await ticketNumbered(hotline, ticketNumber)
    expect(assignee).toBe('carla')
    expect(await desk.letters('dirk@example.com')).toEqual([])
    const [confirmation] = await desk.letters(petra.address)
    if (!confirmation) throw new Error('the customer has an answer')
    await desk.reply(confirmation, petra, 'Anbei die Rechnung.')
    expect((await desk.letters('carla@example.com')).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('An Ihre Gruppe weitergegeben'),
      expect.stringContaining('Neue Nachricht von Petra Lindner'),
    ])
    expect(await desk.letters('dirk@example.com')).toEqual([])
  })

  it('stays where it is when the department does not exist, and the agent reads which ones do', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { more })
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, mail)
    await desk.order('anna', ticketNumber, '#weiter Vertrieb will ein Angebot')
    expect(await ticketNumbered(hotline, ticketNumber)).toMatchObject({ group: 'support' })
    const help = (await desk.letters('anna@example.com')).at(-1)
    expect(help?.text.replace(/\s+/g, ' ')).toContain(
      'Diese Gruppe gibt es nicht. Möglich sind: Support, Support UK (uk), Buchhaltung (accounting)',
    )
  })
})

describe('a promised call', () => {
  it('is owed on after the ticket was passed on, and the new department makes it, in time', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { more })
    const { network, database } = hotline
    const desk = openMailDesk(hotline)
    network.connect(phones.anna, mailbox('anna'))
    network.connect(phones.bernd, unreachable('bernd', 'never'))
    network.connect(carla, agent('carla'))
    network.call(caller(phones.mobile, [{ hears: /Betrieb stillsteht/, presses: '1' }]), hamburg)
    await hotline.runUntil(hotline.at('10:05'))
    const before = await database.callback.findFirstOrThrow({ include: { guarantee: true, ticket: true } })
    expect(before).toMatchObject({ state: 'owed', agent: expect.stringMatching(/anna|bernd/) })
    await desk.order('anna', before.ticket.number, '#weiter Buchhaltung Frage zur Rechnung')
    await hotline.settle()
    const after = await database.callback.findFirstOrThrow({ include: { guarantee: true, ticket: true } })
    expect(after).toMatchObject({ id: before.id, state: 'owed', agent: 'carla', line: 'hotline' })
    expect(after.guarantee).toMatchObject({ state: 'open', dueAt: before.guarantee.dueAt })
    expect(after.ticket).toMatchObject({ number: before.ticket.number, group: 'accounting' })
    expect((await desk.letters('carla@example.com')).map(({ kind }) => kind)).toEqual([
      'agent-notice',
      'callback-task',
    ])
  })
})

describe('a procedure passes on as well', () => {
  it('with its step as the reason and nobody’s name, and the promises of the ticket run on', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { more })
    const { database, deps, clock } = hotline
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, mail)
    const { id } = await ticketNumbered(hotline, ticketNumber)
    const promises = () => database.guarantee.findMany({ where: { ticketId: id, kind: 'first-response' } })
    const before = await promises()
    const passing = {
      ticketId: id,
      group: 'accounting',
      reason: 'Vorkasse prüfen',
      by: null,
      now: clock.now(),
    }
    await inTransaction(database, tx => passOn(tx, deps, passing))
    expect(await promises()).toEqual(before)
    const { entries, ticket } = await readTicket(hotline, ticketNumber)
    expect(responsibilityOf(entries, ticket).at(-1)).toMatchObject({
      ...{ group: 'accounting', by: '', reason: 'Vorkasse prüfen' },
    })
    const [notice] = await desk.letters('carla@example.com')
    expect(notice?.text.replace(/\s+/g, ' ')).toContain('(von Nordlicht Software GmbH)')
  })
})
