import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PermanentFailure, TransientFailure } from '../../../../src/desk/failure.ts'
import { noon } from '../../../desk/mail-example.ts'
import { open, openCallNow, send } from './world.ts'

let world: Awaited<ReturnType<typeof openCallNow>>

beforeAll(async () => {
  world = await openCallNow()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.failWith(undefined)
  world.setNow(noon)
  world.placed.length = 0
  await world.database.$executeRaw`
    truncate ticket, entry, guarantee, call, call_leg, callback, callback_attempt, refused_dial, letter, ticket_phone cascade`
})

/** Everything that a page could change. */
const everything = () =>
  Promise.all([
    world.database.ticket.findMany(),
    world.database.callback.findMany(),
    world.database.callbackAttempt.findMany(),
    world.database.guarantee.findMany(),
    world.database.entry.findMany(),
    world.database.call.findMany(),
    world.database.letter.findMany(),
  ])

describe('opening the link', () => {
  it('shows number, customer, time left and attempts, and nothing else of the ticket', async () => {
    const { link } = await world.owe()
    const page = await open(link())
    for (const words of [
      'Petra Kunde',
      '040 66969222',
      'heute bis 14:00 Uhr',
      'noch',
      'Jetzt anrufen',
      'keine',
    ])
      expect(page).toContain(words)
    expect(page).not.toContain('Anruf</')
    expect(await open(link('bernd'))).toContain('Call now')
  })

  it('changes nothing, however often link scanners open, probe and prefetch it', async () => {
    const { link } = await world.owe()
    const before = await everything()
    for (const method of ['GET', 'HEAD'])
      for (const headers of [{}, { purpose: 'prefetch', 'sec-purpose': 'prefetch' }])
        expect((await fetch(link(), { method, headers })).status).toBe(200)
    for (const told of ['noted', 'allowed', '__proto__', '<script>'])
      expect((await fetch(`${link()}?told=${encodeURIComponent(told)}`)).status).toBe(200)
    expect(await everything()).toEqual(before)
    expect(world.placed).toEqual([])
  })

  it('is kept by nobody on the way: no cache, no referrer, no index, no script, no frame', async () => {
    const { link } = await world.owe()
    const { headers } = await fetch(link())
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(await open(link())).not.toContain('<script')
  })

  it('says what to do where the link is forged, expired, or somebody else’s', async () => {
    const { link } = await world.owe()
    const forged = `${link().slice(0, -1)}_`
    const expired = link('anna', noon.subtract({ hours: 1 }))
    for (const url of [forged, expired, `${link()}/more`, link().replace(/[^/]+$/, '%E0%A4%A')]) {
      for (const method of ['GET', 'POST']) {
        const response = await fetch(url, { method, redirect: 'manual' })
        expect([400, 404]).toContain(response.status)
        expect(await response.text()).toMatch(/#angerufen|nicht lesbar/)
      }
    }
    expect(world.placed).toEqual([])
  })

  it('shows hostile names as words', async () => {
    const { link } = await world.owe({ customer: '<img src=x onerror=alert(1)>"\u0007\u202E' })
    const page = await open(link())
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    for (const hidden of ['\u0007', '\u202E']) expect(page).not.toContain(hidden)
  })

  it('says how long a promise has been overdue', async () => {
    const { link } = await world.owe()
    const url = link()
    world.setNow(noon.add({ minutes: 137 }))
    expect(await open(url)).toMatch(/seit (\d+ Minuten|\d+ Std\. \d+ Min\.) überfällig/)
  })
})

describe('the button "call now"', () => {
  it('rings the agent first, and the page says that their telephone rings', async () => {
    const { link, callbackId } = await world.owe()
    const { page } = await send(link(), { do: 'call' })
    expect(page).toContain('Ihr Telefon klingelt')
    expect(page).toContain('http-equiv="refresh"')
    expect(world.placed).toMatchObject([{ to: '+494066969111', from: '+494066969100' }])
    expect(await world.database.callbackAttempt.findMany()).toMatchObject([
      { callbackId, agent: 'anna', mode: 'rung', state: 'dialling', activeFor: callbackId },
    ])
    expect(await open(link('bernd'))).toContain('Anna Fink is dealing with this call')
  })

  it('needs no field of the form', async () => {
    const { link } = await world.owe()
    const response = await fetch(link(), { method: 'POST', redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(world.placed).toHaveLength(1)
  })

  it('rings once when it is pressed twice, or by two colleagues at the same moment', async () => {
    const { link } = await world.owe()
    const pages = await Promise.all([send(link()), send(link()), send(link('bernd'))])
    expect(world.placed).toHaveLength(1)
    for (const { page } of pages) expect(page).toMatch(/klingelt|beschäftigt|is ringing|is dealing/)
  })

  it('never ends in silence: whatever keeps us from ringing is said (a "call back" button that does nothing)', async () => {
    const unsure = await world.owe()
    world.failWith(new TransientFailure('unsure', 'no answer'))
    expect((await send(unsure.link())).page).toContain('bitte warten Sie zwei Minuten')
    const refused = await world.owe()
    world.failWith(new PermanentFailure('phone', 'refused'))
    expect((await send(refused.link('bernd'))).page).toContain('We could not connect you')
    world.failWith(undefined)
    const phoneless = await world.owe()
    expect((await send(phoneless.link('carla'))).page).toContain('Bitte wählen Sie selbst')
    const over = await world.owe()
    await world.database.callback.update({
      where: { id: over.callbackId },
      data: { state: 'withdrawn', owedFor: null, endedAt: new Date() },
    })
    expect((await send(over.link())).page).toContain('Dieser Rückruf wird nicht mehr gebraucht.')
    const gone = await world.owe()
    const url = gone.link()
    await world.database.callback.delete({ where: { id: gone.callbackId } })
    expect(await send(url)).toMatchObject({ status: 404, page: expect.stringContaining('gilt nicht') })
  })

  it('says so where the database does not answer as it should', async () => {
    const { link } = await world.owe()
    await world.database.$executeRaw`alter table callback rename to callback_elsewhere`
    const answer = await send(link())
    await world.database.$executeRaw`alter table callback_elsewhere rename to callback`
    expect(answer).toMatchObject({ status: 503, page: expect.stringContaining('hat gerade nicht geklappt') })
  })

  it('says so where the form is too large or is none', async () => {
    const { link } = await world.owe()
    const answer = await send(link(), { do: 'by-hand', remark: 'x'.repeat(20_000) })
    expect(answer).toMatchObject({ status: 413, page: expect.stringContaining('nicht lesbar') })
    expect(world.placed).toEqual([])
    const cut = await new Promise<number | undefined>((resolve, reject) => {
      const url = new URL(link())
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=nonsense' }
      const sent = request(url, { method: 'POST', headers }, response => resolve(response.statusCode))
      sent.on('error', reject)
      sent.end('do=call')
    })
    expect(cut).toBe(415)
  })
})

describe('dialling by hand', () => {
  it('is offered with a number to tap where we cannot ring, and told apart by how it went', async () => {
    const { link, callbackId } = await world.owe()
    expect(await open(link('carla'))).toContain('href="tel:+494066969222"')
    const form = { do: 'by-hand', seen: '0', outcome: 'busy', remark: 'Zentrale <b>' }
    expect((await send(link('carla'), form)).page).toContain('besetzt')
    const spoken = await send(link('carla'), { do: 'by-hand', seen: '1', outcome: 'answered' })
    expect(spoken.page).toContain('Carla Sand hat den Kunden am')
    expect(await world.database.callbackAttempt.findMany({ orderBy: { outcome: 'asc' } })).toMatchObject([
      { agent: 'carla', mode: 'by-hand', outcome: 'answered' },
      { agent: 'carla', mode: 'by-hand', outcome: 'busy' },
    ])
    expect(await world.database.callback.findUnique({ where: { id: callbackId } })).toMatchObject({
      state: 'done',
    })
  })

  it('counts a form that is sent twice once', async () => {
    const { link } = await world.owe()
    const form = { do: 'by-hand', seen: '0', outcome: 'no-answer' }
    await send(link(), form)
    expect((await send(link(), form)).page).toContain('Inzwischen ist schon ein Versuch eingetragen')
    expect(await world.database.callbackAttempt.count()).toBe(1)
  })

  it.each(['', 'cancelled', 'nonsense'])(
    'records nothing for the outcome "%s", and says so',
    async outcome => {
      const { link } = await world.owe()
      const { page } = await send(link(), { do: 'by-hand', seen: '0', outcome })
      expect(page).toContain('Es wurde nichts eingetragen')
      expect(await world.database.callbackAttempt.count()).toBe(0)
    },
  )
})

describe('a number that the guard refuses', () => {
  it('is told with the reason, allowed by a written one alone, and then rung', async () => {
    const { link, callbackId, ticketId } = await world.owe({ number: '+4721234567' })
    const refused = await send(link())
    expect(refused.page).toContain('Das Land steht nicht auf unserer Liste')
    expect((await send(link(), { do: 'allow', reason: ' \n ' })).page).toContain(
      'schreiben Sie eine Begründung',
    )
    expect(world.placed).toEqual([])
    const allowed = await send(link(), { do: 'allow', reason: 'Filiale in Oslo' })
    expect(allowed.page).toContain('Die Nummer ist für diesen Rückruf erlaubt')
    expect(allowed.page).toContain('Jetzt anrufen')
    const row = await world.database.callback.findUniqueOrThrow({ where: { id: callbackId } })
    expect(row.allowedBy).toEqual({ agent: 'anna', reason: 'Filiale in Oslo', at: noon.toString() })
    expect(await world.database.entry.findMany({ where: { kind: 'number-allowed' } })).toMatchObject([
      { ticketId, author: 'anna', text: 'Filiale in Oslo', detail: { refusal: 'country' } },
    ])
    expect((await send(link())).page).toContain('Ihr Telefon klingelt')
  })

  it('stays refused where it is an emergency or our own, whatever anybody writes', async () => {
    const { link, callbackId } = await world.owe({ number: '+494066969100' })
    expect((await send(link())).page).toContain('andere Nummer')
    const answer = await send(link(), { do: 'allow', reason: 'bitte' })
    expect(answer.page).toContain('auch mit einer Begründung nicht')
    const row = await world.database.callback.findUniqueOrThrow({ where: { id: callbackId } })
    expect(row.allowedBy).toBeNull()
  })
})
