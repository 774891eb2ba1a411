import { describe, expect, it } from 'vitest'
import { callNowToken } from '../../src/desk/phone/call-now-token.ts'
import type { PhoneProvider } from '../../src/desk/phone/provider.ts'
import { reconcileCalls } from '../../src/intake/calls/reconcile.ts'
import { agent, caller, customer } from '../../src/sandbox/telephone/actors.ts'
import { callNow, ringsAt, tasksOf, triesOf } from './books.ts'
import { type HotlineTest, hamburg, openHotline, phones, woking } from './hotline.ts'
import { mailTo } from './known-customer.ts'
import { openMailDesk } from './mail-desk.ts'
import { ring, toldOf } from './promised.ts'

/** The provider's troubles, whom we never ring, and languages: rows 34 to 37 of the list of failure modes. */

const morning = '2026-11-24T10:00'
const evening = '2026-11-24T18:00'

/** Somebody rang while nobody could take it, and Anna has to ring back. */
async function owedToAnna(more: Parameters<typeof openHotline>[1] = {}) {
  const hotline = await openHotline(morning, more)
  const { network } = hotline
  network.connect(phones.bernd, agent('bernd', { key: '2' }))
  network.connect(phones.anna, agent('anna', { key: '2' }))
  const rung = await ring(hotline, phones.mobile, hamburg)
  const { callback, ...owed } = { ...rung, callback: await hotline.database.callback.findFirstOrThrow() }
  return { hotline, ...owed, callbackId: callback.id, agent: callback.agent ?? '' }
}

/** The page behind the link, after a form was sent or without one. */
async function page(hotline: HotlineTest, callbackId: string, key: string, form?: Record<string, string>) {
  const expiresAt = hotline.clock.now().add({ hours: 1 })
  const token = callNowToken(hotline.config.secret, { agent: key, callbackId, expiresAt })
  const address = `${hotline.url}/phone/call-now/${token}`
  if (!form) return (await fetch(address)).text()
  const sent = hotline.clock.during(
    fetch(address, { method: 'POST', body: new URLSearchParams(form), redirect: 'follow' }),
  )
  return (await sent).text()
}

describe('a provider that places no calls', () => {
  it.each([
    ['refuses', { do: 'refuse', status: 503, code: 20_503 } as const],
    ['is hidden by something that answers in HTML', { do: 'html', status: 503 } as const],
  ])(
    'row 34: that %s is rung round: agents dial by hand, with the deadline before them, and the alarm is raised',
    async (_, fate) => {
      const { hotline, callbackId, agent: key, callbackDueAt } = await owedToAnna()
      const { network, database } = hotline
      network.knobs.rest.always('calls.create', fate)
      await callNow(hotline, key)
      await hotline.runUntil(hotline.at('10:10'))
      const tries = await triesOf(hotline)
      expect(tries.length).toBeGreaterThanOrEqual(3)
      expect(new Set(tries)).toEqual(new Set([`${key}: not-placed`]))
      expect(ringsAt(hotline, phones.mobile)).toBe(0)
      const alarms = await mailTo(hotline, 'admin@example.com')
      expect(alarms.map(({ subject = '' }) => subject)).toEqual([expect.stringMatching(/./)])
      expect(await database.letter.findMany({ where: { kind: 'alarm' } })).toMatchObject([
        { data: { event: 'phone-down', code: 'phone-provider-down' } },
      ])
      expect((await tasksOf(hotline)).at(-1)).toBe(`${key}: retry`)
      const [task] = (await mailTo(hotline, `${key}@example.com`)).slice(-1)
      expect(task?.text).toContain('heute bis 12:00 Uhr')
      expect(task?.text).toContain('0171 3920099')
      const shown = await page(hotline, callbackId, key)
      expect(shown).toContain('Bitte wählen Sie selbst')
      // By hand it is kept all the same.
      const count = await database.callbackAttempt.count({ where: { callbackId, state: 'ended' } })
      await page(hotline, callbackId, key, { do: 'by-hand', outcome: 'answered', seen: String(count) })
      expect(await database.guarantee.findMany()).toMatchObject([
        { state: 'kept', dueAt: new Date(callbackDueAt ?? '') },
      ])
      expect(await database.callback.findMany()).toMatchObject([{ state: 'done' }])
    },
  )

  it('row 34: is tried again after a rest, one call at a time, and used as soon as it works', async () => {
    const { hotline, agent: key } = await owedToAnna()
    const { network, database } = hotline
    network.knobs.rest.always('calls.create', { do: 'refuse', status: 503, code: 20_503 })
    await callNow(hotline, key)
    await hotline.runUntil(hotline.at('10:30'))
    const tried = (await triesOf(hotline)).length
    // In half an hour: three in a row, and then no more than one in five minutes.
    expect(tried).toBeGreaterThanOrEqual(3)
    expect(tried).toBeLessThanOrEqual(9)
    network.knobs.rest.clear()
    network.connect(phones.anna, agent('anna'))
    network.connect(phones.bernd, agent('bernd'))
    network.connect(phones.mobile, customer('customer'))
    await hotline.runUntil(hotline.at('11:59'))
    expect(ringsAt(hotline, phones.mobile)).toBe(1)
    expect(await database.guarantee.findMany()).toMatchObject([{ state: 'kept' }])
    // One alarm for one outage.
    expect(await database.letter.count({ where: { kind: 'alarm' } })).toBe(1)
  })
})

describe('a provider whose clock is wrong', () => {
  async function journey(hours: number) {
    const hotline = await openHotline(morning, {
      takeIn: (event, ours, deps) =>
        ours(deps, { ...event, providerAt: (event.providerAt ?? event.at).add({ hours }) }),
    })
    const { network, database } = hotline
    network.connect(phones.anna, agent('anna', { key: '2' }))
    network.connect(phones.bernd, agent('bernd'))
    const taken = await ring(hotline, phones.mobile, hamburg)
    network.connect(phones.bernd, agent('bernd', { key: '2' }))
    const promised = await ring(hotline, phones.company, hamburg)
    const evidence = await database.callEvent.findMany({ where: { kind: 'arrived' }, orderBy: { id: 'asc' } })
    return {
      facts: {
        heard: [taken.heard, promised.heard],
        due: [taken.callbackDueAt, promised.callbackDueAt],
        kept: (await database.guarantee.findMany({ orderBy: { dueAt: 'asc' } })).map(
          ({ startedAt, dueAt, state, endedAt }) => [startedAt, dueAt, state, endedAt],
        ),
      },
      evidence: evidence.map(({ providerAt, at }) => (providerAt?.getTime() ?? 0) - at.getTime()),
    }
  }

  it('row 35: moves no deadline and no word of a call; what it said is kept as evidence', async () => {
    const right = await journey(0)
    const late = await journey(-5)
    const early = await journey(7)
    expect(right.facts.due).toEqual([null, '2026-11-24T11:06:00Z'])
    expect(late.facts).toEqual(right.facts)
    expect(early.facts).toEqual(right.facts)
    expect(late.evidence).toEqual([-5 * 3_600_000, -5 * 3_600_000])
    expect(early.evidence).toEqual([7 * 3_600_000, 7 * 3_600_000])
  })

  it('row 35: cannot put a call that only its list tells of into the future', async () => {
    const hotline = await openHotline(morning)
    hotline.network.knobs.webhooks.always('all', { do: 'drop' })
    const call = hotline.network.call(caller(phones.mobile, [], { hangsUpAfter: 20 }), hamburg)
    await hotline.runUntil(hotline.at('10:02'))
    const ahead = (provider: PhoneProvider): PhoneProvider => ({
      ...provider,
      listCalls: async (number, since, until) =>
        (await provider.listCalls(number, since, until)).map(one => ({
          ...one,
          startedAt: one.startedAt.add({ hours: 7 }),
        })),
    })
    const providers = new Map([...hotline.deps.providers].map(([key, one]) => [key, ahead(one)]))
    await hotline.clock.during(reconcileCalls({ ...hotline.deps, providers }))
    expect((await toldOf(hotline, call)).callbackDueAt).toBe('2026-11-24T11:02:00Z')
    expect(await hotline.database.callEvent.findMany({ where: { kind: 'ended' } })).toMatchObject([
      { providerAt: new Date('2026-11-24T16:00:00Z') },
    ])
  })
})

describe('a number that is never rung', () => {
  const targets = [
    ['0900 1234567', 'premium'],
    ['0180 5123456', 'premium'],
    ['+37120000000', 'country'],
    ['112', 'emergency'],
    ['11833', 'short'],
    [hamburg, 'own'],
    [`${hamburg}45`, 'own'],
    [phones.anna, 'own'],
  ] as const
  /** As the agent reads it. Three digits are no number of any country. */
  const whyNotPromised = {
    premium: 'Das ist eine Sonderrufnummer mit eigenem Tarif.',
    country: 'Das Land dieser Nummer steht nicht auf unserer Liste.',
    own: 'Das ist eine unserer eigenen Nummern',
    emergency: 'Das ist keine gültige Telefonnummer.',
    short: 'Das ist keine gültige Telefonnummer.',
  } as const
  const keyed = (number: string) => `${number.replace('+', '00').replaceAll(' ', '')}#`

  const refusals = async ({ database }: HotlineTest) => ({
    rows: (await database.refusedDial.findMany()).map(({ reason }) => reason),
    entries: await database.entry.count({ where: { kind: 'number-refused' } }),
  })

  it.each(targets)(
    'row 36: keyed in by a withheld caller (%s) is refused as %s, and no call is promised',
    async (number, reason) => {
      const hotline = await openHotline(evening)
      const withheld = caller('anonymous', [{ hears: /Vorwahl/, presses: keyed(number) }])
      const { heard, callbackDueAt } = await ring(hotline, withheld, hamburg)
      expect(heard).toContain('Diese Rufnummer können wir leider nicht anrufen.')
      expect(heard).toContain('ist ein Rückruf leider nicht möglich')
      expect(callbackDueAt).toBeNull()
      expect(await refusals(hotline)).toEqual({ rows: [reason], entries: 1 })
      expect(hotline.network.calls()).toHaveLength(1)
    },
  )

  it.each(targets)('row 36: in place of a good one (%s, %s) changes nothing', async (number, reason) => {
    const hotline = await openHotline(evening)
    const changing = caller(phones.mobile, [
      { hears: /andere Rufnummer/, presses: '2' },
      { hears: /Vorwahl/, presses: keyed(number) },
    ])
    const { heard, callbackDueAt } = await ring(hotline, changing, hamburg)
    expect(heard).toContain('Diese Rufnummer können wir leider nicht anrufen.')
    expect(heard).toContain('Es bleibt bei der bisherigen Rufnummer.')
    expect(callbackDueAt).toBe('2026-11-25T09:30:00Z')
    expect(await hotline.database.callback.findMany()).toMatchObject([{ number: phones.mobile }])
    expect(await refusals(hotline)).toEqual({ rows: [reason], entries: 1 })
  })

  it.each([
    ['+37120000000', 'country'],
    [hamburg, 'own'],
    [phones.bernd, 'own'],
  ])('row 36: that rings us (%s, %s) gets a ticket, and no call', async (from, reason) => {
    const hotline = await openHotline(evening)
    const { callbackDueAt, ticketNumber } = await ring(hotline, from, hamburg)
    expect(ticketNumber).toMatch(/^\d{7}$/)
    expect(callbackDueAt).toBeNull()
    expect((await refusals(hotline)).rows).toContain(reason)
    expect(hotline.network.calls()).toHaveLength(1)
  })

  it.each(targets)(
    'row 36: that an agent names in a mail (%s, %s) is refused as it is written, and the agent reads why',
    async (number, reason) => {
      const { hotline, ticketNumber, agent: key, callbackId } = await owedToAnna()
      const desk = openMailDesk(hotline)
      await desk.order(key, ticketNumber, `#rückruf ${number}`)
      await hotline.settle()
      const { number: now } = await hotline.database.callback.findUniqueOrThrow({ where: { id: callbackId } })
      expect(now).toBe(phones.mobile)
      const help = (await desk.letters(`${key}@example.com`)).at(-1)
      expect(help?.kind).toBe('help')
      expect(help?.text).toContain(whyNotPromised[reason])
      expect(await hotline.database.callbackAttempt.count()).toBe(0)
    },
  )

  it.each([
    ['0900 1234567', 'premium'],
    ['+37120000000', 'country'],
  ])(
    'row 36: that an agent insists on in a mail (%s, %s) is promised, and not rung',
    async (number, reason) => {
      const { hotline, ticketNumber, agent: key, callbackId } = await owedToAnna()
      const desk = openMailDesk(hotline)
      await desk.order(key, ticketNumber, `#rückruf! ${number}`)
      await hotline.settle()
      await page(hotline, callbackId, key, { do: 'call' })
      expect((await refusals(hotline)).rows).toEqual([reason])
      expect(await page(hotline, callbackId, key)).toContain('Diese Nummer rufen wir nicht an.')
      expect(await hotline.database.callbackAttempt.count()).toBe(0)
    },
  )

  it('row 36: is rung after all where a human may allow it and says why, which is on record', async () => {
    const { hotline, callbackId, agent: key } = await owedToAnna()
    const { network, database } = hotline
    const abroad = '+37120000000'
    await database.callback.update({ where: { id: callbackId }, data: { number: abroad } })
    network.connect(phones[key as 'anna'], agent(key))
    network.connect(abroad, customer('customer'))
    const refused = await page(hotline, callbackId, key, { do: 'call' })
    expect(refused).toContain('Das Land steht nicht auf unserer Liste.')
    expect(await page(hotline, callbackId, key, { do: 'allow', reason: ' ' })).toContain('noch nicht erlaubt')
    await page(hotline, callbackId, key, { do: 'call' })
    await hotline.runUntil(hotline.at('10:10'))
    expect(ringsAt(hotline, abroad)).toBe(0)
    const allowed = await page(hotline, callbackId, key, { do: 'allow', reason: 'Sie arbeitet in Riga.' })
    expect(allowed).toContain('Die Nummer ist für diesen Rückruf erlaubt')
    await page(hotline, callbackId, key, { do: 'call' })
    await hotline.runUntil(hotline.at('10:15'))
    expect(ringsAt(hotline, abroad)).toBe(1)
    expect(await database.entry.findMany({ where: { kind: 'number-allowed' } })).toMatchObject([
      { author: key, text: 'Sie arbeitet in Riga.', detail: { number: abroad, refusal: 'country' } },
    ])
    expect(await database.callback.findMany()).toMatchObject([{ state: 'done' }])
  })

  it.each([
    [hamburg, 'own'],
    [phones.anna, 'own'],
    ['+49110', 'emergency'],
  ])('row 36: is not rung whatever a human says where it is %s (%s)', async number => {
    const { hotline, callbackId, agent: key } = await owedToAnna()
    await hotline.database.callback.update({ where: { id: callbackId }, data: { number } })
    await page(hotline, callbackId, key, { do: 'call' })
    expect(await page(hotline, callbackId, key, { do: 'allow', reason: 'Ich muss.' })).toContain(
      'darf auch mit einer Begründung nicht angerufen werden',
    )
    const before = hotline.network.calls().length
    await page(hotline, callbackId, key, { do: 'call' })
    await hotline.settle()
    expect(hotline.network.calls()).toHaveLength(before)
    expect(await hotline.database.callback.findMany()).toMatchObject([{ allowedBy: null }])
  })
})

describe('a caller who speaks the other language', () => {
  const english = (from: string) => caller(from, [{ hears: /press 9/, presses: '9' }])

  it('row 37: is greeted in that of the number called', async () => {
    const hotline = await openHotline(evening)
    const german = await ring(hotline, phones.company, hamburg)
    const british = await ring(hotline, phones.mobile, woking)
    expect(german.heard).toMatch(/hears \(de-DE\): Guten Tag.*\n.*hears \(en-GB\): For English, press 9\./)
    expect(british.heard).toMatch(
      /hears \(en-GB\): Hello.*\n.*hears \(de-DE\): Für Deutsch drücken Sie die 9\./,
    )
    expect(hotline.network.texts()[0]?.body).toContain('Thank you for your call')
  })

  it('row 37: changes over by a key, and hears, gets and is rung back in the other from then on', async () => {
    const hotline = await openHotline(evening)
    const { heard, ticketNumber } = await ring(hotline, english(phones.mobile), hamburg)
    const [, after = ''] = heard.split('presses 9')
    expect(after).toContain('We will call you back by 10 30 am tomorrow')
    expect(after).not.toContain('(de-DE)')
    expect(hotline.network.texts()).toMatchObject([
      { body: expect.stringContaining(`Ticket ${ticketNumber}: we will call you back`) },
    ])
    expect(await hotline.database.callback.findMany()).toMatchObject([{ language: 'en' }])
    await hotline.runUntil(hotline.at('18:00').add({ hours: 15 }))
    const [task] = [
      ...(await mailTo(hotline, 'anna@example.com')),
      ...(await mailTo(hotline, 'bernd@example.com')),
    ].filter(({ kind }) => kind === 'callback-task')
    expect(task?.text).toContain('Englisch')
  })

  it('row 37: is remembered at the next call, whichever number that goes to, and can change back', async () => {
    const hotline = await openHotline(evening)
    await ring(hotline, english(phones.mobile), hamburg)
    const again = await ring(hotline, phones.mobile, hamburg)
    expect(again.heard).toMatch(/hears \(en-GB\): Hello/)
    expect(again.heard).toContain('hears (de-DE): Für Deutsch drücken Sie die 9.')
    const back = await ring(hotline, caller(phones.mobile, [{ hears: /die 9/, presses: '9' }]), hamburg)
    expect(back.heard.split('presses 9')[1]).not.toContain('(en-GB)')
    const third = await ring(hotline, phones.mobile, woking)
    expect(third.heard).toMatch(/hears \(de-DE\): Guten Tag/)
    expect(hotline.network.texts().at(-1)?.body).toContain('Danke für Ihren Anruf')
  })

  it('row 37: and who says that it is about an older ticket is rung back on that in the language of the call', async () => {
    const hotline = await openHotline(evening)
    const first = await ring(hotline, phones.mobile, hamburg)
    const again = caller(phones.mobile, [
      { hears: /press 9/, presses: '9' },
      { hears: /press 0/, presses: '1' },
    ])
    const second = await ring(hotline, again, hamburg)
    expect(second.ticketId).toBe(first.ticketId)
    expect(await hotline.database.callback.findMany({ where: { state: 'owed' } })).toMatchObject([
      { language: 'en', ticketId: first.ticketId },
    ])
    expect(hotline.network.texts().at(-1)?.body).toContain('Thank you for your call')
  })
})
