import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import twilio from 'twilio'
import { authToken, ctiToken, numbers, sipgateKeys } from './contract-desk.ts'

/** How each provider says the same things, with its own fields, addresses and signatures. */

export interface Reply {
  readonly status: number
  readonly type: string | null
  readonly body: string
}

export interface Request {
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
}

export interface Driver {
  readonly provider: keyof typeof numbers
  /** Content type of whatever is answered to a call. */
  readonly type: RegExp
  /**
   * Its event of a pick-up is proof that an agent spoke with the caller. Not where we answer calls ourselves: there the
   * proof is an agent's key and a bridge.
   */
  readonly pickUpIsProof: boolean
  ring(call: string, from: string): Request
  pickUp(call: string, from: string, user: string): Request
  hangUp(call: string, from: string): Request
  send(url: string, request: Request): Promise<Reply>
  /** The same from somebody who knows everything but the secret. */
  forge(url: string, request: Request): Promise<Reply>
}

/** What is said and what is signed, apart: a stranger has no `headers`. */
async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Reply> {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const response = await fetch(url, { method: 'POST', body, headers: { ...type, ...headers } })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: await response.text(),
  }
}

function form(fields: Request['fields']): string {
  return `${new URLSearchParams(fields)}`
}

function twilioFields(call: string, from: string, status: string): Request['fields'] {
  return {
    CallSid: `CA${call.padEnd(32, '0')}`,
    AccountSid: `AC${'0'.repeat(32)}`,
    From: from,
    To: numbers.twilio,
    CallStatus: status,
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
  }
}

function twilioSend(token: string): Driver['send'] {
  return (url, { path, fields }) => {
    const signature = twilio.getExpectedTwilioSignature(token, url + path, fields)
    return post(url + path, form(fields), { 'X-Twilio-Signature': signature })
  }
}

const twilioDriver: Driver = {
  provider: 'twilio',
  type: /^text\/xml/,
  pickUpIsProof: false,
  ring: (call, from) => ({ path: '/phone/twilio/in', fields: twilioFields(call, from, 'ringing') }),
  pickUp: (call, from) => ({ path: '/phone/twilio/status', fields: twilioFields(call, from, 'in-progress') }),
  hangUp: (call, from) => ({
    path: '/phone/twilio/status',
    fields: { ...twilioFields(call, from, 'completed'), CallDuration: '2' },
  }),
  send: twilioSend(authToken),
  forge: twilioSend('another-token'),
}

/** The words that sipgate and Zammad's interface share. */
function pushed(to: string, event: string, call: string, from: string): Request['fields'] {
  return { event, callId: call, from: from.replace('+', ''), to: to.replace('+', ''), direction: 'in' }
}

function pushing(provider: 'sipgate' | 'cti', path: string) {
  const to = numbers[provider]
  return {
    ring: (call: string, from: string): Request => ({ path, fields: pushed(to, 'newCall', call, from) }),
    pickUp: (call: string, from: string, user: string): Request => ({
      path,
      fields: { ...pushed(to, 'answer', call, from), user },
    }),
    hangUp: (call: string, from: string): Request => ({
      path,
      fields: { ...pushed(to, 'hangup', call, from), cause: 'normalClearing' },
    }),
  }
}

function sipgateSend(key: KeyObject): Driver['send'] {
  return (url, { path, fields }) => {
    const body = form(fields)
    const signature = sign('RSA-SHA256', Buffer.from(body), key).toString('base64')
    return post(url + path, body, { 'X-Sipgate-Signature': signature })
  }
}

const sipgateDriver: Driver = {
  provider: 'sipgate',
  type: /^application\/xml/,
  pickUpIsProof: false,
  ...pushing('sipgate', '/phone/sipgate'),
  send: sipgateSend(sipgateKeys.privateKey),
  forge: sipgateSend(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
}

const ctiDriver: Driver = {
  provider: 'cti',
  type: /^application\/json/,
  pickUpIsProof: true,
  ...pushing('cti', `/phone/cti/${ctiToken}`),
  send: (url, { path, fields }) => post(url + path, form(fields), {}),
  forge: (url, { path, fields }) => post(url + path.replace(ctiToken, 'another-token'), form(fields), {}),
}

export const drivers: readonly Driver[] = [twilioDriver, sipgateDriver, ctiDriver]
