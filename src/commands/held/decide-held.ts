/** `gateway held add`, `new` and `discard`: the mail is read again from its bytes and taken where it was decided to. */
import { userInfo } from 'node:os'
import { fingerprintOf, readMail } from '../../channels/mail/read-mail.ts'
import { openHeldMails } from '../../console/held-mails.ts'
import type { HeldDecision } from '../../intake/held.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import type { Place } from '../with-database.ts'
import { withDesk } from '../with-desk.ts'
import { heldIdIn, neverHeld } from './held.ts'

/** Says the same again when it is asked for the same again. Throws CommandFailed for what cannot be decided so. */
export async function decideOnHeld(place: Place, argument: string, decision: HeldDecision): Promise<Answer> {
  const id = heldIdIn(argument)
  return withDesk(place, async ({ takeInDeps, blobs }) => {
    const there = await takeInDeps.database.inbound.count({ where: { id } })
    if (there === 0) throw neverHeld(id)
    const mails = openHeldMails(takeInDeps, async rawSha256 => {
      const content = await readMail(await blobs.get(rawSha256))
      return { content, fingerprint: fingerprintOf(content, rawSha256) }
    })
    const released = await mails.decide(id, decision, `${userInfo().username} (command line)`)
    if (!released.ok) throw new CommandFailed(`${released.because}.`.replace(/^m/, 'M'))
    const { repeated, ticketNumber = null } = released
    return {
      text: `✓ mail ${id} ${repeated ? 'had been' : 'was'} ${wordsFor(decision, ticketNumber)}`,
      data: { id: String(id), decision, repeated, ticketNumber },
    }
  })
}

function wordsFor(decision: HeldDecision, ticketNumber: string | null): string {
  if (decision === 'discard') return 'left without consequences; it is kept'
  return decision === 'add' ? `added to ticket ${ticketNumber}` : `given ticket ${ticketNumber}`
}
