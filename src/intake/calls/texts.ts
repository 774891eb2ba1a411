import { advances, type TextStatus } from '../../desk/phone/text-state.ts'
import type { TextData, TextKind } from '../../desk/phone/text-words.ts'
import { whyNot } from '../../desk/why-not-told.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { TextMessage } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { noWay } from '../promises/tell-progress.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { tell } from './call-letters.ts'
import { callbackNewsOf, confirmationOf } from './customer-news.ts'
import { toldTicket } from './told-ticket.ts'

/** What becomes of texts: the provider's news of them, and the other way when one does not arrive. */

/** What a provider says of a text. `textId` comes from the address that it was told to report to. */
export interface TextNews {
  /** Key in the configuration. */
  readonly provider: string
  readonly providerId: string
  readonly textId: string
  readonly state: TextStatus
  /** The provider's own code. */
  readonly reason?: string
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

/**
 * Takes in what a provider says of a text. News overtake each other and come twice: only what is further on counts. Says
 * nothing of texts that we do not know. Throws TransientFailure('database') while the database is away.
 */
export async function recordTextStatus(deps: CallDeps, news: TextNews): Promise<void> {
  const { provider, providerId, textId, state } = news
  // Another provider may not speak for this one's texts.
  if (!isId(textId) || deps.config.phone?.texts?.provider !== provider) return
  const now = deps.now()
  const fellBack = await inTransaction(deps.database, async tx => {
    const [text] = await tx.$queryRaw<{ state: string; providerId: string | null }[]>`
      select state, provider_id as "providerId" from text_message where id = ${textId}::uuid for update`
    if (!text || (text.providerId !== null && text.providerId !== providerId)) return false
    if (!advances(text.state, state)) return false
    const failure =
      state === 'failed' ? `not delivered${news.reason ? `: ${news.reason}` : ''}`.slice(0, 300) : null
    const row = await tx.textMessage.update({
      where: { id: textId },
      data: {
        state,
        failure,
        providerId,
        wakeAt: null,
        ...(state === 'failed' ? {} : { sentAt: dateOf(now) }),
      },
    })
    if (failure !== null) await textFailed(tx, deps, row, failure, now)
    return failure !== null
  })
  if (fellBack) deps.nudge()
}

const newsKinds: Readonly<Record<string, 'apology' | 'tried' | 'later'>> = {
  apology: 'apology',
  tried: 'tried',
  later: 'later',
}

const progressKinds: readonly string[] = ['update', 'result'] satisfies readonly TextKind[]

/** Progress goes by text only where there was no way by mail. */
async function progressFailed(
  tx: Tx,
  deps: CallDeps,
  { ticketId }: TextMessage,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  const neither = { noText: whyNot('text-failed', reason), noMail: whyNot('mail-tried-first') }
  await noWay(tx, deps, await toldTicket(tx, ticketId), neither, now)
}

/**
 * A text will not arrive: its customer is told by mail, and where there is no address either somebody sees so. What a
 * mail says is read anew, for the time that the text told may be over.
 */
export async function textFailed(
  tx: Tx,
  deps: CallDeps,
  text: TextMessage,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  const { callId, callbackId } = text.data as unknown as TextData
  const { ticket } = await toldTicket(tx, text.ticketId)
  await addCallEntry(tx, {
    ticketId: ticket.id,
    kind: 'text-failed',
    at: now,
    detail: { textId: text.id, about: text.kind, to: text.recipient, reason },
  })
  const news =
    callbackId !== null
      ? await callbackNewsOf(tx, deps, callbackId, newsKinds[text.kind] ?? 'tried')
      : callId !== null
        ? await confirmationOf(tx, deps, callId)
        : undefined
  if (news) await tell(tx, deps, news, now, whyNot('text-failed', reason))
  else if (progressKinds.includes(text.kind)) await progressFailed(tx, deps, text, reason, now)
}
