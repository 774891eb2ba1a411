import { describe, expect, it } from 'vitest'
import { ackToken } from '../../../src/desk/promise/ack-token.ts'
import { openDesk, petra } from '../../promises/desk.ts'

async function waiting() {
  const desk = await openDesk('2026-11-24T09:00', { config: { policy: { targets: [], levels: [] } } })
  const { ticketNumber = '' } = await desk.mail(
    petra,
    '<b>Drucker</b> steht',
    'Der Drucker druckt nicht mehr.',
  )
  await desk.answer('anna', '#eskalation Die Messe beginnt morgen.')
  await desk.until('09:05')
  const [escalation] = await desk.escalations(ticketNumber)
  const token = (agent: string, hours = 24) =>
    ackToken(desk.config.secret, {
      ...{ agent, escalationId: escalation?.id ?? '' },
      expiresAt: desk.clock.now().add({ hours }),
    })
  const ask = async (method: string, tokenText: string) => {
    const path = `${desk.url}/ack/${tokenText}`
    const response = await desk.clock.during(fetch(path, { method, redirect: 'manual' }))
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
  return { desk, ticketNumber, token, ask }
}

describe('the page of an escalation', () => {
  it('shows the matter, and changes nothing by being opened', async () => {
    const { desk, ticketNumber, token, ask } = await waiting()
    const { status, headers, body } = await ask('GET', token('clara'))
    expect(status).toBe(200)
    expect(body).toContain(ticketNumber)
    expect(body).toContain('2, Spezialisten')
    expect(body).toContain('heute bis 9:30 Uhr')
    expect(body).toContain('&lt;b&gt;Drucker')
    expect(body).toContain('<form method="post">')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(await desk.escalations(ticketNumber)).toMatchObject([{ state: 'waiting' }])
  })

  it('acknowledges once, however often the form is sent and by whom', async () => {
    const { desk, ticketNumber, token, ask } = await waiting()
    const sent = await ask('POST', token('clara'))
    expect(sent).toMatchObject({ status: 303 })
    expect(sent.headers.get('location')).toBe(`./${token('clara')}`)
    const [before] = await desk.escalations(ticketNumber)
    expect(before).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'clara', acknowledgedHow: 'link' })
    await ask('POST', token('clara'))
    await ask('POST', token('kim'))
    expect(await desk.escalations(ticketNumber)).toEqual([before])
    expect((await ask('GET', token('clara'))).body).toContain('Sie haben dieses Ticket übernommen')
    const other = (await ask('GET', token('kim'))).body
    expect(other).toContain('Clara Voss hat dieses Ticket bereits übernommen')
    expect(other).not.toContain('<form')
    expect(await desk.database.entry.count({ where: { kind: 'escalation-acknowledged' } })).toBe(1)
  })

  it('lets nobody acknowledge for a level that is not theirs', async () => {
    const { desk, ticketNumber, token, ask } = await waiting()
    expect((await ask('GET', token('dirk'))).body).not.toContain('<form')
    await ask('POST', token('dirk'))
    expect((await ask('GET', token('dirk'))).body).toContain('Bestätigen kann nur')
    expect(await desk.escalations(ticketNumber)).toMatchObject([{ state: 'waiting' }])
  })

  it('says where the matter is when it has been passed on meanwhile', async () => {
    const { desk, token, ask } = await waiting()
    const link = token('clara')
    await desk.until('09:35')
    await ask('POST', link)
    expect((await ask('GET', link)).body).toContain('Es liegt inzwischen bei Stufe 3')
  })

  it.each(['GET', 'POST'])('opens nothing by a link that is forged or over: %s', async method => {
    const { token, ask, desk, ticketNumber } = await waiting()
    for (const dead of [
      `${token('clara').slice(0, -1)}1`,
      token('clara', -1),
      'x',
      '..%2fack',
      token('nobody'),
    ])
      expect(await ask(method, dead)).toMatchObject({ status: 404 })
    expect(await desk.escalations(ticketNumber)).toMatchObject([{ state: 'waiting' }])
  })
})
