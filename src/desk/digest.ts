/**
 * The daily digest: what the gateway did not do by itself and nobody has dealt with yet. Nothing to report, no letter:
 * a mail that comes every day whatever happened is not read.
 */

export type DigestTopic =
  | 'over-budget'
  | 'held'
  | 'quarantined'
  | 'failed-letters'
  | 'suppressed'
  /** Times of the next days at which nobody is on duty. */
  | 'duty-gap'

/** One matter: when, whom it is about, in which words, and the command that shows more. */
export interface DigestLine {
  readonly at: string
  readonly who: string
  readonly what: string
  readonly ticketNumber: string | null
  readonly command: string | null
}

export interface DigestSection {
  readonly topic: DigestTopic
  readonly count: number
  /** The first of them. */
  readonly lines: readonly DigestLine[]
}

/** To the administrators, else to the agents in charge. */
export interface DigestData {
  readonly since: string
  readonly until: string
  readonly sections: readonly DigestSection[]
}

/** Lines of a section; the rest is a number. */
export const digestLines = 20

/** What was found on a topic; `count` may be more than the lines. */
export type DigestFindings = Readonly<Record<DigestTopic, Omit<DigestSection, 'topic'>>>

/** In the order of what needs a human soonest. */
const order: readonly DigestTopic[] = [
  'quarantined',
  'held',
  'duty-gap',
  'failed-letters',
  'over-budget',
  'suppressed',
]

/** How far back a digest looks that follows none, or one of long ago. */
const longestDays = 7

/** A digest goes on where the last one ended, so that a day without the gateway is not a gap in it. */
export function digestPeriod(
  lastAt: Temporal.Instant | undefined,
  now: Temporal.Instant,
): { readonly since: Temporal.Instant; readonly until: Temporal.Instant } {
  const earliest = now.subtract({ hours: longestDays * 24 })
  const since = lastAt && Temporal.Instant.compare(lastAt, earliest) > 0 ? lastAt : earliest
  return { since, until: now }
}

/** The digest of these findings; undefined where there is nothing to report. */
export function digestOf(
  findings: DigestFindings,
  { since, until }: ReturnType<typeof digestPeriod>,
): DigestData | undefined {
  const sections = order
    .map(topic => ({ topic, ...findings[topic], lines: findings[topic].lines.slice(0, digestLines) }))
    .filter(({ count }) => count > 0)
  return sections.length === 0 ? undefined : { since: since.toString(), until: until.toString(), sections }
}
