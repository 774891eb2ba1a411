import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { TransientFailure } from '../../src/desk/failure.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { openLocks } from '../../src/store/locks.ts'
import { cloneDatabase } from '../database.ts'
import { type SmtpSink, startSmtpSink } from '../smtp-sink.ts'
import { letterOf, putLetter } from './letters.ts'
import { openOffice } from './office.ts'
import { type SentFolderPeer, startSentFolder } from './sent-folder.ts'
import { testConfig } from './test-config.ts'

/** Letters of which nobody can say whether the server took them. No customer may get one twice, or none. */

let url: string
let database: Database
let peer: SentFolderPeer
let sink: SmtpSink

beforeEach(async () => {
  const clone = await cloneDatabase()
  url = clone.url
  database = openDatabase(url, 4)
  peer = await startSentFolder()
  sink = await startSmtpSink({ onAccepted: mail => peer.file(mail) })
  return async () => {
    await sink.stop()
    await peer.stop()
    await database.$disconnect()
    await clone.drop()
  }
})

const proof = { kind: 'sent-folder', mailbox: 'support', folder: 'Sent' } as const
const withProof = () => testConfig({ port: sink.port, proof }, peer.port)
const withoutProof = () => testConfig({ port: sink.port })

describe('a connection lost after the final dot', () => {
  it('is no second copy when the Sent folder holds the letter', async () => {
    const messageId = await putLetter(database)
    sink.next({ kind: 'cut', at: 'end-of-data', accepts: true })
    const office = await openOffice(url, withProof())
    await office.delivery.drained()
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'unsure', failureCode: 'unsure' })
    await office.pass(3600)
    expect(await letterOf(database, messageId)).toMatchObject({
      state: 'sent',
      response: 'found in the Sent folder',
      subject: 'Letter of kind auto-reply',
    })
    expect(sink.copiesOf(messageId)).toBe(1)
  })

  it('is repeated with the same Message-ID after two looks in vain', async () => {
    const messageId = await putLetter(database)
    sink.next({ kind: 'cut', at: 'end-of-data' })
    const office = await openOffice(url, withProof())
    await office.pass(65)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'unsure', failureCode: 'absent' })
    await office.pass(65)
    expect(await letterOf(database, messageId)).toMatchObject({
      state: 'sent',
      attempts: 2,
      failureCode: null,
    })
    expect(sink.copiesOf(messageId)).toBe(1)
  })

  it('is believed when the server files the letter between the two looks', async () => {
    const messageId = await putLetter(database)
    sink.next({ kind: 'cut', at: 'end-of-data' })
    const office = await openOffice(url, withProof())
    await office.pass(65)
    peer.file({ raw: Buffer.from(`Message-ID: ${messageId}\r\n\r\n`) })
    await office.pass(3600)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent', attempts: 1 })
    expect(sink.accepted).toHaveLength(0)
  })

  it('waits for the Sent folder when it cannot be looked into', async () => {
    const messageId = await putLetter(database)
    sink.next({ kind: 'cut', at: 'end-of-data', accepts: true })
    const { port } = peer
    const office = await openOffice(url, withProof())
    await office.delivery.drained()
    await peer.stop()
    await office.pass(600)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'unsure', attempts: 1 })
    expect((await office.delivery.state()).lastError?.code).toBe('network')
    peer = await startSentFolder(port)
    for (const mail of sink.accepted) peer.file(mail)
    await office.pass(65)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent', attempts: 1 })
  })

  it('is repeated once, and only once, where nothing can prove anything', async () => {
    const messageId = await putLetter(database)
    sink.always({ kind: 'cut', at: 'end-of-data', accepts: true })
    const office = await openOffice(url, withoutProof())
    await office.pass(3600)
    expect(sink.copiesOf(messageId)).toBe(2)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'failed', failureCode: 'unsure' })
    expect(office.failures).toMatchObject([{ code: 'unsure' }])
  })

  it('remembers the repetition over temporary refusals', async () => {
    const messageId = await putLetter(database)
    const lost = { kind: 'cut', at: 'end-of-data', accepts: true } as const
    sink.next(lost, { kind: 'answer', at: 'rcpt', code: 450, text: '4.2.1 later' }, lost)
    const office = await openOffice(url, withoutProof())
    await office.pass(3600)
    expect(sink.copiesOf(messageId)).toBe(2)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'failed', failureCode: 'unsure' })
  })
})

describe('a Sent folder', () => {
  it('that is fed is believed as often as it takes', async () => {
    const control = await putLetter(database)
    const office = await openOffice(url, withProof())
    await office.pass(120)
    expect(sink.copiesOf(control)).toBe(1)
    const messageId = await putLetter(database)
    const lost = { kind: 'cut', at: 'end-of-data' } as const
    sink.next(lost, lost, lost)
    await office.pass(3600)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent', attempts: 4 })
    expect(sink.copiesOf(messageId)).toBe(1)
  })

  it('that nobody feeds proves nothing: two copies at the most', async () => {
    const unfed = await startSmtpSink()
    onTestFinished(() => unfed.stop())
    const office = await openOffice(url, testConfig({ port: unfed.port, proof }, peer.port))
    await putLetter(database)
    await office.pass(120)
    const messageId = await putLetter(database)
    unfed.always({ kind: 'cut', at: 'end-of-data', accepts: true })
    await office.pass(3600)
    expect(unfed.copiesOf(messageId)).toBe(2)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'failed', failureCode: 'unsure' })
  })
})

describe('letters in the hands of another process', () => {
  it('are left to it while it lives, and looked for once it is dead', async () => {
    const other = await openLocks(url)
    const claimed = { state: 'sending', claimedBy: other.instanceId, attempts: 1 }
    const delivered = await putLetter(database, claimed)
    const lost = await putLetter(database, claimed)
    peer.file({ raw: Buffer.from(`Message-ID: ${delivered}\r\n\r\n`) })
    const office = await openOffice(url, withProof())
    await office.pass(600)
    expect(await letterOf(database, delivered)).toMatchObject({
      state: 'sending',
      claimedBy: other.instanceId,
    })
    await other.stop()
    await office.pass(200)
    expect(await letterOf(database, delivered)).toMatchObject({ state: 'sent', attempts: 1 })
    expect(await letterOf(database, lost)).toMatchObject({ state: 'sent', attempts: 2 })
    expect([delivered, lost].map(id => sink.copiesOf(id))).toEqual([0, 1])
  })

  it('are looked for without waiting for its lease, if it died while it was looking for them', async () => {
    const messageId = await putLetter(database)
    const dead = await openLocks(url)
    await database.letter.updateMany({
      where: { messageId },
      data: {
        state: 'unsure',
        failureCode: 'unsure',
        claimedBy: dead.instanceId,
        nextTryAt: new Date(Date.UTC(2100, 0, 1)),
      },
    })
    await dead.stop()
    peer.file({ raw: Buffer.from(`Message-ID: ${messageId}\r\n\r\n`) })
    const office = await openOffice(url, withProof())
    await office.pass(120)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent' })
    expect(sink.accepted).toHaveLength(0)
  })
})

describe('a process that others take for dead', () => {
  it('still settles a letter with its proof', async () => {
    const messageId = await putLetter(database)
    const office = await openOffice(url, withoutProof(), {
      step: async name => {
        if (name !== 'after-send') return
        await database.letter.update({
          where: { messageId },
          data: { state: 'unsure', claimedBy: null, nextTryAt: new Date('2026-03-02T09:00:00Z') },
        })
      },
    })
    await office.pass(7200)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent', attempts: 1 })
    expect(sink.copiesOf(messageId)).toBe(1)
  })

  it('claims nothing until it has its lock again', async () => {
    const locks = await openLocks(url)
    let lose = (): void => {}
    let alive = true
    const office = await openOffice(url, withoutProof(), {
      locks: {
        instanceId: locks.instanceId,
        tryLock: name => locks.tryLock(name),
        unlock: name => locks.unlock(name),
        isAlive: async id => alive && (await locks.isAlive(id)),
        onLost: listener => {
          lose = listener
        },
        stop: () => locks.stop(),
      },
    })
    await office.delivery.drained()
    alive = false
    lose()
    const messageId = await putLetter(database)
    office.delivery.nudge()
    await office.pass(60)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'queued' })
    alive = true
    await office.pass(10)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent' })
  })
})

describe('a look that fails', () => {
  it('leaves the rest of its batch as doubtful as it was', async () => {
    const at = new Date('2026-03-02T07:00:00Z')
    const doubtful = { state: 'unsure', nextTryAt: at, attempts: 1, failureCode: 'absent' }
    const ids = [await putLetter(database, doubtful), await putLetter(database, doubtful)]
    const office = await openOffice(url, withProof(), {
      lookUp: async () => {
        throw new TransientFailure('network', 'cut')
      },
    })
    await office.delivery.drained()
    const letters = await Promise.all(ids.map(id => letterOf(database, id)))
    expect(letters).toMatchObject(
      ids.map(() => ({ state: 'unsure', failureCode: 'absent', claimedBy: null })),
    )
    expect(letters.map(letter => letter.nextTryAt.toISOString())).toEqual(
      ids.map(() => '2026-03-02T08:01:00.000Z'),
    )
  })
})
