import { createServer } from 'node:http'
import { createEmulator, type Emulator } from 'emulate'
import express from 'express'
import twilio from 'twilio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addressesOf } from '../../../src/channels/phone/twilio/addresses.ts'
import { twilioProvider } from '../../../src/channels/phone/twilio/provider.ts'
import { closePort, openPort } from '../../../src/sandbox/listen.ts'

/**
 * A second peer, written by others: what our client asks for, and how requests are signed, is not only right towards a
 * network of our own making.
 */

const accountSid = 'AC00000000000000000000000000000001'
const authToken = 'a token of the tests'
const hotline = '+494012345670'
const anna = '+4915112345678'

interface Told {
  readonly url: string
  readonly fields: Record<string, string>
  readonly signature: string
}

const told: Told[] = []
const app = express()
app.use(express.urlencoded({ extended: false }))
app.use((request, response) => {
  const signature = request.get('x-twilio-signature') ?? ''
  told.push({ url: `${gatewayUrl}${request.originalUrl}`, fields: request.body, signature })
  response.type('text/xml').send('<Response/>')
})
const server = createServer(app)
let gatewayUrl = ''
let peer: Emulator

beforeAll(async () => {
  gatewayUrl = `http://127.0.0.1:${await openPort(server, 0)}`
  peer = await createEmulator({
    service: 'twilio',
    port: 0,
    seed: {
      twilio: {
        account: { sid: accountSid, auth_token: authToken, friendly_name: 'Tests' },
        phone_numbers: [{ phone_number: hotline, voice_url: `${gatewayUrl}/voice` }],
      },
    },
  })
})
afterAll(async () => {
  await peer.close()
  await closePort(server, [])
})
beforeEach(() => void told.splice(0))

function isSigned({ url, fields, signature }: Told): boolean {
  return twilio.validateRequest(authToken, signature, url, fields)
}

function client() {
  const made = twilio(accountSid, authToken)
  made.api.baseUrl = peer.url
  return made
}

describe('the peer of others', () => {
  it('makes a call and signs what it tells of it', async () => {
    const made = await client().calls.create({
      to: anna,
      from: hotline,
      url: `${gatewayUrl}/offer`,
      statusCallback: `${gatewayUrl}/progress`,
      statusCallbackEvent: ['ringing', 'completed'],
    })
    await client().calls(made.sid).update({ status: 'completed' })
    expect(told.map(({ fields }) => fields.CallStatus)).toEqual(['ringing', 'completed'])
    expect(told.map(({ url }) => url)).toEqual(Array(2).fill(`${gatewayUrl}/progress`))
    expect(told.map(one => isSigned(one))).toEqual([true, true])
  })

  it('is refused what it signs when a field was changed on the way', async () => {
    await client().messages.create({
      to: anna,
      from: hotline,
      body: 'Hallo',
      statusCallback: `${gatewayUrl}/text`,
    })
    const [text] = told
    if (!text) throw new Error('nothing was told')
    expect(isSigned(text)).toBe(true)
    expect(isSigned({ ...text, fields: { ...text.fields, MessageStatus: 'delivered' } })).toBe(false)
    expect(isSigned({ ...text, url: `${gatewayUrl}/other` })).toBe(false)
  })

  it('takes the calls and texts that our provider asks for, finds and ends them', async () => {
    const provider = twilioProvider(
      'main',
      {
        kind: 'twilio',
        accountSid,
        authToken,
        apiUrl: peer.url,
        voices: { de: 'Polly.Vicki-Neural', en: 'Polly.Amy-Neural' },
      },
      gatewayUrl,
    )
    const call = { attemptId: 'attempt-1', to: anna, from: hotline, ringSeconds: 20, mostMinutes: 60 }
    const { providerId } = await provider.placeCall(call)
    expect(providerId).toMatch(/^CA/)
    // This peer knows nothing of settings in the fragment, and signs it along; the real one leaves it out.
    const [ringing] = told
    const url = addressesOf(gatewayUrl, 'main').attemptStatus('attempt-1')
    expect(ringing && isSigned({ ...ringing, url })).toBe(true)
    const text = { textId: 'text-1', to: anna, from: hotline, text: 'Ihre Ticketnummer lautet 12345678.' }
    const sent = await provider.sendText(text)
    expect(sent.providerId).toMatch(/^SM/)
    expect(await provider.findText(text, Temporal.Now.instant().subtract({ minutes: 5 }))).toEqual(sent)
    const since = Temporal.Now.instant().subtract({ minutes: 5 })
    const listed = await provider.listCalls(hotline, since, since.add({ minutes: 10 }))
    expect(listed.map(one => one.providerId)).toContain(providerId)
    await provider.hangUp(providerId)
    expect((await client().calls(providerId).fetch()).status).toBe('completed')
  })
})
