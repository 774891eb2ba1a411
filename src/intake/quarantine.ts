import type { InboundMail } from '../desk/inbound.ts'
import { inTransaction } from '../store/database.ts'
import { emptyPlan, planFor } from './plan.ts'
import { promiseDepsOf } from './promises/promise-deps.ts'
import { moveCursor, record, takeNumbers } from './record.ts'
import { noSurroundings } from './surroundings.ts'
import type { TakeInDeps, TakenIn } from './take-in.ts'

/**
 * Keeps what could not be recorded: raw, with the error that stood in the way, and told to the administrators. The
 * cursor moves on, so one bad mail neither vanishes nor stops the queue. Only the mail's position and size are
 * written, nothing of its content: the content is what could not be written.
 */
export async function quarantineMail(deps: TakeInDeps, mail: InboundMail, error: unknown): Promise<TakenIn> {
  const now = deps.now()
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const inboundId = await inTransaction(deps.database, async tx => {
    const { inboundIds } = await takeNumbers(tx, 1, 0)
    const id = inboundIds[0]
    if (id === undefined) throw new Error('the database gave no id')
    const action = { kind: 'quarantine', code: 'not-recorded', detail: printable(detail) } as const
    const trail = [
      { rule: 'not-recorded', hit: true, because: 'it was read, but deciding on it or recording it failed' },
    ]
    const plan = emptyPlan()
    planFor(plan, withoutContent(mail), id, { action, rule: 'not-recorded', trail }, undefined, undefined, {
      ...deps,
      now,
      surroundings: noSurroundings,
    })
    await record(tx, plan, now, promiseDepsOf(deps))
    await moveCursor(tx, [mail], now)
    return id
  })
  // Not the error's own words: they may quote the mail; the row has them.
  deps.log.error(
    { mailbox: mail.position.mailbox, uid: String(mail.position.uid), inboundId: String(inboundId) },
    'mail quarantined',
  )
  deps.nudge()
  return {
    inboundId,
    uid: mail.position.uid,
    outcome: 'quarantine',
    rule: 'not-recorded',
    ticketNumber: undefined,
  }
}

/** An error text may quote the very bytes that the database refused. */
function printable(text: string): string {
  // Cut first: half a character at the end would be refused as well.
  return text.replaceAll('\0', '').slice(0, 2000).toWellFormed()
}

function withoutContent(mail: InboundMail): InboundMail {
  const content = {
    ...mail.content,
    messageId: null,
    from: null,
    subject: '',
    text: '',
    replyText: '',
    attachments: [],
  }
  return { ...mail, fingerprint: `raw:${mail.rawSha256}:${mail.position.uid}`, content }
}
