/** What waits in the outbox, as its recipients would read it: in these worlds no mail server takes it from there. */
import type { Office } from '../desk/office-hours.ts'
import { type ComposedLetter, composeLetter } from '../outbox/letter.ts'
import type { Letter } from '../store/generated/client.ts'
import { templatesOf } from '../templates.ts'
import type { VirtualHotline } from './virtual-hotline.ts'

export interface ReadLetter {
  readonly letter: Letter
  /** Composed when asked for: most letters of a week nobody opens. */
  read(): ComposedLetter
}

export interface LetterBox {
  /** Those written since the last time, oldest first; in an order that the same run repeats. */
  fresh(): Promise<readonly ReadLetter[]>
}

export async function openLetterBox({
  config,
  database,
  deps,
}: Pick<VirtualHotline, 'config' | 'database' | 'deps'>): Promise<LetterBox> {
  const templates = await templatesOf(config)
  const offices: ReadonlyMap<string, Office> = deps.offices
  const seen = new Set<string>()
  let since = new Date(0)
  return {
    async fresh() {
      const rows = await database.letter.findMany({
        where: { createdAt: { gte: since } },
        orderBy: [
          { createdAt: 'asc' },
          { ticket: { sequence: 'asc' } },
          { recipient: 'asc' },
          { kind: 'asc' },
        ],
      })
      const letters = rows.filter(({ id }) => !seen.has(id))
      since = rows.at(-1)?.createdAt ?? since
      for (const { id } of letters) seen.add(id)
      return letters.map(letter => ({
        letter,
        read: () => composeLetter(letter, config, templates, offices),
      }))
    },
  }
}
