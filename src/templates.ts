/**
 * The letters' wording, from files: <folder>/<language>/<letter>.<part>.hbs with the parts subject, text and html, and
 * pieces they share, <folder>/<language>/_<piece>.hbs. A later folder overrides file by file. Edited files count from
 * the next letter on, without a restart. A letter is rendered as a whole or not at all.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PermanentFailure } from './desk/failure.ts'
import type { NoticeKind } from './desk/notice.ts'
import { oneLine, printable, shortened, wrapped } from './desk/plain-text.ts'
import type { Language } from './desk/ticket.ts'
import { templateEnvironment, type View } from './template-language.ts'

export interface RenderedLetter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Templates {
  /** Throws PermanentFailure('template') naming template and variable. */
  render(name: string, language: Language, view: View): RenderedLetter
}

/** The letters that come with the gateway; always the first folder. */
export const builtInTemplates = fileURLToPath(new URL('../templates', import.meta.url))

const languages: readonly Language[] = ['de', 'en']
const parts = ['subject', 'text', 'html'] as const
const letters: readonly NoticeKind[] = [
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
]
/** Letters whose text is a person's own: its lines are neither wrapped nor moved together. */
const asWritten: readonly string[] = ['agent-answer'] satisfies NoticeKind[]

type Part = (typeof parts)[number]
/** Compiled letters by "<language>/<letter>.<part>". */
type Shelf = ReadonlyMap<string, (view: View) => string>

/** Longer subjects are folded by servers and cut by readers anyway. */
const longestSubject = 200
/** How often to look for edited files at the most. */
const lookEveryMs = 1000

export interface TemplateWatch {
  /** An edit does not compile: letters keep their former wording until it is mended. Told once for each edit. */
  readonly onBroken?: (message: string) => void
  /** Milliseconds that never go back. */
  readonly clock?: () => number
}

/** Reads and compiles all letters. Throws where a folder, a language or a part is missing or does not compile. */
export async function loadTemplates(
  folders: readonly string[],
  watch: TemplateWatch = {},
): Promise<Templates> {
  const clock = watch.clock ?? (() => performance.now())
  const onBroken = watch.onBroken ?? (message => process.emitWarning(message))
  let stamp = stampOf(filesOf(folders))
  let shelf = shelfOf(filesOf(folders))
  let lookedAt = clock()

  /** A half-saved file must neither stop the mail nor reach a customer, so the last wording that compiled stays. */
  function lookAgain(): void {
    if (clock() - lookedAt < lookEveryMs) return
    lookedAt = clock()
    try {
      const files = filesOf(folders)
      const seen = stampOf(files)
      if (seen === stamp) return
      stamp = seen
      shelf = shelfOf(files)
    } catch (error) {
      onBroken(`edited letters are not used: ${(error as Error).message}`)
    }
  }

  return {
    render(name, language, view) {
      lookAgain()
      const disarmed = disarm(view) as View
      const part = (part: Part) => renderPart(shelf, `${language}/${name}.${part}`, disarmed)
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

function renderPart(shelf: Shelf, name: string, view: View): string {
  const render = shelf.get(name)
  if (!render) throw new PermanentFailure('template', `there is no template ${name}`)
  try {
    return render(view)
  } catch (error) {
    throw new PermanentFailure('template', `template ${name}: ${inWords(error)}`, error)
  }
}

/** Handlebars says: "foo" not defined in [object Object] - 3:14 */
function inWords(error: unknown): string {
  const { message } = error as Error
  const missing = /^"(.*)" not defined in .* - (\d+):\d+$/s.exec(message)
  return missing
    ? `line ${missing[2]} uses the variable "${missing[1]}", which this letter does not have`
    : message
}

interface TemplateFile {
  readonly language: Language
  /** Without ".hbs". */
  readonly name: string
  readonly path: string
}

/** The files in force: of files of one name the one from the latest folder. Throws for a missing folder. */
function filesOf(folders: readonly string[]): readonly TemplateFile[] {
  const files = new Map<string, TemplateFile>()
  for (const folder of folders) {
    const present = readdirSync(folder)
    for (const language of languages.filter(language => present.includes(language))) {
      for (const file of readdirSync(join(folder, language)).toSorted()) {
        if (!file.endsWith('.hbs')) continue
        const name = file.slice(0, -'.hbs'.length)
        files.set(`${language}/${name}`, { language, name, path: join(folder, language, file) })
      }
    }
  }
  return [...files.values()]
}

function stampOf(files: readonly TemplateFile[]): string {
  const lines = files.map(({ path }) => {
    const { mtimeMs, size } = statSync(path)
    return `${path} ${mtimeMs} ${size}`
  })
  return lines.join('\n')
}

function shelfOf(files: readonly TemplateFile[]): Shelf {
  const shelf = new Map<string, (view: View) => string>()
  for (const language of languages) {
    const own = files.filter(file => file.language === language)
    const environments = {
      text: templateEnvironment(language, 'text'),
      html: templateEnvironment(language, 'html'),
    }
    for (const { name, path } of own.filter(({ name }) => name.startsWith('_'))) {
      // "_layout.html" is a piece of HTML parts only, "_imprint" one of all parts.
      const [piece = '', only] = name.slice(1).split('.')
      for (const output of ['text', 'html'] as const) {
        if (only === undefined || only === output)
          compiling(path, source => environments[output].addPartial(piece, source))
      }
    }
    for (const { name, path } of own.filter(({ name }) => !name.startsWith('_'))) {
      const environment = name.endsWith('.html') ? environments.html : environments.text
      compiling(path, source => shelf.set(`${language}/${name}`, environment.compile(source)))
    }
  }
  assertComplete(shelf)
  return shelf
}

function compiling(path: string, use: (source: string) => void): void {
  try {
    use(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error })
  }
}

function assertComplete(shelf: Shelf): void {
  const expected = languages.flatMap(language =>
    letters.flatMap(letter => parts.map(part => `${language}/${letter}.${part}`)),
  )
  const missing = expected.filter(name => !shelf.has(name))
  if (missing.length > 0) throw new Error(`templates are missing: ${missing.join(', ')}`)
  const unknown = [...shelf.keys()].filter(name => !expected.includes(name))
  if (unknown.length > 0) throw new Error(`templates that belong to no letter: ${unknown.join(', ')}`)
}

/** The same data with every text in it made printable, whoever wrote it. */
function disarm(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(disarm)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, disarm(inner)]))
}
