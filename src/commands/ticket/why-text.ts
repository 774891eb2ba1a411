/** The answer to "why?" as a text: what was decided about a mail, by which rule, and what stood behind it. Pure. */
import type { DossierGuarantee, DossierInbound, DossierLetter } from '../../console/dossier.ts'
import type { TrailStep } from '../../desk/decide.ts'
import { columns, oneLine, wallTime } from '../terminal.ts'
import { guaranteeText, letterText } from './ticket-text.ts'

/** One mail and all that followed from it. */
export interface WhyRecord {
  readonly inbound: DossierInbound
  readonly ticketNumber: string | null
  /** Written in the same transaction as the decision. */
  readonly letters: readonly DossierLetter[]
  /** The ticket's promises; the clock that this mail started or found running. */
  readonly guarantees: readonly DossierGuarantee[]
}

export function whyText({ inbound, ticketNumber, letters, guarantees }: WhyRecord, timeZone: string): string {
  const { before, decisive, after } = split(inbound)
  const rows: [string, string][] = [
    ['from', oneLine(inbound.fromAddress ?? 'nobody (there is no readable From)')],
    [
      'received',
      `${wallTime(inbound.receivedAt, timeZone)}, taken in ${wallTime(inbound.takenInAt, timeZone)} (${timeZone})`,
    ],
    [
      'found at',
      oneLine(
        `${inbound.mailbox}/${inbound.folder}, UID ${inbound.uid}, UIDVALIDITY ${inbound.uidValidity}`,
        200,
      ),
    ],
    ['raw mail', `${inbound.rawSha256} (${inbound.size} bytes)`],
    ['classified', inbound.classification],
    [
      'outcome',
      `${inbound.outcome}${ticketNumber === null ? '' : `, ticket ${ticketNumber}`}${duplicateOf(inbound)}`,
    ],
    ['decided by', stepText(decisive ?? { rule: inbound.rule, hit: true, because: '' })],
  ]
  if (before.length > 0) rows.push(['not by', before.map(stepText).join('\n')])
  for (const step of after)
    rows.push([step.rule, `${step.hit ? 'yes' : 'no'}: ${oneLine(step.because, 300)}`])
  if (inbound.quarantineCode !== null)
    rows.push(['quarantine', oneLine(`${inbound.quarantineCode}: ${inbound.quarantineDetail}`, 500)])
  rows.push([
    'letters',
    letters.length === 0 ? 'none' : letters.map(one => letterText(one, timeZone)).join('\n'),
  ])
  rows.push([
    'clock',
    guarantees.length === 0 ? 'none' : guarantees.map(one => guaranteeText(one, timeZone)).join('\n'),
  ])
  return `Mail ${inbound.id}: ${oneLine(inbound.subject) || '(no subject)'}\n${columns(rows)}`
}

/** The rule that hit, those tried before it, and what was weighed after it (the auto-reply with its budget). */
function split({ rule, trail }: DossierInbound) {
  const at = trail.findIndex(step => step.rule === rule && step.hit)
  return at < 0
    ? { before: trail, decisive: undefined, after: [] }
    : { before: trail.slice(0, at), decisive: trail[at], after: trail.slice(at + 1) }
}

function stepText({ rule, because }: TrailStep): string {
  return because === '' ? rule : `${rule}: ${oneLine(because, 300)}`
}

function duplicateOf({ duplicateOfId }: DossierInbound): string {
  return duplicateOfId === null ? '' : `, a copy of mail ${duplicateOfId}`
}
