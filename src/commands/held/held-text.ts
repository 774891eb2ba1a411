/** Held mails as texts. Pure. */
import { columns, indented, oneLine, wallTime } from '../terminal.ts'

export interface HeldRow {
  readonly id: string
  readonly mailbox: string
  readonly ticketNumber: string | null
  readonly reason: string
  readonly detail: unknown
  /** Key of the agent who was asked. */
  readonly agent: string | null
  readonly state: string
  readonly decision: string | null
  readonly fromAddress: string | null
  readonly subject: string
  readonly rawSha256: string
  readonly receivedAt: string
  readonly heldAt: string
  readonly decidedAt: string | null
}

export function listText(rows: readonly HeldRow[], total: number): string {
  if (rows.length === 0) return 'No mail waits for a decision.'
  const lines = rows.map(
    ({ id, receivedAt, reason, ticketNumber, fromAddress, subject }): [string, string] => [
      id,
      oneLine(
        `${wallTime(receivedAt, 'UTC')} ${reason}${ticketNumber === null ? '' : `, ticket ${ticketNumber}`}, from ${fromAddress ?? 'nobody'}: ${subject}`,
        160,
      ),
    ],
  )
  const more = total > rows.length ? `\n  … and ${total - rows.length} more, shown with --limit` : ''
  const count = total === 1 ? '1 mail waits' : `${total} mails wait`
  return `${count} for a decision (times are UTC); "gateway held show <id>" tells more\n${columns(lines)}${more}`
}

export function showText(row: HeldRow, mail: string): string {
  const facts: [string, string][] = [
    ['why', oneLine(`${row.reason}${becauseOf(row.detail)}`, 500)],
    ['ticket', row.ticketNumber ?? 'none'],
    ['from', oneLine(row.fromAddress ?? 'nobody (there is no readable From)')],
    ['subject', oneLine(row.subject) || '(no subject)'],
    ['received', `${wallTime(row.receivedAt, 'UTC')} UTC in ${row.mailbox}`],
    ['asked', row.agent ?? 'the agents of the group'],
    ...decisionLines(row),
  ]
  return `Mail ${row.id} ${row.state === 'held' ? 'waits for a decision' : 'was decided'}\n${columns(facts)}\n\n${indented(mail.trim(), 2)}`
}

function decisionLines({ id, ticketNumber, decision, decidedAt }: HeldRow): [string, string][] {
  if (decision !== null && decidedAt !== null)
    return [['decided', `${decision}, ${wallTime(decidedAt, 'UTC')} UTC`]]
  const add: [string, string][] =
    ticketNumber === null ? [] : [['add it', `gateway held add ${id}  (its sender takes part from then on)`]]
  return [
    ...add,
    ['or open', `gateway held new ${id}  (a ticket of its own, with an answer)`],
    ['or leave', `gateway held discard ${id}`],
  ]
}

function becauseOf(detail: unknown): string {
  return typeof detail === 'object' && detail !== null && 'because' in detail
    ? `: ${String(detail.because)}`
    : ''
}
