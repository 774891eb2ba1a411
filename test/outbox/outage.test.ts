import { beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { type SmtpSink, startSmtpSink } from '../smtp-sink.ts'
import { putLetter } from './letters.ts'
import { openOffice } from './office.ts'
import { testConfig } from './test-config.ts'

/** The mail server or the database is away, or lets nobody in: no letter's fault, so no letter pays for it. */

let url: string
let database: Database
let sink: SmtpSink

beforeEach(async () => {
  const clone = await cloneDatabase()
  url = clone.url
  database = openDatabase(url, 4)
  sink = await startSmtpSink({ password: 'right' })
  return async () => {
    await sink.stop()
    await database.$disconnect()
    await clone.drop()
  }
})

const config = (password = 'right') => testConfig({ port: sink.port, user: 'support', password })

describe('a server that cannot be reached', () => {
  it('costs no letter an attempt, and all leave within a minute of its return', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => putLetter(database)))
    const { port } = sink
    await sink.stop()
    const office = await openOffice(url, config())
    await office.pass(3600)
    expect(await office.delivery.state()).toMatchObject({
      queued: 20,
      inFlight: 0,
      lastError: { code: 'network' },
    })
    expect(await database.letter.aggregate({ _max: { attempts: true } })).toEqual({ _max: { attempts: 0 } })
    sink = await startSmtpSink({ password: 'right', port })
    await office.pass(80)
    expect(ids.map(id => sink.copiesOf(id))).toEqual(ids.map(() => 1))
    expect(await office.delivery.state()).toMatchObject({ queued: 0, oldestQueuedAt: null, lastError: null })
  })

  it('is knocked on a few times an hour, by one letter, while it refuses the login', async () => {
    await Promise.all(Array.from({ length: 20 }, () => putLetter(database)))
    const office = await openOffice(url, config('wrong'))
    await office.delivery.drained()
    const atOnce = sink.connections()
    expect(atOnce).toBe(1)
    await office.pass(3600)
    expect(sink.connections() - atOnce).toBeLessThanOrEqual(8)
    expect(sink.accepted).toHaveLength(0)
    const letters = await database.letter.findMany()
    expect(new Set(letters.map(letter => `${letter.state} ${letter.attempts}`))).toEqual(
      new Set(['queued 0']),
    )
    const state = await office.delivery.state()
    expect(state.lastError?.code).toBe('auth')
    expect(state.oldestQueuedAt?.toString()).toBe('2026-03-02T07:00:00Z')
  })
})

describe('a password that is changed while letters wait', () => {
  it('is tried once per connection, not once per letter', async () => {
    await Promise.all(Array.from({ length: 40 }, () => putLetter(database)))
    sink.next({ kind: 'accept' })
    sink.always({ kind: 'answer', at: 'login', code: 535, text: '5.7.8 wrong' })
    const office = await openOffice(url, config(), {
      step: name => (name === 'after-send' ? sink.dropIdle() : undefined),
    })
    await office.delivery.drained()
    expect(sink.accepted).toHaveLength(1)
    expect(sink.connections()).toBeLessThanOrEqual(1 + 2)
    expect(await database.letter.count({ where: { state: 'queued', attempts: 0 } })).toBe(39)
  })

  it('is not tried once more for a letter whose connection breaks while the login is refused', async () => {
    await Promise.all(Array.from({ length: 40 }, () => putLetter(database)))
    sink.next({ kind: 'accept' }, { kind: 'stall', at: 'connect' })
    sink.always({ kind: 'answer', at: 'login', code: 535, text: '5.7.8 wrong' })
    const office = await openOffice(url, config(), {
      step: name => (name === 'after-send' ? sink.dropIdle() : undefined),
    })
    await office.delivery.drained()
    expect(sink.accepted).toHaveLength(1)
    expect(sink.connections()).toBe(1 + 2)
    expect(await database.letter.count({ where: { state: 'queued', attempts: 0 } })).toBe(39)
  })

  it('is not tried with every letter while a connection from before goes on taking them', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => putLetter(database)))
    let password = 'right'
    await sink.stop()
    sink = await startSmtpSink({
      get password() {
        return password
      },
    })
    // Slower than a connection takes to be opened and refused.
    sink.next({ kind: 'accept' }, ...ids.map(() => ({ kind: 'slow', at: 'mail', milliseconds: 30 }) as const))
    const office = await openOffice(url, config(), {
      step: name => {
        if (name === 'after-send') password = 'changed'
      },
    })
    await office.pass(60)
    expect(ids.map(id => sink.copiesOf(id))).toEqual(ids.map(() => 1))
    expect(sink.connections()).toBe(1 + 1)
  })
})

describe('a database that drops every connection', () => {
  it('costs no letter and no copy', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => putLetter(database)))
    let sends = 0
    const office = await openOffice(url, config(), {
      step: async name => {
        sends += name === 'after-send' ? 1 : 0
        if (name !== 'after-send' || sends !== 10) return
        await database.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`
      },
    })
    // Locks come back by themselves, in real time: this is the one thing here the manual clock does not drive.
    await expect
      .poll(
        async () => {
          await office.pass(5)
          return database.letter.count({ where: { state: 'sent' } })
        },
        { timeout: 20_000 },
      )
      .toBe(60)
    expect(ids.map(id => sink.copiesOf(id))).toEqual(ids.map(() => 1))
  })
})
