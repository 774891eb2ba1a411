/** docs/requirements.md as data: each requirement with the tests that are said to prove it. */
import { readFileSync } from 'node:fs'

export interface Proof {
  /** Path below the checkout. */
  readonly file: string
  /** Part of the full name of one test or more: the names of its groups and its own, with spaces between. */
  readonly name: string
}

export interface Requirement {
  /** Such as E4. */
  readonly key: string
  readonly title: string
  readonly proofs: readonly Proof[]
}

export const requirementsPage = new URL('../../docs/requirements.md', import.meta.url)

/** The keys of the list: a letter for the source, and a number without gaps. */
export const keys = Object.entries({ E: 8, L: 9, C: 6, G: 9, P: 8 }).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
)

/** Reads headings such as "### E4 · Criteria" and lines such as "- `test/x.test.ts` › what it is called". */
export function readRequirements(page = readFileSync(requirementsPage, 'utf8')): readonly Requirement[] {
  return page
    .split(/^### /m)
    .slice(1)
    .map(section => {
      const [heading = ''] = section.split('\n', 1)
      const [key = '', title = ''] = heading.split(' · ')
      const proofs = [...section.matchAll(/^- `(test\/\S+\.test\.ts)` › (.+)$/gm)].map(([, file, name]) => ({
        file: file ?? '',
        name: name ?? '',
      }))
      return { key, title, proofs }
    })
}
