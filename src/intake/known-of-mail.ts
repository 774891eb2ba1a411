import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Config } from '../config/schema.ts'
import {
  type Known,
  type KnownLine,
  knownLines,
  mergeKnown,
  missingOf,
  type Requested,
  readKnown,
  requestTypeOf,
} from '../desk/checklist.ts'
import { knownFrom } from '../desk/known-data.ts'
import type { MailContent } from '../desk/mail-content.ts'
import { matterLines } from '../desk/matter-lines.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import type { Tx } from '../store/database.ts'

/** The checklist of a ticket as a letter shows it. */
export interface ChecklistLines {
  readonly known: readonly KnownLine[]
  readonly missing: readonly string[]
}

/** What a customer's mail tells of the ticket's checklist. Nothing where the configuration asks for nothing. */
export function foundIn(content: MailContent, of: Requested, config: Config): Known {
  const type = requestTypeOf(of, config)
  return type ? knownFrom(content, type) : {}
}

/** The numbers in E.164 of what a mail told: a caller who rings from one of them is recognised. */
export function numbersIn(found: Known, of: Requested, config: Config): readonly string[] {
  const type = requestTypeOf(of, config)
  const fields = Object.entries(type?.fields ?? {}).filter(([, { kind }]) => kind === 'phone')
  const country = config.offices[config.mailboxes[of.mailbox]?.office ?? '']?.holidays.startsWith('GB')
    ? 'GB'
    : 'DE'
  return fields.flatMap(([key]) => {
    const number = parsePhoneNumberFromString(found[key]?.value ?? '', country)
    return number?.isValid() ? [number.number] : []
  })
}

/** The ticket with what `found` adds to it. */
export function withKnown(ticket: Ticket, found: Known): Ticket {
  return { ...ticket, known: mergeKnown(readKnown(ticket.known), found) }
}

/** The checklist of `ticket`, in the reader's language. */
export function checklistOf(ticket: Ticket, config: Config, language: Language): ChecklistLines {
  const type = requestTypeOf(ticket, config)
  if (!type) return { known: [], missing: [] }
  const known = readKnown(ticket.known)
  return {
    known: knownLines(type, known, language),
    missing: missingOf(type, known, language).map(({ label }) => label),
  }
}

/** The same for agents, who also read what the matter is about. */
export function checklistForAgent(ticket: Ticket, config: Config, language: Language): ChecklistLines {
  const { known, missing } = checklistOf(ticket, config, language)
  return { known: [...matterLines(ticket, config, language), ...known], missing }
}

/** Ticks off what mails told; what a ticket knows already stays as it is. In the database, so that no snapshot is needed. */
export async function recordKnown(tx: Tx, known: ReadonlyMap<string, Known>): Promise<void> {
  const told = [...known].filter(([, found]) => Object.keys(found).length > 0)
  if (told.length === 0) return
  await tx.$executeRaw`
    update ticket set known = told.found || ticket.known
    from unnest(${told.map(([id]) => id)}::uuid[], ${told.map(([, found]) => JSON.stringify(found))}::jsonb[]) as told(id, found)
    where ticket.id = told.id`
}
