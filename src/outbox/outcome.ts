import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import type { Letter } from '../store/generated/client.ts'
import { mostAttempts, nextTryAt } from './back-off.ts'
import type { Verdict } from './sent-lookup.ts'
import type { Failure, Outcome } from './settle.ts'
import type { SendResult } from './smtp-result.ts'

/** What an attempt is judged by besides its result. `jitter` is 0..1. */
export interface Moment {
  readonly now: Temporal.Instant
  readonly jitter: number
  readonly unsureSeconds: number
}

export interface Rendered {
  readonly subject: string
  readonly text: string
}

/** What becomes of a letter after an attempt. Pure: the whole policy of retrying, doubting and giving up. */
export function afterAttempt(letter: Letter, result: SendResult, rendered: Rendered, at: Moment): Outcome {
  const { now } = at
  const base = { ...settlementOf(letter, now), ...rendered, response: result.response }
  switch (result.kind) {
    case 'sent':
      return settled(letter, { ...base, state: 'sent', sentAt: now, failureCode: null })
    case 'refused':
      return failed(letter, base, { code: result.code, response: result.response })
    case 'unsure':
      return settled(letter, {
        ...base,
        state: 'unsure',
        nextTryAt: now.add({ seconds: at.unsureSeconds }),
        failureCode: resentMark(letter) ?? 'unsure',
      })
    case 'unreachable':
      // Due at once and not counted: the delivery as a whole pauses, and the letter's place in the queue is kept.
      return settled(letter, {
        ...base,
        state: 'queued',
        attempts: letter.attempts - 1,
        failureCode: resentMark(letter) ?? result.code,
      })
    case 'retry':
      if (letter.attempts >= mostAttempts) return failed(letter, base, result)
      return settled(letter, {
        ...base,
        state: 'queued',
        nextTryAt: nextTryAt(letter.attempts, now, at.jitter),
        failureCode: resentMark(letter) ?? result.code,
      })
  }
}

/**
 * What becomes of a doubtful letter after a look. Not found counts only when seen twice, `unsureSeconds` apart: slow
 * servers file late. Where nothing can be known the letter goes out once more with the same Message-ID, by which
 * receivers recognise the twin; a second doubt ends with a human instead of a third copy.
 */
export function afterLook(letter: Letter, verdict: Verdict, at: Moment): Outcome {
  const { now } = at
  const base = settlementOf(letter, now)
  if (verdict === 'sent') {
    const response = 'found in the Sent folder'
    return settled(letter, { ...base, state: 'sent', sentAt: now, response, failureCode: null })
  }
  const resent = resentMark(letter)
  if (verdict === 'absent' && !lookedInVain(letter)) {
    return lookAgain({ ...letter, failureCode: resent ? 'resent-absent' : 'absent' }, at)
  }
  if (verdict === 'unknown' ? resent : letter.attempts >= mostAttempts) {
    return failed(letter, base, { code: 'unsure', response: letter.response ?? '' })
  }
  return settled(letter, {
    ...base,
    state: 'queued',
    // The first repetition waits for nothing more; a server that drops every attempt is not hammered.
    nextTryAt: letter.attempts < 2 ? now : nextTryAt(letter.attempts, now, at.jitter),
    failureCode: verdict === 'unknown' ? 'resent' : resent,
  })
}

/** Whether a doubtful letter was looked for once before, and not found. */
export function lookedInVain(letter: Letter): boolean {
  return letter.failureCode === 'absent' || letter.failureCode === 'resent-absent'
}

/** A letter as doubtful as before: it could not be looked for now. */
export function lookAgain(letter: Letter, at: Moment): Outcome {
  const nextTry = at.now.add({ seconds: at.unsureSeconds })
  return settled(letter, { ...settlementOf(letter, at.now), state: 'unsure', nextTryAt: nextTry })
}

/** A letter that was claimed and not sent after all: as if nothing had been. */
export function notTried(letter: Letter, now: Temporal.Instant): Outcome {
  return settled(letter, { ...settlementOf(letter, now), attempts: letter.attempts - 1 })
}

/**
 * A letter that could not even be composed. While the storage of its attachments is away it waits like any other;
 * whatever a template or its data throw, they would throw again.
 */
export function notComposed(letter: Letter, error: Error, at: Moment): Outcome {
  const base = settlementOf(letter, at.now)
  const code =
    error instanceof TransientFailure || error instanceof PermanentFailure ? error.code : 'template'
  const failure = { code, response: error.message }
  if (!(error instanceof TransientFailure) || letter.attempts >= mostAttempts)
    return failed(letter, base, failure)
  return settled(letter, {
    ...base,
    nextTryAt: nextTryAt(letter.attempts, at.now, at.jitter),
    response: error.message,
    failureCode: resentMark(letter) ?? code,
  })
}

function settlementOf(letter: Letter, now: Temporal.Instant): Outcome['settlement'] {
  return {
    id: letter.id,
    state: 'queued',
    attempts: letter.attempts,
    nextTryAt: now,
    sentAt: null,
    response: letter.response,
    failureCode: letter.failureCode,
    subject: null,
    text: null,
  }
}

function settled(letter: Letter, settlement: Outcome['settlement']): Outcome {
  return { letter, settlement, failure: null }
}

function failed(letter: Letter, base: Outcome['settlement'], { code, response }: Failure): Outcome {
  const settlement = { ...base, state: 'failed', response, failureCode: code } as const
  return { letter, settlement, failure: { code, response } }
}

/** That a letter was repeated in doubt is not forgotten over whatever happens to it later. */
function resentMark(letter: Letter): 'resent' | null {
  return letter.failureCode === 'resent' || letter.failureCode === 'resent-absent' ? 'resent' : null
}
