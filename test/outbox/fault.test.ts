import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import type { DeliveryStep } from '../../src/outbox/deliver.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { type SmtpSink, startSmtpSink } from '../smtp-sink.ts'
import { letterOf, putLetter } from './letters.ts'
import { ManualClock } from './manual-clock.ts'
import { openOffice } from './office.ts'
import { type SentFolderPeer, startSentFolder } from './sent-folder.ts'
import { testConfig } from './test-config.ts'

/** A real process, killed with SIGKILL at each step of a letter's way; another one takes over. */

let url: string
let database: Database
let peer: SentFolderPeer
let sink: SmtpSink
let config: Config

beforeEach(async () => {
  const clone = await cloneDatabase()
  url = clone.url
  database = openDatabase(url, 2)
  peer = await startSentFolder()
  sink = await startSmtpSink({ onAccepted: mail => peer.file(mail) })
  config = testConfig(
    { port: sink.port, proof: { kind: 'sent-folder', mailbox: 'support', folder: 'Sent' } },
    peer.port,
  )
  return async () => {
    await sink.stop()
    await peer.stop()
    await database.$disconnect()
    await clone.drop()
  }
})

const script = join(import.meta.dirname, 'delivery-process.ts')

function startProcess(crashAt: DeliveryStep | null): ChildProcess {
  const child = spawn(process.execPath, [script, JSON.stringify({ url, config, crashAt })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Another process takes over at the real time, which then runs as fast as the test likes. */
async function takeOver(): Promise<void> {
  const office = await openOffice(url, config, { clock: new ManualClock(Temporal.Now.instant()) })
  await office.pass(600)
}

describe('a process that is killed', () => {
  const cases: readonly [DeliveryStep, number][] = [
    ['claimed', 0],
    ['before-send', 0],
    ['after-send', 1],
    ['marked', 1],
  ]

  it.each(cases)('at "%s" leaves letters that are delivered exactly once', async (step, before) => {
    const messageId = await putLetter(database)
    const child = startProcess(step)
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    expect(sink.copiesOf(messageId)).toBe(before)
    await takeOver()
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent' })
    expect(sink.copiesOf(messageId)).toBe(1)
  })

  it('in the middle of many letters loses none and doubles none', async () => {
    const ids = await Promise.all(Array.from({ length: 150 }, () => putLetter(database)))
    const child = startProcess(null)
    const gone = once(child, 'exit')
    await sink.accepting(60)
    child.kill('SIGKILL')
    await gone
    expect(sink.accepted.length).toBeLessThan(150)
    await takeOver()
    expect(ids.map(id => sink.copiesOf(id))).toEqual(ids.map(() => 1))
    expect(await database.letter.count({ where: { state: 'sent' } })).toBe(150)
  })
})
