import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configFileText } from '../../src/commands/init/config-file.ts'
import { askAll } from '../../src/commands/init/dialogue.ts'
import { officePresets } from '../../src/commands/init/office-presets.ts'
import { loadConfig } from '../../src/config/load.ts'
import { runCli } from './run-cli.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'))
})
afterEach(() => rm(folder, { recursive: true }))

const flags = {
  '--company': 'Müller & "Söhne" #1',
  '--address': 'hilfe@example.com',
  '--office': 'stuttgart',
  '--language': 'de',
  '--phone': '+49 711 555 0100',
  '--imap': 'mail.example.com',
  '--imap-user': 'hilfe',
  '--smtp': 'mail.example.com:465',
  '--smtp-user': 'hilfe',
  '--agent': 'Jörg Weiß',
  '--agent-address': 'joerg@example.com',
  '--hotline': 'none',
}
const flagged = Object.fromEntries(
  Object.entries(flags).map(([flag, value]) => [
    flag.slice(2).replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase()),
    value,
  ]),
)
const args = (changes: Partial<typeof flags> = {}) => [
  'init',
  ...Object.entries({ ...flags, ...changes }).flat(),
]
const passwords = { GATEWAY_SECRET: 'x'.repeat(32), IMAP_SUPPORT_PASSWORD: 'a', SMTP_PASSWORD: 'b' }

async function written(): Promise<unknown> {
  return loadConfig({ file: join(folder, 'gateway.yaml'), env: passwords })
}

describe('init', () => {
  it('writes a configuration that is sound once the passwords are set, for its owner only', async () => {
    const { code, stdout } = await runCli(args(), { cwd: folder })
    expect(code).toBe(0)
    expect(stdout).toContain(`Written: ${join(folder, 'gateway.yaml')}\n`)
    expect(await written()).toMatchObject({
      config: {
        company: 'Müller & "Söhne" #1',
        offices: { stuttgart: { timeZone: 'Europe/Berlin', holidays: 'DE-BW', phone: '+49 711 555 0100' } },
        agents: { jorg: { name: 'Jörg Weiß', addresses: ['joerg@example.com'], language: 'de' } },
        mailboxes: {
          support: { imap: { host: 'mail.example.com', port: 993, tls: 'implicit', user: 'hilfe' } },
        },
        smtp: { host: 'mail.example.com', port: 465, tls: 'implicit' },
      },
    })
    for (const name of ['gateway.yaml', 'gateway.env']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    }
  })

  it('makes a secret of its own each time', async () => {
    await runCli(args(), { cwd: folder })
    const [, secret = ''] =
      /^GATEWAY_SECRET=([0-9a-f]{64})$/m.exec(await readFile(join(folder, 'gateway.env'), 'utf8')) ?? []
    await rm(join(folder, 'gateway.env'))
    await runCli([...args(), '--force'], { cwd: folder })
    const again = await readFile(join(folder, 'gateway.env'), 'utf8')
    expect(secret).not.toBe('')
    expect(again).not.toContain(secret)
  })

  it('asks for what no flag says, and takes Enter for the answer in brackets', async () => {
    const input = [
      'Example Ltd',
      'help@example.co.uk',
      'woking',
      '',
      '',
      '',
      '',
      '',
      '',
      'Amy',
      'amy@example.co.uk',
    ].join('\n')
    const { code, stderr } = await runCli(['init'], { cwd: folder, input: `${input}\n` })
    expect(code).toBe(0)
    expect(stderr).toContain("Language where a customer's cannot be told (de, en) [en]: ")
    expect(await written()).toMatchObject({
      config: {
        offices: { woking: { timeZone: 'Europe/London', holidays: 'GB-ENG' } },
        mailboxes: {
          support: { language: 'en', imap: { host: 'imap.example.co.uk', user: 'help@example.co.uk' } },
        },
        smtp: { host: 'smtp.example.co.uk', port: 587, tls: 'starttls' },
      },
    })
  })

  it('does not replace what is there', async () => {
    await writeFile(join(folder, 'gateway.yaml'), 'mine')
    const { code, stderr } = await runCli(args(), { cwd: folder })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${join(folder, 'gateway.yaml')} is there already; --force replaces it.\n`,
    })
    expect(await readFile(join(folder, 'gateway.yaml'), 'utf8')).toBe('mine')
  })

  it('replaces it with --force, but never the secrets', async () => {
    await writeFile(join(folder, 'gateway.yaml'), 'mine')
    await writeFile(join(folder, 'gateway.env'), 'GATEWAY_SECRET=old')
    const { code, stdout } = await runCli([...args(), '--force'], { cwd: folder })
    expect(code).toBe(0)
    expect(stdout).toContain(`Kept:    ${join(folder, 'gateway.env')}`)
    expect(await readFile(join(folder, 'gateway.env'), 'utf8')).toBe('GATEWAY_SECRET=old')
  })

  it.each([
    ['--address', 'support', 'write an e-mail address such as name@example.com'],
    ['--office', 'wokin', 'did you mean "woking"?'],
    ['--language', 'fr', 'write de or en'],
    [
      '--imap',
      'mail example',
      'write a host name, and a port if it is not the usual one, such as mail.example.com:143',
    ],
    [
      '--imap',
      'mail.example.com:70000',
      'write a host name, and a port if it is not the usual one, such as mail.example.com:143',
    ],
    ['--agent-address', 'Hilfe@example.com', 'use another address than the support address'],
    ['--hotline', 'sipgate', 'write none, twilio or cti'],
  ])('refuses %s %s before it writes anything', async (flag, value, fault) => {
    const { code, stderr } = await runCli(args({ [flag]: value }), { cwd: folder })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Nothing was written: ${flag} is ${JSON.stringify(value)}; ${fault}\n`,
    })
    await expect(stat(join(folder, 'gateway.yaml'))).rejects.toThrow('ENOENT')
  })

  it('says which answer is missing when the input ends', async () => {
    const { code, stderr } = await runCli(['init'], { cwd: folder, input: 'Example Ltd\n' })
    expect(code).toBe(1)
    expect(stderr).toContain(
      'Nothing was written: "Support address" has no answer. Give it with --address <address>.\n',
    )
  })

  it('asks a person again after a wrong answer', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const output = new PassThrough()
    const answers = [
      '',
      'Example Ltd',
      'nonsense',
      'help@example.com',
      ...Array(7).fill(''),
      'Amy',
      'amy@example.com',
    ]
    input.end(`${answers.join('\n')}\n`)
    expect(await askAll({}, { input, output })).toMatchObject({
      company: 'Example Ltd',
      address: 'help@example.com',
      office: 'hamburg',
    })
    output.end()
    const shown = await text(output)
    expect(shown).toContain('There must be an answer.')
    expect(shown).toContain('That will not do: write an e-mail address such as name@example.com')
  })

  it.each(Object.keys(officePresets))('writes a sound configuration for the office %s', async office => {
    const answers = await askAll(
      { ...flagged, office },
      { input: new PassThrough(), output: new PassThrough() },
    )
    await writeFile(
      join(folder, 'gateway.yaml'),
      configFileText(answers, Temporal.PlainDate.from('2026-11-20')),
    )
    expect(await written()).toMatchObject({
      config: { offices: { [office]: { name: officePresets[office]?.name } } },
    })
  })
})

describe('init with a hotline', () => {
  const twilio = {
    '--hotline': 'twilio',
    '--hotline-number': '+4971166969120',
    '--public-url': 'https://gateway.example.com',
    '--account-sid': `AC${'0'.repeat(32)}`,
    '--agent-phone': '+491713920011',
  }
  const withHotline = (hotline: Readonly<Record<string, string>>) => [
    'init',
    ...Object.entries({ ...flags, ...hotline }).flat(),
  ]
  const load = (env: NodeJS.ProcessEnv) =>
    loadConfig({ file: join(folder, 'gateway.yaml'), env: { ...passwords, ...env } })

  it('writes one that Twilio carries, sound once its token is set', async () => {
    const { code, stdout } = await runCli(withHotline(twilio), { cwd: folder })
    expect(code).toBe(0)
    expect(stdout).toContain('gateway phone setup')
    expect(await readFile(join(folder, 'gateway.env'), 'utf8')).toContain("PHONE_CARRIER_AUTH_TOKEN=''\n")
    await expect(load({})).rejects.toThrow('set PHONE_CARRIER_AUTH_TOKEN or')
    expect(await load({ PHONE_CARRIER_AUTH_TOKEN: 't' })).toMatchObject({
      config: {
        agents: { jorg: { phone: '+491713920011' } },
        phone: {
          publicUrl: 'https://gateway.example.com',
          providers: { carrier: { kind: 'twilio' } },
          lines: {
            hotline: { provider: 'carrier', number: '+4971166969120', office: 'stuttgart', language: 'de' },
          },
        },
      },
    })
  })

  it('makes a token for a telephone system that tells us of calls, and asks for no account', async () => {
    const input = [...Object.values(flags).slice(0, -1), 'cti', '+4971166969120', ''].join('\n')
    const { code, stderr } = await runCli(['init'], { cwd: folder, input: `${input}\n` })
    expect(code).toBe(0)
    expect(stderr).not.toContain('Account SID')
    const env = await readFile(join(folder, 'gateway.env'), 'utf8')
    const [, token = ''] = /^PHONE_EXCHANGE_TOKEN=([0-9a-f]{64})$/m.exec(env) ?? []
    expect(await load({ PHONE_EXCHANGE_TOKEN: token })).toMatchObject({
      config: {
        phone: { publicUrl: 'https://gateway.example.com', providers: { exchange: { kind: 'cti', token } } },
      },
    })
  })

  it.each([
    [
      '--hotline-number',
      '0711 66969120',
      'write a number that exists, in international form such as +4940669690',
    ],
    ['--public-url', 'http://gateway.example.com', 'write an address such as https://gateway.example.com'],
    ['--account-sid', 'AC1', 'write AC and the 32 characters that follow'],
    ['--agent-phone', '+4971166969120', 'use another number than the hotline'],
    [
      '--agent-phone',
      '+37120000000',
      "write the agent's own number, in international form such as +491713920011, of one of DE, AT, CH, GB, IE",
    ],
  ])('refuses %s %s', async (flag, value, fault) => {
    const { code, stderr } = await runCli(withHotline({ ...twilio, [flag]: value }), { cwd: folder })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Nothing was written: ${flag} is ${JSON.stringify(value)}; ${fault}\n`,
    })
  })
})
