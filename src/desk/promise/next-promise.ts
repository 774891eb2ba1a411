import { addOfficeTime, type Office, type OfficeDeadline, officeMinutesBetween } from '../office-hours.ts'

/** What is promised in the place of a broken promise. */
export interface NextPromise extends OfficeDeadline {
  /** Office minutes that it is made of. */
  readonly minutes: number
}

/**
 * So many broken promises in a row are told to everybody: to the customer with an apology, to agents with reminders. After
 * that it is not one more letter that is missing. The matter comes up once a day in the office, until somebody acts.
 */
export const mostBroken = 3

/** `minutes` of the policy; a whole office day, where they are fewer, once promises were broken again and again. */
export function nextPromise(
  now: Temporal.Instant,
  minutes: number,
  brokenBefore: number,
  office: Office,
): NextPromise {
  const counted = brokenBefore < mostBroken ? minutes : Math.max(minutes, longestDay(now, office))
  return { minutes: counted, ...addOfficeTime(now, counted, office) }
}

/** Office minutes of the longest day of the coming week; 0 where the office stays closed. */
function longestDay(now: Temporal.Instant, office: Office): number {
  const minutes = Math.floor(officeMinutesBetween(now, now.add({ hours: 7 * 24 }), office))
  if (minutes < 1) return 0
  const days = new Map<string, number>()
  for (const step of addOfficeTime(now, minutes, office).derivation)
    if ('minutes' in step) days.set(step.date, (days.get(step.date) ?? 0) + step.minutes)
  return Math.max(...days.values())
}
