/** Finds what was probably meant by a misspelt word, so that a fault can say "did you mean …". */

/** `poll_seconds`, `poll-seconds` and `PollSeconds` are all the same slip for `pollSeconds`. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '')
}

/** Levenshtein distance: inserted, left out and exchanged letters. One row at a time; words are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The candidate nearest to `word`, or undefined when none is near: a third of its letters may differ, two at the least. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 60) return undefined
  const wanted = plain(word)
  const allowance = Math.max(2, Math.floor(wanted.length / 3))
  const ranked = candidates
    .map(candidate => ({ candidate, far: distance(wanted, plain(candidate)) }))
    .filter(({ candidate, far }) => far <= allowance && far < plain(candidate).length)
    .sort((a, b) => a.far - b.far)
  return ranked[0]?.candidate
}

/** `; did you mean "imap"?`, or the list of what is known where nothing is near, or nothing where nothing is known. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates)
  if (near !== undefined) return `; did you mean "${near}"?`
  return candidates.length === 0 ? '' : `; known here: ${candidates.join(', ')}`
}
