import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ctiRoutes } from '../../../../src/channels/phone/cti/cti-routes.ts'
import { TransientFailure } from '../../../../src/desk/failure.ts'
import { type AdapterDoor, hotline, openAdapterDoor } from '../door-parts.ts'

const token = 'a-token-of-twenty-four-characters'

let door: AdapterDoor

beforeEach(async () => {
  door = await openAdapterDoor({ kind: 'cti', token }, ctx => ctiRoutes(ctx))
})

afterEach(() => door.close())

const ring = { event: 'newCall', from: '493055571600', to: '4940123456', direction: 'in', callId: 'c1' }

async function push(
  fields: Readonly<Record<string, string | readonly string[]>>,
  path = `/${token}`,
): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) body.append(name, value)
  return fetch(`${door.url}${path}`, { method: 'POST', body })
}

function pushJson(value: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return fetch(`${door.url}/${token}`, { method: 'POST', headers, body: JSON.stringify(value) })
}

describe('the door for telephone systems', () => {
  it('takes a ringing call in, and answers an empty object', async () => {
    const response = await push({ ...ring, 'user[]': ['Anna Fink', 'Bernd Ohm'], queue: 'helpdesk' })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({})
    expect(door.events).toEqual([
      expect.objectContaining({
        kind: 'arrived',
        provider: 'system',
        providerId: 'c1',
        key: 'c1:arrived',
        direction: 'in',
        from: '493055571600',
        to: '4940123456',
        continues: null,
        user: null,
        payload: expect.objectContaining({ 'user[]': ['Anna Fink', 'Bernd Ohm'], queue: 'helpdesk' }),
      }),
    ])
  })

  it('reads JSON like a form', async () => {
    await pushJson({ ...ring, callId: 4711, user: ['Anna Fink'] })
    await push({ ...ring, callId: '4711', 'user[]': ['Anna Fink'] })
    expect(door.events[0]).toEqual(door.events[1])
  })

  it.each([
    ['with a plus', '+4940123456', '+4940123456'],
    ['with its country alone', '4940123456', '4940123456'],
    ['as it is dialled at home', '040 123456', hotline],
    ['as it is dialled at home, with an extension', '040/123456-17', `${hotline}17`],
  ])('finds the line by a number written %s', async (_how, to, found) => {
    await push({ ...ring, to })
    expect(door.events).toMatchObject([{ to: found }])
  })

  it('says who picked up, and whether it was a mailbox', async () => {
    await push({ ...ring, event: 'answer', user: 'Anna Fink', answeringNumber: '17' })
    await push({
      ...ring,
      event: 'answer',
      callId: 'c2',
      'user[]': ['Anna Fink', 'Bernd Ohm'],
      answeringNumber: '18',
    })
    await push({ ...ring, event: 'answer', callId: 'c3', user: 'voicemail' })
    expect(door.events.filter(({ kind }) => kind === 'picked-up')).toMatchObject([
      { key: 'c1:picked-up:Anna Fink', user: 'Anna Fink', mailbox: false },
      { user: '18', mailbox: false },
      { user: 'voicemail', mailbox: true },
    ])
  })

  it('tells of the call itself with its answer and its end, for the newCall may be lost', async () => {
    await push({ ...ring, event: 'hangup', cause: 'cancel' })
    await push(ring)
    expect(door.events.map(({ key }) => key)).toEqual(['c1:arrived', 'c1:ended', 'c1:arrived'])
  })

  it('never concludes from a hangup that somebody picked up', async () => {
    await push({ ...ring, event: 'hangup', cause: 'normalClearing', answeringNumber: '17' })
    expect(door.events.map(({ kind }) => kind)).toEqual(['arrived', 'ended'])
  })

  it.each([
    ['normalClearing', 'completed', false],
    ['busy', 'busy', false],
    ['cancel', 'cancelled', false],
    ['noAnswer', 'no-answer', false],
    ['forwarded', 'no-answer', false],
    ['congestion', 'failed', false],
    ['notFound', 'failed', true],
    ['toString', 'failed', false],
  ])('understands the cause %s', async (cause, result, unknownNumber) => {
    await push({ ...ring, event: 'hangup', cause })
    expect(door.events.at(-1)).toMatchObject({ kind: 'ended', result, unknownNumber, direction: 'in' })
  })

  it('goes on with the first call after a transfer', async () => {
    await push({ ...ring, callId: 'c2', origCallId: 'c1', xcid: 'x' })
    await push({ ...ring, callId: 'c3', xcid: 'c1' })
    await push({ ...ring, callId: 'c4', origCallId: 'c4', xcid: 'x' })
    expect(door.events).toMatchObject([{ continues: 'c1' }, { continues: 'c1' }, { continues: null }])
  })

  it('tells of a call that an agent makes, with whoever makes it', async () => {
    await push({ ...ring, direction: 'out', from: '17', to: '015112345678', 'user[]': 'Anna Fink' })
    await push({ ...ring, direction: 'out', callId: 'c2', from: '17', to: '015112345678' })
    expect(door.events).toMatchObject([
      { direction: 'out', from: '17', to: '015112345678', user: 'Anna Fink' },
      { direction: 'out', user: '17' },
    ])
  })

  it('writes nothing down of calls to other numbers of the house', async () => {
    const response = await push({ ...ring, to: '4940999999' })
    expect(response.status).toBe(200)
    expect(door.events).toEqual([])
    expect(door.figures.notOurs).toBe(1)
  })

  it('leaves it at the first event where the call turns out to be none of ours', async () => {
    door.answers([{ do: 'refuse' }], { result: 'refused', callId: undefined })
    const response = await push({
      ...ring,
      event: 'answer',
      direction: 'out',
      to: '4915112345678',
      user: 'x',
    })
    expect(response.status).toBe(200)
    expect(door.events.map(({ kind }) => kind)).toEqual(['arrived'])
    expect(await door.spooled()).toEqual([])
  })

  it('answers events of other versions with an empty object, and counts them', async () => {
    const response = await push({ ...ring, event: 'hold' })
    expect([response.status, await response.json()]).toEqual([200, {}])
    expect(door.events).toEqual([])
    expect(door.figures.unknown).toBe(1)
  })

  it.each([
    ['event', { ...ring, event: '' }],
    ['callId', { ...ring, callId: ' \u0007 ' }],
    ['callId', { ...ring, callId: 'c'.repeat(251) }],
    ['direction', { ...ring, direction: 'sideways' }],
    ['direction', { ...ring, event: 'answer', direction: '' }],
    ['to', { ...ring, to: '' }],
    ['from', { ...ring, from: '1'.repeat(101) }],
    ['from', { ...ring, direction: 'out', from: '' }],
    ['user[]', { ...ring, 'user[]': Array.from({ length: 101 }, (_, index) => `${index}`) }],
    ['queue', { ...ring, queue: 'q'.repeat(501) }],
  ])('names the field %s to whoever sent it wrong', async (field, fields) => {
    const response = await push(fields)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field, error: expect.stringContaining(field) })
    expect(door.events).toEqual([])
  })

  it.each([
    ['no object', '[]'],
    ['no JSON', '{"event"'],
    ['nothing', ''],
    ['too much', `{"event":"${'x'.repeat(40_000)}"}`],
  ])('refuses a body that is %s', async (_what, body) => {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${door.url}/${token}`, { method: 'POST', headers, body })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field: 'body' })
    expect(door.events).toEqual([])
  })

  it('takes a withheld number for what it is, empty or named', async () => {
    await push({ ...ring, from: '' })
    await push({ ...ring, callId: 'c2', from: 'anonymous' })
    expect(door.events).toMatchObject([{ from: '' }, { from: 'anonymous' }])
  })

  it('removes control characters and turns of direction from what it passes on', async () => {
    await push({ ...ring, event: 'answer', user: 'Anna\u202e\r\nFink' })
    expect(door.events.at(-1)).toMatchObject({ user: 'AnnaFink' })
  })

  it.each(['wrong', '%E0%A4%A', `${token}x`, token.slice(1), token.toUpperCase()])(
    'refuses the token %s and writes nothing',
    async given => {
      const response = await push(ring, `/${given}`)
      expect([response.status, await response.text()]).toEqual([403, ''])
      expect(door.events).toEqual([])
      expect(door.figures.refused).toBe(1)
    },
  )

  it('keeps what cannot be taken in now, in its order, and says that it has it', async () => {
    door.answers(new TransientFailure('database', 'away'))
    const response = await push({ ...ring, event: 'hangup', cause: 'cancel' })
    expect([response.status, await response.json()]).toEqual([200, {}])
    expect((await door.spooled()).map(({ key }) => key)).toEqual(['c1:arrived', 'c1:ended'])
  })

  it('has an answer to every JSON, and passes on nothing that a database would refuse', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constant('\ud800'),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string({ unit: 'binary', maxLength: 10 }), { maxLength: 3 }),
    )
    const names = ['from', 'user', 'user[]', 'cause', 'queue', 'answeringNumber', 'origCallId', '__proto__']
    const extra = fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('newCall', 'answer', 'hangup', 'dtmf'),
        extra,
        async (event, fields) => {
          const response = await pushJson({ ...ring, ...fields, event })
          expect([200, 422]).toContain(response.status)
          for (const taken of door.events.splice(0)) {
            expect(JSON.stringify(taken)).not.toMatch(/\\u(?:d[89a-f]|000|001)/)
            expect(taken.key.length).toBeLessThan(500)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
