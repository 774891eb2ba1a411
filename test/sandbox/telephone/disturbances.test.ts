import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { agent, caller } from '../../../src/sandbox/telephone/actors.ts'
import type { WebhookFate } from '../../../src/sandbox/telephone/knobs.ts'
import { hotline, openGateway, publicUrl, type ScriptedGateway } from './scripted-gateway.ts'

let gateway: ScriptedGateway
afterEach(() => gateway.close())

const customer = '+494098765432'
const anna = '+4915112345678'
const greeting = '<Say language="de-DE">Guten Tag.</Say>'
const paths = () => gateway.asked.map(({ path }) => path)

async function ring() {
  const call = gateway.network.call(caller(customer), hotline)
  await gateway.network.run()
  return { call, transcript: gateway.network.transcript(call) }
}

describe('a request that goes wrong', () => {
  it('comes twice at the same time with the same token, and the first answer counts', async () => {
    gateway = await openGateway({ '/voice': greeting })
    gateway.network.knobs.webhooks.next('voice', { do: 'duplicate', concurrently: true })
    const { transcript } = await ring()
    const twice = gateway.network.deliveries().filter(({ kind }) => kind === 'voice')
    expect(twice).toHaveLength(2)
    expect(new Set(twice.map(({ token }) => token)).size).toBe(1)
    expect(transcript.match(/Guten Tag/g)).toHaveLength(1)
  })

  it('overtakes another one', async () => {
    gateway = await openGateway({
      '/voice': `<Dial callerId="${hotline}"><Number statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">${anna}</Number></Dial>`,
    })
    gateway.network.connect(anna, agent('anna'))
    gateway.network.knobs.webhooks.next('call-progress', { do: 'delay', seconds: 10 })
    await ring()
    const order = gateway.asked
      .filter(({ path }) => path === '/leg')
      .map(({ fields }) => fields.SequenceNumber)
    expect(order).toEqual(['1', '2', '0', '3'])
  })

  it('never comes: one more try, then the fallback hears which URL failed how', async () => {
    gateway = await openGateway({ '/fallback': greeting }, { fallback: true })
    gateway.network.knobs.webhooks.always('voice', { do: 'drop' })
    const { transcript } = await ring()
    expect(gateway.last('/fallback').fields).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: `${publicUrl}/voice`,
    })
    // Two connections of five seconds each.
    expect(transcript).toContain('00:10  caller hears (de-DE): Guten Tag.')
    expect(gateway.network.faults).toEqual([])
  })

  it('is answered too late: the gateway did its work, the caller hears the fallback after 15 s', async () => {
    gateway = await openGateway({ '/voice': greeting, '/fallback': greeting }, { fallback: true })
    gateway.network.knobs.webhooks.next('voice', { do: 'lose-answer' })
    const { transcript } = await ring()
    expect(paths()).toEqual(['/voice', '/fallback', '/ended'])
    expect(gateway.last('/fallback').fields.ErrorCode).toBe('11205')
    expect(transcript).toContain('00:15  caller hears')
  })

  it('arrives after the network has given up', async () => {
    gateway = await openGateway({ '/voice': greeting, '/fallback': greeting }, { fallback: true })
    gateway.network.knobs.webhooks.next('voice', { do: 'delay', seconds: 40 })
    await ring()
    expect(paths()).toEqual(['/fallback', '/ended', '/voice'])
  })

  it('is tried again as often and for the reasons that its URL says', async () => {
    gateway = await openGateway({ '/voice': greeting })
    gateway.network.knobs.webhooks.next('call-ended', { do: 'refuse', status: 503 }, 3)
    await ring()
    expect(paths()).toEqual(['/voice', '/ended'])
    expect(gateway.network.deliveries().at(-1)?.attempt).toBe(3)
  })

  it('is not tried again on a 5xx where its URL says nothing', async () => {
    gateway = await openGateway({ '/voice': greeting })
    gateway.network.knobs.webhooks.next('voice', { do: 'refuse', status: 502 })
    const { call, transcript } = await ring()
    expect(call.status).toBe('failed')
    expect(transcript).toContain('an application error has occurred')
    expect(gateway.network.faults).toEqual([])
  })

  it('gives up by the limit that its URL sets', async () => {
    gateway = await openGateway({ '/voice': greeting }, { voiceFragment: '#rt=4000&rc=0' })
    gateway.network.knobs.webhooks.next('voice', { do: 'lose-answer' })
    const { transcript } = await ring()
    expect(transcript).toContain('00:04  no document from /voice (11205)')
  })

  it('meets nobody: the fallback lives elsewhere, and nothing of it is our fault', async () => {
    gateway = await openGateway({}, { gatewayUrl: 'http://127.0.0.1:9' })
    const { call } = await ring()
    expect(call.status).toBe('failed')
    expect(gateway.network.faults).toEqual([])
  })
})

describe('an answer of ours that is wrong', () => {
  it.each([
    ['words instead of markup', { status: 200, type: 'text/plain', body: 'Oh no' }, 'plain-text'],
    ['an error', { status: 500, type: 'text/xml', body: '' }, 'answer'],
    ['no document', { status: 204 }, 'plain-text'],
    ['an invented attribute', '<Say language="de-DE" mood="kind">Hallo</Say>', 'markup'],
    ['a redirect to itself for ever', '<Redirect>/voice</Redirect>', 'answer'],
    ['an unknown way to fetch', '<Redirect>/other#retries=3</Redirect>', 'url'],
  ] as const)('is a fault: %s', async (_what, answer, kind) => {
    gateway = await openGateway({ '/voice': answer })
    const { call } = await ring()
    expect(gateway.network.faults.map(fault => fault.kind)).toEqual([kind])
    expect(call.status).toBe('failed')
  })
})

describe('the network', () => {
  it('brings every call to an end, whatever becomes of the requests', async () => {
    const fate = fc.constantFrom<WebhookFate>(
      { do: 'deliver' },
      { do: 'duplicate', concurrently: true },
      { do: 'duplicate' },
      { do: 'delay', seconds: 3 },
      { do: 'delay', seconds: 30 },
      { do: 'drop' },
      { do: 'lose-answer' },
      { do: 'refuse', status: 503 },
    )
    gateway = await openGateway({
      '/voice': '<Gather action="/keys" numDigits="1"><Say language="de-DE">Bitte wählen Sie.</Say></Gather>',
      '/keys': `<Dial callerId="${hotline}" action="/over" timeout="15"><Number url="/whisper" statusCallback="/leg">${anna}</Number></Dial>`,
      '/whisper': greeting,
      '/over': '<Record action="/recorded" timeout="2" recordingStatusCallback="/recording"/>',
      '/recorded': '<Hangup/>',
    })
    gateway.network.connect(anna, agent('anna', { manyLines: true }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 90 }),
        async (fates, patience) => {
          let count = 0
          gateway.network.knobs.webhooks.decide(() => fates[count++ % fates.length])
          const steps = [
            { hears: /wählen/, presses: '1' },
            { hears: /^/, says: 'Hallo', seconds: 3 },
          ]
          gateway.network.call(caller(customer, steps, { hangsUpAfter: patience }), hotline)
          await gateway.network.run()
          expect(gateway.network.calls().filter(({ endedAt }) => endedAt === null)).toEqual([])
          expect(gateway.network.faults).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('does the same again for the same seed', async () => {
    const run = async (seed: string) => {
      gateway = await openGateway(
        {
          '/voice': `<Gather action="/keys" numDigits="2"><Say language="de-DE">Bitte wählen Sie zwei Ziffern.</Say></Gather>`,
          '/keys': `<Dial callerId="${hotline}"><Number>${anna}</Number></Dial>`,
        },
        { seed },
      )
      gateway.network.connect(anna, agent('anna', { manyLines: true }))
      const calls = ['1', '2', '3'].map(digit =>
        gateway.network.call(
          caller(`+49409876543${digit}`, [{ hears: /zwei/, presses: '42' }], { hangsUpAfter: 50 }),
          hotline,
        ),
      )
      await gateway.network.run()
      const told = gateway.asked.map(({ path, fields }) => `${path} ${JSON.stringify(fields)}`)
      const result = [...calls.map(call => gateway.network.transcript(call)), ...told].join('\n')
      await gateway.close()
      return result
    }
    const [first, second, other] = [await run('a'), await run('a'), await run('b')]
    gateway = await openGateway({})
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })
})
