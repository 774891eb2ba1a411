import type { Fault } from './faults.ts'
import type { Path } from './shape.ts'
import { suggestion } from './suggest.ts'

/** A fault where `key` is none of `known`. `what` names what it should be, with its article: "an agent". */
export function reference(
  path: Path,
  key: string | undefined,
  what: string,
  known: readonly string[],
): readonly Fault[] {
  if (key === undefined || known.includes(key)) return []
  return [{ path, says: `is ${JSON.stringify(key)}, which is not ${what}${suggestion(key, known)}` }]
}

/** One value or several, as a file may say it: a draft with faults elsewhere still has what was written. */
export function listed<T>(value: T | readonly (T | undefined)[] | undefined): readonly T[] {
  const all: readonly (T | undefined)[] = Array.isArray(value) ? value : [value as T | undefined]
  return all.filter(one => one !== undefined && one !== null) as readonly T[]
}

/** A reference for each of one value or several. */
export function references(
  path: Path,
  keys: string | readonly (string | undefined)[] | undefined,
  what: string,
  known: readonly string[],
): readonly Fault[] {
  // One value is read as a list of one, which is not how the file has it.
  const all = listed(keys)
  return all.flatMap((key, i) => reference(all.length === 1 ? path : [...path, i], key, what, known))
}

/**
 * Whether all that fits `narrow` fits `wide` as well: each part that `wide` names is named by `narrow` too, with no
 * other values. Numbers are least values. True can be relied on; false may only mean that it cannot be told.
 */
export function covers(wide: object, narrow: object): boolean {
  return Object.entries(wide).every(([part, wanted]) => {
    if (wanted === undefined) return true
    const own: unknown = Reflect.get(narrow, part)
    if (own === undefined) return false
    if (typeof wanted === 'number') return typeof own === 'number' && own >= wanted
    const words = listed(wanted).map(word => String(word).toLowerCase())
    return listed(own).every(word => words.includes(String(word).toLowerCase()))
  })
}

/** Words by which two entries of a section would be recognised: a mail with such a word could be either's. */
export function sharedWords(
  section: string,
  entries: readonly (readonly [string, { readonly words?: readonly (string | undefined)[] | undefined }])[],
): readonly Fault[] {
  const owners = new Map<string, string>()
  return entries.flatMap(([key, { words }]) =>
    listed(words).flatMap((word, i) => {
      const plain = word.toLowerCase().trim()
      const owner = owners.get(plain)
      owners.set(plain, owner ?? key)
      if (owner === undefined) return []
      const says =
        owner === key
          ? `is "${word}", which is in the list already; keep one`
          : `is "${word}", by which ${section}.${owner} is recognised already; leave it to one of them`
      return [{ path: [section, key, 'words', i], says }]
    }),
  )
}
