import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { boardText } from '../../src/commands/callbacks/board.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import { callbackBoard } from '../../src/console/calls.ts'
import { ticketNumberFrom } from '../../src/desk/ticket-number.ts'
import { oweCallback } from '../../src/intake/calls/callback-book.ts'
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts'
import { phoneConfig } from '../channels/phone/call-now/world.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { noon } from '../desk/mail-example.ts'
import { runCli } from './run-cli.ts'

/** `gateway callbacks`, `gateway call show`, and calls in `ticket show` and `why`. */

let folder: string
let clone: TestDatabase
let database: Database
const [heard = '', foreign = ''] = [1n, 2n].map(sequence => ticketNumberFrom(sequence, 7))
const callId = randomUUID()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calls-'))
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  const { support } = phoneConfig.mailboxes
  const config = { ...phoneConfig, mailboxes: { support }, database: { url: clone.url } }
  await writeFile(join(folder, 'gateway.yaml'), stringify(config))
  await owe(heard, 'Petra \u001b[31mKunde', '+494066969222', noon)
  const ticketId = await owe(foreign, 'Olav', '+4721234567', noon.subtract({ hours: 1 }))
  await database.call.create({
    data: {
      ...{
        id: callId,
        provider: 'twilio',
        providerId: 'CA77',
        direction: 'in',
        line: 'hotline',
        language: 'en',
      },
      ...{ ticketId, number: '+4721234567', rawFrom: '+4721234567', rawTo: '+494066969100', state: 'ended' },
      ...{ callerName: 'OLAV\u0007', step: 'promise', outcome: 'promised', arrivedAt: at(noon), seconds: 41 },
      legs: {
        create: {
          ...{ id: randomUUID(), party: 'agent', agent: 'anna', number: '+494066969111', state: 'ended' },
          ...{ outcome: 'declined', rangAt: at(noon) },
        },
      },
      events: {
        create: [
          {
            ...{ provider: 'twilio', key: 'CA77:arrived', kind: 'arrived', at: at(noon), payload: {} },
            effects: {
              because: 'somebody rings hotline',
              effects: [{ kind: 'speak', language: 'en' }],
              turn: 1,
            },
            answer: [{ do: 'hang-up' }],
          },
        ],
      },
    },
  })
  await database.textMessage.create({
    data: {
      ...{ id: randomUUID(), ticketId, kind: 'confirmation', language: 'en', recipient: '+4721234567' },
      ...{ line: 'hotline', data: {}, state: 'failed', failure: 'landline', createdAt: at(noon) },
    },
  })
})
afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const at = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds)

async function owe(number: string, customerName: string, phone: string, startedAt: Temporal.Instant) {
  const id = randomUUID()
  const office = officesOf(phoneConfig, noon).get('hamburg')
  if (!office) throw new Error('the office is in the configuration')
  await database.ticket.create({
    data: {
      ...{
        id,
        number,
        customerName,
        customerAddress: '',
        customerPhone: phone,
        state: 'open',
        subject: 'Anruf',
      },
      ...{ language: 'de', mailbox: 'support', group: 'support', office: 'hamburg' },
      ...{ openedAt: at(startedAt), changedAt: at(startedAt) },
    },
  })
  await inTransaction(database, tx =>
    oweCallback(tx, {
      ...{ ticketId: id, line: 'hotline', number: phone, language: 'de', office, minutes: 120, startedAt },
      ...{ wakeAt: startedAt, source: 'caller', now: startedAt },
    }),
  )
  return id
}

const gateway = (...args: readonly string[]) => runCli(args, { cwd: folder })

describe('callbacks', () => {
  it('lists who is owed a call, the most urgent first, with the minutes left', async () => {
    const rows = await callbackBoard(database, { all: false, limit: 10 })
    const text = boardText(rows, noon.add({ minutes: 70 }), () => 'Europe/Berlin')
    expect(
      text
        .split('\n')
        .slice(2)
        .map(line => line.split(/ {2,}/).slice(0, 3)),
    ).toEqual([
      ['2026-11-24 13:00', '10 min late', foreign],
      ['2026-11-24 14:00', '50 min', heard],
    ])
    expect(boardText([], noon, () => 'UTC')).toBe('Nobody is owed a call.')
  })

  it('prints them, as text and as JSON', async () => {
    const { code, stdout, stderr } = await gateway('callbacks')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('2 customers are owed a call (times are Europe/Berlin)')
    expect(stdout).not.toContain('\u001b')
    const { stdout: json } = await gateway('callbacks', '--all', '--json')
    expect(JSON.parse(json)).toMatchObject([{ ticketNumber: foreign }, { ticketNumber: heard }])
  })

  it('allows a refused number with a reason alone, and keeps who said so', async () => {
    expect(await gateway('callbacks', 'allow', foreign)).toMatchObject({ code: 2 })
    expect(await gateway('callbacks', 'allow', foreign, '--reason', ' ')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Say why'),
    })
    const { code, stdout } = await gateway(
      'callbacks',
      'allow',
      foreign,
      '--reason',
      'branch in Oslo',
      '--json',
    )
    expect({ code, data: JSON.parse(stdout) }).toMatchObject({ code: 0, data: { number: '+4721234567' } })
    const { allowedBy } = await database.callback.findFirstOrThrow({ where: { number: '+4721234567' } })
    expect(allowedBy).toMatchObject({
      reason: 'branch in Oslo',
      agent: expect.stringContaining('command line'),
    })
    const none = ticketNumberFrom(99n, 7)
    expect(await gateway('callbacks', 'allow', none, '--reason', 'x')).toMatchObject({ code: 1 })
  })
})

describe('call show', () => {
  it.each([[callId], ['CA77'], [foreign]])(
    'explains %s: what was told, why it was answered so, who was rung',
    async id => {
      const { code, stdout } = await gateway('call', 'show', id)
      expect(code).toBe(0)
      expect(stdout).toContain(
        `Call ${callId}: from +4721234567 on hotline, 2026-11-24 12:00:00, promised at promise, 41 s`,
      )
      expect(stdout).toContain('arrived (CA77:arrived)')
      expect(stdout).toContain('because somebody rings hotline')
      expect(stdout).toContain('then speak language=en')
      expect(stdout).toContain('answered hang-up')
      expect(stdout).toContain('rang agent anna (+494066969111) 2026-11-24 12:00:00: declined')
      expect(stdout).not.toContain('\u0007')
    },
  )

  it.each([['CA78'], [ticketNumberFrom(5n, 7)], [heard]])('says that %s is no call', async id => {
    const { code, stderr } = await gateway('call', 'show', id)
    expect(code).toBe(1)
    expect(stderr).toContain('There is no call')
  })
})

describe('a ticket of a caller', () => {
  it('shows its calls, promised calls and text messages', async () => {
    const { stdout } = await gateway('ticket', 'show', foreign)
    expect(stdout).toContain('customer    Olav +4721234567, language de')
    expect(stdout).toMatch(/Calls\n {2}Call .* promised at promise/)
    expect(stdout).toMatch(/Promised calls\n {2}call to \+4721234567: owed, due 2026-11-24 13:00:00/)
    expect(stdout).toMatch(/Text messages\n {2}confirmation to \+4721234567: failed/)
    expect(stdout).toContain('failure: landline')
  })

  it('answers why, although no mail belongs to it', async () => {
    const { code, stdout } = await gateway('why', foreign)
    expect(code).toBe(0)
    expect(stdout).toContain('because somebody rings hotline')
  })
})
