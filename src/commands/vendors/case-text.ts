/** How a case at a manufacturer stands, for a terminal. Pure. */
import type { CaseLine } from '../../console/vendor-cases.ts'
import { indented, oneLine, wallTime } from '../terminal.ts'

/** In one line. */
export function standing(one: CaseLine, timeZone: string): string {
  const waited = `waited ${one.waitedMinutes} min for it`
  if (one.state !== 'open') return `closed: ${one.outcome ?? '?'}, ${one.rating ?? '?'} of 5; ${waited}`
  const level = one.level === 0 ? '' : `, its level ${one.level}`
  const due = one.dueAt === null ? '' : `, due ${wallTime(one.dueAt, timeZone)}`
  return `waits for ${one.waitsFor === 'vendor' ? 'the manufacturer' : 'us'} since ${wallTime(one.since, timeZone)}${due}${level}${one.stage === 'overdue' ? ', OVERDUE' : ''}`
}

/** Beside the other things of its ticket; nothing of its thread. */
export function caseOfTicket(
  one: CaseLine,
  { timeZone, vendor = key => key }: { readonly timeZone: string; readonly vendor?: (key: string) => string },
): string {
  const number =
    one.reference === null ? 'its own number is not known yet' : `its own number ${oneLine(one.reference)}`
  const waited = one.state === 'open' ? [`waited ${one.waitedMinutes} min so far`] : []
  const lines = [
    standing(one, timeZone),
    ...waited,
    ...(one.evaluation === '' ? [] : [`evaluation: ${oneLine(one.evaluation, 400)}`]),
    `its thread: gateway vendors show ${one.number}`,
  ]
  return `${wallTime(one.openedAt, timeZone)} ${one.number} ${oneLine(vendor(one.vendor))}, ${number}\n${indented(lines.join('\n'), 2)}`
}
