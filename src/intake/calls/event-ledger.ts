import type { CallDecision } from '../../desk/phone/call-decision.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import type { Instruction } from '../../desk/phone/instruction.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import type { TakenCall } from './call-deps.ts'

/** What providers told us, each fact once, with what was answered and why. */

/**
 * The new row's id; undefined where the fact is known. Whoever tells the same fact at the same moment waits here for
 * our commit.
 */
export async function claimEvent(tx: Tx, event: CallEvent): Promise<bigint | undefined> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    insert into call_event (provider, key, kind, at, provider_at, payload)
    values (${event.provider}, ${event.key}, ${event.kind}, ${event.at.toString()}::timestamptz,
            ${event.providerAt?.toString() ?? null}::timestamptz, ${JSON.stringify(event.payload)}::jsonb)
    on conflict (provider, key) do nothing returning id`
  return rows[0]?.id
}

export interface EventResult {
  readonly callId: string | null
  readonly because: string
  readonly effects: CallDecision['effects']
  readonly answer: readonly Instruction[]
  /** Of the conversation, after it. */
  readonly turn: number
}

/** What was decided, kept for whoever asks why. */
export async function finishEvent(
  tx: Tx,
  id: bigint,
  { callId, because, effects, answer, turn }: EventResult,
): Promise<void> {
  await tx.callEvent.update({
    where: { id },
    data: {
      callId,
      effects: { because, effects, turn } as unknown as Prisma.InputJsonObject,
      answer: answer as unknown as Prisma.InputJsonArray,
    },
  })
}

/** What was answered the first time. */
export async function repeated(tx: Tx, { provider, key }: CallEvent): Promise<TakenCall> {
  const event = await tx.callEvent.findUniqueOrThrow({
    where: { provider_key: { provider, key } },
    include: { call: { include: { ticket: { select: { number: true } } } } },
  })
  const effects = event.effects as { readonly turn?: number }
  return {
    result: 'repeated',
    answer: event.answer as unknown as Instruction[],
    turn: effects.turn ?? event.call?.turn ?? 0,
    callId: event.callId ?? undefined,
    ticketNumber: event.call?.ticket.number,
  }
}
