import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { digitsIn, ticketNumberIn } from '../../src/commands/ticket/ticket-number-argument.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import { ticketNumberFrom } from '../../src/desk/ticket-number.ts'
import { mailboxFactsOf } from '../../src/intake/mailbox-facts.ts'
import { type TakenIn, takeIn } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig } from '../intake/desk.ts'
import { runCli } from './run-cli.ts'

let folder: string
let clone: TestDatabase
let database: Database
let opened: TakenIn
let machine: TakenIn

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ticket-'))
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  const { support } = deskConfig.mailboxes
  const config = { ...deskConfig, mailboxes: { support }, database: { url: clone.url } }
  await writeFile(join(folder, 'gateway.yaml'), stringify(config))
  const deps = {
    database,
    config: deskConfig,
    offices: officesOf(deskConfig, noon),
    mailboxFacts: mailboxFactsOf(deskConfig),
    now: () => noon,
    nudge: () => {},
    log: openLog('silent'),
  }
  const words = {
    subject: 'Drucker \u001b[31mbrennt\u001b[0m',
    text: 'Hilfe!\nEs qualmt.',
    replyText: 'Hilfe!\nEs qualmt.',
  }
  const [first] = await takeIn(deps, [arrival(1, words)])
  const [second] = await takeIn(deps, [
    arrival(2, { classification: 'auto-generated', autoReplyAllowed: false }),
  ])
  if (!first || !second) throw new Error('the mails were not taken in')
  opened = first
  machine = second
  await database.letter.updateMany({
    where: { kind: 'auto-reply' },
    data: {
      state: 'sent',
      sentAt: new Date('2026-11-24T11:00:03Z'),
      attempts: 1,
      response: '250 2.0.0 Ok: queued as 4F2',
    },
  })
})
afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const gateway = (...args: readonly string[]) => runCli(args, { cwd: folder })

describe('ticket show', () => {
  it('prints facts, the promise and how it was counted, history, letters with their proof, and mails', async () => {
    const { code, stdout, stderr } = await gateway('ticket', 'show', `[#${opened.ticketNumber}]`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Ticket [#${opened.ticketNumber}], open (times are Europe/Berlin)`)
    expect(stdout).toContain('belongs to  mailbox support, group support, office hamburg')
    expect(stdout).toMatch(/first-response: open, due \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, counted from/)
    expect(stdout).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d-\d\d:\d\d: 120 min/)
    expect(stdout).toMatch(/customer-mail by .* \(mail \d+\)\n {4}Hilfe!\n {4}Es qualmt\./)
    expect(stdout).toMatch(/auto-reply to \S+@\S+: sent 2026-11-24 12:00:03, 1 attempt\n/)
    expect(stdout).toContain('250 2.0.0 Ok: queued as 4F2')
    expect(stdout).toMatch(/agent-notice to anna@example\.com: queued \(not tried yet\), 0 attempts/)
    expect(stdout).toContain(`mail ${opened.inboundId}: open-ticket by rule new-ticket`)
  })

  it("does not let a stranger's subject reach the terminal as it is", async () => {
    const { stdout } = await gateway('ticket', 'show', String(opened.ticketNumber))
    expect(stdout).toContain('Drucker \ufffd[31mbrennt')
    expect(stdout).not.toContain('\u001b')
  })

  it('answers in JSON', async () => {
    const { stdout } = await gateway('ticket', 'show', String(opened.ticketNumber), '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      ticket: { number: opened.ticketNumber, state: 'open', subject: 'Drucker \u001b[31mbrennt\u001b[0m' },
      guarantees: [{ kind: 'first-response' }],
      inbounds: [{ id: String(opened.inboundId) }],
    })
  })

  it('says that there is no such ticket', async () => {
    const absent = ticketNumberFrom(777_777n, 7)
    expect(await gateway('ticket', 'show', absent)).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no ticket ${absent}.\n`,
    })
  })
})

describe('why', () => {
  it('tells the rule, those before it, the answer and its budget, the letters and the clock', async () => {
    const { code, stdout, stderr } = await gateway('why', String(opened.inboundId))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`outcome     open-ticket, ticket ${opened.ticketNumber}`)
    expect(stdout).toMatch(/decided by {2}new-ticket: \S/)
    expect(stdout).toMatch(/not by {6}\S+: \S.*\n {14}\S+: /)
    expect(stdout).toMatch(/auto-reply {2}yes: \S/)
    expect(stdout).toMatch(/letters {5}(auto-reply|agent-notice) to /)
    expect(stdout).toMatch(/clock {7}first-response: open, due/)
  })

  it('takes a ticket number for all its mails', async () => {
    const { stdout } = await gateway('why', String(opened.ticketNumber), '--json')
    const records: unknown = JSON.parse(stdout)
    expect(records).toMatchObject([
      { inbound: { id: String(opened.inboundId) }, ticketNumber: opened.ticketNumber },
    ])
    expect(records).toHaveProperty('[0].letters.length', 3)
  })

  it('explains a mail that belongs to no ticket', async () => {
    const { code, stdout } = await gateway('why', String(machine.inboundId))
    expect(code).toBe(0)
    expect(stdout).toContain('outcome     note-machine-mail\n')
    expect(stdout).toContain('letters     none\n')
    expect(stdout).toContain('clock       none\n')
  })

  it.each([
    ['4242', 'There is no mail 4242 and no ticket of this number.\n'],
    [
      '9'.repeat(30),
      `${'9'.repeat(30)} is no ticket number: it has 30 digits, and ticket numbers have 7 to 12.\n`,
    ],
    [
      '1000001',
      '1000001 is no ticket number: its check digit is wrong, so a digit is mistyped or two are swapped.\n',
    ],
  ])('knows nothing of %s', async (id, stderr) => {
    expect(await gateway('why', id)).toEqual({ code: 1, stdout: '', stderr })
  })

  it('takes the number for a mail only, if asked to', async () => {
    const { stderr } = await gateway('why', String(opened.ticketNumber), '--mail')
    expect(stderr).toBe(`There is no mail ${opened.ticketNumber}.\n`)
  })
})

describe('a ticket number as it is typed', () => {
  const good = ticketNumberFrom(4718n, 7)
  const inGroups = `${good.slice(0, 3)} ${good.slice(3)}`
  it.each([good, `#${good}`, `[#${good}]`, ` ${good} `, inGroups, inGroups.replace(' ', '-')])(
    '%s',
    typed => {
      expect(ticketNumberIn(typed, '[#{number}]')).toBe(good)
    },
  )

  it('may be shown with digits of its own around it', () => {
    expect(ticketNumberIn(`HD24-${good}!`, 'HD24-{number}!')).toBe(good)
    expect(digitsIn('HD24-', 'HD24-{number}')).toBeUndefined()
  })

  it('is refused with one digit wrong and with two swapped', () => {
    const wrong = `${good.slice(0, -1)}${(Number(good.at(-1)) + 1) % 10}`
    expect(() => ticketNumberIn(wrong, '[#{number}]')).toThrow('its check digit is wrong')
    expect(() => ticketNumberIn('1234567890123', '[#{number}]')).toThrow('it has 13 digits')
  })
})
