import { createHash } from 'node:crypto'

/**
 * Whether a closed ticket is one of the `percent` whose customers are rung. Decided by the survey's id alone: a list that is
 * drawn again is the same list, and nobody can pick the customers who will praise us.
 */
export function isInPhoneSample(surveyId: string, percent: number): boolean {
  const digest = createHash('sha256').update(`phone-survey\n${surveyId.toLowerCase()}`).digest()
  return digest.readUInt32BE(0) < (percent / 100) * 2 ** 32
}
