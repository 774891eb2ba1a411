import type { Read } from '../command-arguments.ts'

/** A known problem as agents name it: "drucker-e42". */
export interface NamedProblem {
  /** Lower-case letters, digits and hyphens. */
  readonly problem: string
  /** What stood behind it: a title or what customers are told; '' for nothing. */
  readonly text: string
}

/** "Drucker-E42 Fehler E42 nach dem Update": the key and the rest. */
export function readProblem(text: string): Read<NamedProblem> {
  const [, key = '', rest = ''] = /^#?(\S+)(?:\s+(.*))?$/su.exec(text.trim()) ?? []
  const problem = key.toLowerCase().replace(/[:.,]$/, '')
  return /^[a-z0-9][a-z0-9-]{1,39}$/.test(problem)
    ? { value: { problem, text: rest.trim().slice(0, 2000).toWellFormed() } }
    : { mistake: 'no-problem-key' }
}

/** What is known of the problem that a command names; null for one that does not exist yet. */
export type ProblemFacts = { readonly state: 'open' | 'solved' } | null

export type ProblemMistake = 'no-such-problem' | 'problem-needs-title' | 'problem-solved' | 'no-reason'

/** Why a command about a known problem cannot be carried out; undefined where it can. */
export function judgeProblem(
  what: 'known' | 'solved',
  { text }: NamedProblem,
  facts: ProblemFacts,
): ProblemMistake | undefined {
  if (!facts) {
    if (what === 'solved') return 'no-such-problem'
    return text === '' ? 'problem-needs-title' : undefined
  }
  if (facts.state === 'solved') return 'problem-solved'
  return what === 'solved' && text === '' ? 'no-reason' : undefined
}
