import type { CallNowToken } from '../../../desk/phone/call-now-token.ts'
import { allowNumber } from '../../../intake/calls/allow-number.ts'
import {
  type HandOutcome,
  type RequestedAttempt,
  recordHandDialled,
  requestAttempt,
} from '../../../intake/calls/attempts.ts'
import type { CallDeps } from '../../../intake/calls/call-deps.ts'
import type { Told } from './words.ts'

/**
 * Does what a form of the page asks for. What the page is to say of it beside what it shows anyway: a telephone that
 * rings, a number that is refused or a call that is not owed any more is seen without it.
 */
export async function actOn(
  deps: CallDeps,
  token: CallNowToken,
  fields: ReadonlyMap<string, string>,
): Promise<Told | undefined> {
  switch (fields.get('do') ?? 'call') {
    case 'by-hand':
      return noteByHand(deps, token, fields)
    case 'allow':
      return allow(deps, token, fields.get('reason') ?? '')
    default:
      return toldOf(await requestAttempt(deps, { ...token, by: 'link' }))
  }
}

function toldOf(requested: RequestedAttempt): Told | undefined {
  switch (requested.result) {
    case 'dialling':
    case 'already-ringing':
    case 'not-owed':
      return undefined
    case 'unknown':
      return 'unsure'
    case 'not-placed':
    case 'no-phone':
    case 'cannot-dial':
      return 'cannot-ring'
    case 'agent-busy':
      return 'agent-busy'
    case 'customer-on-line':
      return 'on-line'
    case 'refused':
      return requested.reason === 'per-number' || requested.reason === 'per-hour'
        ? requested.reason
        : undefined
  }
}

const outcomes: ReadonlySet<string> = new Set(['answered', 'mailbox', 'busy', 'no-answer', 'refused'])
const isOutcome = (text: string): text is HandOutcome => outcomes.has(text)

/** A form that is sent twice, or an old page: the second one must not count as another try. */
async function noteByHand(
  deps: CallDeps,
  { agent, callbackId }: CallNowToken,
  fields: ReadonlyMap<string, string>,
): Promise<Told | undefined> {
  const outcome = fields.get('outcome') ?? ''
  if (!isOutcome(outcome)) return 'choose-outcome'
  const seen = /^\d{1,6}$/.test(fields.get('seen') ?? '') ? Number(fields.get('seen')) : -1
  const remark = fields.get('remark') ?? ''
  const { result } = await recordHandDialled(deps, { callbackId, agent, outcome, remark, seen })
  if (result === 'recorded') return 'noted'
  if (result === 'changed') return 'changed'
  return result === 'already-ringing' ? 'still-ringing' : undefined
}

async function allow(
  deps: CallDeps,
  { agent, callbackId }: CallNowToken,
  reason: string,
): Promise<Told | undefined> {
  const allowed = await allowNumber(deps, { callbackId, agent, reason })
  if (allowed === 'no-reason') return 'give-reason'
  return allowed === 'not-owed' ? undefined : allowed
}
