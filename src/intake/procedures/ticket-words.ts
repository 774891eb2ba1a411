import type { Known } from '../../desk/checklist.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'

/** What a new ticket is about, for finding similar ones. */
export interface TicketWords {
  readonly ticketId: string
  readonly language: Language
  readonly subject: string
  readonly text: string
  /** As printed on the device. */
  readonly serial: string | null
  /** Key of the configuration, else the name that the customer wrote. */
  readonly product: string | null
}

/** What a matter is about stands at its beginning; long logs below it would only make everything similar. */
const textLength = 4000

/**
 * Writes the words of tickets, in one statement. Serial number and product become lexemes of their own, "serial:…" and
 * "product:…", which no text can yield: PostgreSQL's parser would cut a serial number into pieces. Beginnings and ends
 * of mails that everybody writes ("Guten Tag", "Kind regards") are taken care of by their frequency, see similar.ts.
 */
export async function writeWords(tx: Tx, tickets: readonly TicketWords[]): Promise<void> {
  if (tickets.length === 0) return
  const rows = tickets.map(({ ticketId, language, subject, text, serial, product }) => ({
    id: ticketId,
    config: language === 'de' ? 'german' : 'english',
    subject: subject.slice(0, 500).toWellFormed(),
    text: text.slice(0, textLength).toWellFormed(),
    lexemes: [...lexeme('serial', keyOf(serial)), ...lexeme('product', keyOf(product))],
  }))
  await tx.$executeRaw`
    update ticket set words =
      setweight(to_tsvector(w.config::regconfig, w.subject), 'A') ||
      setweight((select coalesce(string_agg(quote_literal(l) || ':1', ' '), '') from jsonb_array_elements_text(w.lexemes) l)::tsvector, 'B') ||
      to_tsvector(w.config::regconfig, w.text)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, config text, subject text, text text, lexemes jsonb)
    where ticket.id = w.id`
}

const lexeme = (what: string, key: string): string[] => (key === '' ? [] : [`${what}:${key}`])

/** Letters and digits only: "MV-400 / 17" and "mv400-17" are one. */
function keyOf(value: string | null): string {
  return (value ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '')
    .slice(0, 60)
    .toWellFormed()
}

/** The first value that the checklist found for a field of `kind`. */
export function fieldValue(
  kind: 'serial' | 'product',
  fields: Readonly<Record<string, { readonly kind: string }>>,
  known: Known,
): string | null {
  const key = Object.keys(fields).find(one => fields[one]?.kind === kind && Object.hasOwn(known, one))
  return key === undefined ? null : (known[key]?.value ?? null)
}
