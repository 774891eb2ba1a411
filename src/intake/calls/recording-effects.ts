import { randomUUID } from 'node:crypto'
import type { CallEffect } from '../../desk/phone/call-decision.ts'
import { dateOf } from '../mail-rows.ts'
import type { EffectContext } from './call-effects.ts'

/** The announcement and the file's arrival come in either order; each fills in what the other could not know. */
export async function applyToRecording(
  { tx, call, at, after }: EffectContext,
  effect: Extract<CallEffect, { readonly kind: 'recording' | 'recording-state' }>,
): Promise<void> {
  const ready = effect.kind === 'recording-state' && effect.state === 'ready'
  const state = effect.kind === 'recording' ? 'announced' : effect.state
  // News of a file can get lost: it is looked for in any case.
  const wakeAt = ready ? { wakeAt: dateOf(at) } : { wakeAt: dateOf(at.add({ minutes: 5 })) }
  const seconds = effect.seconds === null ? {} : { seconds: effect.seconds }
  const known = await tx.recording.findUnique({
    where: { provider_providerId: { provider: call.provider, providerId: effect.recordingId } },
  })
  if (!known) {
    await tx.recording.create({
      data: {
        id: randomUUID(),
        callId: call.id,
        ticketId: after.ticketId,
        provider: call.provider,
        providerId: effect.recordingId,
        of: effect.kind === 'recording' ? effect.of : call.memory.consent ? 'call' : 'message',
        announcedAt: dateOf(at),
        ...{ state, ...seconds, ...wakeAt },
      },
    })
    return
  }
  await tx.recording.update({
    where: { id: known.id },
    data: {
      ...seconds,
      ...(effect.kind === 'recording' ? { of: effect.of } : {}),
      ...(known.state === 'announced' && effect.kind === 'recording-state' ? { state, ...wakeAt } : {}),
    },
  })
}
