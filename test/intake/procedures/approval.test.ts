import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, openProcedureDesk, type ProcedureDesk, requestTypesIn } from './procedure-desk.ts'

const name = (de: string, en: string) => ({ de, en })
const refund = {
  name: name('Erstattung', 'Refund'),
  words: ['Erstattung', 'refund'],
  fields: { iban: { label: name('IBAN', 'IBAN') } },
  steps: {
    details: { name: name('Kontodaten', 'Bank details'), kind: 'ask' },
    ok: { name: name('Freigabe', 'Clearance'), kind: 'approve', by: 'doris' },
    over: { name: name('Auszahlung', 'Payment'), kind: 'queue', by: 'accounting' },
  },
}
let desk: ProcedureDesk
beforeAll(async () => {
  const requestTypes = { refund, ...requestTypesIn('technical-checklist.yaml') }
  desk = await openProcedureDesk(configWith(requestTypes, { templates: undefined, mailboxes: mailboxes() }))
}, 120_000)
afterAll(() => desk.close())

function mailboxes() {
  const imap = { host: 'imap.example.com', user: 'support', password: 'secret' }
  const support = { name: 'Support', language: 'de', office: 'hamburg', group: 'support', imap }
  return {
    support: { ...support, address: 'support@example.com', replyAddress: 'support+{token}@example.com' },
  }
}

const mail = (subject: string, text = subject) =>
  ({ language: 'de', subject, text, replyText: text }) as const
const stateOf = async (number: string) =>
  (
    await desk.database.procedureStep.findMany({
      where: { ticket: { number } },
      orderBy: { position: 'asc' },
    })
  ).map(({ state }) => state)

describe('a step that has to be approved', () => {
  it('asks for what is missing, waits for its one word, and goes on', async () => {
    const { ticketNumber: number = '' } = await desk.write('a@kunde.example.com', mail('Erstattung bitte'))
    const [question] = await desk.letters({ kind: 'procedure-letter', recipient: 'a@kunde.example.com' })
    expect(question?.subject).toContain('Bitte um Ihre Antwort')
    expect(question?.text).toMatch(/Kontodaten[\s\S]*- IBAN/)
    await desk.answer('a@kunde.example.com', number, 'IBAN: DE02120300000000202051')
    expect(await stateOf(number)).toEqual(['done', 'open', 'waiting'])

    await desk.order('anna', number, '#genehmigt')
    await desk.order('doris', number, '#step ok')
    expect(await stateOf(number)).toEqual(['done', 'open', 'waiting'])
    await desk.order('doris', number, '#approve fine with me')
    expect(await stateOf(number)).toEqual(['done', 'done', 'done'])
    const [receipt] = await desk.letters({ kind: 'receipt', recipient: 'doris@example.com' })
    expect(receipt?.text).toContain('Approved: Clearance')
  })

  it('ends the procedure with a refusal, of which the group hears with the reason', async () => {
    const { ticketNumber: number = '' } = await desk.write(
      'b@kunde.example.com',
      mail('Erstattung, zweiter Fall'),
    )
    await desk.order('anna', number, '#schritt details')
    await desk.order('doris', number, '#refuse out of warranty')
    expect(await stateOf(number)).toEqual(['done', 'refused', 'waiting'])
    const told = (await desk.letters({ kind: 'procedure-task', recipient: 'anna@example.com' })).filter(
      ({ subject }) => subject.includes(number),
    )
    expect(told.at(-1)?.text).toContain('Freigabe: abgelehnt, Doris Chef (out of warranty)')
    expect(await desk.database.ticket.findUnique({ where: { number } })).toMatchObject({ group: 'support' })
  })

  it('does nothing twice where two mails of a batch say the same', async () => {
    const { ticketNumber: number = '' } = await desk.write(
      'c@kunde.example.com',
      mail('Erstattung, dritter Fall'),
    )
    await desk.order('anna', number, '#schritt details')
    await desk.order('anna', number, '#schritt details')
    const begun = await desk.database.entry.count({ where: { ticket: { number }, kind: 'step-done' } })
    expect(begun).toBe(1)
    expect(await stateOf(number)).toEqual(['done', 'open', 'waiting'])
  })
})

describe('a checklist that comes before escalation', () => {
  it('refuses the escalation naming what is missing, unless it is forced with a reason', async () => {
    const { ticketNumber: number = '' } = await desk.write(
      'd@kunde.example.com',
      mail('Fehlermeldung beim Upload', 'Windows 11 Pro, Firefox 132.0, Glasfaser. Seit heute.'),
    )
    await desk.order('anna', number, '#eskalieren kommt nicht weiter')
    const level = async () => (await desk.database.ticket.findUniqueOrThrow({ where: { number } })).level
    expect(await level()).toBe(1)
    const [help] = (await desk.letters({ kind: 'help', recipient: 'anna@example.com' })).slice(-1)
    expect(help?.text).toMatch(/Vor der Eskalation fehlen noch: [\s\S]*Wann und wie Sie\s+erreichbar\s+sind/)
    expect(help?.text).not.toMatch(/fehlen noch:[^.]*Browser mit Version/)

    await desk.order('anna', number, '#eskalieren! Kunde steht still')
    expect(await level()).toBe(2)
  })
})
