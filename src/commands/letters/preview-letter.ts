/** `gateway letters preview`: one letter as it would read now, for whoever edits its wording. */
import { type Answer, CommandFailed } from '../answer.ts'
import { languageIn } from '../language-argument.ts'
import { ticketNumberIn } from '../ticket/ticket-number-argument.ts'
import { type Place, withDatabase } from '../with-database.ts'

export interface PreviewOptions {
  readonly ticket?: string | undefined
  readonly language?: string | undefined
  readonly part?: string | undefined
}

const parts = ['subject', 'text', 'html'] as const

/** Throws CommandFailed where there is no such letter, ticket, part or configuration, or the template cannot be rendered. */
export async function previewLetter(place: Place, kind: string, options: PreviewOptions): Promise<Answer> {
  const { config } = place
  if (!config)
    throw new CommandFailed(
      'This needs a configuration file; name it with --config. The sandbox shows its letters at /sandbox/letters.',
    )
  const part = parts.find(one => one === options.part)
  if (options.part !== undefined && part === undefined)
    throw new CommandFailed(`"${options.part}" is no part of a letter; use subject, text or html.`)
  const language = options.language === undefined ? undefined : languageIn(options.language, '')
  const ticketNumber =
    options.ticket === undefined ? undefined : ticketNumberIn(options.ticket, place.ticketFormat)
  const { openLetterPreview } = await import('../../letter-preview.ts')
  const previewed = await withDatabase(place, async database => {
    const preview = await openLetterPreview({ database, config, now: () => Temporal.Now.instant() })
    return preview.render({ kind, language, ticketNumber })
  })
  if (!previewed.ok) throw new CommandFailed(previewed.because)
  const { subject, text, html, shows } = previewed
  const whole = `${shows}\n\nSubject: ${subject}\n\n${text}`
  return { text: part === undefined ? whole : previewed[part], data: { kind, subject, text, html, shows } }
}
