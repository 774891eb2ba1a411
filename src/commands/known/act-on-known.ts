/** `gateway known tell` and `solve`: letters to all customers of a known problem go into the outbox and wait there. */
import { userInfo } from 'node:os'
import type { Config } from '../../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import { hangUpAll } from '../../intake/calls/after-event.ts'
import { solveKnownProblem, tellKnownProblem } from '../../intake/procedures/known-problems.ts'
import { promiseDepsOf } from '../../intake/promises/promise-deps.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import type { Place } from '../with-database.ts'
import { withDesk } from '../with-desk.ts'

/** All or none of them, in one transaction. Throws CommandFailed where no such problem is open. */
export async function tellKnown(
  place: Place,
  key: string,
  text: string,
  what: 'tell' | 'solve',
): Promise<Answer> {
  if (text.trim() === '') throw new CommandFailed('The text is empty; customers would read nothing.')
  const act = what === 'tell' ? tellKnownProblem : solveKnownProblem
  const done = await withDesk(place, async ({ config, takeInDeps }) => {
    const { database } = takeInDeps
    const told = await inTransaction(database, tx =>
      act(tx, promiseDepsOf(takeInDeps), {
        ...{ key: key.toLowerCase(), text: text.trim(), now: takeInDeps.now() },
        ...{ agent: null, by: `${userInfo().username} (command line)` },
      }),
    )
    return told && { ...told, ringing: await stillRinging(config, database, told.hangUps) }
  })
  if (!done)
    throw new CommandFailed(
      `No open known problem is called "${key}"; "gateway known list --all" shows the solved ones as well.`,
    )
  const { told, open, ringing } = done
  const tickets = told.length === 1 ? '1 ticket' : `${told.length} tickets`
  const head =
    what === 'tell' ? `✓ an update for ${tickets} is on its way` : `✓ ${key} is solved, with ${tickets}`
  const left = open.map(number => `\n  ${number} stays open: its cause and measures are not documented yet`)
  const rings = ringing
    ? ['\n  an agent is still being rung for one of them; whoever picks up hears that it is done']
    : []
  return { text: `${head}${[...left, ...rings].join('')}`, data: { key, told, open } }
}

/** Ends the calls that ring for a solved matter; true where a provider could not be reached for it. */
async function stillRinging(
  config: Config,
  database: Database,
  hangUps: readonly string[],
): Promise<boolean> {
  if (hangUps.length === 0) return false
  const { providersOf } = await import('../../phone.ts')
  try {
    await hangUpAll({ database, providers: providersOf(config) }, hangUps)
    return false
  } catch (error) {
    if (error instanceof TransientFailure || error instanceof PermanentFailure) return true
    throw error
  }
}
