/**
 * What a calendar part says (RFC 5545, RFC 5546): an invitation, or an answer to one. Only the first event is read,
 * and only what a human wants to see; nothing is ever put into a calendar.
 */
export interface CalendarMail {
  /** Upper case: REQUEST, REPLY, COUNTER, CANCEL, ... */
  readonly method: string
  readonly uid: string | null
  readonly summary: string
  /** ISO 8601: an instant in UTC; a date for a whole day; a local time without zone where the part names none we know. */
  readonly startAt: string | null
  readonly endAt: string | null
  readonly location: string
  /** What the one attendee of a REPLY says. */
  readonly answer: 'accepted' | 'declined' | 'tentative' | null
}

/** Characters of a calendar part that are read, and of each of its texts. */
const partLimit = 100_000
const textLimit = 500

/** Names that Exchange writes where RFC 5545 wants an IANA zone; those of Europe, and UTC. */
const exchangeZones: Readonly<Record<string, string>> = {
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'Romance Standard Time': 'Europe/Paris',
  'GMT Standard Time': 'Europe/London',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Helsinki',
  'GTB Standard Time': 'Europe/Athens',
  UTC: 'UTC',
}

const answers = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' } as const

interface Property {
  readonly name: string
  readonly params: ReadonlyMap<string, string>
  readonly value: string
}

function propertyOf(line: string): Property | undefined {
  const match = /^([A-Za-z-]+)((?:;[A-Za-z-]+=(?:"[^"]*"|[^":;]*))*):(.*)$/s.exec(line)
  if (!match) return undefined
  const [, name = '', params = '', value = ''] = match
  const pairs = [...params.matchAll(/;([A-Za-z-]+)=("[^"]*"|[^;]*)/g)].map(
    ([, key = '', text = '']) => [key.toUpperCase(), text.replaceAll('"', '')] as const,
  )
  return { name: name.toUpperCase(), params: new Map(pairs), value }
}

/** Lines are folded with a space or tab at the start of the next (RFC 5545, 3.1). */
function propertiesOf(part: string): Property[] {
  const lines = part
    .slice(0, partLimit)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
  return lines.flatMap(line => propertyOf(line.trimEnd()) ?? [])
}

function textOf(property: Property | undefined): string {
  const value = property?.value ?? ''
  return value
    .replace(/\\([nN,;\\])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? ' ' : escaped))
    .trim()
    .slice(0, textLimit)
    .toWellFormed()
}

/** DTSTART and DTEND in their three forms (RFC 5545, 3.3.5); null where the value is none of them. */
function timeOf(property: Property | undefined): string | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(property?.value.trim() ?? '')
  if (!property || !match) return null
  const [, year, month, day, hour, minute, second, utc] = match
  const date = `${year}-${month}-${day}`
  const zone = property.params.get('TZID') ?? ''
  try {
    if (hour === undefined) return Temporal.PlainDate.from(date).toString()
    const local = Temporal.PlainDateTime.from(`${date}T${hour}:${minute}:${second}`)
    if (utc === 'Z') return local.toZonedDateTime('UTC').toInstant().toString()
    if (zone === '') return local.toString()
    return local
      .toZonedDateTime(exchangeZones[zone] ?? zone)
      .toInstant()
      .toString()
  } catch (error) {
    // A month 13, or a zone that the sender's server made up.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The properties of the first event, without those of its alarms; time zones come before and have a DTSTART too. */
function eventOf(properties: readonly Property[]): Map<string, Property> {
  const opens = properties.findIndex(one => one.name === 'BEGIN' && /^vevent$/i.test(one.value))
  const event = new Map<string, Property>()
  if (opens < 0) return event
  for (const property of properties.slice(opens + 1)) {
    if (property.name === 'BEGIN' || property.name === 'END') break
    if (!event.has(property.name)) event.set(property.name, property)
  }
  return event
}

/** Reads a calendar part. `declared` is the method its Content-Type names; undefined where neither names one. */
export function calendarOf(part: string, declared?: string): CalendarMail | undefined {
  const properties = propertiesOf(part)
  const stated = properties.find(one => one.name === 'METHOD')?.value
  const method = (declared || stated || '').trim().toUpperCase().slice(0, 30)
  if (method === '') return undefined
  const event = eventOf(properties)
  const partstat = event.get('ATTENDEE')?.params.get('PARTSTAT')?.toUpperCase() ?? ''
  return {
    method,
    uid: textOf(event.get('UID')) || null,
    summary: textOf(event.get('SUMMARY')),
    startAt: timeOf(event.get('DTSTART')),
    endAt: timeOf(event.get('DTEND')),
    location: textOf(event.get('LOCATION')),
    answer: method === 'REPLY' && partstat in answers ? answers[partstat as keyof typeof answers] : null,
  }
}
