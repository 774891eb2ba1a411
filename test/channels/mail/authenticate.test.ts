import { generateKeyPairSync } from 'node:crypto'
import type { DKIMSignOptions } from 'mailauth'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { authenticatingReader, type ReaderParts } from '../../../src/channels/mail/authenticate.ts'
import { checkDkim, type Resolve } from '../../../src/channels/mail/dkim-check.ts'
import { readMail } from '../../../src/channels/mail/read-mail.ts'
import { configSchema } from '../../../src/config/schema.ts'
import { mailSource } from './mail-source.ts'

/** Mails signed by the library's own signer, checked against keys that a resolver of ours hands out. */

const now = Temporal.Instant.from('2026-11-24T11:00:00Z')
const signTime = new Date('2026-11-24T10:59:00Z')
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const record = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`
const unsigned = mailSource({
  fields: { From: 'Anna Petersen <anna@example.com>', To: 'support+x@example.com' },
  body: 'Bitte den Hebel drücken.\n',
})

async function signed(options: Partial<DKIMSignOptions> = {}, mail = unsigned): Promise<Buffer> {
  const signer = { signingDomain: 'example.com', selector: 's1', privateKey, ...options }
  const { signatures, errors } = await dkimSign(mail, { signTime, ...signer, signatureData: [signer] })
  expect(errors).toEqual([])
  return Buffer.concat([Buffer.from(`${signatures.trim()}\r\n`), mail])
}

/** Answers with `value`, or fails with the code of a DNS error, and remembers what it was asked. */
function dns(value: string | Error = record) {
  const asked: string[] = []
  const resolve: Resolve = name => {
    asked.push(name)
    return value instanceof Error ? Promise.reject(value) : Promise.resolve([[value]])
  }
  return { asked, resolve }
}

const failing = (code: string) => dns(Object.assign(new Error(code), { code }))

async function dkimOf(raw: Buffer, { resolve }: { resolve: Resolve } = dns(), timeoutMs = 5_000) {
  const { authentication } = await readMail(raw)
  const header =
    raw
      .toString('latin1')
      .split('\r\n\r\n')[0]
      ?.replace(/\r\n[ \t]/g, ' ') ?? ''
  const signatures = header.split('\r\n').flatMap(line => /^dkim-signature:(.*)$/i.exec(line)?.[1] ?? [])
  return checkDkim(raw, signatures, authentication, { resolve, now, timeoutMs })
}

/** The library reads a text here, whatever its declaration says. */
const onlyFrom = { headerList: 'From:Subject:Date' as unknown as string[] }

describe('our own look at a DKIM signature', () => {
  it('believes a good one of the domain in From', async () => {
    const names = dns()
    expect(await dkimOf(await signed(), names)).toBe('pass')
    expect(names.asked).toEqual(['s1._domainkey.example.com'])
  })

  it('does not believe a mail that was changed', async () => {
    const raw = await signed()
    expect(await dkimOf(Buffer.from(raw.toString().replace('Hebel', 'Knopf')))).toBe('fail')
    expect(await dkimOf(Buffer.from(raw.toString().replace('anna@example.com', 'bert@example.com')))).toBe(
      'fail',
    )
    expect(await dkimOf(Buffer.from(raw.toString().replace('support+x', 'support+y')))).toBe('fail')
  })

  it.each<[string, () => Promise<Buffer>]>([
    ['covers only the beginning of the text', () => signed({ maxBodyLength: 5 })],
    ['covers no recipient', () => signed(onlyFrom)],
    ['uses SHA-1', () => signed({ algorithm: 'rsa-sha1' })],
    ['has expired', () => signed({ expires: new Date('2026-11-24T10:59:30Z') })],
    ['comes from the future', () => signed({ signTime: new Date('2026-11-25T10:59:00Z') })],
    [
      'is one of a crowd',
      async () => Buffer.concat([Buffer.from('DKIM-Signature: v=1\r\n'.repeat(11)), await signed()]),
    ],
  ])('does not believe one that %s', async (_what, make) => {
    expect(await dkimOf(await make())).toBe('fail')
  })

  it('never asks for the keys of other domains, though the sender wishes it', async () => {
    const names = dns()
    expect(await dkimOf(await signed({ signingDomain: 'example.org' }), names)).toBe('none')
    expect(await dkimOf(await signed({ signingDomain: 'mail.example.com' }), names)).toBe('none')
    expect(names.asked).toEqual([])
  })

  it('checks nothing where From names two', async () => {
    const names = dns()
    const raw = Buffer.concat([Buffer.from('From: mallory@example.org\r\n'), await signed()])
    expect(await dkimOf(raw, names)).toBe('none')
    expect(names.asked).toEqual([])
  })

  it('finds nothing in a mail without a signature', async () => {
    expect(await dkimOf(unsigned)).toBe('none')
  })

  it.each([
    ['unknown', 'a name server that fails', failing('ESERVFAIL')],
    ['unknown', 'a name server that times out', failing('ETIMEOUT')],
    ['fail', 'no key', failing('ENOTFOUND')],
    ['fail', 'a key that was withdrawn', dns('v=DKIM1; k=rsa; p=')],
    ['fail', 'a key in test mode', dns(`t=y; ${record}`)],
  ])('is %s with %s', async (verdict, _what, names) => {
    expect(await dkimOf(await signed(), names)).toBe(verdict)
  })

  it('stops waiting for a name server that never answers', async () => {
    const silent: Resolve = () => new Promise(() => undefined)
    expect(await dkimOf(await signed(), { resolve: silent }, 20)).toBe('unknown')
  })
})

const tenant = '8f3c1a52-7d40-4f0e-9c55-2b6f0a1d7e34'

function reader(authentication: object, parts: ReaderParts) {
  const config = configSchema.parse({
    company: 'Muster GmbH',
    secret: '0123456789abcdef0123456789abcdef',
    offices: { hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays: 'DE-HH', hours: {} } },
    groups: { support: { name: 'Support', agents: ['anna'] } },
    agents: { anna: { name: 'Anna Petersen', addresses: ['Anna@example.com'] } },
    mailboxes: {
      support: {
        address: 'support@example.com',
        name: 'Support',
        office: 'hamburg',
        group: 'support',
        authentication,
        imap: { host: 'imap.example.com', user: 'support', password: 'geheim' },
      },
    },
    smtp: { host: 'smtp.example.com' },
  })
  return authenticatingReader(config, 'support', { now: () => now, ...parts })
}

const withHeader = (header: string, mail = unsigned): Buffer => Buffer.concat([Buffer.from(header), mail])

describe('the reader of a mailbox', () => {
  let good: Buffer
  beforeAll(async () => {
    good = await signed()
  })

  it('checks the signature of a mail that says it is from an agent', async () => {
    const { authentication } = await reader({}, { resolve: dns().resolve })(good)
    expect(authentication).toMatchObject({
      from: ['anna@example.com'],
      fromDomain: 'example.com',
      dkim: 'pass',
    })
  })

  it('asks nobody where a trusted server has vouched', async () => {
    const names = dns()
    const raw = withHeader(
      'Authentication-Results: mx.example.com; dmarc=pass header.from=example.com\r\n',
      good,
    )
    const { authentication } = await reader({ trusted: ['mx.example.com'] }, { resolve: names.resolve })(raw)
    expect(authentication).toMatchObject({ results: [{ method: 'dmarc', result: 'pass' }], dkim: 'unknown' })
    expect(names.asked).toEqual([])
  })

  it('asks nobody about a customer', async () => {
    const names = dns()
    const mail = mailSource({ fields: { From: 'petra@kunde.example.com' } })
    const raw = await signed({ signingDomain: 'kunde.example.com' }, mail)
    const content = await reader({}, { resolve: names.resolve })(raw)
    expect(content).toEqual(await readMail(raw))
    expect(names.asked).toEqual([])
  })

  it.each<[string, string, object, boolean]>([
    ['the tenant', `X-MS-Exchange-CrossTenant-Id: ${tenant}\r\n`, { tenant }, true],
    [
      'the tenant, in capitals',
      `X-MS-Exchange-CrossTenant-Id: ${tenant.toUpperCase()}\r\n`,
      { tenant },
      true,
    ],
    [
      'another tenant',
      'X-MS-Exchange-CrossTenant-Id: 00000000-7d40-4f0e-9c55-2b6f0a1d7e34\r\n',
      { tenant },
      false,
    ],
    ['no tenant', '', { tenant }, false],
    ['a tenant that is not configured', `X-MS-Exchange-CrossTenant-Id: ${tenant}\r\n`, {}, false],
    [
      'two marks',
      `X-MS-Exchange-CrossTenant-Id: ${tenant}\r\nX-MS-Exchange-Organization-AuthAs: Anonymous\r\n`,
      { tenant },
      false,
    ],
  ])('Microsoft 365, %s', async (_what, header, authentication, internal) => {
    const raw = withHeader(`X-MS-Exchange-Organization-AuthAs: Internal\r\n${header}`)
    const content = await reader(authentication, { resolve: failing('ENOTFOUND').resolve })(raw)
    expect(content.authentication.internal).toBe(internal)
  })

  it.each([
    ['two From fields', 'From: mallory@example.org\r\n', ['mallory@example.org', 'anna@example.com'], null],
    ['Reply-To beside it', 'Reply-To: mallory@example.org\r\n', ['anna@example.com'], 'example.com'],
  ])('knows who stands in From: %s', async (_what, header, from, fromDomain) => {
    const { authentication } = await reader({}, { resolve: dns().resolve })(withHeader(header))
    expect(authentication).toMatchObject({ from, fromDomain })
  })

  it('tells of a stranger with the name of an agent', async () => {
    const raw = mailSource({ fields: { From: 'Anna Petersen <mallory@example.org>' } })
    const { defects } = await reader({}, { resolve: dns().resolve })(raw)
    expect(defects).toEqual(['the display name is that of an agent'])
  })

  it('takes nobody from Reply-To or Sender for From', async () => {
    const raw = mailSource({
      fields: { From: '', 'Reply-To': 'anna@example.com', Sender: 'Bert@example.com' },
    })
    const { authentication } = await readMail(raw)
    expect(authentication).toMatchObject({ from: [], fromDomain: null, sender: ['bert@example.com'] })
  })
})
