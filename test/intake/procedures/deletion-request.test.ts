import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, openProcedureDesk, type ProcedureDesk, requestTypesIn } from './procedure-desk.ts'

/** P7: a deletion request runs through the example configuration, from the first mail to the accounts department. */

const requestTypes = {
  general: { name: { de: 'Allgemein', en: 'General' }, fields: {} },
  ...requestTypesIn('deletion-request.yaml'),
}
const kunde = 'kunde@kunde.example.com'
let desk: ProcedureDesk

beforeAll(async () => {
  desk = await openProcedureDesk(configWith(requestTypes))
}, 120_000)
afterAll(() => desk.close())

const german = {
  language: 'de',
  subject: 'Löschung eines Artikels',
  text: 'Bitte löschen Sie den Artikel.',
  replyText: 'Bitte löschen Sie den Artikel.',
} as const

async function steps(number: string): Promise<Record<string, string>> {
  const rows = await desk.database.procedureStep.findMany({
    where: { ticket: { number } },
    orderBy: { position: 'asc' },
  })
  return Object.fromEntries(rows.map(({ key, state }) => [key, state]))
}

async function entries(number: string): Promise<readonly string[]> {
  const rows = await desk.database.entry.findMany({ where: { ticket: { number } }, orderBy: { at: 'asc' } })
  return rows.map(({ kind }) => kind)
}

describe('a deletion request', () => {
  it('goes from the first mail to accounting, each step once', async () => {
    const { ticketNumber: number = '' } = await desk.write(kunde, german)
    const asked = async (template: string) => (await desk.letters({ recipient: kunde, template })).length
    expect(await steps(number)).toMatchObject({ reason: 'open', extent: 'waiting' })
    expect(await asked('deletion-reason')).toBe(1)

    await desk.answer(kunde, number, 'Der Artikel nennt meinen alten Namen. Eine Berichtigung genügt nicht.')
    expect(await steps(number)).toMatchObject({ reason: 'done', extent: 'open' })
    await desk.answer(kunde, number, 'Nur diese Seite: https://presse.example.com/artikel/17')
    expect(await steps(number)).toMatchObject({ extent: 'done', agreed: 'open', announce: 'waiting' })
    const [task] = await desk.letters({ kind: 'procedure-task', recipient: 'anna@example.com' })
    expect(task?.subject).toContain('Zu tun: Vorgehen mit dem Kunden abstimmen')
    expect(task?.words).toContain('#schritt agreed')
    expect(task?.words).toContain('https://presse.example.com/artikel/17')

    await desk.order('anna', number, '#schritt agreed telefonisch besprochen')
    expect(await steps(number)).toMatchObject({ agreed: 'done', announce: 'done', prepayment: 'open' })
    expect(await asked('deletion-prepayment')).toBe(1)
    const [due] = await desk.letters({ kind: 'procedure-task', recipient: 'clara@example.com' })
    expect(due?.words).toContain('Zahlungseingang der Vorkasse')
    expect(due?.words).toContain(
      'Vorgehen mit dem Kunden abstimmen: erledigt, Anna Fink (telefonisch besprochen)',
    )

    await desk.order('clara', number, '#schritt prepayment')
    expect(await steps(number)).toMatchObject({ prepayment: 'done', 'order-form': 'open' })
    expect(await asked('deletion-order-form')).toBe(1)
    await desk.answer(kunde, number, 'Hiermit beauftrage ich die Löschung.')
    expect(Object.values(await steps(number))).toEqual(Array(7).fill('done'))
    const ticket = await desk.database.ticket.findUniqueOrThrow({ where: { number } })
    expect(ticket).toMatchObject({ group: 'accounting', requestType: 'deletion', state: 'open' })
    expect(await entries(number)).toEqual(
      expect.arrayContaining(['procedure-begun', 'passed-on', 'procedure-done']),
    )
    for (const letter of await desk.letters({ kind: 'procedure-letter' }))
      expect(letter.text, letter.row.template).toMatch(/Guten Tag,[\s\S]+Mit freundlichen Grüßen/)
  })

  it('lets nobody but the management make an exception from the prepayment', async () => {
    const { ticketNumber: number = '' } = await desk.write('b@kunde.example.com', german)
    for (const key of ['reason', 'extent', 'agreed']) await desk.order('anna', number, `#schritt ${key}`)
    expect(await steps(number)).toMatchObject({ prepayment: 'open' })

    for (const agent of ['anna', 'clara']) await desk.order(agent, number, '#überspringen Stammkunde')
    expect(await steps(number)).toMatchObject({ prepayment: 'open' })
    const [returned] = (await desk.letters({ kind: 'help', recipient: 'clara@example.com' })).slice(-1)
    expect(returned?.words).toContain('dürfen nur die dafür Zuständigen')

    const [notice] = await desk.letters({ kind: 'procedure-task', recipient: 'doris@example.com' })
    expect(notice?.words).toContain('Only you can allow an exception')
    await desk.order('doris', number, '#skip a customer of many years')
    expect(await steps(number)).toMatchObject({ prepayment: 'skipped', 'order-form': 'open' })
  })

  it('writes nothing by itself to what must not be answered by a machine; the agents have to', async () => {
    const { ticketNumber: number = '' } = await desk.write('bulk@kunde.example.com', {
      ...german,
      autoReplyAllowed: false,
    })
    expect(await desk.letters({ recipient: 'bulk@kunde.example.com' })).toEqual([])
    expect(await steps(number)).toMatchObject({ reason: 'open' })
    const told = (await desk.letters({ kind: 'procedure-task', recipient: 'anna@example.com' })).at(-1)
    expect(told?.words).toContain('Bitte schreiben Sie dem Kunden oder rufen Sie ihn an.')
  })

  it('is told at once to everybody on duty where it is a legal threat', async () => {
    const { ticketNumber: number = '' } = await desk.write('anwalt@kanzlei.example.com', {
      ...{
        language: 'de',
        subject: 'Abmahnung wegen Ihres Artikels',
        text: 'Wir fordern Sie auf …',
        replyText: 'Wir fordern Sie auf …',
      },
    })
    const told = (await desk.letters({ kind: 'procedure-task' })).filter(({ subject }) =>
      subject.includes(number),
    )
    expect(told.map(({ row, subject }) => [row.recipient, /EILT|URGENT/.test(subject)])).toEqual(
      expect.arrayContaining([
        ['anna@example.com', true],
        ['bernd@example.com', true],
        ['doris@example.com', false],
      ]),
    )
    expect(await steps(number)).toEqual({ review: 'open' })
  })

  it("begins by an agent's word, in either language, and leaves what was begun by mistake", async () => {
    const { ticketNumber: number = '' } = await desk.write('c@kunde.example.com', {
      ...{
        language: 'en',
        subject: 'Your article',
        text: 'It has my name in it.',
        replyText: 'It has my name in it.',
      },
    })
    expect(await steps(number)).toEqual({})
    await desk.order('bernd', number, '#kind deletion request')
    expect(await steps(number)).toMatchObject({ reason: 'open' })
    const [asked] = await desk.letters({ recipient: 'c@kunde.example.com', template: 'deletion-reason' })
    expect(asked?.words).toContain('why should the content be removed?')
    const [receipt] = await desk.letters({ kind: 'receipt', recipient: 'bernd@example.com' })
    expect(receipt?.words).toContain('Kind of request: Deletion request')

    await desk.order('bernd', number, '#kind general')
    expect(await steps(number)).toEqual({})
    expect(await entries(number)).toContain('procedure-left')
    await desk.order('bernd', number, '#kind nonsense')
    const [mistaken] = (await desk.letters({ kind: 'help', recipient: 'bernd@example.com' })).slice(-1)
    expect(mistaken?.words).toContain('There is no such kind of request.')
  })
})
