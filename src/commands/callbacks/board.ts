/** `gateway callbacks`: who is owed a call, until when, and who has it. */
import type { DossierCallback } from '../../console/call-dossier.ts'
import type { Answer } from '../answer.ts'
import { oneLine, wallTime } from '../terminal.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'

const most = 200

export async function showBoard(place: Place, all: boolean): Promise<Answer> {
  const { callbackBoard } = await import('../../console/calls.ts')
  const rows = await withDatabase(place, db => callbackBoard(db, { all, limit: most }))
  const now = Temporal.Now.instant()
  const zones = (office: string) => timeZoneOf(place, office)
  return { text: boardText(rows, now, zones), data: rows.map(row => ({ ...row, ...leftOf(row, now) })) }
}

/** Minutes until the promise ends, negative when it is over; null for a call that nobody waits for any more. */
function leftOf(
  { dueAt, endedAt }: DossierCallback,
  now: Temporal.Instant,
): { readonly minutesLeft: number | null } {
  return { minutesLeft: endedAt === null ? Math.floor(now.until(dueAt).total('minutes')) : null }
}

/** Exported for its test: columns under headings, so that it can be read from across a room. */
export function boardText(
  rows: readonly DossierCallback[],
  now: Temporal.Instant,
  zoneOf: (office: string) => string,
): string {
  if (rows.length === 0) return 'Nobody is owed a call.'
  const head = ['due', 'left', 'ticket', 'customer', 'number', 'agent', 'tries', 'state']
  const lines = rows.map(row => {
    const { dueAt, office, ticketNumber, customerName, number, agent, attempts, state, stage } = row
    const { minutesLeft } = leftOf(row, now)
    return [
      wallTime(dueAt, zoneOf(office)).slice(0, 16),
      leftWords(minutesLeft),
      ticketNumber,
      oneLine(customerName, 24),
      number,
      agent ?? '-',
      String(attempts.length),
      state === 'owed' && stage !== 'none' ? `${state}, ${stage}` : state,
    ]
  })
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map(line => line[at]?.length ?? 0)))
  const shown = [head, ...lines].map(line =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const zones = [...new Set(rows.map(({ office }) => zoneOf(office)))].join(', ')
  const owed = rows.filter(({ endedAt }) => endedAt === null).length
  return `${owed === 1 ? '1 customer is' : `${owed} customers are`} owed a call (times are ${zones})\n${shown.join('\n')}`
}

function leftWords(minutes: number | null): string {
  if (minutes === null) return '-'
  return minutes < 0 ? `${-minutes} min late` : `${minutes} min`
}
