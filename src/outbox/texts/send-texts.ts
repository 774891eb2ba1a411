import type { Config } from '../../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import { maskNumber } from '../../desk/phone/numbers.ts'
import type { PhoneProvider, TextRequest } from '../../desk/phone/provider.ts'
import { type TextData, textWords } from '../../desk/phone/text-words.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Log } from '../../log.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { nextTryAt } from '../back-off.ts'
import { type ClaimedText, claimTexts, nextTextAt } from './claim-texts.ts'

/**
 * Sending texts: queued -> sending -> sent, or unsure where the provider's answer was lost. A doubtful text is looked
 * for twice before it is sent again, because its customer would rather have none than three; and a text that would come
 * too late, or not at all, is handed to `onFailed`, which finds another way.
 */
export interface TextDeps {
  readonly database: Database
  readonly config: Config
  readonly providers: ReadonlyMap<string, PhoneProvider>
  readonly now: () => Temporal.Instant
  readonly log: Log
  /** A text was given up; runs in the transaction that says so. */
  readonly onFailed: (tx: Tx, text: ClaimedText, reason: string) => Promise<void>
  /** Called after a commit that put letters into the outbox. */
  readonly nudge: () => void
  readonly step?: ((name: 'text-claimed' | 'text-sent') => void | Promise<void>) | undefined
}

export interface SentTexts {
  readonly sent: number
  readonly nextAt: Temporal.Instant | null
}

/** Six tries are a quarter of an hour; who waits for a call in two hours should have it in writing before. */
const mostTries = 6
const looksBeforeResending = 2
const secondsBetweenLooks = 30
const reasonLength = 300

/** Works on up to `most` due texts. Throws while the database is away. */
export async function sendTexts(deps: TextDeps, most = 20): Promise<SentTexts> {
  const claimed = await claimTexts(deps.database, deps.now(), most)
  await deps.step?.('text-claimed')
  let sent = 0
  for (const text of claimed) if (await work(deps, text)) sent++
  return { sent, nextAt: await nextTextAt(deps.database) }
}

async function work(deps: TextDeps, text: ClaimedText): Promise<boolean> {
  const { texts } = deps.config.phone ?? {}
  const provider = deps.providers.get(texts?.provider ?? '')
  if (!texts || !provider) return giveUp(deps, text, 'no text messages are configured any more')
  try {
    if (text.before !== 'queued') return await lookFor(deps, text, provider, texts.sender)
    if (isLate(text, deps.now())) return await giveUp(deps, text, 'it would come after the time it tells')
    const request = requestOf(deps, text, texts.sender)
    await settle(deps, text, { text: request.text })
    const { providerId } = await provider.sendText(request)
    await deps.step?.('text-sent')
    return await markSent(deps, text, providerId)
  } catch (error) {
    return failed(deps, text, error)
  }
}

async function lookFor(
  deps: TextDeps,
  text: ClaimedText,
  provider: PhoneProvider,
  sender: string,
): Promise<boolean> {
  const since = Temporal.Instant.fromEpochMilliseconds(text.createdAt.getTime())
  // Without words nothing had been handed over: the process died before.
  const found = text.text === null ? undefined : await provider.findText(requestOf(deps, text, sender), since)
  if (found) return markSent(deps, text, found.providerId)
  const now = deps.now()
  const looks = text.text === null ? looksBeforeResending : looksOf(text) + 1
  if (isLate(text, now)) return giveUp(deps, text, 'it is not known whether it was sent')
  if (looks < looksBeforeResending)
    await settle(deps, text, {
      state: 'unsure',
      failure: `not found, looked ${looks} time`,
      wakeAt: dateOf(now.add({ seconds: secondsBetweenLooks })),
    })
  else await settle(deps, text, { state: 'queued', failure: null, wakeAt: dateOf(now) })
  return false
}

function looksOf({ failure }: ClaimedText): number {
  return Number(/^not found, looked (\d+) time/.exec(failure ?? '')?.[1] ?? 0)
}

async function failed(deps: TextDeps, text: ClaimedText, error: unknown): Promise<boolean> {
  if (error instanceof PermanentFailure) return giveUp(deps, text, error.message)
  if (!(error instanceof TransientFailure) || error.code === 'database') throw error
  const looking = text.before !== 'queued'
  const facts = { text: text.id, to: maskNumber(text.recipient), code: error.code }
  deps.log.warn(facts, looking ? 'text not found out about yet' : 'text not sent yet')
  const now = deps.now()
  if (error.code !== 'unsure' && text.tries >= mostTries) return giveUp(deps, text, error.message)
  const doubtful = looking || error.code === 'unsure'
  await settle(deps, text, {
    state: doubtful ? 'unsure' : 'queued',
    ...(looking ? {} : { failure: error.message.slice(0, reasonLength) }),
    wakeAt: dateOf(doubtful ? now.add({ seconds: secondsBetweenLooks }) : nextTryAt(text.tries, now, 0.5)),
  })
  return false
}

/** "We will call you by 15:20" after 15:20 helps nobody. */
function isLate({ data }: ClaimedText, now: Temporal.Instant): boolean {
  const { dueAt } = data as unknown as TextData
  return dueAt !== null && Temporal.Instant.compare(Temporal.Instant.from(dueAt), now) <= 0
}

/** The words of the first try are kept: by them a doubtful text is found. */
function requestOf({ config, now }: TextDeps, text: ClaimedText, sender: string): TextRequest {
  const data = text.data as unknown as TextData
  const words =
    text.text ??
    textWords(text.kind, text.language as Language, data, {
      company: config.company,
      timeZone: config.offices[data.office]?.timeZone ?? 'UTC',
      now: now(),
      recipient: text.recipient,
      sender,
    })
  return { textId: text.id, to: text.recipient, from: sender, text: words }
}

async function markSent(deps: TextDeps, text: ClaimedText, providerId: string): Promise<boolean> {
  await settle(deps, text, {
    state: 'sent',
    providerId,
    sentAt: dateOf(deps.now()),
    failure: null,
    wakeAt: null,
  })
  deps.log.info({ text: text.id, kind: text.kind, to: maskNumber(text.recipient) }, 'text sent')
  return true
}

async function giveUp(deps: TextDeps, text: ClaimedText, reason: string): Promise<boolean> {
  const failure = reason.replaceAll('\0', '').slice(0, reasonLength).toWellFormed()
  await inTransaction(deps.database, async tx => {
    const { count } = await tx.textMessage.updateMany({
      where: { id: text.id, state: 'sending' },
      data: { state: 'failed', failure, wakeAt: null },
    })
    if (count > 0) await deps.onFailed(tx, text, failure)
  })
  deps.log.error({ text: text.id, kind: text.kind, to: maskNumber(text.recipient) }, 'text given up')
  deps.nudge()
  return false
}

/** Only while it is ours: the provider's own news of the text may have come in between, and says more. */
async function settle(
  { database }: TextDeps,
  { id }: ClaimedText,
  data: Prisma.TextMessageUpdateManyMutationInput,
): Promise<void> {
  await database.textMessage.updateMany({ where: { id, state: 'sending' }, data })
}

const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)
