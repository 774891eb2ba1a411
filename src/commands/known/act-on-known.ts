/** `gateway known tell` and `solve`: letters to all customers of a known problem go into the outbox and wait there. */
import { userInfo } from 'node:os'
import { solveKnownProblem, tellKnownProblem } from '../../intake/procedures/known-problems.ts'
import { promiseDepsOf } from '../../intake/promises/promise-deps.ts'
import { inTransaction } from '../../store/database.ts'
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
  const done = await withDesk(place, ({ takeInDeps }) =>
    inTransaction(takeInDeps.database, tx =>
      act(tx, promiseDepsOf(takeInDeps), {
        ...{ key: key.toLowerCase(), text: text.trim(), now: takeInDeps.now() },
        ...{ agent: null, by: `${userInfo().username} (command line)` },
      }),
    ),
  )
  if (!done)
    throw new CommandFailed(`No open known problem is called "${key}"; "gateway known list" shows them.`)
  const { told, open } = done
  const tickets = told.length === 1 ? '1 ticket' : `${told.length} tickets`
  const head =
    what === 'tell' ? `✓ an update for ${tickets} is on its way` : `✓ ${key} is solved, with ${tickets}`
  const left = open.map(number => `\n  ${number} stays open: its cause and measures are not documented yet`)
  return { text: `${head}${left.join('')}`, data: { key, told, open } }
}
