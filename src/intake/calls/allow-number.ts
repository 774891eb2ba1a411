import { judgeNumber } from '../../desk/phone/destination.ts'
import { numberRulesOf } from '../../desk/phone/lines.ts'
import { inTransaction } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { lineOfCall } from './line-of-call.ts'

export interface Override {
  readonly callbackId: string
  /** Key of the agent, or whoever sits at the command line. */
  readonly agent: string
  /** In the person's own words. */
  readonly reason: string
}

/** no-override: no reason in the world makes us ring such a number. */
export type Allowed = 'allowed' | 'no-reason' | 'no-override' | 'not-owed'

/** What a human cannot want: what rings nobody, what rings ourselves, and what keeps others from help. */
const never: ReadonlySet<string> = new Set(['emergency', 'short', 'own', 'not-a-number'])
const longestReason = 500

/**
 * A human allows the number of one callback that the guard refuses. Who and why stands in the ticket's history; other
 * callbacks to the same number are as refused as before.
 */
export async function allowNumber(
  { database, config, now, wake }: Pick<CallDeps, 'database' | 'config' | 'now' | 'wake'>,
  { callbackId, agent, reason }: Override,
): Promise<Allowed> {
  const words = reason
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .slice(0, longestReason)
    .toWellFormed()
  if (words === '') return 'no-reason'
  const at = now()
  const result = await inTransaction(database, async tx => {
    const [callback] = await tx.$queryRaw<{ ticketId: string; number: string; line: string }[]>`
      select ticket_id as "ticketId", number, line from callback
      where id = ${callbackId}::uuid and state in ('owed', 'unreached') for update`
    if (!callback) return 'not-owed'
    const { ticketId, number, line } = callback
    const judged = judgeNumber(number, numberRulesOf(config, lineOfCall(config, line)?.office))
    if (!judged.allowed && never.has(judged.reason)) return 'no-override'
    await tx.callback.update({
      where: { id: callbackId },
      data: { allowedBy: { agent, reason: words, at: at.toString() }, wakeAt: dateOf(at) },
    })
    const refusal = judged.allowed ? {} : { refusal: judged.reason }
    await addCallEntry(tx, {
      ...{ ticketId, kind: 'number-allowed', at, author: agent, text: words },
      detail: { callbackId, number, ...refusal },
    })
    return 'allowed'
  })
  if (result === 'allowed') wake()
  return result
}
