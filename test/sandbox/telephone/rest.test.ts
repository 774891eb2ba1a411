import { afterEach, describe, expect, it } from 'vitest'
import { agent, caller, customer, mailbox } from '../../../src/sandbox/telephone/actors.ts'
import {
  accountSid,
  authToken,
  hotline,
  openGateway,
  publicUrl,
  type ScriptedGateway,
  start,
} from './scripted-gateway.ts'

/** All through the vendor's own client. */

let gateway: ScriptedGateway
afterEach(() => gateway.close())

const anna = '+4915112345678'
const company = '+494098765432'

const offer = {
  '/offer':
    '<Gather action="/take" numDigits="1"><Say language="de-DE">Rückruf. Eins zum Annehmen.</Say></Gather><Hangup/>',
  '/take': `<Dial callerId="${hotline}" action="/over" timeout="25"><Number>${company}</Number></Dial>`,
  '/over': '<Hangup/>',
}

const request = {
  to: anna,
  from: hotline,
  url: `${publicUrl}/offer`,
  timeout: 20,
  statusCallback: `${publicUrl}/progress`,
  statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
}

const progress = () =>
  gateway.asked.filter(({ path }) => path === '/progress').map(({ fields }) => fields.CallStatus)

describe('calls', () => {
  it('ring the agent, then the customer, and tell every step', async () => {
    gateway = await openGateway(offer)
    gateway.network.connect(anna, agent('anna', { talks: 600 }))
    gateway.network.connect(company, customer('customer'))
    const made = await gateway.client().calls.create(request)
    expect(made).toMatchObject({ status: 'queued', direction: 'outbound-api', to: anna, from: hotline })
    await gateway.network.run()
    expect(progress()).toEqual(['initiated', 'ringing', 'in-progress', 'completed'])
    expect(gateway.asked.every(({ signed }) => signed)).toBe(true)
    expect(gateway.last('/over').fields).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'true' })
    const [call] = gateway.network.calls()
    expect(call && gateway.network.transcript(call)).toMatch(
      /anna presses 1[\s\S]*anna and customer are bridged/,
    )
    const after = await gateway.client().calls(made.sid).fetch()
    expect(after.status).toBe('completed')
    expect(Number(after.duration)).toBeGreaterThan(40)
    expect(gateway.network.faults).toEqual([])
  })

  it('let the agent hear the mailbox of the customer', async () => {
    gateway = await openGateway(offer)
    gateway.network.connect(
      anna,
      agent('anna', {
        steps: [
          { hears: /Eins/, presses: '1' },
          { hears: /nicht erreichbar/, hangsUp: true },
        ],
      }),
    )
    gateway.network.connect(company, mailbox('mailbox'))
    await gateway.client().calls.create(request)
    await gateway.network.run()
    const [call] = gateway.network.calls()
    expect(call && gateway.network.transcript(call)).toMatch(/anna hears: Der gewünschte[\s\S]*anna hangs up/)
  })

  it('leave one per second', async () => {
    gateway = await openGateway({})
    const client = gateway.client()
    for (let call = 0; call < 3; call++) await client.calls.create(request)
    await gateway.network.run()
    const dates = gateway.asked
      .filter(({ fields }) => fields.CallStatus === 'initiated')
      .map(({ fields }) => fields.Timestamp)
    expect(dates).toEqual(['00', '01', '02'].map(second => `Mon, 23 Nov 2026 08:00:${second} +0000`))
  })

  it('are taken back while they wait without a word to anybody, and taken down while they ring', async () => {
    gateway = await openGateway(offer)
    gateway.network.connect(anna, agent('anna', { after: 30 }))
    const client = gateway.client()
    const waiting = await client.calls.create(request)
    await client.calls(waiting.sid).update({ status: 'canceled' })
    await gateway.network.run()
    expect(gateway.asked).toEqual([])
    const ringing = await client.calls.create(request)
    await gateway.network.run({ until: start.add({ seconds: 5 }) })
    await client.calls(ringing.sid).update({ status: 'completed' })
    await gateway.network.run()
    expect(progress()).toEqual(['initiated', 'ringing', 'canceled'])
    expect(gateway.last('/progress').fields.SipResponseCode).toBe('487')
    await expect(client.calls(ringing.sid).update({ status: 'completed' })).rejects.toMatchObject({
      status: 400,
      code: 21220,
    })
  })

  it('are listed by number and time, newest first, over several pages', async () => {
    gateway = await openGateway({ '/voice': '<Hangup/>' })
    for (let call = 0; call < 5; call++) {
      gateway.network.call(caller(`+49409876543${call}`), hotline)
      await gateway.network.run({ until: start.add({ minutes: call + 1 }) })
    }
    const at = (minute: number) => new Date(start.add({ minutes: minute }).epochMilliseconds)
    const listed = await gateway
      .client()
      .calls.list({ to: hotline, startTimeAfter: at(1), startTimeBefore: at(3), pageSize: 1 })
    expect(listed.map(({ from }) => from)).toEqual(['+494098765433', '+494098765432', '+494098765431'])
    expect(await gateway.client().calls.list({ from: hotline })).toEqual([])
  })

  it.each([
    ['a number that is none', { to: '040123' }, 21211],
    ['a number of somebody else', { from: '+493012345678' }, 21210],
    ['an event that does not exist', { statusCallbackEvent: ['done'] }, 21626],
    ['a parameter that is not tried here', { machineDetection: 'Enable' }, 20001],
    ['too short a ring', { timeout: 1 }, 21407],
  ])('are refused with %s', async (_what, change, code) => {
    gateway = await openGateway(offer)
    await expect(gateway.client().calls.create({ ...request, ...change })).rejects.toMatchObject({
      status: 400,
      code,
    })
    expect(gateway.network.calls()).toEqual([])
  })

  it('need the right token', async () => {
    gateway = await openGateway({})
    const client = gateway.client()
    client.password = 'wrong'
    await expect(client.calls.list()).rejects.toMatchObject({ status: 401, code: 20003 })
  })
})

describe('a REST side that goes wrong', () => {
  it.each([
    ['too many requests', { do: 'refuse', status: 429, code: 20429 }, { status: 429, code: 20429 }, 0],
    ['an outage', { do: 'refuse', status: 503, code: 20503 }, { status: 503 }, 0],
    ['a page of a proxy', { do: 'html', status: 502 }, { status: 502 }, 0],
    ['a broken connection', { do: 'break' }, { code: 'ECONNRESET' }, 0],
    ['a lost answer: the call was made all the same', { do: 'lose-answer' }, { code: 'ECONNRESET' }, 1],
  ] as const)('by %s', async (_what, fate, error, made) => {
    gateway = await openGateway({})
    gateway.network.knobs.rest.next('calls.create', fate)
    await expect(gateway.client().calls.create(request)).rejects.toMatchObject(error)
    expect(gateway.network.calls()).toHaveLength(made)
    await gateway.client().calls.create(request)
    expect(gateway.network.calls()).toHaveLength(made + 1)
  })
})

describe('texts', () => {
  it.each([
    ['a mobile', '+4915112345678', 'delivered', undefined],
    ['a landline', '+494098765432', 'undelivered', '30006'],
  ])('to %s are %s', async (_what, to, status, code) => {
    gateway = await openGateway({})
    const sent = await gateway
      .client()
      .messages.create({ to, from: 'Intake', body: 'Grüße', statusCallback: `${publicUrl}/text` })
    await gateway.network.run()
    const told = gateway.asked.map(({ fields }) => fields.MessageStatus)
    expect(told).toEqual(['queued', 'sent', status])
    expect(gateway.last('/text').fields.ErrorCode).toBe(code)
    expect(gateway.asked.every(({ signed }) => signed)).toBe(true)
    expect((await gateway.client().messages(sent.sid).fetch()).status).toBe(status)
    const listed = await gateway
      .client()
      .messages.list({ to, dateSentAfter: new Date(start.epochMilliseconds - 1000) })
    expect(listed.map(({ body }) => body)).toEqual(['Grüße'])
  })
})

describe('a recording', () => {
  it('is fetched and deleted with authentication only', async () => {
    gateway = await openGateway({
      '/voice': '<Record action="/recorded" timeout="2" recordingStatusCallback="/recording"/>',
      '/recorded': '<Hangup/>',
    })
    gateway.network.call(caller(company, [{ hears: /^/, says: 'Guten Tag', seconds: 5 }]), hotline)
    await gateway.network.run()
    const { RecordingUrl = '', RecordingSid = '' } = gateway.last('/recording').fields
    expect((await fetch(RecordingUrl)).status).toBe(401)
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
    const media = await fetch(`${RecordingUrl}.wav`, { headers: { authorization } })
    expect(media.headers.get('content-type')).toBe('audio/x-wav')
    const bytes = Buffer.from(await media.arrayBuffer())
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF')
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8)
    const mp3 = await fetch(`${RecordingUrl}.mp3`, { headers: { authorization } })
    expect(mp3.headers.get('content-type')).toBe('audio/mpeg')
    expect((await gateway.client().recordings(RecordingSid).fetch()).duration).not.toBe('0')
    expect(await gateway.client().recordings(RecordingSid).remove()).toBe(true)
    expect((await fetch(RecordingUrl, { headers: { authorization } })).status).toBe(404)
  })
})
