import { describe, expect, it } from 'vitest'
import { ticketPageToken } from '../../../src/desk/promise/ticket-page-token.ts'
import { openDesk, people, petra } from '../../promises/desk.ts'

async function opened(options: Parameters<typeof openDesk>[1] = {}) {
  const desk = await openDesk('2026-11-24T09:00', options)
  const { ticketNumber: number = '' } = await desk.mail(
    petra,
    '<b>Drucker</b> steht',
    'Der Drucker druckt nicht mehr.',
  )
  const { id: ticketId } = await desk.database.ticket.findFirstOrThrow({ where: { number } })
  const token = (agent = 'anna', hours = 24, ticket = number) =>
    ticketPageToken(desk.config.secret, {
      ...{ agent, number: ticket },
      expiresAt: desk.clock.now().add({ hours }),
    })
  const ask = async (method: string, link: string, fields?: Record<string, string>) => {
    const body = fields && { body: new URLSearchParams(fields) }
    const response = await desk.clock.during(
      fetch(`${desk.url}/ticket/${link}`, { method, redirect: 'manual', ...body }),
    )
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
  const shown = async (link = token()) =>
    /name="shown" value="(\d+)"/.exec((await ask('GET', link)).body)?.[1] ?? ''
  const entries = (kind: string) => desk.database.entry.findMany({ where: { ticketId, kind } })
  const row = () => desk.database.ticket.findUniqueOrThrow({ where: { id: ticketId } })
  return { desk, number, ticketId, token, ask, shown, entries, row }
}

describe('the page of a ticket', () => {
  it('shows how the matter stands, with its promises and how their time came about', async () => {
    const { number, token, ask } = await opened()
    const { status, headers, body } = await ask('GET', token())
    expect(status).toBe(200)
    expect(body).toContain(number)
    expect(body).toContain('Petra Lindner')
    expect(body).toContain('noch 120 Büromin.')
    expect(body).toContain('eingegangen Di. 9:00')
    expect(body).toContain('&lt;b&gt;Drucker&lt;/b&gt;')
    expect(body).not.toContain('<b>')
    expect(body).not.toContain('<script')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('speaks the language of the agent who reads it', async () => {
    const { token, ask } = await opened()
    const { body } = await ask('GET', token('emma'))
    expect(body).toContain('<html lang="en">')
    expect(body).toContain('Running promises')
  })

  it.each(['GET', 'HEAD'])('changes nothing by being opened: %s', async method => {
    const { desk, token, ask } = await opened()
    const all = async () => [
      await desk.database.entry.findMany({ orderBy: { id: 'asc' } }),
      await desk.database.ticket.findMany(),
      await desk.database.guarantee.findMany({ orderBy: { id: 'asc' } }),
      await desk.database.letter.count(),
    ]
    const before = await all()
    expect(await ask(method, token())).toMatchObject({ status: 200 })
    expect(await all()).toEqual(before)
  })

  it('records a measure once in the name of the agent, however often the form is sent', async () => {
    const { token, ask, shown, entries } = await opened()
    const text = 'Toner <img src=x> war leer.\nGetauscht.'
    const form = { do: 'measure', shown: await shown(), of: 'cause', text }
    const sent = await Promise.all([1, 2, 3].map(() => ask('POST', token(), form)))
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(sent[0]?.headers.get('location')).toBe(`./${token()}?told=recorded`)
    expect(await entries('measure')).toMatchObject([{ author: 'anna', text, detail: { of: 'cause' } }])
    const { body } = await ask('GET', `${token()}?told=recorded`)
    expect(body).toContain('Danke, das ist eingetragen.')
    expect(body).toContain('Toner &lt;img src=x&gt; war leer.<br>Getauscht.')
    expect(body).not.toContain('<img')
  })

  it('records the measures of two people, and another one of the same person', async () => {
    const { token, ask, shown, entries } = await opened()
    const form = { do: 'measure', shown: await shown(), of: 'result', text: 'Er druckt wieder.' }
    await ask('POST', token('anna'), form)
    await ask('POST', token('bernd'), form)
    await ask('POST', token('anna'), { ...form, of: 'redress' })
    expect((await entries('measure')).map(({ author }) => author).sort()).toEqual(['anna', 'anna', 'bernd'])
  })

  it('sends a status update to the customer once, which keeps the promise of one', async () => {
    const { desk, number, token, ask, shown, entries } = await opened()
    const form = {
      ...{ do: 'status', shown: await shown() },
      ...{ done: 'Der Techniker ist unterwegs.', next: 'Er tauscht das Laufwerk.' },
    }
    for (const _ of [1, 2])
      expect((await ask('POST', token(), form)).headers.get('location')).toContain('told=told')
    expect(await entries('status-update')).toMatchObject([
      { author: 'anna', text: 'Der Techniker ist unterwegs.' },
    ])
    const updates = (await desk.promises(number)).filter(({ kind }) => kind === 'status-update')
    expect(updates.map(({ state }) => state).sort()).toEqual(['kept', 'open'])
    await desk.until('09:05')
    const letters = (await desk.letters(petra.address)).filter(({ kind }) => kind === 'status-update')
    expect(letters.map(({ text }) => text)).toEqual([expect.stringContaining('Der Techniker ist unterwegs.')])
  })

  it('sends nothing to the customer that comes out of an internal letter', async () => {
    const { desk, token, ask, shown, entries } = await opened()
    const form = { do: 'status', shown: await shown(), next: '' }
    for (const done of [
      `Siehe ${desk.url}/ticket/${token()}`,
      'igx-intern-internal',
      '> Guten Tag\n> Ihr Drucker',
    ])
      expect((await ask('POST', token(), { ...form, done })).headers.get('location')).toContain(
        'told=internal',
      )
    const result = { do: 'measure', shown: await shown(), of: 'result', text: 'igx-intern-internal' }
    expect((await ask('POST', token(), result)).headers.get('location')).toContain('told=internal')
    expect([...(await entries('status-update')), ...(await entries('measure'))]).toEqual([])
  })

  it('moves promises and level by another severity, and no old page undoes that', async () => {
    const { desk, number, token, ask, entries, row } = await opened()
    const was = { 'was-severity': '', 'was-customerSeverity': '', 'was-impact': '' }
    const form = {
      do: 'classify',
      ...was,
      severity: 'stopped',
      customerSeverity: '',
      impact: 'financial-loss',
    }
    expect((await ask('POST', token(), form)).headers.get('location')).toContain('told=changed')
    expect(await row()).toMatchObject({ severity: 'stopped', impact: 'financial-loss', level: 2 })
    expect(await row()).toMatchObject({ customerSeverity: null })
    const [first] = (await desk.promises(number)).filter(({ kind }) => kind === 'first-response')
    expect(first).toMatchObject({ dueAt: '2026-11-24T09:00:00.000Z' })
    const stale = { ...form, severity: 'minor', impact: '' }
    expect((await ask('POST', token('bernd'), stale)).headers.get('location')).toContain('told=unchanged')
    expect(await row()).toMatchObject({ severity: 'stopped' })
    expect(await entries('command-severity')).toMatchObject([
      { author: 'anna', detail: { value: 'stopped' } },
    ])
  })

  it.each([
    { do: 'measure', of: 'gossip', text: 'x' },
    { do: 'measure', of: 'cause', text: '   ' },
    { do: 'measure', of: 'cause', text: 'x'.repeat(4001) },
    { do: 'status', done: '', next: 'x' },
    { do: 'close' },
  ])('records nothing by halves: %o', async form => {
    const { token, ask, ticketId, desk } = await opened()
    const before = await desk.database.entry.count({ where: { ticketId } })
    const fields = form as unknown as Record<string, string>
    expect((await ask('POST', token(), fields)).headers.get('location')).toContain('told=incomplete')
    expect(await desk.database.entry.count({ where: { ticketId } })).toBe(before)
  })

  it('reads no form that is larger than anybody types', async () => {
    const { token, ask, entries } = await opened()
    const form = { do: 'measure', of: 'cause', text: 'x'.repeat(40_000) }
    expect(await ask('POST', token(), form)).toMatchObject({ status: 413 })
    expect(await entries('measure')).toEqual([])
  })

  it('says what is missing for closing a matter that had risen', async () => {
    const { token, ask, row } = await opened({
      config: {
        policy: { targets: [], levels: [], closingNeeds: { fromLevel: 1, entries: ['cause', 'result'] } },
      },
    })
    expect((await ask('GET', token())).body).toContain('Zum Schließen fehlt noch: Ursache, Ergebnis.')
    await ask('POST', token(), { do: 'measure', of: 'cause', text: 'Toner leer' })
    expect((await ask('GET', token())).body).toContain('Zum Schließen fehlt noch: Ergebnis.')
    expect(await row()).toMatchObject({ state: 'open' })
  })

  it('only shows a ticket that is closed', async () => {
    const { desk, token, ask, shown, entries } = await opened()
    const form = { do: 'measure', shown: await shown(), of: 'cause', text: 'zu spät' }
    await desk.answer('anna', '#erledigt')
    const { status, body } = await ask('GET', token())
    expect(status).toBe(200)
    expect(body).toContain('Dieses Ticket ist geschlossen')
    expect(body).not.toContain('<form')
    expect((await ask('POST', token(), form)).headers.get('location')).toContain('told=closed')
    expect(await entries('measure')).toEqual([])
  })

  it.each(['GET', 'POST'])('opens nothing by a link that is forged or over: %s', async method => {
    const { token, ask, entries } = await opened()
    const form = method === 'POST' ? { do: 'measure', of: 'cause', text: 'x' } : undefined
    for (const dead of [
      `${token().slice(0, -1)}1`,
      token('anna', -1),
      token('anna', 24, '9999999'),
      token('somebody-who-left'),
      'x',
      '..%2fticket',
    ])
      expect(await ask(method, dead, form)).toMatchObject({ status: 404 })
    expect(await entries('measure')).toEqual([])
  })

  it('opens nothing by a link that was made before the tokens of its agent were revoked', async () => {
    const agents = { ...people, anna: { ...people.anna, tokensSince: '2026-11-25' } }
    const { token, ask } = await opened({ config: { agents } })
    expect(await ask('GET', token('anna', 24))).toMatchObject({ status: 404 })
    expect(await ask('GET', token('bernd', 24))).toMatchObject({ status: 200 })
  })

  it('is linked in the letter about a ticket, good for its reader', async () => {
    const { desk, ask, number } = await opened()
    const [letter] = await desk.lettersTo('bernd', 'agent-notice')
    const [, link = ''] = /\/ticket\/([\w-]+)/.exec(letter?.text ?? '') ?? []
    const { status, body } = await ask('GET', link)
    expect(status).toBe(200)
    expect(body).toContain(number)
    await ask('POST', link, { do: 'measure', of: 'cause', text: 'x' })
    expect(await desk.database.entry.findFirst({ where: { kind: 'measure' } })).toMatchObject({
      author: 'bernd',
    })
  })
})
