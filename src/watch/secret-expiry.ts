import type { Config } from '../config/schema.ts'
import { secretExpires, type Trouble } from './trouble.ts'

/** Long enough for whoever must ask for a new secret, and for that one's holiday. */
export const warningDays = 14

/** Client secrets whose day is near or past. Days are those of UTC: a secret does not end at a wall clock's midnight. */
export function expiringSecrets(
  config: Pick<Config, 'mailboxes' | 'smtp'>,
  now: Temporal.Instant,
): Trouble[] {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const logins = [
    ...Object.entries(config.mailboxes).map(([key, { imap }]) => ({
      where: `mailboxes.${key}.imap`,
      ...imap,
    })),
    { where: 'smtp', ...config.smtp },
  ]
  return logins.flatMap(({ where, auth }) => {
    const day = auth?.secretExpires
    if (day === undefined) return []
    const days = today.until(day, { largestUnit: 'days' }).days
    return days <= warningDays ? [secretExpires(where, day, days)] : []
  })
}
