import { expect, it } from 'vitest'
import { payloadSchemas } from '../../../src/channels/api/webhooks/document.ts'
import { eventTypes } from '../../../src/desk/webhooks/events.ts'
import { createEndpoint } from '../../../src/intake/webhooks/endpoints.ts'
import { sendEvents } from '../../../src/intake/webhooks/send-events.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { openDesk, petra } from '../../promises/desk.ts'

/** A matter from its first mail to its second end, as another system hears of it. */
it('another system hears of everything that happens to a matter, and of which promises it kept', async () => {
  const crm = { name: 'CRM', token: 'x'.repeat(32), may: ['subscribe'], mailbox: 'support' }
  const desk = await openDesk('2026-11-24T09:00', { config: { api: { clients: { crm } } } })
  const { database, config, deps } = desk
  const url = 'https://crm.example.com/hook'
  const subscribe = (types: typeof eventTypes) =>
    inTransaction(database, tx => createEndpoint(tx, 'crm', { url, types }, desk.clock.now()))
  const all = await subscribe(eventTypes)
  const promises = await subscribe(['promise.kept', 'promise.broken'])
  const heard: { readonly id: string; readonly type: string; readonly data: Record<string, unknown> }[] = []
  const listen = async () => {
    heard.length = 0
    await sendEvents({
      ...{ database, config, now: deps.now, log: deps.log },
      post: async ({ id, body }) => {
        const event = JSON.parse(body)
        expect(payloadSchemas[event.type]?.parse(event)).toEqual(event)
        const { endpointId } = await database.webhookDelivery.findUniqueOrThrow({ where: { id } })
        heard.push({ ...event, id: endpointId })
        return { status: 204 }
      },
    })
    const of = (endpoint: string | undefined) =>
      heard.filter(({ id }) => id === endpoint).map(({ type }) => type)
    return { all: of(all?.id), promises: of(promises?.id) }
  }

  const { ticketNumber = '' } = await desk.mail(petra, 'Drucker', 'Guten Tag, der Drucker zieht nichts ein.')
  expect((await listen()).all[0]).toBe('ticket.opened')
  expect(heard[0]?.data).toMatchObject({ ticket: ticketNumber, group: 'support', channel: 'mail' })

  await desk.until('09:20')
  await desk.answer('anna', 'Guten Tag Frau Lindner, bitte reinigen Sie die Rolle.')
  const answered = await listen()
  expect(answered.all).toContain('ticket.answered')
  expect(answered.promises).toEqual(['promise.kept'])
  expect(heard.find(({ type }) => type === 'ticket.answered')?.data.promises).toContainEqual(
    expect.objectContaining({ kind: 'first-response', state: 'kept' }),
  )

  await desk.until('09:40')
  await desk.mail(petra, `Re: [#${ticketNumber}] Drucker`, 'Das hat nicht geholfen.')
  expect((await listen()).all).toContain('ticket.customer-wrote')

  await desk.answer('anna', '#eskalieren! 2 kommt nicht weiter')
  expect((await listen()).all).toContain('ticket.escalated')

  await desk.answer('anna', '#ergebnis Die Rolle ist getauscht.\n#erledigt')
  const closed = await listen()
  expect(closed.all.filter(type => type === 'ticket.closed')).toEqual(['ticket.closed'])
  expect(heard.find(({ type }) => type === 'ticket.closed')?.data).toMatchObject({ how: 'solved' })
  expect(closed.promises).toContain('promise.kept')

  await desk.until('2026-11-25 10:00')
  await listen()
  await desk.mail(
    petra,
    `Re: [#${ticketNumber}] Drucker`,
    'Leider geht es wieder nicht, bitte sehen Sie nach.',
  )
  expect((await listen()).all).toContain('ticket.reopened')

  const { ticketNumber: late = '' } = await desk.mail(petra, 'Anderes', 'Guten Tag, der Scanner ist dunkel.')
  await desk.until('2026-11-26 10:00')
  const later = await listen()
  expect(later.all).toContain('promise.broken')
  const lost = heard.filter(
    ({ id, type, data }) => id === promises?.id && type === 'promise.broken' && data.ticket === late,
  )
  expect(lost[0]?.data).toMatchObject({
    ...{ promise: 'first-response', dueAt: '2026-11-25T11:00:00.000Z' },
    promises: expect.arrayContaining([expect.objectContaining({ kind: 'first-response', state: 'broken' })]),
  })
  // Each of them is told once, also where the apology of the same moment ends something as well.
  const broken = (await desk.promises(late)).filter(({ state }) => state === 'broken')
  expect(lost.map(({ data }) => data.dueAt)).toEqual(broken.map(({ dueAt }) => dueAt))
})
