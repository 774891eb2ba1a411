/** Quarantined mails as texts. Pure. */
import { columns, oneLine, wallTime } from '../terminal.ts'

export interface QuarantinedRow {
  readonly id: string
  readonly mailbox: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: string
  readonly size: string
  readonly rawSha256: string
  readonly receivedAt: string
  readonly takenInAt: string
  readonly fromAddress: string | null
  readonly subject: string
  readonly quarantineCode: string | null
  readonly quarantineDetail: string | null
}

/** What became of one mail that was released. */
export type RetryResult =
  | {
      readonly id: string
      readonly ok: true
      readonly newId: string
      readonly outcome: string
      readonly ticketNumber: string | null
    }
  | { readonly id: string; readonly ok: false; readonly because: string }

export function listText(rows: readonly QuarantinedRow[], total: number): string {
  if (rows.length === 0) return 'Nothing is in quarantine.'
  const lines = rows.map(
    ({ id, mailbox, receivedAt, quarantineCode, quarantineDetail }): [string, string] => [
      id,
      oneLine(`${wallTime(receivedAt, 'UTC')} ${mailbox}, ${quarantineCode}: ${quarantineDetail}`, 160),
    ],
  )
  const more = total > rows.length ? `\n  … and ${total - rows.length} more, shown with --limit` : ''
  const count = total === 1 ? '1 mail is' : `${total} mails are`
  return `${count} in quarantine (times are UTC); "gateway quarantine show <id>" tells more\n${columns(lines)}${more}`
}

export function showText(row: QuarantinedRow): string {
  return `Mail ${row.id} is in quarantine\n${columns([
    ['why', oneLine(`${row.quarantineCode}: ${row.quarantineDetail}`, 2000)],
    [
      'found at',
      oneLine(`${row.mailbox}/${row.folder}, UID ${row.uid}, UIDVALIDITY ${row.uidValidity}`, 300),
    ],
    ['received', `${wallTime(row.receivedAt, 'UTC')} UTC`],
    ['from', oneLine(row.fromAddress ?? 'unknown')],
    ['subject', oneLine(row.subject) || 'unknown'],
    ['raw mail', `${row.rawSha256} (${row.size} bytes)`],
    ['the mail', `gateway quarantine show ${row.id} --raw`],
    ['release', `gateway quarantine retry ${row.id}`],
  ])}`
}

export function retryText(results: readonly RetryResult[]): string {
  if (results.length === 0) return 'Nothing is in quarantine.'
  return results
    .map(result => {
      if (!result.ok) return `✗ mail ${result.id} stays in quarantine: ${oneLine(result.because, 300)}`
      const ticket = result.ticketNumber === null ? '' : `, ticket ${result.ticketNumber}`
      return `✓ mail ${result.id} was taken in as mail ${result.newId}: ${result.outcome}${ticket}`
    })
    .join('\n')
}
