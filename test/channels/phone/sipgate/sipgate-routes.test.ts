import { generateKeyPairSync, sign } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Clips, openClips } from '../../../../src/channels/phone/clips/clips.ts'
import { signingKey } from '../../../../src/channels/phone/sipgate/signature.ts'
import { sipgateRoutes } from '../../../../src/channels/phone/sipgate/sipgate-routes.ts'
import { TransientFailure } from '../../../../src/desk/failure.ts'
import type { Instruction, Utterance } from '../../../../src/desk/phone/instruction.ts'
import { clipFolder, runsOf, tonesLong } from '../clips/clip-folder.ts'
import { type AdapterDoor, openAdapterDoor, ourCallId } from '../door-parts.ts'

const secret = 'a secret of at least thirty-two characters'
const provider = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = provider.publicKey.export({ type: 'spki', format: 'pem' }).toString()

let folder: string
let clips: Clips
let door: AdapterDoor

beforeAll(async () => {
  folder = await clipFolder({ 'de/greeting': 1, 'de/bye': 2, 'de/question': 3 })
  const needed = ['de/greeting', 'de/bye', 'de/question'].map(clip => ({ clip, text: clip }))
  clips = await openClips(folder, needed)
})

afterAll(() => rm(folder, { recursive: true }))

beforeEach(async () => {
  door = await openAdapterDoor({ kind: 'sipgate', publicKey, clips: folder }, ctx =>
    sipgateRoutes(ctx, { secret, clips }),
  )
})

afterEach(() => door.close())

const ring = {
  event: 'newCall',
  from: '492111234567',
  to: '4940123456',
  direction: 'in',
  callId: 'ABC',
  'user[]': 'Anna',
}

type Fields = Readonly<Record<string, string>>

function push(fields: Fields, url = door.url, key = provider.privateKey): Promise<Response> {
  const body = `${new URLSearchParams(fields)}`
  const signature = sign('RSA-SHA256', Buffer.from(body), key).toString('base64')
  return send(body, url, { 'X-Sipgate-Signature': signature })
}

function send(body: string, url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return fetch(url, { method: 'POST', headers: { ...type, ...headers }, body })
}

/** What stands between the quotes of an attribute, or in <Url>. */
function found(xml: string, pattern: RegExp): string {
  return pattern.exec(xml)?.[1] ?? `nothing for ${pattern} in ${xml}`
}

function say(clip: string): Utterance {
  return { language: 'de', pieces: [{ clip, text: clip }] }
}

const ask: Instruction = {
  do: 'ask',
  says: [say('de/question')],
  mostDigits: 1,
  endsWith: null,
  seconds: 5,
}

async function playedAt(url: string) {
  const response = await fetch(url)
  expect(response.headers.get('content-type')).toBe('audio/wav')
  return runsOf(Buffer.from(await response.arrayBuffer()))
}

describe('the door for sipgate', () => {
  it('greets and asks in one answer: one recording, one question, and where to tell us more', async () => {
    door.answers([{ do: 'say', says: say('de/greeting') }, ask])
    const response = await push(ring)
    expect(response.headers.get('content-type')).toMatch(/^application\/xml/)
    const xml = await response.text()
    const play = found(xml, /<Url>([^<]+)<\/Url>/)
    const here = `${door.url}/${ourCallId}/1/`
    const seal = found(xml, /onData="[^"]*\/([a-z2-9]{12})"/)
    expect(xml.replace(play, 'PLAY').replaceAll(`${here}${seal}`, 'HERE')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response onAnswer="HERE" onHangup="HERE">' +
        '<Gather onData="HERE" maxDigits="1" timeout="5000"><Play><Url>PLAY</Url></Play></Gather></Response>\n',
    )
    expect(await playedAt(play)).toEqual([
      [1, tonesLong],
      [0, 2400],
      [3, tonesLong],
    ])
    expect(door.events).toMatchObject([{ kind: 'arrived', key: 'ABC:arrived', from: '492111234567' }])
  })

  it('gives the same answer byte for byte when it is asked again', async () => {
    door.answers([{ do: 'say', says: say('de/greeting') }, ask])
    const [first, second] = await Promise.all([push(ring), push(ring)])
    expect(await second.text()).toBe(await first.text())
  })

  it('takes keys in for the turn that they were asked in', async () => {
    door.answers([ask], { turn: 4 })
    const onData = found(await (await push(ring)).text(), /onData="([^"]+)"/)
    await push({ event: 'dtmf', callId: 'ABC', dtmf: '12#' }, onData)
    await push({ event: 'dtmf', callId: 'ABC', dtmf: '' }, onData)
    expect(door.events.slice(1)).toMatchObject([
      { kind: 'keys', key: 'ABC:keys:4', turn: 4, callId: ourCallId, legId: null, digits: '12' },
      { kind: 'keys', key: 'ABC:keys:4', digits: '' },
    ])
  })

  it('takes a digit more where a key ends the entry', async () => {
    door.answers([{ ...ask, mostDigits: 15, endsWith: '#' }])
    expect(await (await push(ring)).text()).toContain('maxDigits="16"')
  })

  it('believes no turn that it has not sealed for this very call', async () => {
    door.answers([ask])
    const onData = found(await (await push(ring)).text(), /onData="([^"]+)"/)
    const keys = { event: 'dtmf', callId: 'ABC', dtmf: '1' }
    const otherTurn = await push(keys, onData.replace('/1/', '/2/'))
    const otherCall = await push({ ...keys, callId: 'XYZ' }, onData)
    const noTurn = await push(keys)
    expect(door.events).toHaveLength(1)
    for (const response of [otherTurn, otherCall, noTurn])
      expect(await response.text()).toContain('<Response/>')
  })

  it('says goodbye to the end, and then hangs up', async () => {
    door.answers([{ do: 'say', says: say('de/bye') }, { do: 'wait', seconds: 1 }, { do: 'hang-up' }])
    const xml = await (await push(ring)).text()
    expect(await playedAt(found(xml, /<Url>([^<]+)<\/Url>/))).toEqual([
      [2, tonesLong],
      [0, 2400 + 8000],
    ])
    const then = await push({ event: 'dtmf', callId: 'ABC', dtmf: '' }, found(xml, /onData="([^"]+)"/))
    expect(await then.text()).toContain('<Response><Hangup/></Response>')
    expect(door.events).toHaveLength(1)
  })

  it.each<[string, Instruction[], string]>([
    ['hangs up', [{ do: 'hang-up' }], '<Hangup/>'],
    ['refuses', [{ do: 'refuse' }], '<Reject reason="rejected"/>'],
  ])('%s without a word where there is none', async (_what, answer, element) => {
    door.answers(answer)
    expect(await (await push(ring)).text()).toContain(`>${element}</Response>`)
  })

  it.each<Instruction>([{ do: 'record', mostSeconds: 60, silenceSeconds: 5 }, { do: 'join' }])(
    'lets the account take a message where rules ask for what sipgate cannot do',
    async instruction => {
      door.answers([instruction])
      expect(await (await push(ring)).text()).toContain('<Dial><Voicemail/></Dial>')
      expect(door.figures.failed).toBe(1)
    },
  )

  it('lets the account take a message while calls cannot be taken in, and keeps the call', async () => {
    door.answers(new TransientFailure('database', 'away'))
    const response = await push(ring)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/xml; charset=utf-8',
    ])
    expect(await response.text()).toContain('<Dial><Voicemail/></Dial>')
    expect((await door.spooled()).map(({ key }) => key)).toEqual(['ABC:arrived'])
  })

  it('never plays to an agent who makes a call, but hears how it goes', async () => {
    door.answers([ask])
    const xml = await (
      await push({ ...ring, direction: 'out', from: '4940123456', to: '4915112345678' })
    ).text()
    expect(xml).toMatch(/<Response onAnswer="[^"]+" onHangup="[^"]+"\/>/)
    expect(door.events).toMatchObject([{ direction: 'out', user: 'Anna', to: '4915112345678' }])
  })

  it("leaves the account's other calls alone", async () => {
    const toOther = await push({ ...ring, to: '4940999999' })
    door.answers([{ do: 'refuse' }], { result: 'refused', callId: undefined })
    const outgoing = await push({ ...ring, direction: 'out', to: '4915112345678' })
    for (const response of [toOther, outgoing]) expect(await response.text()).toContain('<Response/>')
    expect(door.figures.notOurs).toBe(1)
  })

  it('says who picked up, and whether it was the mailbox', async () => {
    await push({ ...ring, event: 'answer', user: 'Anna', answeringNumber: '4940123456' })
    await push({ ...ring, event: 'answer', callId: 'DEF', user: 'voicemail' })
    expect(door.events).toMatchObject([
      { kind: 'picked-up', user: 'Anna', mailbox: false },
      { kind: 'picked-up', mailbox: true },
    ])
  })

  it('goes on with the first call after a transfer, as sipgate.io#106 asks for', async () => {
    await push({ ...ring, callId: 'DEF', origCallId: 'ABC', xcid: 'x' })
    expect(door.events).toMatchObject([{ continues: 'ABC', providerId: 'DEF' }])
  })

  it('ends a call by its hangup alone, and never takes it for answered, as sipgate.io#109 asks for', async () => {
    await push({ ...ring, event: 'hangup', cause: 'normalClearing', answeringNumber: '4940123456' })
    expect(door.events).toMatchObject([
      { kind: 'ended', key: 'ABC:ended', result: 'completed', from: ring.from },
    ])
  })

  it('goes on where an event is of no use', async () => {
    const unknown = await push({ ...ring, event: 'hold' })
    const senseless = await push({ ...ring, callId: '' })
    for (const response of [unknown, senseless]) expect(await response.text()).toContain('<Response/>')
    expect(door.figures).toMatchObject({ unknown: 1, invalid: 1 })
    expect(door.events).toEqual([])
  })

  it('refuses whatever sipgate has not signed, and writes nothing', async () => {
    const body = `${new URLSearchParams(ring)}`
    const signature = sign('RSA-SHA256', Buffer.from(body), provider.privateKey).toString('base64')
    const forged = await Promise.all([
      send(body, door.url, {}),
      send(body, door.url, { 'X-Sipgate-Signature': 'AAAA' }),
      send(`${body}&x=1`, door.url, { 'X-Sipgate-Signature': signature }),
      send(body.replace('&', '&&'), door.url, { 'X-Sipgate-Signature': signature }),
      send('x'.repeat(40_000), door.url, { 'X-Sipgate-Signature': signature }),
      push(ring, door.url, stranger.privateKey),
      push(ring, `${door.url}/bye`, stranger.privateKey),
    ])
    expect(forged.map(({ status }) => status)).toEqual(forged.map(() => 403))
    expect(door.events).toEqual([])
    expect(door.figures.refused).toBe(forged.length)
  })

  it('makes no prompt that it has not asked for itself', async () => {
    const response = await fetch(`${door.url}/prompt/c3FqfHM.abcdefghijkm.wav`)
    expect(response.status).toBe(403)
    expect(door.figures.refused).toBe(1)
  })
})

describe('the key of sipgate', () => {
  it('is the published one of 4096 bits where none is configured', () => {
    expect(signingKey(undefined).asymmetricKeyDetails?.modulusLength).toBe(4096)
  })

  it('fails at the start where the configured one is none', () => {
    expect(() => signingKey('-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----')).toThrow()
  })
})
