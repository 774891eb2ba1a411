/**
 * Renders any letter from the current templates with the real data of a ticket: those of its last letter of that kind,
 * or, where it has none yet, an example's with the ticket's own number, subject and customer. Nothing is sent or stored.
 */
import { type ExampleLetter, exampleLetters } from './commands/letters/example-letters.ts'
import { officesOf } from './config/office-calendar.ts'
import type { Config } from './config/schema.ts'
import type { LetterPreview, PreviewedLetter, PreviewWish } from './console/letter-preview.ts'
import { PermanentFailure } from './desk/failure.ts'
import type { Language } from './desk/ticket.ts'
import { composeLetter, type LetterToCompose } from './outbox/letter.ts'
import type { Database } from './store/database.ts'
import { builtInLetters, stepLetters, type Templates, templatesOf } from './templates.ts'

export interface PreviewDeps {
  readonly database: Database
  readonly config: Config
  readonly now: () => Temporal.Instant
}

/** Edited files count at once, as they do for letters. Throws where a template is missing or does not compile. */
export async function openLetterPreview(deps: PreviewDeps): Promise<LetterPreview> {
  let broken = ''
  const templates = await templatesOf(deps.config, {
    onBroken: message => {
      broken = message
    },
    onMended: () => {
      broken = ''
    },
  })
  const kinds = [...new Set([...builtInLetters, ...stepLetters(deps.config)])].toSorted()
  return {
    kinds,
    async render(wish) {
      if (!kinds.includes(wish.kind)) {
        return { ok: false, because: `No letter is called "${wish.kind}"; there are: ${kinds.join(', ')}.` }
      }
      const found = await dataFor(wish, deps)
      if (typeof found === 'string') return { ok: false, because: found }
      const letter = rendered(found, deps, templates)
      return letter.ok ? { ...letter, broken } : letter
    },
  }
}

interface Found {
  readonly letter: LetterToCompose
  readonly shows: string
}

function rendered(
  { letter, shows }: Found,
  { config, now }: PreviewDeps,
  templates: Templates,
): PreviewedLetter {
  try {
    const { subject, text, html } = composeLetter(letter, config, templates, officesOf(config, now()))
    return { ok: true, subject, text, html, shows, broken: '' }
  } catch (error) {
    if (error instanceof PermanentFailure) return { ok: false, because: error.message }
    throw error
  }
}

/** A sentence where there is nothing to show it with. */
async function dataFor(
  { kind, language, ticketNumber }: PreviewWish,
  deps: PreviewDeps,
): Promise<Found | string> {
  if (ticketNumber === undefined) return exampleFor(kind, language ?? 'de', deps) ?? noExample(kind)
  const ticket = await deps.database.ticket.findUnique({
    where: { number: ticketNumber },
    include: {
      letters: {
        where: { OR: [{ kind }, { template: kind }] },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 1,
      },
    },
  })
  if (!ticket) return `There is no ticket ${ticketNumber}.`
  const [last] = ticket.letters
  if (last) {
    return {
      letter: { ...last, language: language ?? last.language },
      shows: `Data of the letter to ${last.recipient} of ${wroteAt(last.createdAt, deps.config)}.`,
    }
  }
  const example = exampleFor(kind, language ?? (ticket.language === 'en' ? 'en' : 'de'), deps)
  if (!example) return `Ticket ${ticketNumber} has had no letter of this kind, and there is no example of it.`
  const { subject, customerName, customerAddress, office } = ticket
  const own = { ticketNumber, subject, customerName, customerAddress, office }
  return {
    letter: {
      ...example.letter,
      data: overlaid(example.letter.data, own),
      mailbox: ticket.mailbox,
    },
    shows: `Ticket ${ticketNumber} has had no letter of this kind yet: its number, subject and customer with example data.`,
  }
}

/** In the wall time of the first office, as commands show it. */
function wroteAt(createdAt: Date, { offices }: Config): string {
  const zone = Object.values(offices)[0]?.timeZone ?? 'UTC'
  const at = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()).toZonedDateTimeISO(zone)
  return `${at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')} (${zone})`
}

const noExample = (kind: string) =>
  `There is no example of "${kind}"; name a ticket that has had such a letter.`

function exampleFor(kind: string, language: Language, { config, now }: PreviewDeps): Found | undefined {
  const [mailbox] = Object.entries(config.mailboxes)
  if (!mailbox) return undefined
  const [key, { office, address }] = mailbox
  const example = exampleLetters(office).find(
    ({ notice }: ExampleLetter) => notice.kind === kind && notice.language === language,
  )
  if (!example) return undefined
  return {
    letter: {
      ...example.notice,
      ...{
        template: kind,
        mailbox: key,
        recipient: 'recipient@example.org',
        inReplyTo: null,
        references: [],
      },
      messageId: `<preview@${address.split('@')[1]}>`,
      createdAt: new Date(example.createdAt || now().epochMilliseconds),
    },
    shows: 'Example data.',
  }
}

/** Only what the letter's data has anyway: each kind knows its own words. */
function overlaid(data: unknown, own: Readonly<Record<string, unknown>>): unknown {
  if (typeof data !== 'object' || data === null) return data
  const known = Object.entries(own).filter(([name]) => Object.hasOwn(data, name))
  return { ...data, ...Object.fromEntries(known) }
}
