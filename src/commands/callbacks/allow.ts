/** `gateway callbacks allow`: a human overrides the guard for one promised call, and signs for it. */
import { userInfo } from 'node:os'
import { allowNumber } from '../../intake/calls/allow-number.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { ticketNumberIn } from '../ticket/ticket-number-argument.ts'
import { type Place, withDatabase } from '../with-database.ts'

const refusals = {
  'no-reason': 'Say why: --reason "…".',
  'no-override': 'This number must not be rung, whatever the reason: it is no customer that it rings.',
  'not-owed': 'That call is not owed any more.',
}

/** Throws CommandFailed for a ticket that is none or is owed no call, and for a number that nobody may allow. */
export async function allowCallback(place: Place, argument: string, reason: string): Promise<Answer> {
  const number = ticketNumberIn(argument, place.ticketFormat)
  const { config } = place
  if (!config?.phone)
    throw new CommandFailed(
      'This needs a configuration file with a telephone section; name it with --config.',
    )
  return withDatabase(place, async database => {
    const callback = await database.callback.findFirst({
      where: { ticket: { number }, state: { in: ['owed', 'unreached'] } },
      orderBy: { createdAt: 'desc' },
    })
    if (!callback) throw new CommandFailed(`On ticket ${number} nobody is owed a call.`)
    const agent = `${userInfo().username} (command line)`
    // Nothing to wake here: the gateway looks at the row by itself.
    const deps = { database, config, now: () => Temporal.Now.instant(), wake: () => {} }
    const allowed = await allowNumber(deps, { callbackId: callback.id, agent, reason })
    if (allowed !== 'allowed') throw new CommandFailed(refusals[allowed])
    return {
      text: `✓ ${callback.number} may be rung for ticket ${number}; the reason is kept there`,
      data: { ticket: number, number: callback.number, callbackId: callback.id },
    }
  })
}
