import { describe, expect, it } from 'vitest'
import { ticketDossier } from '../../../src/console/tickets.ts'
import { bringIn, contracts } from '../../intake/customers/bring-in.ts'
import { apiConfig, matter, openApi } from './api-server.ts'

describe('posting a matter', () => {
  it('opens a ticket with everything that a mail would have begun', async () => {
    const { post, database, woken } = await openApi()
    const { status, headers, body } = await post('web', '/matters', { ...matter, reference: 'F-17' })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/api/v1/tickets/${body.number}`)
    expect(body.confirmation).toEqual({ send: true })
    expect(body.promises).toEqual([{ kind: 'first-response', dueAt: expect.stringMatching(/^2026-11-24T/) }])
    const ticket = await database.ticket.findUniqueOrThrow({ where: { number: body.number } })
    expect(ticket).toMatchObject({
      ...{ state: 'open', channel: 'form', group: 'support', area: 'printing', mailbox: 'support' },
      ...{ customerAddress: 'petra@kunde.example.com', customerName: 'Petra Lindner' },
      customerPhone: '+49401234567',
      known: { serial: { value: 'AB-4711' } },
      subject: 'der Drucker im ersten Stock zieht kein Papier mehr ein. Seriennummer: AB-4711.',
    })
    const dossier = await ticketDossier(database, body.number)
    expect(dossier?.letters.map(({ kind, recipient }) => [kind, recipient])).toEqual(
      expect.arrayContaining([
        ['auto-reply', 'petra@kunde.example.com'],
        ['agent-notice', 'anna@example.com'],
      ]),
    )
    expect(dossier?.inbounds).toEqual([])
    expect(dossier?.entries.find(({ kind }) => kind === 'customer-words')).toMatchObject({
      author: 'Petra Lindner <petra@kunde.example.com>',
      text: matter.text,
      detail: { channel: 'form', client: 'Web form', reference: 'F-17', opens: true },
    })
    expect(woken).toEqual({ nudges: 1, wakes: 1 })
  })

  it('is done once for one key, also when both requests come at the same moment', async () => {
    const { post, database } = await openApi()
    const both = await Promise.all([
      post('web', '/matters', matter, 'one'),
      post('web', '/matters', matter, 'one'),
      post('web', '/matters', matter, 'one'),
    ])
    expect(both.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(both.map(({ body }) => body.number)).size).toBe(1)
    expect(both.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(2)
    expect(await database.ticket.count()).toBe(1)
    expect(await database.letter.count({ where: { kind: 'auto-reply' } })).toBe(1)
  })

  it('refuses a key that stands for another matter, and one key of two clients is two', async () => {
    const { post, database } = await openApi()
    await post('web', '/matters', matter, 'one')
    const other = await post('web', '/matters', { ...matter, text: 'Etwas anderes.' }, 'one')
    expect([other.status, other.body.code]).toEqual([422, 'key-reused'])
    expect((await post('crm', '/matters', matter, 'one')).status).toBe(201)
    expect(await database.ticket.count()).toBe(2)
  })

  it('names every field that is wrong, and what to send instead', async () => {
    const { post, database } = await openApi()
    const { status, headers, body } = await post('web', '/matters', {
      text: ' ',
      customer: { email: 'nobody', phon: '1' },
      channel: 'fax',
    })
    expect(status).toBe(400)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['/text', '/customer/email', '/customer/phon', '/channel']),
    )
    expect(body.errors.find(({ field }: { field: string }) => field === '/channel').remedy).toContain(
      'in-person',
    )
    expect(await database.ticket.count()).toBe(0)
    expect(await database.apiRequest.count()).toBe(0)
  })

  it('knows the keys of the configuration, and says which there are', async () => {
    const { post } = await openApi()
    const { body } = await post('web', '/matters', {
      ...{ text: 'x', area: 'cooking', mailbox: '__proto__', known: { colour: 'red' } },
      customer: { name: 'P', phone: 'none' },
    })
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: '/area', remedy: 'Send one of: printing.' }),
        expect.objectContaining({ field: '/mailbox', remedy: 'Send one of: support, second.' }),
        expect.objectContaining({ field: '/customer/phone' }),
      ]),
    )
  })

  it('welcomes customers who can only be rung, or reached somewhere else', async () => {
    const { post, database } = await openApi()
    const customer = { name: 'Ein Kunde', handle: '@kunde@social.example' }
    const { body } = await post('crm', '/matters', { text: 'Wann öffnen Sie?', customer })
    expect(body.confirmation).toEqual({ send: false, because: 'it names no address to answer to' })
    const ticket = await database.ticket.findUniqueOrThrow({ where: { number: body.number } })
    expect(ticket).toMatchObject({ channel: 'social', customerName: 'Ein Kunde', customerAddress: '' })
    const nobody = await post('crm', '/matters', { text: 'Wann öffnen Sie?', customer: {} })
    expect(nobody.body.errors[0].field).toBe('/customer')
  })

  it('recognises by the number alone whom the customers’ books know', async () => {
    const { post, database, desk } = await openApi(apiConfig({ contracts }))
    await bringIn(database, desk.config)
    const customer = { phone: '0171 3920099' }
    const { body } = await post('crm', '/matters', { text: 'Wann kommt der Techniker?', customer })
    const ticket = await database.ticket.findUniqueOrThrow({
      where: { number: body.number },
      include: { company: true, contact: true },
    })
    expect([ticket.company?.number, ticket.contact?.name]).toEqual(['K-1001', 'Eva Lang'])
    const notice = await database.letter.findFirstOrThrow({ where: { kind: 'agent-notice' } })
    expect(notice.data).toMatchObject({ phone: '+491713920099', told: { channel: 'social', client: 'CRM' } })
  })

  it('keeps to the budgets of automatic answers, and never answers itself', async () => {
    const { post, database } = await openApi(apiConfig({ budgets: { addressPerHour: 2 } }))
    const answers = []
    for (let i = 0; i < 3; i++)
      answers.push((await post('web', '/matters', { ...matter, text: `Frage ${i}` })).body)
    expect(answers.map(({ confirmation }) => confirmation.send)).toEqual([true, true, false])
    const own = await post('web', '/matters', { text: 'x', customer: { email: 'support@example.com' } })
    expect(own.body.confirmation).toEqual({ send: false, because: 'the answer would go to ourselves' })
    expect(await database.letter.count({ where: { recipient: 'support@example.com' } })).toBe(0)
  })

  it('counts promises from when the customer said it, within a week', async () => {
    const { post } = await openApi()
    const early = await post('web', '/matters', { ...matter, receivedAt: '2026-11-24T08:00:00Z' })
    const now = await post('web', '/matters', matter)
    expect(early.body.promises[0].dueAt < now.body.promises[0].dueAt).toBe(true)
    const long = await post('web', '/matters', { ...matter, receivedAt: '2026-10-24T08:00:00Z' })
    expect([long.status, long.body.errors[0].field]).toEqual([400, '/receivedAt'])
  })
})

describe('further words', () => {
  it('join the ticket, reopen a closed one, and open a new one after a long time', async () => {
    let now = Temporal.Instant.from('2026-11-24T09:00:00Z')
    const { post, database } = await openApi(apiConfig(), () => now)
    const { number } = (await post('crm', '/matters', matter)).body
    const path = `/tickets/${number}/words`
    expect((await post('crm', path, { text: 'Auch der zweite Drucker.' })).body).toEqual({
      number,
      result: 'added',
    })
    const close = (at: string) =>
      database.ticket.update({ where: { number }, data: { state: 'resolved', closedAt: new Date(at) } })
    await close('2026-11-24T09:00:00Z')
    expect((await post('crm', path, { text: 'Es geht wieder nicht.', author: 'Jan' })).body.result).toBe(
      'reopened',
    )
    expect((await database.ticket.findUniqueOrThrow({ where: { number } })).state).toBe('open')
    await close('2026-11-24T09:00:00Z')
    now = Temporal.Instant.from('2027-06-01T09:00:00Z')
    const late = await post('crm', path, { text: 'Und noch einmal.' })
    expect(late.body.result).toBe('opened')
    expect(late.body.number).not.toBe(number)
    const followed = await database.ticket.findUniqueOrThrow({ where: { number: late.body.number } })
    const first = await database.ticket.findUniqueOrThrow({ where: { number } })
    expect(followed).toMatchObject({ followsId: first.id, customerAddress: 'petra@kunde.example.com' })
    const said = await database.entry.findMany({ where: { kind: 'customer-words', ticketId: first.id } })
    expect(said.map(({ author }) => author).toSorted()).toEqual([
      'Jan',
      'Petra Lindner',
      'Petra Lindner <petra@kunde.example.com>',
    ])
  })

  it('keep the thread of mails that the customer began', async () => {
    const { post, desk, database } = await openApi()
    const { takeIn } = await import('../../../src/intake/take-in.ts')
    const { arrival } = await import('../../intake/desk.ts')
    const [taken] = await takeIn(desk.deps, [arrival(1)])
    const number = taken?.ticketNumber ?? ''
    const before = await database.ticket.findUniqueOrThrow({ where: { number } })
    await post('crm', `/tickets/${number}/words`, { text: 'Noch etwas.' })
    const after = await database.ticket.findUniqueOrThrow({ where: { number } })
    expect(after.customerThread).toEqual(before.customerThread)
    expect(before.customerThread).toMatchObject({ messageId: '<mail1@kunde.example.com>' })
  })

  it('go to the target of a merged ticket, and nowhere where the client sees nothing', async () => {
    const { post, database } = await openApi()
    const one = (await post('crm', '/matters', matter)).body.number
    const two = (await post('crm', '/matters', matter)).body.number
    const target = await database.ticket.findUniqueOrThrow({ where: { number: two } })
    await database.ticket.update({
      where: { number: one },
      data: { mergedIntoId: target.id, state: 'resolved', closedAt: new Date('2026-11-24T09:00:00Z') },
    })
    expect((await post('crm', `/tickets/${one}/words`, { text: 'x' })).body.number).toBe(two)
    expect((await post('sales', `/tickets/${two}/words`, { text: 'x' })).status).toBe(404)
    expect((await post('crm', '/tickets/99999999/words', { text: 'x' })).status).toBe(404)
  })
})
