/** `gateway quarantine retry`: reads the raw bytes anew, with what the parser has learnt since, and takes them in again. */
import { authenticatingReader } from '../../channels/mail/authenticate.ts'
import { fingerprintOf } from '../../channels/mail/read-mail.ts'
import { quarantinedMail, retryQuarantined } from '../../intake/release.ts'
import { isDatabaseAway } from '../../store/database-errors.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import type { Place } from '../with-database.ts'
import { type Desk, withDesk } from '../with-desk.ts'
import { idIn } from './quarantine.ts'
import { type RetryResult, retryText } from './quarantine-text.ts'

/** One mail, or all of them oldest first. A mail that fails again stays where it is and the others go on. */
export async function retry(place: Place, argument: string | undefined): Promise<Answer> {
  const results = await withDesk(place, async desk => {
    const ids = argument === undefined ? await allIds(desk) : [idIn(argument)]
    const done: RetryResult[] = []
    for (const id of ids) done.push(await retryOne(desk, id))
    return done
  })
  return { text: retryText(results), data: results, failed: results.some(({ ok }) => !ok) }
}

async function allIds({ takeInDeps }: Desk): Promise<readonly bigint[]> {
  const rows = await takeInDeps.database.inbound.findMany({
    where: { outcome: 'quarantine' },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}

async function retryOne({ config, takeInDeps, blobs }: Desk, id: bigint): Promise<RetryResult> {
  const kept = await quarantinedMail(takeInDeps, id)
  if (!kept)
    throw new CommandFailed(`Mail ${id} is not in quarantine; "gateway why ${id}" tells what became of it.`)
  const read = authenticatingReader(config, kept.position.mailbox, { now: takeInDeps.now })
  const content = await read(await blobs.get(kept.rawSha256))
  const fingerprint = fingerprintOf(content, kept.rawSha256)
  try {
    const taken = await retryQuarantined(takeInDeps, id, { kind: 'mail', ...kept, content, fingerprint })
    const { inboundId, outcome, ticketNumber } = taken
    return { id: String(id), ok: true, newId: String(inboundId), outcome, ticketNumber: ticketNumber ?? null }
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    // Deciding or recording failed again. That is an answer: the mail is as safe as before, and the reason is told.
    return { id: String(id), ok: false, because: error instanceof Error ? error.message : String(error) }
  }
}
