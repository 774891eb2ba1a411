import type { RequestType } from '../../config/request-schema.ts'
import type { Config } from '../../config/schema.ts'
import { type Known, missingOf } from '../checklist.ts'
import { folded } from '../command-words.ts'
import type { Language } from '../ticket.ts'

/** The request type that an agent named, by its key or its name in either language; undefined for none. */
export function requestTypeNamed(text: string, { requestTypes }: Pick<Config, 'requestTypes'>) {
  const wanted = folded(text.trim())
  return Object.entries(requestTypes).find(([key, { name }]) =>
    [key, name.de, name.en].some(one => folded(one) === wanted),
  )?.[0]
}

/**
 * P5: what has to be known before a matter of this type may be escalated and is not; labels in the reader's language.
 * Empty where the type does not ask for it.
 */
export function missingBeforeEscalation(
  type: RequestType | undefined,
  known: Known,
  language: Language,
): readonly string[] {
  return type?.checklistBeforeEscalation === true
    ? missingOf(type, known, language).map(({ label }) => label)
    : []
}
