import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { soundConfig } from '../config/sound-config.ts'
import { runCli } from './run-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function configFile(text: string): Promise<string> {
  const file = join(folder, 'gateway.yaml')
  await writeFile(file, text)
  return file
}

describe('called wrongly: exit code 2, and what would be right', () => {
  it.each([
    [['chek'], "error: unknown command 'chek'\n(Did you mean check?)"],
    [['tickt', 'show', '1'], 'Did you mean ticket?'],
    [['ticket'], 'Usage: gateway ticket'],
    [[], 'Usage: gateway [options] [command]'],
    [['ticket', 'show'], "missing required argument 'number'"],
    [['ticket', 'show', '1', '2'], 'too many arguments'],
    [['why', '1', '--jsn'], "unknown option '--jsn'\n(Did you mean --json?)"],
    [['inspect'], 'name one file, or --batch <folder>'],
    [['inspect', 'a.eml', '--batch', 'b'], 'name one file, or --batch <folder>'],
    [['quarantine', 'retry'], 'name one id, or --all'],
    [['quarantine', 'list', '--limit', '0'], 'Write a whole number, 1 or more.'],
    [['backup'], "required option '--to <folder>' not specified"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: folder })
    expect(stderr).toContain(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('help', () => {
  it.each([
    [['--help'], 'quarantine'],
    [['help', 'why'], 'gateway why 1004711'],
    [['quarantine', 'show', '--help'], '--raw > mail.eml'],
    [['ledger', 'balance', '-h'], '--mailbox <key>'],
    [['start', '--help'], '--config <file>'],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: folder })
    expect(stdout).toContain(line)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('tells the version', async () => {
    expect(await runCli(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})

describe('failed: exit code 1 and one sentence', () => {
  it.each([
    [
      ['ticket', 'show', '1234'],
      '1234 is no ticket number: it has 4 digits, and ticket numbers have 7 to 12.\n',
    ],
    [['ticket', 'show', 'my ticket'], '"my ticket" is no ticket number; write its digits, or [#1004711].\n'],
    [['why', 'x'], '"x" is neither a mail\'s id nor a ticket number.\n'],
    [
      ['why', '17'],
      /^There is no ledger below .* yet; start the gateway first, or name its configuration with --config\.\n$/,
    ],
    [['quarantine', 'retry', '1'], 'This needs a configuration file; name it with --config.\n'],
    [
      ['config', 'print', '--config', 'absent.yaml'],
      /absent\.yaml has a fault:\n {2}there is no such file\n$/,
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: await mkdtemp(join(folder, 'empty-')) })
    expect(stderr).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('keeps the trace for DEBUG', async () => {
    const { stderr } = await runCli(['ticket', 'show', '1234'], { env: { DEBUG: '1' } })
    expect(stderr).toMatch(/CommandFailed: 1234 is no ticket number[\s\S]+ at .*ticket-number-argument\.ts/)
  })

  it('says that the database is away, not how the driver put it', async () => {
    const env = { DATABASE_URL: 'postgresql://gateway:hunter2@127.0.0.1:1/gateway' }
    const result = await runCli(['why', '17', '--config', await configFile(soundConfig)], { env })
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The database is not reachable; "gateway check" tells more.\n',
    })
  })
})

describe('config print', () => {
  it('shows what is in force and where secrets came from, but no secret', async () => {
    const file = await configFile(soundConfig)
    const { code, stdout } = await runCli(['config', 'print', '--config', file], {
      env: { GATEWAY_SECRET: 's3cret'.repeat(8) },
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(`# effective configuration of ${file}\n# secret from GATEWAY_SECRET\n`)
    expect(stdout).toContain('firstResponseMinutes: 120')
    expect(stdout).toContain('password: "********"')
    expect(stdout).not.toMatch(/geheim|s3cret/)
  })

  it('finds the file by GATEWAY_CONFIG and answers in JSON', async () => {
    const file = await configFile(soundConfig)
    const { stdout } = await runCli(['config', 'print', '--json'], { env: { GATEWAY_CONFIG: file } })
    expect(JSON.parse(stdout)).toMatchObject({
      source: file,
      config: { company: 'Muster GmbH', secret: '********' },
    })
  })

  it('finds gateway.yaml in the working directory', async () => {
    await configFile(soundConfig)
    expect(await runCli(['config', 'print'], { cwd: folder })).toMatchObject({ code: 0 })
  })

  it('tells every fault at once', async () => {
    const file = await configFile('company: A\ncompny: B\n')
    const { code, stderr } = await runCli(['config', 'print', '--config', file])
    expect(code).toBe(1)
    expect(stderr).toContain(
      `${file} has 7 faults:\n  compny (line 2, column 1) is no known key; did you mean "company"?\n`,
    )
  })
})
