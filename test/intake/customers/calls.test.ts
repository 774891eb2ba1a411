import { describe, expect, it } from 'vitest'
import { entitlementOfTicket } from '../../../src/intake/customers/entitlement-of-ticket.ts'
import { caller } from '../../../src/sandbox/telephone/actors.ts'
import { type HotlineTest, hamburg, openHotline, phones } from '../../telephony/hotline.ts'
import { mailTo } from '../../telephony/known-customer.ts'
import { bringIn, contracts } from './bring-in.ts'

/** The agents' telephones ring in vain, so every call is promised one back. */
const start = '2026-11-24T10:00'
const today = Temporal.PlainDate.from('2026-11-24')
const silent = (number: string) =>
  caller(number, [{ hears: /Betrieb stillsteht|business has stopped/, presses: '1' }])

async function desk(): Promise<HotlineTest> {
  const hotline = await openHotline(start, { more: { contracts } })
  await bringIn(hotline.database, hotline.config)
  return hotline
}

async function ticketOf({ database }: HotlineTest) {
  const ticket = await database.ticket.findFirstOrThrow({ include: { contact: true, company: true } })
  return { ticket, entitlement: await entitlementOfTicket(database, ticket.id, today) }
}

describe('a call', () => {
  it('from the mobile telephone of a contact is that of the contact, and the agents read of the contract', async () => {
    const hotline = await desk()
    hotline.network.call(silent(phones.mobile), hamburg)
    await hotline.runUntil(hotline.at('10:20'))
    const { ticket, entitlement } = await ticketOf(hotline)
    expect(ticket).toMatchObject({
      customerName: 'Eva Lang',
      customerAddress: 'eva.lang@nordlicht.example',
      contact: { name: 'Eva Lang' },
      company: { number: 'K-1001' },
    })
    expect(ticket.known).toMatchObject({
      name: { value: 'Eva Lang' },
      company: { value: 'Nordlicht Logistik GmbH' },
    })
    expect(entitlement).toMatchObject({ kind: 'contract', contract: 'premium' })
    const letters = await mailTo(hotline, 'anna@example.com')
    const text = (letters.find(({ kind }) => kind === 'callback-task')?.text ?? '').replaceAll(
      /\r?\n {18}(?=\S)/g,
      ' ',
    )
    expect(text).toContain('Firma:            Nordlicht Logistik GmbH')
    expect(text).toContain('Anspruch:         Wartungsvertrag Premium bis 31.12.2026 (Nr. WV-2041)')
  })

  it("from a company's switchboard is the company's, and of nobody of whom we only think so", async () => {
    const hotline = await desk()
    hotline.network.call(silent(phones.company), hamburg)
    await hotline.runUntil(hotline.at('10:20'))
    const { ticket, entitlement } = await ticketOf(hotline)
    expect(ticket).toMatchObject({
      customerName: '',
      customerAddress: '',
      contact: null,
      company: { number: 'K-1001' },
    })
    expect(entitlement).toMatchObject({ kind: 'contract' })
  })

  it('from nobody in the books is taken like any other', async () => {
    const hotline = await desk()
    hotline.network.call(silent('+4989123456789'), hamburg)
    await hotline.runUntil(hotline.at('10:20'))
    const { ticket, entitlement } = await ticketOf(hotline)
    expect(ticket).toMatchObject({ state: 'open', contact: null, company: null })
    expect(entitlement).toEqual({ kind: 'unknown-customer' })
    expect(await hotline.database.callback.count()).toBe(1)
  })

  it('is answered in the language of the books', async () => {
    const hotline = await desk()
    hotline.network.call(silent('+442079460900'), hamburg)
    await hotline.runUntil(hotline.at('10:20'))
    const { ticket } = await ticketOf(hotline)
    expect(ticket).toMatchObject({ language: 'en', company: { number: 'K-1003' } })
  })
})
