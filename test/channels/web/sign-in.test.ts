import { describe, expect, it } from 'vitest'
import { deskKey, deskKeyEnd } from '../../../src/desk/desk-key.ts'
import { ticketPageToken } from '../../../src/desk/promise/ticket-page-token.ts'
import { signInLettersPerHour } from '../../../src/intake/sign-in.ts'
import { openDesk, people } from '../../promises/desk.ts'
import { browserOf, linkFor, openBrowser } from './browser.ts'

const start = '2026-11-24T09:00'
const anna = people.anna.addresses[0]

describe('signing in to the pages for agents', () => {
  it('shows nothing to whoever is not signed in', async () => {
    const browser = openBrowser(await openDesk(start))
    for (const path of ['/desk/customers', '/desk/customers/companies/new', '/desk/customers/nothing'])
      expect((await browser.get(path)).headers.get('location')).toMatch(/\/desk\/sign-in$/)
    expect((await browser.post('/desk/customers/companies/new', { name: 'x' })).status).toBe(303)
  })

  it('brings an agent in by an ordinary letter', async () => {
    const desk = await openDesk(start)
    const browser = openBrowser(desk)
    expect((await browser.get('/desk/sign-in')).body).toContain('name="address"')
    await browser.post('/desk/sign-in', { address: ` ${anna.toUpperCase()} ` })
    await desk.until('09:01')
    const [letter] = await desk.lettersTo('anna', 'sign-in')
    expect(letter?.text).toContain('bis Dienstag, 24. November 2026, 9:15 Uhr (MEZ)')
    const [path = ''] = /\/desk\/sign-in\/[\w-]+/.exec(letter?.text ?? '') ?? []
    const looked = await browser.get(path)
    expect(looked).toMatchObject({ status: 200 })
    expect(looked.body).toContain('Der Link gilt für Anna Fink.')
    expect(looked.headers.getSetCookie()).toEqual([])
    const pressed = await browser.post(path)
    expect(pressed.status).toBe(303)
    expect(pressed.headers.get('set-cookie')).toMatch(
      /^intake-desk=[\w-]+; Path=\/desk; Max-Age=43200; HttpOnly; SameSite=Strict/,
    )
    const { status, body, headers } = await browser.get('/desk/customers')
    expect(status).toBe(200)
    expect(body).toContain('Anna Fink')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).not.toContain('<script')
  })

  it('speaks the language of the agent', async () => {
    const desk = await openDesk(start)
    const browser = await browserOf(desk, 'emma')
    expect((await browser.get('/desk/customers')).body).toContain('<html lang="en">')
  })

  it('answers the same to an address that is nobody’s, and writes nothing', async () => {
    const desk = await openDesk(start)
    const browser = openBrowser(desk)
    const known = await browser.post('/desk/sign-in', { address: anna })
    const unknown = await browser.post('/desk/sign-in', { address: 'stranger@example.org' })
    const empty = await browser.post('/desk/sign-in', {})
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
    expect(empty.body).toBe(known.body)
    expect(await desk.database.letter.count({ where: { kind: 'sign-in' } })).toBe(1)
  })

  it('fills nobody’s mailbox, also when it is asked many times at once', async () => {
    const desk = await openDesk(start)
    const browser = openBrowser(desk)
    await Promise.all(Array.from({ length: 12 }, () => browser.post('/desk/sign-in', { address: anna })))
    const letters = () => desk.database.letter.count({ where: { kind: 'sign-in' } })
    expect(await letters()).toBe(signInLettersPerHour)
    await desk.until('10:05')
    await browser.post('/desk/sign-in', { address: anna })
    expect(await letters()).toBe(signInLettersPerHour + 1)
  })

  it('lets nobody in by a link that is over, forged, another page’s or a session’s', async () => {
    const desk = await openDesk(start)
    const { secret } = desk.config
    const now = desk.clock.now()
    const tomorrow = now.add({ hours: 24 })
    const dead = [
      linkFor(desk, 'anna', now.subtract({ minutes: 16 })),
      `${linkFor(desk, 'anna').slice(0, -1)}1`,
      `/desk/sign-in/${deskKey(secret, 'session', 'anna', deskKeyEnd('session', now))}`,
      `/desk/sign-in/${ticketPageToken(secret, { agent: 'anna', number: '1004711', expiresAt: tomorrow })}`,
      `/desk/sign-in/${deskKey(secret, 'sign-in', 'nobody', deskKeyEnd('sign-in', now))}`,
    ]
    for (const path of dead) {
      const browser = openBrowser(desk)
      expect(await browser.get(path), path).toMatchObject({ status: 404 })
      expect(await browser.post(path), path).toMatchObject({ status: 404 })
      expect(browser.jar.size).toBe(0)
    }
  })

  it('takes no link for a cookie', async () => {
    const desk = await openDesk(start)
    const browser = openBrowser(desk)
    browser.jar.set('intake-desk', linkFor(desk, 'anna').split('/').at(-1) ?? '')
    expect(await browser.get('/desk/customers')).toMatchObject({ status: 303 })
  })

  it('ends after twelve hours, and when the agent signs out', async () => {
    const desk = await openDesk(start)
    const browser = await browserOf(desk, 'anna')
    await desk.until('20:59')
    expect(await browser.get('/desk/customers')).toMatchObject({ status: 200 })
    await desk.until('21:01')
    expect(await browser.get('/desk/customers')).toMatchObject({ status: 303 })
    const other = await browserOf(desk, 'bernd')
    expect((await other.post('/desk/sign-out')).headers.get('location')).toMatch(/\/desk\/sign-in\?out$/)
    expect(other.jar.size).toBe(0)
    expect((await other.get('/desk/sign-in?out')).body).toContain('Sie sind abgemeldet.')
  })

  it('shuts out who is removed or revoked at once', async () => {
    const desk = await openDesk(start)
    const anna = await browserOf(desk, 'anna')
    const bernd = await browserOf(desk, 'bernd')
    const agents = desk.config.agents as Record<string, object>
    agents.anna = { ...agents.anna, tokensSince: '2026-11-25' }
    delete agents.bernd
    expect(await anna.get('/desk/customers')).toMatchObject({ status: 303 })
    expect(await bernd.get('/desk/customers')).toMatchObject({ status: 303 })
  })

  it.each([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
    { origin: '' },
  ])('takes no form that another site sent: %o', async headers => {
    const desk = await openDesk(start)
    const browser = await browserOf(desk, 'anna')
    const fields = { number: 'K-1', name: 'Feind AG', language: '' }
    const refused = await browser.post('/desk/customers/companies/new', fields, headers as never)
    expect(refused.status).toBe(403)
    expect(await browser.post('/desk/sign-out', {}, headers as never)).toMatchObject({ status: 403 })
    expect(await desk.database.company.count()).toBe(0)
    expect(browser.jar.size).toBe(1)
  })
})
