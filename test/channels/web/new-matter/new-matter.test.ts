import { describe, expect, it } from 'vitest'
import { configSchema } from '../../../../src/config/schema.ts'
import { bringIn, contracts } from '../../../intake/customers/bring-in.ts'
import { openDesk } from '../../../promises/desk.ts'
import { browserOf, openBrowser } from '../browser.ts'

const path = '/desk/new'

/** The whole desk with Anna signed in. */
async function opened() {
  const desk = await openDesk('2026-11-24T09:00')
  const browser = await browserOf(desk, 'anna')
  const keyOf = async () => /name="key" value="([^"]+)"/.exec((await browser.get(path)).body)?.[1] ?? ''
  return { desk, browser, keyOf, database: desk.database }
}

const told = { channel: 'in-person', text: 'Die Tür klemmt.\r\nSeit gestern.', name: 'Petra Lindner' }

describe('the form for a new matter', () => {
  it('opens a ticket that says who took it down, and tells its number and promises', async () => {
    const { browser, keyOf, database, desk } = await opened()
    const sent = { ...told, key: await keyOf(), phone: '040 1234567', address: 'petra@kunde.example.com' }
    const answer = await browser.post(path, sent)
    expect(answer.status).toBe(303)
    const ticket = await database.ticket.findFirstOrThrow({ include: { entries: true } })
    expect(answer.headers.get('location')).toBe(`${path}?opened=${ticket.number}`)
    expect(ticket).toMatchObject({
      channel: 'in-person',
      subject: 'Die Tür klemmt.',
      customerPhone: '+49401234567',
    })
    expect(ticket.entries).toContainEqual(
      expect.objectContaining({
        kind: 'customer-words',
        text: 'Die Tür klemmt.\nSeit gestern.',
        detail: { agent: 'anna', channel: 'in-person', opens: true },
      }),
    )
    const kinds = (await desk.promises(ticket.number)).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['first-response', 'resolution', 'status-update'])
    const page = (await browser.get(`${path}?opened=${ticket.number}`)).body
    expect(page).toContain(`Das Ticket ${ticket.number} ist angelegt.`)
    const [, link = ''] = /href="([^"]*\/ticket\/[\w-]+)"/.exec(page) ?? []
    expect((await browser.get(link)).body).toContain(ticket.number)
  })

  it('brings the agents a notice that says so, and an answer to it reaches the customer', async () => {
    const { browser, keyOf, desk } = await opened()
    await browser.post(path, { ...told, key: await keyOf(), address: 'petra@kunde.example.com' })
    await desk.until('09:05')
    const [notice] = await desk.lettersTo('bernd', 'agent-notice')
    expect(notice?.text).toContain('Gemeldet:         im persönlichen Gespräch, aufgenommen von Anna Fink')
    const [receipt] = await desk.letters('petra@kunde.example.com')
    expect(receipt?.kind).toBe('auto-reply')
    await desk.answer('bernd', 'Wir kommen heute noch vorbei.', notice)
    await desk.until('09:10')
    const answers = (await desk.letters('petra@kunde.example.com')).filter(
      ({ kind }) => kind === 'agent-answer',
    )
    expect(answers.map(({ text }) => text)).toEqual([
      expect.stringContaining('Wir kommen heute noch vorbei.'),
    ])
  })

  it('counts once, however often it is sent, also at the same moment', async () => {
    const { browser, keyOf, database } = await opened()
    const key = await keyOf()
    const sent = [1, 2, 3].map(() => browser.post(path, { ...told, key }))
    const answers = await Promise.all(sent)
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
    expect(await database.ticket.count()).toBe(1)
  })

  it('comes back with everything that was filled in, and every fault beside its field', async () => {
    const { browser, database } = await opened()
    const bad = { ...told, text: '', address: 'petra@', phone: 'keine', subject: '<script>"' }
    const { status, body } = await browser.post(path, bad)
    expect(status).toBe(422)
    expect(body.match(/class="fault"/g)).toHaveLength(3)
    expect(body).toContain('value="&lt;script&gt;&quot;"')
    expect(body).not.toContain('<script>')
    expect(body).toContain('value="Petra Lindner"')
    const nobody = await browser.post(path, { channel: 'chat', text: 'Hallo?' })
    expect(nobody.body).toContain('Bitte nennen Sie einen Namen')
    expect((await browser.post(path, { ...told, area: '__proto__' })).status).toBe(422)
    expect(await database.ticket.count()).toBe(0)
  })

  it('changes nothing when it is only looked at, for strangers, or sent by another site', async () => {
    const { desk, browser, database } = await opened()
    await browser.get(`${path}?channel=in-person&text=x&name=y`)
    const stranger = await openBrowser(desk).post(path, told)
    expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/desk/sign-in'])
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await browser.post(path, told, foreign)).status).toBe(403)
    expect(await database.ticket.count()).toBe(0)
  })

  it('takes both views of the severity, the serial number and the answers to the checklist', async () => {
    const { browser, keyOf, database, desk } = await opened()
    const [type = ''] = Object.keys(desk.config.requestTypes)
    const { body } = await browser.post(path, {
      ...told,
      do: 'look',
      requestType: type,
      address: 'x@example.net',
    })
    const asked = [...body.matchAll(/name="known\.(\w+)"/g)].flatMap(([, key]) => key ?? [])
    expect(asked.length).toBeGreaterThan(0)
    expect(await database.ticket.count()).toBe(0)
    const [key = ''] = asked
    const sent = { ...told, key: await keyOf(), requestType: type, serial: 'AB-4711' }
    const views = { severity: 'stopped', customerSeverity: 'hindered' }
    expect((await browser.post(path, { ...sent, ...views, [`known.${key}`]: 'Halle 4' })).status).toBe(303)
    const ticket = await database.ticket.findFirstOrThrow({ include: { entries: true } })
    expect(ticket).toMatchObject({ ...views, requestType: type, known: { [key]: { value: 'Halle 4' } } })
    expect(ticket.entries.find(({ kind }) => kind === 'customer-words')?.detail).toMatchObject({
      ...views,
      serial: 'AB-4711',
    })
    const bad = await browser.post(path, { ...sent, severity: 'fatal', 'known.nothing': 'x' })
    expect([bad.status, bad.body.match(/class="fault"/g)?.length]).toEqual([422, 2])
    expect(await database.ticket.count()).toBe(1)
  })

  it('shows whose customer that is, and the entitlement, before anything is saved', async () => {
    const { browser, database, desk } = await opened()
    await bringIn(database, { ...desk.config, contracts: configSchema.shape.contracts.parse(contracts) })
    const look = async (fields: Record<string, string>) =>
      (await browser.post(path, { ...told, do: 'look', ...fields })).body
    const known = await look({ phone: '0171 3920099' })
    expect(known).toMatch(/id="books".*K-1001.*Eva Lang.*Anspruch/s)
    expect(await look({ phone: '040 999999' })).toContain('steht niemand im Kundenbuch')
    expect(known).toContain('Die Tür klemmt.')
    expect(await database.ticket.count()).toBe(0)
  })
})
