import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LoadedConfig, loadConfig, readFlags } from '../../src/config/load.ts'
import { maskSecrets } from '../../src/config/mask.ts'
import { soundConfig, soundPhoneConfig } from './sound-config.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'))
  file = join(folder, 'gateway.yaml')
  await writeFile(file, soundConfig)
})
afterEach(() => rm(folder, { recursive: true }))

async function load(env: NodeJS.ProcessEnv = {}): Promise<LoadedConfig> {
  const loaded = await loadConfig({ file, env })
  if (loaded === 'sandbox') throw new Error('the sandbox would have opened')
  return loaded
}

async function secretFile(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('the file', () => {
  it('is filled up with defaults and frozen to its depths', async () => {
    const { config, source, fromEnvironment } = await load()
    expect(source).toBe(file)
    expect(fromEnvironment).toEqual([])
    expect(config.mailboxes.support?.imap).toMatchObject({ port: 993, tls: 'implicit', folder: 'INBOX' })
    expect(config.tickets).toEqual({
      format: '[#{number}]',
      digits: 7,
      reopenDays: 14,
      firstResponseMinutes: 120,
    })
    expect(() => Object.assign(config.mailboxes.support?.imap ?? {}, { port: 1 })).toThrow(TypeError)
    expect(() => (config.offices.hamburg?.hours.mon ?? []).push('18:00-19:00')).toThrow(TypeError)
  })

  it('is found by GATEWAY_CONFIG, and --config wins over that', async () => {
    const other = await secretFile('other.yaml', soundConfig.replace('Muster GmbH', 'Beispiel AG'))
    expect(await loadConfig({ env: { GATEWAY_CONFIG: other } })).toMatchObject({ source: other })
    expect(await loadConfig({ file, env: { GATEWAY_CONFIG: other } })).toMatchObject({ source: file })
  })

  it('anchors relative folders at itself', async () => {
    await writeFile(file, `${soundConfig}data: ./here\ntemplates: letters\n`)
    const { config } = await load()
    expect(config.data).toBe(join(folder, 'here'))
    expect(config.templates).toBe(join(folder, 'letters'))
  })

  it('must exist once it is named', async () => {
    const absent = join(folder, 'absent.yaml')
    await expect(loadConfig({ file: absent, env: {} })).rejects.toThrow(
      `${absent} has a fault:\n  there is no such file`,
    )
    await expect(loadConfig({ file: folder, env: {} })).rejects.toThrow('the file cannot be read (EISDIR)')
  })

  it('may be empty, which is told as what is missing', async () => {
    await writeFile(file, '# nothing yet\n')
    await expect(load()).rejects.toThrow(
      /company is missing; use text on one line\n.*secret is missing; set GATEWAY_SECRET/,
    )
  })

  it('cannot be a bomb', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`)
    await writeFile(file, `a0: &a0 [x]\n${levels.join('\n')}\n`)
    await expect(load()).rejects.toThrow('an alias (*name) has no anchor (&name)')
  })
})

describe('secrets from the environment', () => {
  it('win over the file', async () => {
    const { config, fromEnvironment } = await load({
      IMAP_SUPPORT_PASSWORD: 'from outside',
      DATABASE_URL: 'postgresql://gateway:pw@db:5432/gateway',
    })
    expect(config.mailboxes.support?.imap.password).toBe('from outside')
    expect(config.database.url).toBe('postgresql://gateway:pw@db:5432/gateway')
    expect(fromEnvironment).toEqual([
      { key: 'database.url', variable: 'DATABASE_URL' },
      { key: 'mailboxes.support.imap.password', variable: 'IMAP_SUPPORT_PASSWORD' },
    ])
  })

  it('are named after the mailbox, hyphens as underscores', async () => {
    await writeFile(
      file,
      soundConfig
        .replace('mailboxes:\n  support:', 'mailboxes:\n  second-line:')
        .replace('      password: geheim\n', ''),
    )
    const { config } = await load({ IMAP_SECOND_LINE_PASSWORD: 'abc' })
    expect(config.mailboxes['second-line']?.imap.password).toBe('abc')
  })

  it.each([
    ['abc\n', 'abc'],
    ['abc\r\n', 'abc'],
    ['abc\n\n', 'abc\n'],
    [' abc ', ' abc '],
  ])('come from a file without its last line end: %j', async (content, password) => {
    const { config, fromEnvironment } = await load({
      IMAP_SUPPORT_PASSWORD_FILE: await secretFile('pw', content),
    })
    expect(config.mailboxes.support?.imap.password).toBe(password)
    expect(fromEnvironment).toEqual([
      { key: 'mailboxes.support.imap.password', variable: 'IMAP_SUPPORT_PASSWORD_FILE' },
    ])
  })

  it('make the s3 keys known only where there is an s3 store', async () => {
    const env = { S3_ACCESS_KEY_ID: 'AK', S3_SECRET_ACCESS_KEY: 'SK' }
    expect((await load(env)).config.storage).toEqual({ kind: 'files' })
    await writeFile(file, `${soundConfig}storage: { kind: s3, bucket: mail }\n`)
    expect((await load(env)).config.storage).toMatchObject({ accessKeyId: 'AK', secretAccessKey: 'SK' })
  })

  it('are told without being shown when they are wrong', async () => {
    await expect(load({ GATEWAY_SECRET: 'hunter2' })).rejects.toThrow(
      `${file} has a fault:\n  secret (from GATEWAY_SECRET) is hidden (7 characters); use at least 32 random characters`,
    )
  })

  it('may not be given twice', async () => {
    const env = { GATEWAY_SECRET: 'x'.repeat(32), GATEWAY_SECRET_FILE: await secretFile('s', 'y'.repeat(32)) }
    await expect(load(env)).rejects.toThrow(
      'GATEWAY_SECRET and GATEWAY_SECRET_FILE are both set; keep one of them',
    )
  })

  it.each([
    ['', 'which is empty'],
    ['x'.repeat(70_000), 'which is too large for a secret (70000 bytes)'],
  ])('must be readable as a secret', async (content, trouble) => {
    const path = await secretFile('s', content)
    await expect(load({ GATEWAY_SECRET_FILE: path })).rejects.toThrow(
      `GATEWAY_SECRET_FILE names ${path}, ${trouble}`,
    )
  })

  it.skipIf(process.getuid?.() === 0)('name the file that may not be read', async () => {
    const path = await secretFile('s', 'x'.repeat(32))
    await chmod(path, 0o000)
    await expect(load({ GATEWAY_SECRET_FILE: path })).rejects.toThrow(
      `names ${path}, which cannot be read (EACCES)`,
    )
  })
})

describe('what is shown of it', () => {
  it('has every secret replaced and nothing else', async () => {
    await writeFile(
      file,
      `${soundConfig}  user: me\n  password: pw\nstorage: { kind: s3, bucket: mail, accessKeyId: AK, secretAccessKey: SK }\n`,
    )
    const { config } = await load({ DATABASE_URL: 'postgresql://gateway:pw@db:5432/gateway?password=pw2' })
    const shown = JSON.stringify(maskSecrets(config))
    expect(maskSecrets(config)).toMatchObject({
      secret: '********',
      database: { url: 'postgresql://gateway:********@db:5432/gateway' },
      mailboxes: { support: { imap: { user: 'support', password: '********' } } },
      smtp: { user: 'me', password: '********' },
      storage: { accessKeyId: '********', secretAccessKey: '********' },
    })
    for (const secret of ['0123456789abcdef', 'geheim', '"pw"', 'pw2', '"AK"', '"SK"'])
      expect(shown).not.toContain(secret)
  })
})

it('reads the flags for diagnosis', () => {
  expect(readFlags({ DEBUG: '1', GATEWAY_CRASH_AT: 'committed:3' })).toEqual({
    debug: true,
    crashAt: 'committed:3',
  })
  expect(readFlags({ GATEWAY_CRASH_AT: '' })).toEqual({ debug: false, crashAt: undefined })
})

describe('the hotline', () => {
  it('has its folders and programs from where the file is', async () => {
    const carried = soundPhoneConfig.replace(
      '  lines:',
      '    sip: { kind: sipgate, clips: ./clips }\n  recording: { transcriber: ./bin/transcribe }\n  lines:',
    )
    await writeFile(file, carried)
    expect((await load()).config.phone).toMatchObject({
      providers: { sip: { clips: join(folder, 'clips') } },
      recording: { transcriber: join(folder, 'bin/transcribe') },
    })
    await writeFile(file, carried.replace('./bin/transcribe', 'transcribe'))
    expect((await load()).config.phone?.recording.transcriber).toBe('transcribe')
  })

  it('is shown without its secrets', async () => {
    await writeFile(
      file,
      soundPhoneConfig
        .replace('authToken: geheim', 'authToken: token-of-now\n      previousAuthToken: token-before')
        .replace('  lines:', '    exchange: { kind: cti, token: a-very-secret-token-of-ours }\n  lines:'),
    )
    const shown = JSON.stringify(maskSecrets((await load()).config))
    expect(shown).toContain('"authToken":"********","previousAuthToken":"********"')
    expect(shown).toContain('"token":"********"')
    expect(shown).not.toMatch(/token-of-now|token-before|very-secret/)
  })
})
