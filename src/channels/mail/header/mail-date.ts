/**
 * The Date field (RFC 5322, 3.3 and 4.3) and what senders make of it: missing seconds, two-digit years, comments,
 * obsolete and German zone names, asctime and ISO forms. The zone stays as stated: it tells when the sender works.
 */
const months: Readonly<Record<string, number>> = {
  jan: 1,
  jän: 1,
  feb: 2,
  mar: 3,
  mär: 3,
  mrz: 3,
  apr: 4,
  may: 5,
  mai: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  okt: 10,
  nov: 11,
  dec: 12,
  dez: 12,
}

/** Minutes east of UTC. Unknown and military zones mean nothing (RFC 5322, 4.3) and are read as UTC. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 60,
  bst: 60,
  ist: 330,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  kst: 540,
  hkt: 480,
  sgt: 480,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
}

/** A Date field is some thirty characters; what is far longer is no date. */
const lengthLimit = 300

function withoutComments(text: string): string {
  let depth = 0
  let out = ''
  for (const char of text) {
    if (char === '(') depth++
    else if (char === ')' && depth > 0) depth--
    else if (depth === 0) out += char
  }
  return out
}

interface Parts {
  year: number | undefined
  month: number | undefined
  day: number | undefined
  clock: readonly [hour: number, minute: number, second: number] | undefined
  offset: number | undefined
}

function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year
  return digits.length === 3 ? 1900 + year : year
}

function offsetMinutes(sign: string, hours: string, minutes: string): number | undefined {
  const total = Number(hours) * 60 + Number(minutes)
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined
  return sign === '-' ? -total : total
}

/** One white-space separated token; tokens that say nothing (weekdays, AM) are passed over. */
function readToken(token: string, parts: Parts): void {
  const zone = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/.exec(token)
  const clock = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?([+-].*|z)?$/.exec(token)
  const month = months[token.slice(0, 3)]
  if (zone && parts.clock) parts.offset = offsetMinutes(zone[1] ?? '', zone[2] ?? '', zone[3] ?? '0')
  else if (clock && !parts.clock) {
    parts.clock = [
      Number(clock[1]),
      Number(clock[2]),
      Math.min(Number(clock[3] ?? 0), clock[3] === '60' ? 59 : 99),
    ]
    if (clock[4]) readToken(clock[4], parts)
  } else if (/^0?\d{1,2}$/.test(token) && parts.day === undefined) parts.day = Number(token)
  else if (/^\d{2,4}$/.test(token) && parts.year === undefined && parts.day !== undefined)
    parts.year = fullYear(token)
  else if (/^\d{4}$/.test(token) && parts.year === undefined) parts.year = Number(token)
  else if (month !== undefined && parts.month === undefined) parts.month = month
  else if (zones[token] !== undefined && parts.clock && parts.offset === undefined)
    parts.offset = zones[token]
  else if (token === 'pm' && parts.clock && parts.clock[0] < 12)
    parts.clock = [parts.clock[0] + 12, parts.clock[1], parts.clock[2]]
  else if (token === 'am' && parts.clock?.[0] === 12) parts.clock = [0, parts.clock[1], parts.clock[2]]
}

function tokensOf(text: string): string[] {
  const plain = withoutComments(text).trim().toLowerCase()
  const iso = /^(\d{4})-(\d{2})-(\d{2})[t ]+(.*)$/.exec(plain)
  const spelled = iso ? `${iso[3]} ${monthName(Number(iso[2]))} ${iso[1]} ${iso[4]}` : plain
  return spelled
    .replace(/(\d{1,2})[-/.]([a-zä]{3,})[-/.](\d{2,4})/, '$1 $2 $3')
    .replaceAll(',', ' ')
    .split(/\s+/)
    .map(token => token.replace(/(?<=[a-zäz])\.$/, '').replace(/^(\d{1,2})\.$/, '$1'))
}

function monthName(month: number): string {
  return Object.keys(months).find(name => months[name] === month) ?? ''
}

/** `2026-03-05T10:11:12+01:00`, or null when the text names no existing moment. */
export function mailDate(text: string): string | null {
  if (text.length > lengthLimit) return null
  const parts: Parts = {
    year: undefined,
    month: undefined,
    day: undefined,
    clock: undefined,
    offset: undefined,
  }
  for (const token of tokensOf(text)) readToken(token, parts)
  const { year, month, day, clock, offset = 0 } = parts
  if (year === undefined || month === undefined || day === undefined || clock === undefined) return null
  const [hour, minute, second] = clock
  try {
    const local = Temporal.PlainDateTime.from(
      { year, month, day, hour, minute, second },
      { overflow: 'reject' },
    )
    const sign = offset < 0 ? '-' : '+'
    const span = Math.abs(offset)
    const zone = `${sign}${String(Math.floor(span / 60)).padStart(2, '0')}:${String(span % 60).padStart(2, '0')}`
    return `${local.toString({ smallestUnit: 'second' })}${zone}`
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
