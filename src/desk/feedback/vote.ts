/** What a customer says about how a matter was handled, and what follows from it. Pure. */

export interface Vote {
  /** 1 (bad) to 5 (good); null where only "not solved", or only words, were said. */
  readonly score: number | null
  readonly solved: boolean | null
  readonly words: string
  readonly wantsManager: boolean
}

/** link: the page; reply: an answer to the closing letter; phone: asked by one of us. */
export type VoteWay = 'link' | 'reply' | 'phone'

/** Characters of a customer's words, and of a suggestion, that are kept. */
export const longestWords = 4000

export interface AskedSurvey {
  readonly openUntil: Temporal.Instant
  /** When the first vote came. */
  readonly votedAt: Temporal.Instant | null
}

export type MayVote = 'first' | 'change' | 'over'

/** A vote is taken while the survey is open, and may be changed for some days after the first one. */
export function mayVote(
  { openUntil, votedAt }: AskedSurvey,
  changeDays: number,
  now: Temporal.Instant,
): MayVote {
  if (votedAt === null) return Temporal.Instant.compare(now, openUntil) <= 0 ? 'first' : 'over'
  return Temporal.Instant.compare(now, changeableUntil(votedAt, changeDays)) <= 0 ? 'change' : 'over'
}

export const changeableUntil = (votedAt: Temporal.Instant, changeDays: number): Temporal.Instant =>
  votedAt.add({ hours: 24 * changeDays })

export type Unhappiness = 'low-score' | 'not-solved' | 'wants-manager'

/** Why the manager has to hear of a vote; empty where all went well. */
export function unhappinessIn(
  { score, solved, wantsManager }: Omit<Vote, 'words'>,
  lowScore: number,
): readonly Unhappiness[] {
  return [
    ...(score !== null && score <= lowScore ? (['low-score'] as const) : []),
    ...(solved === false ? (['not-solved'] as const) : []),
    ...(wantsManager ? (['wants-manager'] as const) : []),
  ]
}
