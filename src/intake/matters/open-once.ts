import type { ToldMatter } from '../../desk/matters/told-matter.ts'
import { inTransaction } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { recordMatter } from './open-matter.ts'

/**
 * Opens the ticket of a form that an agent sends, once however often it is sent: the browser goes back, the button is
 * pressed twice. `key` is the form's own. Gives the number of the ticket.
 */
export async function openOnce(
  deps: PromiseDeps,
  agent: string,
  key: string,
  matter: ToldMatter,
): Promise<string> {
  // No client of the configuration has a key like that.
  const client = `agent ${agent}`
  const number = await inTransaction(deps.database, async tx => {
    const row = { client, key, print: '', status: 0, answer: '', at: dateOf(deps.now()) }
    const { count } = await tx.apiRequest.createMany({ data: [row], skipDuplicates: true })
    const where = { client_key: { client, key } }
    if (count === 0) return String((await tx.apiRequest.findUniqueOrThrow({ where })).answer)
    const opened = await recordMatter(tx, deps, matter)
    await tx.apiRequest.update({ where, data: { status: 303, answer: opened.number } })
    return opened.number
  })
  deps.nudge()
  deps.wake()
  return number
}
