/**
 * The letters' wording, from the files of template-files.ts. Edited files count from the next letter on, without a
 * restart. A letter is rendered as a whole or not at all.
 */
import { fileURLToPath } from 'node:url'
import type { Config } from './config/schema.ts'
import { PermanentFailure } from './desk/failure.ts'
import type { NoticeKind } from './desk/notice.ts'
import { oneLine, printable, shortened, wrapped } from './desk/plain-text.ts'
import type { Language } from './desk/ticket.ts'
import { type Library, type Part, readLibrary, stampOf } from './template-files.ts'
import type { View } from './template-language.ts'

export interface RenderedLetter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Templates {
  /**
   * In the wording of `desk`, the key of a mailbox, where it has one of its own. Throws PermanentFailure('template')
   * naming file, line and variable.
   */
  render(name: string, language: Language, view: View, desk?: string): RenderedLetter
}

/** The letters that come with the gateway; always the first folder. */
export const builtInTemplates = fileURLToPath(new URL('../templates', import.meta.url))

export const builtInLetters: readonly NoticeKind[] = [
  'auto-reply',
  'agent-answer',
  'agent-notice',
  'receipt',
  'help',
  'why',
  'hold-question',
  'alarm',
  'digest',
  'callback-task',
  'call-confirmation',
  'callback-news',
  'promise-task',
  'procedure-task',
  'procedure-letter',
  'status-update',
  'closing',
  'escalation',
  'vendor-case',
  'vendor-message',
  'vendor-escalation',
  'vendor-notice',
  'sign-in',
  'report-team',
  'report-division',
  'report-executive',
  'feedback-task',
  'feedback-answer',
]
/** Letters whose text is a person's own: its lines are neither wrapped nor moved together. */
const asWritten: readonly string[] = ['agent-answer', 'vendor-message'] satisfies NoticeKind[]

/** Longer subjects are folded by servers and cut by readers anyway. */
const longestSubject = 200
/** How often to look for edited files at the most. */
const lookEveryMs = 1000

export interface TemplateWatch {
  /** An edit does not compile: letters keep their former wording until it is mended. Told once for each edit. */
  readonly onBroken?: (message: string) => void
  /** All files are in force again, or still. */
  readonly onMended?: () => void
  /** Milliseconds that never go back. */
  readonly clock?: () => number
}

export interface MoreTemplates {
  /** Keys of mailboxes that may have wording of their own, below <folder>/<mailbox>. */
  readonly desks?: readonly string[]
  /** Letters beside the built-in ones. */
  readonly letters?: readonly string[]
}

/** Letters that procedures name, each once. */
export function stepLetters({ requestTypes }: Pick<Config, 'requestTypes'>): readonly string[] {
  const named = Object.values(requestTypes).flatMap(({ steps }) =>
    Object.values(steps).flatMap(({ letter }) => letter ?? []),
  )
  return [...new Set(named)]
}

/** The letters of a configuration: built-in ones, those of its folder, and those that its procedures name. */
export async function templatesOf(
  { templates, mailboxes, requestTypes }: Pick<Config, 'templates' | 'mailboxes' | 'requestTypes'>,
  watch: TemplateWatch = {},
): Promise<Templates> {
  return loadTemplates(templates === undefined ? [builtInTemplates] : [builtInTemplates, templates], {
    ...watch,
    desks: Object.keys(mailboxes),
    letters: stepLetters({ requestTypes }),
  })
}

/** Reads and compiles all letters. Throws where a folder, a language or a part is missing or does not compile. */
export async function loadTemplates(
  folders: readonly string[],
  watch: TemplateWatch & MoreTemplates = {},
): Promise<Templates> {
  const { desks = [], letters = [] } = watch
  const wanted = { folders, desks, letters: [...new Set([...builtInLetters, ...letters])] }
  const clock = watch.clock ?? (() => performance.now())
  const onBroken = watch.onBroken ?? (message => process.emitWarning(message))
  let stamp = stampOf(wanted)
  let library = readLibrary(wanted)
  let lookedAt = clock()

  /** A half-saved file must neither stop the mail nor reach a customer, so the last wording that compiled stays. */
  function lookAgain(): void {
    if (clock() - lookedAt < lookEveryMs) return
    lookedAt = clock()
    try {
      const seen = stampOf(wanted)
      if (seen === stamp) return
      stamp = seen
      library = readLibrary(wanted)
      watch.onMended?.()
    } catch (error) {
      onBroken(`edited letters are not used: ${(error as Error).message}`)
    }
  }

  return {
    render(name, language, view, desk = '') {
      lookAgain()
      const disarmed = disarm(view) as View
      const part = (part: Part) => renderPart(library, desk, `${language}/${name}.${part}`, disarmed)
      return {
        subject: shortened(oneLine(part('subject')), longestSubject),
        text: asWritten.includes(name) ? `${part('text').trimEnd()}\n` : laidOut(part('text')),
        html: part('html'),
      }
    },
  }
}

/** Templates leave gaps where a condition was false; they are closed, and lines wrapped. */
function laidOut(text: string): string {
  return `${wrapped(text.replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')).trim()}\n`
}

function renderPart({ general, ofDesk }: Library, desk: string, name: string, view: View): string {
  const part = (ofDesk.get(desk) ?? general).get(name)
  if (!part) throw new PermanentFailure('template', `there is no template ${name}`)
  try {
    return part.render(view)
  } catch (error) {
    throw new PermanentFailure('template', `template ${name}: ${inWords(error, view)} (${part.path})`, error)
  }
}

/** Handlebars says: "foo" not defined in [object Object] - 3:14 */
function inWords(error: unknown, view: View): string {
  const { message } = error as Error
  const missing = /^"(.*)" not defined in .* - (\d+):\d+$/s.exec(message)
  if (!missing) return message
  const names = Object.keys(view).toSorted().join(', ')
  return `line ${missing[2]} uses the variable "${missing[1]}", which this letter does not have; it has ${names}`
}

/** The same data with every text in it made printable, whoever wrote it. */
function disarm(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(disarm)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, disarm(inner)]))
}
