import { oneLine } from '../terminal.ts'

/**
 * What was opened inside an entry's mail, as lines for a terminal: forwarded mails, Outlook items and winmail.dat.
 * Stored as JSON by the version of the day; what is not understood is left out rather than guessed at.
 */

/** Lines of an enclosed text where the whole is not asked for. */
const shortLines = 6

export function enclosedLines(detail: unknown, full: boolean): readonly string[] {
  if (typeof detail !== 'object' || detail === null || !('enclosed' in detail)) return []
  const enclosed: readonly unknown[] = Array.isArray(detail.enclosed) ? detail.enclosed : []
  return enclosed.flatMap(one => (isEnclosed(one) ? linesOf(one, full) : []))
}

interface Enclosed {
  readonly kind: string
  readonly subject: string
  readonly text: string
  readonly from?: { readonly address?: unknown } | null
  readonly attachments?: readonly { readonly filename?: unknown }[]
}

function isEnclosed(value: unknown): value is Enclosed {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['kind', 'subject', 'text'].every(field => typeof Reflect.get(value, field) === 'string')
  )
}

function linesOf({ kind, subject, text, from, attachments = [] }: Enclosed, full: boolean): string[] {
  const sender = typeof from?.address === 'string' ? ` from ${from.address}` : ''
  const files = attachments
    .map(({ filename }) => (typeof filename === 'string' ? filename : 'unnamed'))
    .join(', ')
  const head = oneLine(`[encloses ${kind} "${subject}"${sender}${files && `, with ${files}`}]`, 300)
  const lines = text.trim() === '' ? [] : text.trim().split('\n')
  return [head, ...(full ? lines : lines.slice(0, shortLines)).map(line => `| ${line}`)]
}
