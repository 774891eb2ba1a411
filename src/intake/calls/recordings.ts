import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import type { PhoneProvider } from '../../desk/phone/provider.ts'
import type { Language } from '../../desk/ticket.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import { type BlobStore, sha256Of } from '../../store/blobs.ts'
import { inTransaction } from '../../store/database.ts'
import type { Recording } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { tellSimilar } from '../procedures/record-procedures.ts'
import { hearCalls } from '../procedures/words-of-call.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { noticesOfCall } from './call-letters.ts'
import { instantOf } from './call-rows.ts'
import { claimRecordings, holdBytes, nextRecordingAt, usedElsewhere } from './recording-rows.ts'
import { toldTicket } from './told-ticket.ts'
import { type Transcription, transcribe } from './transcribe.ts'

/**
 * The way of a recording: fetched from the provider, kept here, told to the agents, deleted there, and after its time
 * deleted here as well. Each step is a state of its row, so that a crash between two of them repeats one at the most;
 * at the provider nothing is deleted before it is safe with us.
 */
export type RecordingDeps = CallDeps & { readonly blobs: BlobStore }

/** Two hours of speech; more is no message, and not what a call is recorded for. */
const mostBytes = 120_000_000
/** A provider that has announced a file has it within seconds; after a day nobody waits any more. */
const longestWaitHours = 24
const firstPauseSeconds = 5
const longestPauseSeconds = 3600

/** Works on up to `most` due recordings, one after the other. Throws while the database is away. */
export async function workRecordings(
  deps: RecordingDeps,
  most = 5,
): Promise<{ readonly worked: number; readonly nextAt: Temporal.Instant | null }> {
  const claimed = await claimRecordings(deps.database, deps.now(), most)
  for (const recording of claimed) {
    try {
      await work(deps, recording)
    } catch (error) {
      await postpone(deps, recording, error)
    }
  }
  return { worked: claimed.length, nextAt: await nextRecordingAt(deps.database) }
}

async function work(deps: RecordingDeps, recording: Recording): Promise<void> {
  switch (recording.state) {
    case 'announced':
    case 'ready':
      return fetchAndKeep(deps, recording)
    case 'stored':
      return recording.goneAtProvider === null ? deleteThere(deps, recording) : deleteHere(deps, recording)
    default:
      await deps.database.recording.update({ where: { id: recording.id }, data: { wakeAt: null } })
  }
}

function providerOf({ providers }: CallDeps, { provider }: Recording): PhoneProvider {
  const found = providers.get(provider)
  if (!found)
    throw new PermanentFailure('phone', `provider "${provider}" is not in the configuration any more`)
  return found
}

async function fetchAndKeep(deps: RecordingDeps, recording: Recording): Promise<void> {
  const audio = await providerOf(deps, recording).fetchRecording(recording.providerId)
  if (!audio) return notThereYet(deps, recording)
  if (audio.bytes.length > mostBytes)
    throw new PermanentFailure(
      'phone',
      `a recording of ${audio.bytes.length} bytes is larger than any should be`,
    )
  const call = await deps.database.call.findUniqueOrThrow({ where: { id: recording.callId } })
  const { transcriber } = deps.config.phone?.recording ?? {}
  const written = await transcribe(transcriber, audio, call.language as Language)
  if (written.state === 'failed')
    deps.log.warn({ recording: recording.id, because: written.because }, 'recording not transcribed')
  const letters = await keep(deps, recording, audio, written)
  if (letters > 0) deps.nudge()
  deps.wake()
}

async function keep(
  deps: RecordingDeps,
  { id, callId, ticketId, of, seconds }: Recording,
  { bytes, contentType }: { readonly bytes: Buffer; readonly contentType: string },
  written: Transcription,
): Promise<number> {
  const now = deps.now()
  const transcript = written.state === 'transcribed' ? written.transcript : null
  return inTransaction(deps.database, async tx => {
    await holdBytes(tx, sha256Of(bytes))
    const sha256 = await deps.blobs.put(bytes)
    const { count } = await tx.recording.updateMany({
      where: { id, state: { in: ['announced', 'ready'] } },
      data: {
        ...{ sha256, contentType, transcript },
        state: 'stored',
        transcription: written.state,
        storedAt: dateOf(now),
        tries: 0,
        wakeAt: dateOf(now),
      },
    })
    if (count === 0) return 0
    const { ticket } = await toldTicket(tx, ticketId)
    const detail = { callId, recordingId: id, of, seconds, transcription: written.state }
    await addCallEntry(tx, {
      ticketId: ticket.id,
      kind: 'recording',
      at: now,
      text: transcript ?? '',
      detail,
    })
    if (transcript !== null) await hearCalls(tx, deps, [ticket.id], now)
    // A whole conversation is for whoever looks for it; a message waits for an answer.
    if (of !== 'message') return 0
    const tooLarge = bytes.length > deps.config.limits.noticeAttachmentBytes
    const request = { callId, event: 'call-message', agents: [], recordingId: id, tooLarge, now } as const
    const letters = await noticesOfCall(tx, deps, request)
    await enqueue(tx, letters)
    if (transcript !== null) await tellSimilar(tx, [ticket.id])
    return letters.length
  })
}

/** The news that a file is ready can come before the file. */
async function notThereYet(deps: RecordingDeps, recording: Recording): Promise<void> {
  const now = deps.now()
  const until = instantOf(recording.announcedAt).add({ hours: longestWaitHours })
  if (Temporal.Instant.compare(now, until) < 0) return retry(deps, recording, now)
  await giveUp(deps, recording, 'absent', 'the provider never had the file')
}

async function deleteThere(deps: RecordingDeps, recording: Recording): Promise<void> {
  await providerOf(deps, recording).deleteRecording(recording.providerId)
  const { keepDays = 90 } = deps.config.phone?.recording ?? {}
  const until = instantOf(recording.storedAt ?? recording.announcedAt).add({ hours: keepDays * 24 })
  await deps.database.recording.update({
    where: { id: recording.id },
    data: { goneAtProvider: dateOf(deps.now()), tries: 0, wakeAt: dateOf(until) },
  })
}

/** The sound goes; what was written down of it is part of the ticket, as a mail is. */
async function deleteHere(deps: RecordingDeps, { id, ticketId, callId, sha256 }: Recording): Promise<void> {
  const now = deps.now()
  await inTransaction(deps.database, async tx => {
    if (sha256 !== null) await holdBytes(tx, sha256)
    const { count } = await tx.recording.updateMany({
      where: { id, state: 'stored' },
      data: { state: 'deleted', deletedAt: dateOf(now), wakeAt: null },
    })
    if (count === 0) return
    // Before the commit: a row that says "deleted" must never stand beside bytes that are still there.
    if (sha256 !== null && !(await usedElsewhere(tx, { id, sha256 }))) await deps.blobs.remove(sha256)
    const { ticket } = await toldTicket(tx, ticketId)
    const detail = { callId, recordingId: id }
    await addCallEntry(tx, { ticketId: ticket.id, kind: 'recording-deleted', at: now, detail })
  })
}

/** What we could not fetch is left at the provider: it is the only copy, and somebody has to look. */
async function postpone(deps: RecordingDeps, recording: Recording, error: unknown): Promise<void> {
  const failed = error instanceof PermanentFailure
  if (!failed && !(error instanceof TransientFailure)) throw error
  if (error.code === 'database') throw error
  const { id, state, tries } = recording
  const facts = { recording: id, state, tries, code: error.code }
  if (failed && state !== 'stored') {
    deps.log.error(facts, 'recording given up')
    return giveUp(deps, recording, 'failed', error.message)
  }
  deps.log.warn(facts, 'recording not done with yet')
  await retry(deps, recording, deps.now())
}

async function retry(
  { database }: RecordingDeps,
  { id, tries }: Recording,
  now: Temporal.Instant,
): Promise<void> {
  const seconds = Math.min(firstPauseSeconds * 2 ** Math.min(tries - 1, 20), longestPauseSeconds)
  await database.recording.update({ where: { id }, data: { wakeAt: dateOf(now.add({ seconds })) } })
}

async function giveUp(
  { database, now }: RecordingDeps,
  { id, callId, ticketId, of }: Recording,
  state: 'absent' | 'failed',
  reason: string,
): Promise<void> {
  await inTransaction(database, async tx => {
    await tx.recording.update({ where: { id }, data: { state, wakeAt: null } })
    const { ticket } = await toldTicket(tx, ticketId)
    const detail = { callId, recordingId: id, of, reason: reason.slice(0, 300) }
    await addCallEntry(tx, { ticketId: ticket.id, kind: `recording-${state}`, at: now(), detail })
  })
}
