import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PermanentFailure, TransientFailure } from '../../../src/desk/failure.ts'
import type { PhoneProvider } from '../../../src/desk/phone/provider.ts'
import { forgetPayloads } from '../../../src/intake/calls/payloads.ts'
import { workRecordings } from '../../../src/intake/calls/recordings.ts'
import { transcribe } from '../../../src/intake/calls/transcribe.ts'
import { withAudio } from '../../../src/outbox/audio-part.ts'
import { composeLetter, mimeOf } from '../../../src/outbox/letter.ts'
import { type BlobStore, sha256Of } from '../../../src/store/blobs.ts'
import { openFileBlobs } from '../../../src/store/file-blobs.ts'
import { builtInTemplates, loadTemplates } from '../../../src/templates.ts'
import { noon } from '../../desk/mail-example.ts'
import { entriesOf, openWorld, phoneConfig, type World } from './letter-world.ts'

const templates = await loadTemplates([builtInTemplates])
const sound = Buffer.from('RIFF....WAVEfmt and a voice')

let folder: string
let blobs: BlobStore
let world: World
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'))
  blobs = await openFileBlobs(folder)
})
afterEach(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const work = () => workRecordings({ ...world.deps, blobs })

async function program(source: string): Promise<string> {
  const file = join(folder, 'transcriber')
  await writeFile(file, `#!/bin/sh\n${source}\n`)
  await chmod(file, 0o700)
  return file
}

async function open(
  answers: Partial<PhoneProvider> = {},
  recording: Record<string, unknown> = {},
): Promise<void> {
  const there = { fetchRecording: async () => ({ bytes: sound, contentType: 'audio/wav' }) }
  world = await openWorld({ answers: { ...there, ...answers }, config: phoneConfig({ recording }) })
}

async function announce(
  state: 'announced' | 'ready' = 'ready',
  of = 'message',
  providerId = 'RE1',
): Promise<string> {
  const id = randomUUID()
  const { callId, ticketId, database } = world
  await database.recording.create({
    data: {
      ...{ id, callId, ticketId, providerId, of, state },
      provider: 'carrier',
      seconds: 12,
      announcedAt: new Date(noon.epochMilliseconds),
      wakeAt: new Date(noon.epochMilliseconds),
    },
  })
  return id
}

const row = (id: string) => world.database.recording.findUniqueOrThrow({ where: { id } })
const kinds = async () => (await entriesOf(world)).map(({ kind }) => kind)

describe('a message', () => {
  test.each(['announced', 'ready'] as const)(
    'that is %s is kept, told to the agents with the sound, and deleted at the provider (row 33)',
    async state => {
      await open()
      const id = await announce(state)
      await work()
      expect(await row(id)).toMatchObject({
        state: 'stored',
        sha256: sha256Of(sound),
        transcription: 'not-transcribed',
        goneAtProvider: null,
      })
      expect(world.carrier.deleted).toEqual([])
      await work()
      expect(world.carrier.deleted).toEqual(['RE1'])
      const kept = await row(id)
      expect(kept.goneAtProvider).not.toBeNull()
      expect(kept.wakeAt?.getTime()).toBe(noon.add({ hours: 90 * 24 }).epochMilliseconds)

      const letters = await world.database.letter.findMany({ orderBy: { recipient: 'asc' } })
      expect(letters.map(({ recipient }) => recipient)).toEqual(['anna@example.com', 'bernd@example.com'])
      const [letter] = letters
      if (!letter) throw new Error('a notice was written')
      const composed = composeLetter(letter, world.deps.config, templates, world.deps.offices)
      const mail = await PostalMime.parse(
        await mimeOf(await withAudio(composed, letter.data, sha256 => blobs.get(sha256))),
      )
      expect(mail.subject).toContain('Gesprochene Nachricht von Carla Weber')
      expect(mail.text).toContain('Die Nachricht ist nicht verschriftet.')
      expect(mail.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
        ['1004711-202611241100.wav', 'audio/wav'],
      ])
      expect(Buffer.from(mail.attachments[0]?.content as ArrayBuffer)).toEqual(sound)
    },
  )

  test('goes to the agent who has the ticket', async () => {
    await open()
    await world.database.ticket.update({ where: { id: world.ticketId }, data: { assignee: 'bernd' } })
    await announce()
    await work()
    const letters = await world.database.letter.findMany()
    expect(letters.map(({ recipient }) => recipient)).toEqual(['bernd@example.com'])
  })

  test('whose file is not there yet is waited for, and given up visibly after a day', async () => {
    let asked = 0
    await open({
      fetchRecording: async () => {
        asked++
        return undefined
      },
    })
    const id = await announce()
    expect((await work()).nextAt).toEqual(noon.add({ seconds: 5 }))
    world.pass({ seconds: 5 })
    expect((await work()).nextAt).toEqual(noon.add({ seconds: 15 }))
    expect(asked).toBe(2)
    world.pass({ hours: 24 })
    expect((await work()).nextAt).toBeNull()
    expect((await row(id)).state).toBe('absent')
    expect(await kinds()).toEqual(['recording-absent'])
  })

  test('is deleted at the provider however often that fails at first', async () => {
    let left = 3
    await open({
      deleteRecording: async () => {
        if (left-- > 0) throw new TransientFailure('phone', 'busy')
      },
    })
    const id = await announce()
    for (let n = 0; n < 6; n++) {
      await work()
      world.pass({ minutes: 1 })
    }
    expect(left).toBe(-1)
    expect(await row(id)).toMatchObject({ state: 'stored', tries: 0 })
    expect((await row(id)).goneAtProvider).not.toBeNull()
  })

  test('that can never be fetched stays at the provider, for somebody to look', async () => {
    await open({ fetchRecording: () => Promise.reject(new PermanentFailure('phone', 'too large')) })
    const id = await announce()
    await work()
    expect(await row(id)).toMatchObject({ state: 'failed', wakeAt: null })
    expect(await kinds()).toEqual(['recording-failed'])
    expect(world.carrier.deleted).toEqual([])
  })

  test('is told of once by two processes', async () => {
    await open()
    await announce()
    await Promise.all([work(), work()])
    expect(await world.database.letter.count()).toBe(2)
    expect(await kinds()).toEqual(['recording'])
  })

  test('is deleted here after its time, and what was written down of it stays', async () => {
    await open({}, { keepDays: 30, transcriber: await program('echo "Bitte rufen Sie zurück."') })
    const id = await announce()
    await work()
    await work()
    world.pass({ hours: 30 * 24 })
    await work()
    expect(await row(id)).toMatchObject({
      state: 'deleted',
      wakeAt: null,
      transcript: 'Bitte rufen Sie zurück.',
    })
    expect(await blobs.has(sha256Of(sound))).toBe(false)
    expect(await kinds()).toEqual(['recording', 'recording-deleted'])
  })

  test('that sounds like another one leaves that one its bytes', async () => {
    await open({}, { keepDays: 30 })
    await announce()
    await work()
    await work()
    world.pass({ hours: 29 * 24 })
    const second = await announce('ready', 'message', 'RE2')
    await work()
    await work()
    world.pass({ hours: 24 })
    await work()
    expect((await row(second)).state).toBe('stored')
    expect(await blobs.get(sha256Of(sound))).toEqual(sound)
  })
})

test('a recorded conversation is kept, and mailed to nobody', async () => {
  await open()
  await announce('ready', 'call')
  await work()
  expect(await world.database.letter.count()).toBe(0)
  expect(await kinds()).toEqual(['recording'])
})

describe('the program that writes messages down', () => {
  beforeEach(() => open())
  const run = async (source: string) =>
    transcribe(await program(source), { bytes: sound, contentType: 'audio/wav' }, 'de')

  test('gets the sound and the language, and its words come to the agents', async () => {
    expect(await run('cat "$1"; printf " in %s" "$2"')).toEqual({
      state: 'transcribed',
      transcript: `${sound.toString()} in de`,
    })
  })

  test.each([
    ['fails', 'echo secret words; exit 3', 'it ended with 3'],
    ['says nothing', 'true', 'it wrote nothing'],
    ['never stops talking', 'yes', 'it wrote more than 1000000 bytes'],
  ])(
    'that %s leaves the sound to the agents, and none of its words to the log',
    async (_, source, because) => {
      expect(await run(source)).toEqual({ state: 'failed', because })
    },
  )

  test('that does not exist is no reason to lose a message', async () => {
    const missing = join(folder, 'nothing')
    expect(await transcribe(missing, { bytes: sound, contentType: 'audio/wav' }, 'en')).toEqual({
      state: 'failed',
      because: 'it ended with ENOENT',
    })
  })
})

test('what providers sent is forgotten after its days, and what followed from it stays', async () => {
  await open()
  const event = (key: string, days: number) => ({
    ...{ key, kind: 'arrived', provider: 'carrier', callId: world.callId },
    at: new Date(noon.subtract({ hours: days * 24 }).epochMilliseconds),
    payload: { From: '+4915112345678' },
    effects: [{ kind: 'ended' }],
  })
  await world.database.callEvent.createMany({ data: [event('old', 31), event('new', 29)] })
  expect(await forgetPayloads(world.deps)).toBe(1)
  expect(await forgetPayloads(world.deps)).toBe(0)
  const events = await world.database.callEvent.findMany({ orderBy: { at: 'asc' } })
  expect(events.map(({ payload, effects }) => [payload, effects])).toEqual([
    [{}, [{ kind: 'ended' }]],
    [{ From: '+4915112345678' }, [{ kind: 'ended' }]],
  ])
})
