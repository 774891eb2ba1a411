import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import type { MailContent } from '../../../src/desk/mail-content.ts'
import { entitlementOfTicket } from '../../../src/intake/customers/entitlement-of-ticket.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { composeLetter } from '../../../src/outbox/letter.ts'
import { builtInTemplates, loadTemplates } from '../../../src/templates.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../desk.ts'
import { bringIn, contracts } from './bring-in.ts'

const config = configSchema.parse({ ...deskConfig, contracts })
const templates = await loadTemplates([builtInTemplates])
const today = Temporal.PlainDate.from('2026-11-24')
let desk: TestDesk
let uid = 0
beforeAll(async () => {
  desk = await openDesk(undefined, config)
  await bringIn(desk.database, config)
})
afterAll(() => desk.close())

const mail = (address: string, replyText: string, more: Partial<MailContent> = {}) => {
  uid++
  return arrival(uid, { from: { address, name: '' }, text: replyText, replyText, ...more })
}

async function opened(...mails: readonly ReturnType<typeof mail>[]) {
  const taken = await takeIn(desk.deps, mails)
  const number = taken.at(-1)?.ticketNumber ?? ''
  const ticket = await desk.database.ticket.findUniqueOrThrow({
    where: { number },
    include: { contact: true, company: true, device: true, entries: true },
  })
  return { ticket, entitlement: await entitlementOfTicket(desk.database, ticket.id, today) }
}

async function noticeTo(recipient: string, ticketId: string, event = 'new-ticket'): Promise<string> {
  const rows = await desk.database.letter.findMany({ where: { ticketId, recipient, kind: 'agent-notice' } })
  // By what it tells: in this world all letters are written in the same moment.
  const row = rows.find(({ data }) => (data as { event?: string }).event === event)
  if (!row) throw new Error('no notice')
  const { text } = composeLetter(row, config, templates, desk.deps.offices)
  // As it is read: a value that goes on in the next line.
  return (text ?? '').replaceAll(/\n {18}(?=\S)/g, ' ')
}

describe('a mail', () => {
  it('of a known contact tells the agents company and contract, and is not asked what the books know', async () => {
    const { ticket, entitlement } = await opened(
      mail('Eva.Lang@nordlicht.example', 'Die Waage wiegt falsch.', { language: 'und' }),
    )
    expect(ticket).toMatchObject({
      customerName: 'Eva Lang',
      language: 'de',
      contact: { name: 'Eva Lang' },
      company: { number: 'K-1001' },
      device: null,
    })
    expect(ticket.known).toMatchObject({
      name: { value: 'Eva Lang', where: 'books' },
      company: { value: 'Nordlicht Logistik GmbH', where: 'books' },
    })
    expect(entitlement).toEqual({
      kind: 'contract',
      contract: 'premium',
      number: 'WV-2041',
      validTo: '2026-12-31',
    })
    const german = await noticeTo('anna@example.com', ticket.id)
    expect(german).toContain('Firma:            Nordlicht Logistik GmbH (K-1001)\n')
    expect(german).toContain('Anspruch:         Wartungsvertrag Premium bis 31.12.2026 (Nr. WV-2041)\n')
    expect(await noticeTo('bernd@example.com', ticket.id)).toContain(
      'Entitlement:      Premium maintenance until 31 December 2026 (no. WV-2041)\n',
    )
  })

  it("does not take a contact's words away: what the mail says counts", async () => {
    const { ticket } = await opened(
      mail('eva.lang@nordlicht.example', 'Firma: Südlicht GmbH\nDie Waage wiegt falsch.', {
        language: 'en',
        from: { address: 'eva.lang@nordlicht.example', name: 'E. Lang' },
      }),
    )
    expect(ticket).toMatchObject({ customerName: 'E. Lang', language: 'en' })
    expect(ticket.known).toMatchObject({ company: { value: 'Südlicht GmbH', where: 'text' } })
  })

  it('of a company whose contract has ended tells since when', async () => {
    const { ticket, entitlement } = await opened(mail('m.osten@weserwerk.example', 'Die Waage wiegt falsch.'))
    expect(entitlement).toEqual({ kind: 'expired', what: 'contract', since: '2026-06-30' })
    expect(await noticeTo('anna@example.com', ticket.id)).toContain(
      'Anspruch:         Vertrag abgelaufen am 30.06.2026\n',
    )
  })

  it('with the serial number of a device under warranty is entitled, whoever writes, and learns nothing of its owner', async () => {
    const { ticket, entitlement } = await opened(
      mail('somebody@gmx.example', 'Die Waage wiegt falsch. Seriennummer: WX-47I2-B'),
    )
    expect(ticket).toMatchObject({
      contact: null,
      company: { number: 'K-1002' },
      device: { serialKey: 'WX4712B' },
    })
    expect(entitlement).toEqual({ kind: 'warranty', until: '2027-01-31' })
    expect(await noticeTo('anna@example.com', ticket.id)).toContain(
      'Gerät:            Waage X200, Seriennummer WX-4712-B, Gewährleistung bis 31.01.2027\n',
    )
    const reply = await desk.database.letter.findFirstOrThrow({
      where: { ticketId: ticket.id, kind: 'auto-reply' },
    })
    const { text } = composeLetter(reply, config, templates, desk.deps.offices)
    expect(text).toContain('Seriennummer: WX-47I2-B')
    expect(text).not.toContain('Weserwerk')
  })

  it('that brings the serial number later ties its ticket to the device then', async () => {
    const first = mail('grace@harbour.example', 'The printer is broken.', { language: 'en' })
    const { ticket } = await opened(first)
    expect(ticket.device).toBeNull()
    const again = await opened(
      mail('grace@harbour.example', 'Serial number: PR-0815', {
        inReplyTo: [first.content.messageId ?? ''],
        language: 'en',
      }),
    )
    expect(again.ticket).toMatchObject({
      id: ticket.id,
      device: { serial: 'PR-0815' },
      company: { number: 'K-1003' },
    })
    expect(again.entitlement).toEqual({ kind: 'warranty', until: '2027-09-30' })
    expect(await noticeTo('bernd@example.com', ticket.id, 'customer-mail')).toContain(
      'Entitlement:      warranty until 30 September 2027\n',
    )
  })

  it("with the serial number of another company's device is not given that device: the agents decide", async () => {
    const { ticket, entitlement } = await opened(
      mail('eva.lang@nordlicht.example', 'Defekt. Seriennummer: WX-4712-B'),
    )
    expect(ticket).toMatchObject({ company: { number: 'K-1001' }, device: null })
    expect(entitlement).toMatchObject({ kind: 'contract' })
    expect(ticket.entries.map(({ kind }) => kind)).toContain('customer-unclear')
    expect(await noticeTo('anna@example.com', ticket.id)).toContain(
      'Unklar:           WX-4712-B passt nicht zum Absender oder Anrufer; infrage kommen: Nordlicht Logistik GmbH (K-1001), Weserwerk AG (K-1002)\n',
    )
  })

  it('of an unknown customer is taken in like any other, also from a known domain', async () => {
    const { ticket, entitlement } = await opened(mail('new@nordlicht.example', 'Die Waage wiegt falsch.'))
    expect(ticket).toMatchObject({ state: 'open', contact: null, company: null })
    expect(entitlement).toEqual({ kind: 'unknown-customer' })
    expect(await noticeTo('anna@example.com', ticket.id)).toContain('Anspruch:         unbekannter Kunde\n')
    expect(await desk.database.letter.count({ where: { ticketId: ticket.id, kind: 'auto-reply' } })).toBe(1)
  })

  it('is one of a batch of many, each of its own customer', async () => {
    const batch = ['eva.lang@nordlicht.example', 'm.osten@weserwerk.example', 'lena.voss@example.org'].map(
      (address, at) => mail(address, `Störung Nummer ${at} an der Waage.`, { subject: `Störung ${at}` }),
    )
    const taken = await takeIn(desk.deps, batch)
    const rows = await desk.database.ticket.findMany({
      where: { number: { in: taken.flatMap(({ ticketNumber }) => ticketNumber ?? []) } },
      include: { contact: true },
      orderBy: { sequence: 'asc' },
    })
    expect(rows.map(({ contact }) => contact?.name)).toEqual(['Eva Lang', 'Martin Osten', 'Lena Voss'])
  })
})

describe('where no books are kept', () => {
  it('nothing is said of entitlement', async () => {
    const other = await openDesk(undefined, config)
    const [taken] = await takeIn(other.deps, [arrival(1)])
    const row = await other.database.letter.findFirstOrThrow({
      where: { kind: 'agent-notice', recipient: 'anna@example.com' },
    })
    const { text } = composeLetter(row, config, templates, other.deps.offices)
    await other.close()
    expect(taken?.outcome).toBe('open-ticket')
    expect(text).not.toContain('Anspruch')
  })
})
