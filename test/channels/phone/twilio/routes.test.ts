import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { selfTest } from '../../../../src/channels/phone/twilio/self-test.ts'
import type { TwilioConfig } from '../../../../src/channels/phone/twilio/twilio-config.ts'
import { TransientFailure } from '../../../../src/desk/failure.ts'
import type { Instruction } from '../../../../src/desk/phone/instruction.ts'
import { arrivedFields, callSid, noon, openDoor, phoneConfig, type TestDoor, taken } from '../door.ts'

const child = `CA${'9'.repeat(32)}`
const recording = `RE${'3'.repeat(32)}`
const status = { CallSid: callSid, From: '+4940555123', To: '+4940123456', Direction: 'inbound' }
const legFields = { CallSid: child, ParentCallSid: callSid, From: '+4940123456', To: '+491701234567' }
const ask: Instruction = {
  do: 'ask',
  says: [{ language: 'de', pieces: [{ words: 'Bitte 1' }] }],
  mostDigits: 1,
  endsWith: null,
  seconds: 5,
}

async function sent(
  path: string,
  fields: Record<string, string>,
): Promise<[TestDoor, { status: number; body: string }]> {
  const door = await openDoor()
  return [door, await door.post(`/phone/main/${path}`, fields)]
}

describe('what Twilio asks', () => {
  it('is a call that arrives, with the caller as the network wrote it', async () => {
    const [door] = await sent('in', { ...arrivedFields, From: '+266696687', CallerName: 'Eva\u0000\r\n<b>' })
    expect(door.events).toMatchObject([
      {
        kind: 'arrived',
        provider: 'main',
        providerId: callSid,
        key: `${callSid}:arrived`,
        direction: 'in',
        from: '+266696687',
        to: '+4940123456',
        callerName: 'Eva <b>',
      },
    ])
    expect(door.events[0]?.at.equals(noon)).toBe(true)
  })

  it('are keys of the caller, of none too, and of whoever picked up', async () => {
    const [door] = await sent('call/call-1/keys/3', { ...status, Digits: '12#' })
    await door.post('/phone/main/call/call-1/keys/4', { ...status })
    await door.post('/phone/main/call/call-1/leg/leg-1/keys/2', { ...legFields, Digits: '1' })
    expect(door.events).toMatchObject([
      {
        kind: 'keys',
        callId: 'call-1',
        key: 'call-1:keys:3',
        turn: 3,
        legId: null,
        digits: '12#',
        providerId: callSid,
      },
      { kind: 'keys', key: 'call-1:keys:4', turn: 4, digits: '' },
      { kind: 'keys', key: 'call-1:leg:leg-1:keys:2', legId: 'leg-1', digits: '1', providerId: callSid },
    ])
  })

  it('is a message, one without words, and the file of one', async () => {
    const url = `https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/${recording}`
    const [door] = await sent('call/call-1/recorded/5', {
      ...status,
      RecordingUrl: url,
      RecordingDuration: '12',
      Digits: 'hangup',
    })
    await door.post('/phone/main/call/call-1/recorded/6', { ...status })
    const file = { CallSid: callSid, RecordingSid: recording, RecordingDuration: '12' }
    await door.post('/phone/main/recording', { ...file, RecordingStatus: 'in-progress' })
    await door.post('/phone/main/recording', { ...file, RecordingStatus: 'completed' })
    await door.post('/phone/main/recording', { ...file, RecordingStatus: 'absent' })
    expect(door.events).toMatchObject([
      { kind: 'recorded', turn: 5, recordingId: recording, seconds: 12, hungUp: true },
      { kind: 'recorded', turn: 6, recordingId: null, seconds: 0, hungUp: false },
      { kind: 'recording', key: `${recording}:ready`, state: 'ready', seconds: 12, providerId: callSid },
      { kind: 'recording', key: `${recording}:absent`, state: 'absent' },
    ])
  })

  it('is how a leg goes on and ends; only DialBridged says that both sides were joined', async () => {
    const [door] = await sent('call/call-1/leg/leg-1/answered', legFields)
    for (const CallStatus of ['initiated', 'ringing', 'in-progress', 'no-answer'])
      await door.post('/phone/main/call/call-1/leg/leg-1/status', {
        ...legFields,
        CallStatus,
        Timestamp: 'Mon, 23 Nov 2026 10:59:58 +0000',
      })
    const ended = { ...status, DialCallStatus: 'completed', DialCallDuration: '31' }
    await door.post('/phone/main/call/call-1/leg/leg-1/ended/7', ended)
    await door.post('/phone/main/call/call-1/leg/leg-2/ended/8', { ...ended, DialBridged: 'true' })
    expect(door.events).toMatchObject([
      { kind: 'leg-answered', legId: 'leg-1', mailbox: false, providerId: callSid },
      { kind: 'leg-progress', key: 'call-1:leg:leg-1:status:ringing', state: 'ringing', result: null },
      { kind: 'leg-progress', state: 'answered' },
      { kind: 'leg-progress', state: 'ended', result: 'no-answer' },
      { kind: 'leg-ended', turn: 7, result: 'completed', bridged: false, seconds: 31 },
      { kind: 'leg-ended', turn: 8, legId: 'leg-2', bridged: true },
    ])
    expect(door.events[1]?.providerAt?.toString()).toBe('2026-11-23T10:59:58Z')
  })

  it('is the end of a call, by one fact however often it is told', async () => {
    const end = { ...status, CallStatus: 'completed', CallDuration: '61' }
    const [door, answer] = await sent('status', end)
    await door.post('/phone/main/status', end)
    expect(answer).toMatchObject({ status: 204, body: '' })
    const fact = {
      kind: 'ended',
      key: `${callSid}:status:completed`,
      result: 'completed',
      seconds: 61,
      direction: 'in',
    }
    expect(door.events).toMatchObject([fact, fact])
  })

  it('is about a call of ours by the id in the address, which is known before Twilio has one', async () => {
    const ours = { CallSid: child, Direction: 'outbound-api', From: '+4940123456', To: '+491701234567' }
    const [door] = await sent('attempt/try-1/status', { ...ours, CallStatus: 'initiated' })
    await door.post('/phone/main/attempt/try-1/answered', {
      ...ours,
      CallStatus: 'in-progress',
      AnsweredBy: 'machine_start',
    })
    await door.post('/phone/main/attempt/try-1/status', {
      ...ours,
      CallStatus: 'failed',
      SipResponseCode: '404',
    })
    expect(door.events).toMatchObject([
      { kind: 'progress', state: 'ringing', callId: 'try-1', providerId: child },
      { kind: 'leg-answered', legId: 'agent', callId: 'try-1', providerId: child, mailbox: true },
      { kind: 'ended', direction: 'out', result: 'failed', unknownNumber: true, callId: 'try-1' },
    ])
  })

  it('is answered with addresses of the call and its turn', async () => {
    const door = await openDoor()
    door.desk = async () => taken([ask], { callId: 'call-7', turn: 9 })
    expect((await door.post('/phone/main/in')).body).toContain('/phone/main/call/call-7/keys/9#')
    const whisper = await door.post('/phone/main/call/call-7/leg/leg-1/answered', legFields)
    expect(whisper.body).toContain('/phone/main/call/call-7/leg/leg-1/keys/9#')
    const agent = await door.post('/phone/main/attempt/call-7/answered', { CallSid: child })
    expect(agent.body).toContain('/phone/main/call/call-7/keys/9#')
  })

  it('is how a text fared, and is asked for again where that could not be kept', async () => {
    const [door] = await sent('text/text-1', { MessageSid: 'SM1', MessageStatus: 'queued' })
    await door.post('/phone/main/text/text-1', {
      MessageSid: 'SM1',
      MessageStatus: 'undelivered',
      ErrorCode: '30006',
    })
    expect(door.texts).toMatchObject([
      { textId: 'text-1', providerId: 'SM1', state: 'failed', reason: '30006' },
    ])
    door.onText = async () => {
      throw new TransientFailure('database', 'away')
    }
    const answer = await door.post('/phone/main/text/text-1', {
      MessageSid: 'SM1',
      MessageStatus: 'delivered',
    })
    expect(answer.status).toBe(503)
  })
})

describe('what goes wrong', () => {
  it('is never read aloud: every answer that a caller could hear is XML', async () => {
    const door = await openDoor()
    const odd: [string, Record<string, string>][] = [
      ['nowhere', {}],
      ['in', {}],
      ['in', { CallSid: '../../x' }],
      ['call/%00/keys/1', status],
      ['call/call-1/keys/next', status],
      [`call/${'x'.repeat(80)}/keys/1`, status],
      ['call/call-1/keys/1', {}],
      ['goodbye', status],
    ]
    for (const [path, fields] of odd) {
      const answer = await door.post(`/phone/main/${path}`, fields)
      expect(answer.type, path).toContain('text/xml')
      expect(answer.body, path).toMatch(/^<\?xml .*<Response/)
    }
    expect(door.events).toEqual([])
  })

  it('at the telephone of an agent ends that leg, so that the caller goes on; at a callback tells the agent', async () => {
    const door = await openDoor()
    door.desk = async () => {
      throw new TransientFailure('database', 'away')
    }
    const leg = await door.post('/phone/main/call/call-1/leg/leg-1/keys/1', { ...legFields, Digits: '1' })
    expect(leg.body).toMatch(/<Response><Hangup\/><\/Response>$/)
    const agent = await door.post('/phone/main/attempt/try-1/answered', { CallSid: child })
    expect(agent.body).toContain('von Hand zurück')
    const keys = await door.post('/phone/main/call/try-1/keys/1', {
      CallSid: child,
      Direction: 'outbound-api',
    })
    expect(keys.body).toContain('Please ring the customer yourself')
    expect(keys.body).not.toContain('<Record')
  })

  it('with an answer that cannot be said is an apology, and nothing is left to take in again', async () => {
    const door = await openDoor()
    door.desk = async () => taken([ask], { callId: undefined })
    expect((await door.post('/phone/main/in')).body).toContain('<Record')
    expect(door.door.state.spooled).toBe(0)
  })
})

/** Every address that takes something in. */
const addresses = [
  'in',
  'fallback',
  'status',
  'recording',
  'call/call-1/keys/1',
  'call/call-1/recorded/1',
  'call/call-1/leg/leg-1/answered',
  'call/call-1/leg/leg-1/keys/1',
  'call/call-1/leg/leg-1/ended/1',
  'call/call-1/leg/leg-1/status',
  'attempt/try-1/answered',
  'attempt/try-1/status',
]

describe('a request that was signed once', () => {
  it('row 9: is the same fact, and hears the same words, whenever it is sent again', async () => {
    const door = await openDoor()
    const fields = { ...status, CallStatus: 'busy', RecordingSid: recording, RecordingStatus: 'completed' }
    for (const address of addresses) {
      const [first, again] = [
        await door.post(`/phone/main/${address}`, fields),
        await door.post(`/phone/main/${address}`, { ...fields, NewField: 'later' }),
      ]
      const [a, b] = door.events.splice(0)
      expect(again, address).toEqual(first)
      expect(a?.key, address).toBe(b?.key)
    }
  })

  it('row 31: is taken in whatever its fields hold, in a form that can be stored', async () => {
    const door = await openDoor()
    const names = [
      'From',
      'CallerName',
      'Digits',
      'CallStatus',
      'RecordingUrl',
      'Timestamp',
      'DialCallDuration',
      'X',
    ]
    const fields = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('\u0000', '-1', '9'.repeat(400), '__proto__'),
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...addresses), fields, async (address, odd) => {
        const answer = await door.post(`/phone/main/${address}`, { CallSid: callSid, ...odd })
        expect([200, 204]).toContain(answer.status)
        const told = JSON.stringify(door.events.splice(0))
        expect(told).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
      { numRuns: 150 },
    )
  })
})

describe('the fallback address', () => {
  it('begins a call that we have not heard of, and apologises in one that broke', async () => {
    const door = await openDoor()
    door.desk = async () => taken([ask])
    expect((await door.post('/phone/main/fallback')).body).toContain('Bitte 1')
    door.desk = async () => taken([ask], { result: 'repeated' })
    const broken = await door.post('/phone/main/fallback', { ...arrivedFields, ErrorCode: '11205' })
    expect(broken.body).toContain('<Record')
    expect(broken.body).toContain('/phone/main/goodbye#')
  })
})

describe('the self-test', () => {
  const refused = { ok: false, why: 'signature' }
  const main = phoneConfig().phone?.providers.main as TwilioConfig

  it('finds a gateway that believes what is signed for its public address, and one that does not', async () => {
    const here = await openDoor({ publicUrl: 'itself' })
    expect(await selfTest(here.url('/'), 'main', main)).toEqual({ ok: true })
    expect(await selfTest(here.url(''), 'main', { ...main, authToken: 'other' })).toEqual(refused)
    // This one thinks that it is reached at another address.
    expect(await selfTest((await openDoor()).url(''), 'main', main)).toEqual(refused)
    expect(await selfTest(here.url('/elsewhere'), 'main', main)).toEqual({
      ok: false,
      why: 'another',
      status: 404,
    })
    expect(here.events).toEqual([])
  })

  it('sees that the address only leads on to another', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(308, { location: 'https://other.example.com/' }).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    expect(await selfTest(`http://127.0.0.1:${port}`, 'main', main)).toEqual({
      ok: false,
      why: 'redirected',
      to: 'https://other.example.com/',
    })
  })

  it('says that nobody is there', async () => {
    expect(await selfTest('http://127.0.0.1:1', 'main', main)).toMatchObject({
      ok: false,
      why: 'unreachable',
    })
  })
})
