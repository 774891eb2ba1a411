import { describe, expect, it } from 'vitest'
import { listSchema, ticketSchema } from '../../../src/channels/api/tickets/schemas.ts'
import { figureResultSchema } from '../../../src/figures/figure-schema.ts'
import { apiConfig, matter, openApi } from './api-server.ts'

describe('reading tickets', () => {
  it('tells state, promises and conversation, and no notes of agents', async () => {
    const { post, get, database } = await openApi()
    const { number } = (await post('crm', '/matters', matter)).body
    const { id } = await database.ticket.findUniqueOrThrow({ where: { number } })
    const entry = { ticketId: id, at: new Date('2026-11-24T10:00:00Z'), author: 'Anna Fink', detail: {} }
    await database.entry.createMany({
      data: [
        { ...entry, id: crypto.randomUUID(), kind: 'agent-note', text: 'Kunde ist schwierig.' },
        { ...entry, id: crypto.randomUUID(), kind: 'agent-answer', text: 'Bitte die Rolle reinigen.' },
      ],
    })
    const { body } = await get('crm', `/tickets/${number}`)
    expect(ticketSchema.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      number,
      state: 'open',
      channel: 'social',
      customer: { phone: '+49401234567' },
    })
    expect(body.promises).toMatchObject([{ kind: 'first-response', state: 'open' }])
    expect(body.conversation.map(({ by }: { by: string }) => by)).toEqual(['customer', 'agent'])
    expect(JSON.stringify(body)).not.toContain('schwierig')
  })

  it('shows a client the departments that it may see, and nothing of the others', async () => {
    const { post, get, database } = await openApi()
    const { number } = (await post('crm', '/matters', matter)).body
    expect((await get('sales', `/tickets/${number}`)).status).toBe(404)
    expect((await get('sales', '/tickets')).body.tickets).toEqual([])
    expect((await get('sales', '/tickets?group=support')).body.tickets).toEqual([])
    await database.ticket.update({ where: { number }, data: { group: 'sales' } })
    expect((await get('sales', `/tickets/${number}`)).status).toBe(200)
    expect((await get('sales', '/tickets')).body.tickets).toHaveLength(1)
  })

  it('gives every ticket once over all pages, also those that changed in one moment', async () => {
    const { post, get } = await openApi()
    for (let i = 0; i < 7; i++) await post('crm', '/matters', { ...matter, text: `Frage ${i} zum Gerät.` })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const { body } = await get('crm', `/tickets?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`)
      expect(listSchema.parse(body)).toEqual(body)
      seen.push(...body.tickets.map(({ number }: { number: string }) => number))
      cursor = body.next
    } while (cursor !== null)
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
    expect((await get('crm', '/tickets?since=2026-11-24T09:00:00%2B00:00')).body.tickets).toHaveLength(7)
    expect((await get('crm', '/tickets?since=2026-11-24T09:00:01Z')).body.tickets).toEqual([])
    expect((await get('crm', '/tickets?state=resolved')).body.tickets).toEqual([])
    for (const bad of ['cursor=eA', 'limit=0', 'limit=x', 'since=yesterday', 'state=lost'])
      expect((await get('crm', `/tickets?${bad}`)).status).toBe(400)
  })
})

describe('figures', () => {
  it('are those of the reports, as JSON and as CSV', async () => {
    const { post, get, url } = await openApi(apiConfig())
    await post('crm', '/matters', matter)
    const { status, body } = await get('crm', '/figures/throughput?from=2026-11-24&to=2026-11-24&by=channel')
    expect(status).toBe(200)
    expect(figureResultSchema.parse(body)).toEqual(body)
    expect(body.slices.map(({ key }: { key: string }) => key)).toEqual(['social'])
    const { tokens } = await import('./api-server.ts')
    const csv = await fetch(`${url}/figures/throughput?format=csv&from=2026-11-24&to=2026-11-24`, {
      headers: { authorization: `Bearer ${tokens.crm}` },
    })
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(await csv.text()).toContain('throughput')
  })

  it('count only departments that the client sees, and refuse in words what cannot be asked', async () => {
    const { post, get } = await openApi()
    await post('crm', '/matters', matter)
    const day = 'from=2026-11-24&to=2026-11-24'
    const own = await get('sales', `/figures/throughput?${day}`)
    expect(own.body.filter).toEqual({ groups: ['sales'] })
    expect(own.body.total[0].value.count).toBe(0)
    expect((await get('sales', `/figures/throughput?${day}&group=support`)).status).toBe(403)
    const backwards = await get('crm', '/figures/throughput?from=2026-11-24&to=2026-11-01')
    expect([backwards.status, backwards.body.code]).toEqual([400, 'invalid-request'])
    expect((await get('crm', '/figures/luck')).body.errors[0]).toMatchObject({ in: 'path', field: 'key' })
  })
})
