import { TransientFailure } from '../../../desk/failure.ts'
import type { InboundMail } from '../../../desk/inbound.ts'
import type { MailContent } from '../../../desk/mail-content.ts'
import type { Log } from '../../../log.ts'
import type { BlobStore } from '../../../store/blobs.ts'
import { inLanes } from '../reading/lanes.ts'
import type { Step } from '../reading/steps.ts'
import type { ImapSession } from './imap-session.ts'
import { type Listed, uidSet } from './list-folder.ts'
import { bigBytes } from './plan-batches.ts'

/** What turns the bytes of a folder into inbound mails; the same for the reader and for the ledger's balance. */
export interface Reception {
  /** The mailbox's key in the configuration. */
  readonly key: string
  readonly folder: string
  /** Longest mail that is taken in whole, in bytes. */
  readonly mailBytes: number
  readonly blobs: BlobStore
  readonly readMail: (raw: Buffer) => Promise<MailContent>
  readonly fingerprintOf: (content: MailContent, rawSha256: string) => string
  readonly step: Step
  readonly log: Log
}

/** What is read of a mail over the limit: its headers and, in most mails, its text. */
export const oversizedBytes = 262_144
/** A piece of a big mail: large enough that round trips do not count, small enough to arrive within one turn. */
const pieceBytes = 1_000_000
const lanes = 8
const triesAlone = 3

/**
 * The mails of one batch, bytes stored and read, in UID order. Nothing here changes anything on the server: bodies are
 * fetched with PEEK. A mail that was deleted since it was listed is left out, and so is one that the
 * server lists but will not hand out, loudly: a gap that `ledger balance` finds.
 *
 * `arrived` collects the UIDs whose bytes are here, so that a caller whose connection breaks knows at which mail.
 * @throws TransientFailure network, timeout, protocol, storage
 */
export async function fetchBatch(
  session: ImapSession,
  reception: Reception,
  batch: readonly Listed[],
  arrived: Set<number> = new Set(),
): Promise<readonly InboundMail[]> {
  const ordinary = batch.filter(mail => mail.size <= Math.min(bigBytes, reception.mailBytes))
  const mails = await inLanes(bodies(session, ordinary), lanes, async ({ listed, raw }) => {
    arrived.add(listed.uid)
    await reception.step('fetched', listed.uid)
    return receive(session, reception, listed, raw, await reception.blobs.put(raw), [])
  })
  for (const listed of batch) {
    if (arrived.has(listed.uid)) continue
    const mail = await fetchAlone(session, reception, listed)
    if (mail) mails.push(mail)
    arrived.add(listed.uid)
  }
  return mails.sort((a, b) => Number(a.position.uid - b.position.uid))
}

interface Body {
  readonly listed: Listed
  readonly raw: Buffer
}

async function* bodies(session: ImapSession, batch: readonly Listed[]): AsyncGenerator<Body, void> {
  if (batch.length === 0) return
  const awaited = new Map(batch.map(listed => [listed.uid, listed]))
  const largest = Math.max(...batch.map(listed => listed.size))
  const answers = session.client.fetch(
    uidSet([...awaited.keys()]),
    { uid: true, source: true },
    { uid: true },
  )
  for await (const { uid, source } of session.stream('fetch bodies', answers, largest)) {
    const listed = awaited.get(uid)
    if (listed === undefined || !isHandedOut(listed, source)) continue
    awaited.delete(uid)
    yield { listed, raw: source }
  }
}

/** Some servers answer with nothing, or with NIL, for a mail whose file they have lost. */
function isHandedOut(listed: Listed, source: Buffer | undefined): source is Buffer {
  return source !== undefined && (source.length > 0 || listed.size === 0)
}

async function fetchAlone(
  session: ImapSession,
  reception: Reception,
  listed: Listed,
): Promise<InboundMail | undefined> {
  for (let tries = 0; tries < triesAlone; tries++) {
    const mail = await fetchOne(session, reception, listed)
    if (mail) return mail
    const still = await session.within('fetch size', () =>
      session.client.fetchOne(`${listed.uid}`, { uid: true, size: true }, { uid: true }),
    )
    if (!still) return undefined
  }
  reception.log.error(
    { mailbox: reception.key, folder: reception.folder, uid: listed.uid, size: listed.size },
    'the server lists a mail but does not hand it out; ledger balance tries it again',
  )
  return undefined
}

async function fetchOne(
  session: ImapSession,
  reception: Reception,
  listed: Listed,
): Promise<InboundMail | undefined> {
  if (listed.size > reception.mailBytes) return fetchBeginning(session, reception, listed)
  if (listed.size > bigBytes) return fetchInPieces(session, reception, listed)
  const answer = await session.within(
    'fetch body',
    () => session.client.fetchOne(`${listed.uid}`, { uid: true, source: true }, { uid: true }),
    listed.size,
  )
  if (!answer || !isHandedOut(listed, answer.source)) return undefined
  await reception.step('fetched', listed.uid)
  return receive(session, reception, listed, answer.source, await reception.blobs.put(answer.source), [])
}

/** Over the limit: the beginning is stored and read, the rest stays on the server. */
async function fetchBeginning(
  session: ImapSession,
  reception: Reception,
  listed: Listed,
): Promise<InboundMail | undefined> {
  const source = { start: 0, maxLength: oversizedBytes }
  const answer = await session.within(
    'fetch beginning',
    () => session.client.fetchOne(`${listed.uid}`, { uid: true, source }, { uid: true }),
    oversizedBytes,
  )
  if (!answer || !isHandedOut(listed, answer.source)) return undefined
  // Some servers ignore the partial and send as much as they like.
  const raw = answer.source.subarray(0, oversizedBytes)
  await reception.step('fetched', listed.uid)
  return receive(session, reception, listed, raw, await reception.blobs.put(raw), ['oversized'])
}

/** A big mail goes to the store piece by piece, so that the memory never holds it beside its neighbours. */
async function fetchInPieces(
  session: ImapSession,
  reception: Reception,
  listed: Listed,
): Promise<InboundMail | undefined> {
  const options = { uid: true, chunkSize: pieceBytes }
  const download = await session.within(
    'fetch piece',
    () => session.client.download(`${listed.uid}`, undefined, options),
    pieceBytes,
  )
  if (!download.content) return undefined
  const pieces: AsyncIterator<Uint8Array> = download.content[Symbol.asyncIterator]()
  const stored = await reception.blobs.putStream(session.stream('fetch piece', pieces, pieceBytes))
  await reception.step('fetched', listed.uid)
  if (stored.size < listed.size / 2) {
    throw new TransientFailure(
      'protocol',
      `mail ${listed.uid} ended early: ${stored.size} of ${listed.size} bytes`,
    )
  }
  return receive(session, reception, listed, await reception.blobs.get(stored.sha256), stored.sha256, [])
}

async function receive(
  session: ImapSession,
  reception: Reception,
  listed: Listed,
  raw: Buffer,
  rawSha256: string,
  defects: readonly string[],
): Promise<InboundMail> {
  await reception.step('stored', listed.uid)
  const read = await reception.readMail(raw)
  const content = { ...read, defects: [...read.defects, ...defects] }
  return {
    kind: 'mail',
    position: {
      mailbox: reception.key,
      folder: reception.folder,
      uidValidity: session.uidValidity,
      uid: BigInt(listed.uid),
    },
    rawSha256,
    size: listed.size,
    receivedAt: listed.receivedAt,
    content,
    fingerprint: reception.fingerprintOf(content, rawSha256),
  }
}
