/** Times as the page says them, in English and in the desk's time zone. */

/** "10:14", "yesterday 10:14", "Fri 20 Nov 10:14"; with the year where it is another. */
export function momentWords(at: Temporal.Instant, now: Temporal.Instant, timeZone: string): string {
  const then = at.toZonedDateTimeISO(timeZone)
  const today = now.toZonedDateTimeISO(timeZone)
  const time = `${two(then.hour)}:${two(then.minute)}`
  const days = then.toPlainDate().until(today.toPlainDate()).days
  if (days === 0) return time
  if (days === 1) return `yesterday ${time}`
  const [weekday, month] = [weekdays[then.dayOfWeek - 1], months[then.month - 1]]
  const year = then.year === today.year ? '' : ` ${then.year}`
  return `${weekday} ${then.day} ${month}${year} ${time}`
}

/** How long from now: "in 1 h 52 min", "3 min ago", "in 1 day 15 h", "just now" within a minute. */
export function distanceWords(at: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.trunc((at.epochMilliseconds - now.epochMilliseconds) / 60_000)
  if (minutes === 0) return 'just now'
  const length = spanWords(Math.abs(minutes))
  return minutes > 0 ? `in ${length}` : `${length} ago`
}

function spanWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`
  const days = Math.floor(minutes / 60 / 24)
  const hours = Math.floor(minutes / 60) % 24
  return `${days === 1 ? '1 day' : `${days} days`}${hours ? ` ${hours} h` : ''}`
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')
