/** `gateway letters failed` and `gateway letters retry`: what could not be delivered, and another try. */
import { retryLetters } from '../../outbox/retry-letters.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, withDatabase } from '../with-database.ts'

/** One letter that was given up. */
export interface FailedLetterLine {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly createdAt: string
  readonly attempts: number
  readonly failureCode: string | null
  readonly response: string | null
}

export async function listFailedLetters(place: Place, limit: number): Promise<Answer> {
  const rows = await withDatabase(place, database =>
    database.letter.findMany({
      where: { state: 'failed' },
      orderBy: { createdAt: 'desc' },
      take: limit,
      select: {
        id: true,
        kind: true,
        recipient: true,
        createdAt: true,
        attempts: true,
        failureCode: true,
        response: true,
      },
    }),
  )
  const lines = rows.map((row): FailedLetterLine => ({ ...row, createdAt: row.createdAt.toISOString() }))
  return { text: lines.length === 0 ? 'No letter has failed.' : lines.map(lineText).join('\n'), data: lines }
}

export function lineText(line: FailedLetterLine): string {
  const { id, kind, recipient, createdAt, attempts, failureCode, response } = line
  const tries = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  return `${id}  ${createdAt}  ${kind} to ${recipient}\n  ${failureCode ?? 'unknown'} after ${tries}: ${response ?? 'no answer was kept'}`
}

/** Either named letters or all that failed with one code. Letters in any other state are left alone. */
export async function retryFailedLetters(
  place: Place,
  ids: readonly string[],
  code: string | undefined,
): Promise<Answer> {
  if (ids.length > 0 === (code !== undefined))
    throw new CommandFailed(
      'Name letters by their ids, or all that failed alike with --code, such as --code template.',
    )
  const wrong = ids.find(id => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
  if (wrong !== undefined)
    throw new CommandFailed(`"${wrong}" is no letter's id; "gateway letters failed" lists them.`)
  const which = code === undefined ? { ids } : { failedWith: code }
  const count = await withDatabase(place, database => retryLetters(database, which, Temporal.Now.instant()))
  const text =
    count === 0
      ? 'No such letter has failed; "gateway letters failed" lists those that have.'
      : `${count} ${count === 1 ? 'letter is' : 'letters are'} in the queue again, with the same Message-ID.`
  return { text, data: { retried: count }, failed: count === 0 }
}
