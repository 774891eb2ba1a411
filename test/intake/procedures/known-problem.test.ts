import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellKnownProblem } from '../../../src/intake/procedures/known-problems.ts'
import { promiseDepsOf } from '../../../src/intake/promises/promise-deps.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { configWith, openProcedureDesk, type ProcedureDesk } from './procedure-desk.ts'

const general = { name: { de: 'Allgemein', en: 'General' }, fields: {} }
/** Totals that thirty letters would break many times over. */
const budgets = { totalPer10Minutes: 5, totalPerHour: 5 }
const customers = Array.from({ length: 30 }, (_, at) => `kunde${at}@firma${at}.example.com`)

let desk: ProcedureDesk
const numbers: string[] = []

beforeAll(async () => {
  desk = await openProcedureDesk(configWith({ general }, { templates: undefined, budgets }))
  for (const [at, address] of customers.entries()) {
    const text = `Seit dem Update auf Version 7.3 meldet die Druckwarteschlange Fehler E42 (${at}).`
    const { ticketNumber = '' } = await desk.write(address, {
      ...{
        language: at % 3 === 0 ? 'en' : 'de',
        subject: 'Druckwarteschlange Fehler E42',
        text,
        replyText: text,
      },
    })
    numbers.push(ticketNumber)
  }
}, 240_000)
afterAll(() => desk.close())

const toCustomers = async (kind: string) =>
  (await desk.database.letter.findMany({ where: { kind } })).map(({ recipient }) => recipient)

describe('a known problem with thirty customers', () => {
  it('begins with a title, gathers tickets, and is suggested for those that look like it', async () => {
    await desk.order('anna', numbers[0] ?? '', '#bekannt drucker-e42')
    const [help] = await desk.letters({ kind: 'help', recipient: 'anna@example.com' })
    expect(help?.words).toContain('Beim ersten Mal gehört ein Titel hinter das Kürzel')
    await desk.order('anna', numbers[0] ?? '', '#bekannt drucker-e42 Druckwarteschlange nach Update 7.3')
    const problem = await desk.database.knownProblem.findUniqueOrThrow({ where: { key: 'drucker-e42' } })
    expect(problem).toMatchObject({ title: 'Druckwarteschlange nach Update 7.3', state: 'open' })

    const text = 'Die Druckwarteschlange meldet seit dem Update auf Version 7.3 den Fehler E42.'
    const { ticketNumber: fresh = '' } = await desk.write('neu@neu.example.com', {
      ...{ language: 'de', subject: 'Druckwarteschlange Fehler E42', text, replyText: text },
    })
    const notice = (await desk.letters({ kind: 'agent-notice', recipient: 'anna@example.com' })).at(-1)
    expect(notice?.words).toMatch(/Ähnlich: 30 Tickets, 30 andere Kunden, seit /)
    expect(notice?.words).toContain('#bekannt drucker-e42')
    const row = await desk.database.ticket.findUniqueOrThrow({ where: { number: fresh } })
    expect(row.knownProblemId).toBeNull()

    for (const number of numbers.slice(1)) await desk.order('bernd', number, '#known drucker-e42')
    expect(await desk.database.ticket.count({ where: { knownProblemId: problem.id } })).toBe(30)
  }, 240_000)

  it('tells all its customers at once, one letter each, whatever the total of ten minutes', async () => {
    const { deps, database } = desk
    const news = {
      key: 'drucker-e42',
      text: 'Der Hersteller hat die Ursache gefunden.',
      agent: 'anna',
      by: 'Anna Fink',
      now: deps.now(),
    }
    const done = await inTransaction(database, tx => tellKnownProblem(tx, promiseDepsOf(deps), news))
    expect(done?.told.length).toBe(30)
    expect((await toCustomers('status-update')).toSorted()).toEqual(customers.toSorted())
    const [update] = await desk.letters({ kind: 'status-update', recipient: customers[1] ?? '' })
    expect(update?.words).toContain('Der Hersteller hat die Ursache gefunden.')
  }, 120_000)

  it('closes them together with the result, but none that is not documented yet', async () => {
    const risen = numbers[7] ?? ''
    await desk.database.ticket.update({ where: { number: risen }, data: { level: 3 } })
    await desk.order('anna', numbers[0] ?? '', '#gelöst drucker-e42 Mit Version 7.4 ist der Fehler behoben.')

    const open = await desk.database.ticket.findMany({
      where: { knownProblem: { key: 'drucker-e42' }, state: 'open' },
    })
    expect(open.map(({ number }) => number)).toEqual([risen])
    const closing = await toCustomers('closing')
    expect(closing.toSorted()).toEqual(customers.filter((_, at) => at !== 7).toSorted())
    expect((await toCustomers('status-update')).filter(one => one === customers[7])).toHaveLength(2)
    const promises = await desk.database.guarantee.findMany({
      where: { ticket: { knownProblem: { key: 'drucker-e42' }, state: 'resolved' }, state: 'open' },
    })
    expect(promises).toEqual([])
    const told = (await desk.letters({ kind: 'procedure-task', recipient: 'anna@example.com' })).map(
      ({ subject }) => subject,
    )
    expect(told).toEqual([expect.stringMatching(new RegExp(`^Noch zu dokumentieren.*${risen}`))])
  }, 120_000)

  it('tells nobody twice: what is solved is not solved again', async () => {
    const before = await desk.database.letter.count({ where: { kind: 'closing' } })
    await desk.order('bernd', numbers[7] ?? '', '#solved drucker-e42 once more')
    expect(await desk.database.letter.count({ where: { kind: 'closing' } })).toBe(before)
    const [help] = (await desk.letters({ kind: 'help', recipient: 'bernd@example.com' })).slice(-1)
    expect(help?.words).toContain('This problem is solved already.')
    const { deps, database } = desk
    const again = { key: 'drucker-e42', text: 'x', agent: null, by: randomUUID(), now: deps.now() }
    expect(
      await inTransaction(database, tx => tellKnownProblem(tx, promiseDepsOf(deps), again)),
    ).toBeUndefined()
  })
})
