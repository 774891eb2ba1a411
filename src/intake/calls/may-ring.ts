import { randomUUID } from 'node:crypto'
import { judgeNumber } from '../../desk/phone/destination.ts'
import { numberRulesOf } from '../../desk/phone/lines.ts'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import type { OwedRow } from './callback-book.ts'
import { mayDial } from './dial-budget.ts'
import { isDown } from './dial-circuit.ts'
import type { LineOfCall } from './line-of-call.ts'

/** What has to be so before we ring: somebody free on both sides, a provider that works, and a number that we may ring. */

/** The line's provider rings for us, and has been doing so lately. */
export async function canDial(
  { providers }: Pick<CallDeps, 'providers'>,
  tx: Tx,
  { provider }: Pick<LineOfCall, 'provider'>,
  now: Temporal.Instant,
): Promise<boolean> {
  return providers.get(provider)?.can.dials === true && !(await isDown(tx, provider, now))
}

/** An attempt of this callback has not ended. */
export async function isUnderWay(tx: Tx, callbackId: string): Promise<boolean> {
  return (await tx.callbackAttempt.findUnique({ where: { activeFor: callbackId } })) !== null
}

/** The customer speaks with us already: they rang in, or a colleague of ours is through to them. */
export async function isOnLine(
  tx: Tx,
  { number, ticketId }: Pick<OwedRow, 'number' | 'ticketId'>,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    select exists (select 1 from call c where c.state = 'open' and c.direction = 'in'
        and (c.number = ${number} or c.ticket_id = ${ticketId}::uuid))
      or exists (select 1 from call_leg l join call c on c.id = l.call_id where c.state = 'open'
        and c.direction = 'out' and l.party = 'customer' and l.number = ${number} and l.state in ('answered', 'accepted'))
      as found`
  return row?.found ?? false
}

/** The agent is in a call, or being rung for one. */
export async function isTalking(tx: Tx, agent: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    select exists (select 1 from callback_attempt where agent = ${agent} and active_for is not null)
      or exists (select 1 from call_leg l join call c on c.id = l.call_id
        where l.agent = ${agent} and l.state <> 'ended' and c.state = 'open') as found`
  return row?.found ?? false
}

/** What no human can allow either; see allow-number.ts, and a number may have been changed since. */
const never: ReadonlySet<string> = new Set(['emergency', 'short', 'own', 'not-a-number'])

/** Undefined where it may be rung. A human's word lets the guard's other refusals pass, and no budget. */
export async function refusalOf(
  { config }: Pick<CallDeps, 'config'>,
  tx: Tx,
  { number, allowedBy }: OwedRow,
  { office }: LineOfCall,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const judged = judgeNumber(number, numberRulesOf(config, office))
  if (!judged.allowed && (allowedBy === null || never.has(judged.reason))) return judged.reason
  const budget = await mayDial(tx, { number, now, config })
  return budget.allowed ? undefined : budget.reason
}

/** A refusal is something that a human gets to see. */
export async function recordRefusal(
  tx: Tx,
  { id: callbackId, ticketId, number }: OwedRow,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx.refusedDial.create({
    data: { id: randomUUID(), callbackId, ticketId, number, reason, at: dateOf(now) },
  })
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'number-refused', at: now },
    detail: { callbackId, number, reason },
  })
}
