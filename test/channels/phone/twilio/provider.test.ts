import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recordingFetcher } from '../../../../src/channels/phone/twilio/media.ts'
import { twilioProvider } from '../../../../src/channels/phone/twilio/provider.ts'
import type { TwilioConfig } from '../../../../src/channels/phone/twilio/twilio-config.ts'
import { PermanentFailure, TransientFailure } from '../../../../src/desk/failure.ts'
import type { PhoneProvider } from '../../../../src/desk/phone/provider.ts'
import { accountSid, noon, phoneConfig, publicUrl, token } from '../door.ts'

interface Asked {
  readonly method: string
  readonly url: URL
  readonly body: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

const call = {
  attemptId: 'try-1',
  to: '+491701234567',
  from: '+4940123456',
  ringSeconds: 15,
  mostMinutes: 60,
}
const text = {
  textId: 'text-1',
  to: '+491701234567',
  from: 'Support',
  text: 'Ihr Anliegen hat die Nummer 417.',
}
const account = `/2010-04-01/Accounts/${accountSid}`

function json(status: number, body: unknown): (response: ServerResponse) => void {
  return response => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}

/** The real client against a real listener that answers as a test wants. */
async function serve(
  answer: (response: ServerResponse, asked: Asked) => void,
): Promise<{ provider: PhoneProvider; config: TwilioConfig; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const one = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://x'),
      body: new URLSearchParams(body),
      headers: request.headers,
    }
    asked.push(one)
    answer(response, one)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const config = phoneConfig(publicUrl, { apiUrl: `http://127.0.0.1:${port}` }).phone?.providers
    .main as TwilioConfig
  return { provider: twilioProvider('main', config, `${publicUrl}/`), config, asked }
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('a call that we place', () => {
  it('names its attempt in every address, so that it is known before Twilio has answered', async () => {
    const { provider, asked } = await serve(json(201, { sid: 'CA1', status: 'queued' }))
    expect(await provider.placeCall(call)).toEqual({ providerId: 'CA1' })
    const [request] = asked
    expect(request).toMatchObject({ method: 'POST' })
    expect(request?.url.pathname).toBe(`${account}/Calls.json`)
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`,
    )
    expect([...(request?.body ?? [])]).toEqual([
      ['To', '+491701234567'],
      ['From', '+4940123456'],
      ['Method', 'POST'],
      ['StatusCallback', `${publicUrl}/phone/main/attempt/try-1/status#rc=3&rp=ct,5xx`],
      ['StatusCallbackEvent', 'initiated'],
      ['StatusCallbackEvent', 'ringing'],
      ['StatusCallbackEvent', 'answered'],
      ['StatusCallbackEvent', 'completed'],
      ['StatusCallbackMethod', 'POST'],
      ['Timeout', '15'],
      ['TimeLimit', '3600'],
      ['Url', `${publicUrl}/phone/main/attempt/try-1/answered#ct=3000&rt=12000`],
    ])
  })

  const cases: [
    string,
    (response: ServerResponse) => void,
    typeof TransientFailure | typeof PermanentFailure,
    string,
  ][] = [
    ['a connection lost after it was sent', response => void response.destroy(), TransientFailure, 'unsure'],
    ['500', json(500, { code: 20500, message: 'Internal', status: 500 }), TransientFailure, 'unsure'],
    [
      '502 with the page of a proxy',
      response => void response.writeHead(502).end('<html>bad gateway'),
      TransientFailure,
      'unsure',
    ],
    [
      '201 with the page of a proxy',
      response => void response.writeHead(201).end('<html>hello'),
      TransientFailure,
      'unsure',
    ],
    ['201 without an id', json(201, {}), TransientFailure, 'unsure'],
    ['429', json(429, { code: 20429, message: 'Too many requests', status: 429 }), TransientFailure, 'phone'],
    ['503', response => void response.writeHead(503).end(), TransientFailure, 'phone'],
    [
      '400',
      json(400, { code: 21215, message: 'Not allowed to call +4990012345678', status: 400 }),
      PermanentFailure,
      'phone',
    ],
    ['401', json(401, { code: 20003, message: 'Authenticate', status: 401 }), PermanentFailure, 'phone'],
    [
      '403 with the page of a proxy',
      response => void response.writeHead(403).end('<html>no'),
      PermanentFailure,
      'phone',
    ],
    [
      '400 in the newer form',
      json(400, { type: 'https://x', title: 'Bad', status: 400, code: 21211, detail: 'wrong' }),
      PermanentFailure,
      'phone',
    ],
  ]
  it.each(cases)(
    'and that is answered by %s has that consequence, once',
    async (_what, answer, kind, code) => {
      const { provider, asked } = await serve(answer)
      const error = await failure(provider.placeCall(call))
      expect(error).toBeInstanceOf(kind)
      expect(error).toMatchObject({ code })
      expect(asked).toHaveLength(1)
    },
  )

  it('and that nobody answered in time is in doubt', async () => {
    const { config } = await serve(() => {})
    expect(await failure(twilioProvider('main', config, publicUrl, 200).placeCall(call))).toMatchObject({
      name: 'TransientFailure',
      code: 'unsure',
    })
  })

  it('and that nobody could be asked for was not placed', async () => {
    const config = phoneConfig(publicUrl, { apiUrl: 'http://127.0.0.1:1' }).phone?.providers
      .main as TwilioConfig
    const error = await failure(twilioProvider('main', config, publicUrl).placeCall(call))
    expect(error).toMatchObject({ name: 'TransientFailure', code: 'phone' })
  })

  it("says why it failed in Twilio's words, without a secret or a whole number", async () => {
    const { provider } = await serve(
      json(400, { code: 21215, message: 'Not allowed to call +4990012345678.', status: 400 }),
    )
    const error = (await failure(provider.placeCall(call))) as Error
    expect(error.message).toBe(
      'Twilio answered 400 when asked to ring an agent: 21215 Not allowed to call …678.',
    )
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(token)
    expect(error.cause).toBeUndefined()
  })
})

describe('what may be asked twice', () => {
  it('is never in doubt', async () => {
    const { provider } = await serve(response => void response.destroy())
    for (const work of [
      provider.hangUp('CA1'),
      provider.listCalls('+4940123456', noon, noon),
      provider.deleteRecording('RE1'),
      provider.fetchRecording('RE1'),
      provider.findText(text, noon),
    ])
      expect(await failure(work)).toMatchObject({ name: 'TransientFailure', code: 'phone' })
  })

  it('is done where it was done already: a call that has ended, a recording that is gone', async () => {
    const { provider, asked } = await serve((response, { method }) =>
      method === 'DELETE'
        ? json(404, { code: 20404, message: 'not found', status: 404 })(response)
        : json(400, { code: 21220, message: 'Call is not in-progress', status: 400 })(response),
    )
    await provider.hangUp('CA1')
    await provider.deleteRecording('RE1')
    expect(asked.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      `POST ${account}/Calls/CA1.json`,
      `DELETE ${account}/Recordings/RE1.json`,
    ])
    expect(asked[0]?.body.get('Status')).toBe('completed')
  })
})

describe("Twilio's list of calls", () => {
  it('gives those of a number and a span, newest first, without legs', async () => {
    const rows = [
      {
        sid: 'CA1',
        direction: 'inbound',
        status: 'completed',
        from: '+491',
        to: '+4940123456',
        start_time: 'Mon, 23 Nov 2026 11:00:00 +0000',
        duration: '31',
      },
      {
        sid: 'CA2',
        direction: 'outbound-api',
        status: 'queued',
        from: '+4940123456',
        to: '+492',
        start_time: null,
        date_created: 'Mon, 23 Nov 2026 11:05:00 +0000',
        duration: null,
      },
      {
        sid: 'CA3',
        direction: 'outbound-dial',
        parent_call_sid: 'CA1',
        status: 'completed',
        start_time: 'Mon, 23 Nov 2026 11:01:00 +0000',
      },
      {
        sid: 'CA4',
        direction: 'inbound',
        status: 'no-answer',
        start_time: 'Mon, 23 Nov 2026 10:59:59 +0000',
      },
    ]
    const { provider, asked } = await serve(
      json(200, { calls: rows, page: 0, page_size: 1000, next_page_uri: null }),
    )
    const found = await provider.listCalls(
      '+4940123456',
      noon.add({ milliseconds: 300 }),
      noon.add({ minutes: 10 }),
    )
    expect(found.map(one => ({ ...one, startedAt: one.startedAt.toString() }))).toEqual([
      {
        providerId: 'CA2',
        direction: 'out',
        from: '+4940123456',
        to: '+492',
        startedAt: '2026-11-23T11:05:00Z',
        state: 'open',
        seconds: null,
      },
      {
        providerId: 'CA1',
        direction: 'in',
        from: '+491',
        to: '+4940123456',
        startedAt: '2026-11-23T11:00:00Z',
        state: 'completed',
        seconds: 31,
      },
    ])
    expect(
      asked.map(({ url }) => [
        url.searchParams.get('To') ?? url.searchParams.get('From'),
        url.searchParams.get('Status'),
      ]),
    ).toEqual([
      ['+4940123456', null],
      ['+4940123456', null],
      ['+4940123456', 'queued'],
      ['+4940123456', 'queued'],
    ])
    expect(asked[0]?.url.searchParams.get('StartTime>')).toBe('2026-11-23T10:59:59Z')
  })
})

describe('a recording', () => {
  it('is fetched with our login, as it is', async () => {
    const bytes = Buffer.from([0xff, 0xfb, 0x00, 0x80, 0x0a])
    const { provider, asked } = await serve(
      response => void response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(bytes),
    )
    expect(await provider.fetchRecording('RE1')).toEqual({ bytes, contentType: 'audio/mpeg' })
    expect(asked[0]?.url.pathname).toBe(`${account}/Recordings/RE1.mp3`)
    expect(asked[0]?.headers.authorization).toMatch(/^Basic /)
  })

  it('that is not there yet is no failure', async () => {
    const { provider } = await serve(json(404, { code: 20404, message: 'not found', status: 404 }))
    expect(await provider.fetchRecording('RE1')).toBeUndefined()
    expect(await provider.fetchRecording('../x')).toBeUndefined()
  })

  it('that is too large, or none, is given up', async () => {
    const large = await serve(
      response => void response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(Buffer.alloc(5000)),
    )
    expect(await failure(recordingFetcher(large.config, 4000)('RE1'))).toMatchObject({
      name: 'PermanentFailure',
      code: 'phone',
    })
    const page = await serve(
      response => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    )
    expect(await failure(page.provider.fetchRecording('RE1'))).toMatchObject({
      name: 'PermanentFailure',
      code: 'phone',
    })
  })
})

describe('a text', () => {
  it('is sent with an address for its fate', async () => {
    const { provider, asked } = await serve(json(201, { sid: 'SM1', status: 'queued' }))
    expect(await provider.sendText(text)).toEqual({ providerId: 'SM1' })
    expect(Object.fromEntries(asked[0]?.body ?? [])).toEqual({
      To: text.to,
      From: text.from,
      Body: text.text,
      StatusCallback: `${publicUrl}/phone/main/text/text-1#rc=3&rp=ct,5xx`,
    })
  })

  it('of which no answer came is found by its words and its time', async () => {
    const row = (sid: string, body: string, minute: string) => ({
      sid,
      body,
      date_created: `Mon, 23 Nov 2026 11:${minute}:00 +0000`,
    })
    const messages = [
      row('SM3', 'something else', '09'),
      row('SM2', text.text, '08'),
      row('SM1', text.text, '00'),
    ]
    const { provider } = await serve(json(200, { messages, page: 0, page_size: 50, next_page_uri: null }))
    expect(await provider.findText(text, noon.add({ minutes: 5 }))).toEqual({ providerId: 'SM2' })
    expect(await provider.findText(text, noon.add({ minutes: 9 }))).toBeUndefined()
  })
})
