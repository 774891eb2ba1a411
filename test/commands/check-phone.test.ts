import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openPhoneDoor, type PhoneDoor } from '../../src/channels/phone/phone-door.ts'
import { checkPhone } from '../../src/commands/check/check-phone.ts'
import type { Finding } from '../../src/commands/check/finding.ts'
import { type Config, configSchema } from '../../src/config/schema.ts'
import { openLog } from '../../src/log.ts'
import { soundPhoneConfig } from '../config/sound-config.ts'

const now = Temporal.Instant.from('2026-11-24T11:00:00Z')

let servers: Server[]
let doors: PhoneDoor[]
let folder: string
beforeEach(async () => {
  servers = []
  doors = []
  folder = await mkdtemp(join(tmpdir(), 'check-phone-'))
})
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  for (const door of doors) await door.stop()
  await rm(folder, { recursive: true })
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What Twilio's list of calls looks like when there are none; only who has the token sees it. */
const account = 'AC0123456789abcdef0123456789abcdef'
const twilioApi: RequestListener = (request, response) => {
  const login = `Basic ${Buffer.from(`${account}:geheim`).toString('base64')}`
  const known = request.headers.authorization === login && request.url?.includes(`/Accounts/${account}/Calls`)
  response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify(
      known
        ? { calls: [], page: 0, page_size: 50, next_page_uri: null }
        : { code: 20003, message: 'Authenticate' },
    ),
  )
}

/** A port that was ours a moment ago, and where nobody listens now. */
async function deadUrl(): Promise<string> {
  const url = await serve(() => {})
  const server = servers.pop()
  server?.close()
  if (server) await once(server, 'close')
  return url
}

interface Places {
  readonly api: string
  readonly publicUrl?: string
  readonly port?: number
  readonly yaml?: (text: string) => string
}

async function configured({ api, publicUrl, port, yaml = text => text }: Places): Promise<Config> {
  const free = new URL(await deadUrl()).port
  const text = soundPhoneConfig
    .replace('authToken: geheim', `authToken: geheim\n      apiUrl: ${api}`)
    .replace('https://gateway.example.com', publicUrl ?? 'https://gateway.example.com')
  return configSchema.parse(parse(yaml(`${text}http: { port: ${port ?? free} }\n`)))
}

const find = (findings: readonly Finding[], what: string) => findings.filter(each => each.what === what)

describe('a hotline in order', () => {
  it('is logged in, and says who is rung', async () => {
    const api = await serve(twilioApi)
    expect(await checkPhone(await configured({ api }), now)).toEqual([
      { what: 'telephone carrier', ok: true, found: `logged in as ${account}` },
      {
        what: 'telephone carrier, address',
        ok: true,
        found:
          'https://gateway.example.com was not tried, because no gateway runs here; check again once it does',
      },
      {
        what: 'line hotline',
        ok: true,
        found: 'rings anna (de); nobody speaks English, which callers can choose',
      },
      {
        what: 'line hotline/195',
        ok: false,
        found: 'answered in English, which nobody of anna (de) speaks',
        advice: 'write "en" into the languages of an agent, or choose another language for the line',
      },
    ])
  })

  it('finds nothing to say where there is none', async () => {
    const config = await configured({ api: 'http://127.0.0.1:1' })
    expect(await checkPhone({ ...config, phone: undefined }, now)).toEqual([])
  })
})

describe('the way in', () => {
  /** A gateway's door for telephone providers, with the configuration that `configFor` makes for its address. */
  async function gateway(configFor: (url: string) => Promise<Config>): Promise<string> {
    const app = express()
    app.get('/healthz', (_request, response) => {
      response.json({ alive: true })
    })
    const url = await serve(app)
    const door = await openPhoneDoor({
      config: await configFor(url),
      takeIn: async () => ({
        ...{ result: 'refused', answer: [], turn: 0, callId: undefined, ticketNumber: undefined },
      }),
      onText: async () => {},
      now: () => now,
      after: () => () => {},
      spoolFolder: join(folder, 'spool'),
      log: openLog('silent'),
    })
    doors.push(door)
    app.use('/phone', door.router)
    return url
  }

  it('is tried from outside with a signature, once a gateway runs', async () => {
    const api = await serve(twilioApi)
    const own = (url: string) => configured({ api, publicUrl: url, port: Number(new URL(url).port) })
    const url = await gateway(own)
    expect(find(await checkPhone(await own(url), now), 'telephone carrier, address')).toEqual([
      {
        what: 'telephone carrier, address',
        ok: true,
        found: `a signed request to ${url} arrives here`,
      },
    ])
  })

  it('is told from one that leads somewhere else', async () => {
    const api = await serve(twilioApi)
    const elsewhere = await serve((request, response) => {
      response.writeHead(request.url === '/healthz' ? 200 : 404).end('{}')
    })
    const config = await configured({ api, publicUrl: elsewhere, port: Number(new URL(elsewhere).port) })
    expect(find(await checkPhone(config, now), 'telephone carrier, address')).toEqual([
      {
        what: 'telephone carrier, address',
        ok: false,
        found: `${elsewhere} answers with 404, and not as this gateway does`,
        advice: 'check that the proxy passes /phone on to this gateway',
      },
    ])
  })

  it('is told from one with another address in its signatures', async () => {
    const api = await serve(twilioApi)
    const url = await gateway(() => configured({ api, publicUrl: 'https://gateway.example.com' }))
    const moved = await configured({ api, publicUrl: url, port: Number(new URL(url).port) })
    expect(find(await checkPhone(moved, now), 'telephone carrier, address')).toEqual([
      {
        what: 'telephone carrier, address',
        ok: false,
        found: `${url} leads here, but the signature does not fit the address`,
        advice:
          'write phone.publicUrl exactly as the provider has it, path included; a proxy must not change the path',
      },
    ])
  })
})

describe('what will not do', () => {
  it('is a token that the provider refuses, which is not shown', async () => {
    const api = await serve(twilioApi)
    const config = await configured({
      api,
      yaml: text => text.replace('geheim\n      apiUrl', 'falsch17\n      apiUrl'),
    })
    const [login] = find(await checkPhone(config, now), 'telephone carrier')
    expect(login).toMatchObject({
      ok: false,
      advice: 'check phone.providers.carrier: accountSid, authToken, region and edge belong together',
    })
    expect(login?.found).not.toContain('falsch17')
  })

  it('is a provider that does not answer', async () => {
    const config = await configured({ api: await deadUrl() })
    expect(find(await checkPhone(config, now), 'telephone carrier')).toMatchObject([
      { ok: false, found: expect.stringContaining('ECONNREFUSED') },
    ])
  })

  it('is a voice that does not speak German', async () => {
    const api = await serve(twilioApi)
    const config = await configured({
      api,
      yaml: text => text.replace('    carrier:', '    carrier:\n      voices: { de: Polly.Hannah-Neural }'),
    })
    expect(find(await checkPhone(config, now), 'telephone carrier, voices')).toMatchObject([
      { ok: false, found: expect.stringContaining('voices.de is "Polly.Hannah-Neural"') },
    ])
  })

  it('is a group that nobody can be rung in, and a line whose number does not exist', async () => {
    const api = await serve(twilioApi)
    const config = await configured({
      api,
      yaml: text => text.replace('    phone: "+491713920099"\n', '').replace('+4934188880', '+499934'),
    })
    expect(find(await checkPhone(config, now), 'line hotline')).toEqual([
      {
        what: 'line hotline',
        ok: false,
        found: '+499934 is no number that exists',
        advice: 'look for a wrong digit in phone.lines.hotline.number',
      },
      {
        what: 'line hotline',
        ok: false,
        found: 'nobody in the group support has a telephone: callers would only be promised a call',
        advice: 'give an agent of groups.support a "phone"',
      },
    ])
  })

  it('is a folder without recordings, where a provider cannot speak', async () => {
    const config = await configured({
      api: 'http://127.0.0.1:1',
      yaml: text => text.replace(/kind: twilio\n.*\n.*\n.*\n/, `kind: sipgate\n      clips: ${folder}\n`),
    })
    expect(find(await checkPhone(config, now), 'telephone carrier')).toEqual([
      {
        what: 'telephone carrier',
        ok: false,
        found: expect.stringMatching(/^0 of \d{3} recordings in \S+ can be played$/),
        advice: '"gateway phone clips --check" lists what is missing or of the wrong format',
      },
    ])
    // Nobody is put through there: agents' own telephones do not matter.
    expect(find(await checkPhone(config, now), 'line hotline')).toMatchObject([
      { ok: true, found: 'answered by anna (de); nobody speaks English, which callers can choose' },
    ])
  })
})

describe('text messages', () => {
  it.each([
    ['Muster', 'come from "Muster"; a name cannot be answered, and some networks want it registered'],
    ['+4934188880', 'come from +4934188880'],
  ])('from %s', async (sender, found) => {
    const api = await serve(twilioApi)
    const config = await configured({
      api,
      yaml: text => text.replace('http: {', `  texts: { provider: carrier, sender: "${sender}" }\nhttp: {`),
    })
    expect(find(await checkPhone(config, now), 'text messages')).toEqual([
      { what: 'text messages', ok: true, found },
    ])
  })
})
