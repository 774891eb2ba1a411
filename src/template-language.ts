/**
 * What a template may say beside printing its data: times in the office's zone, promises in words, quoted text. One
 * Handlebars environment per language and kind of part, because German and English differ and because HTML must be
 * escaped while text must not. Strict: a variable that is missing is an error everywhere, also within {{#if}}, where
 * Handlebars by itself would take a misspelt name for "no".
 */
import Handlebars from 'handlebars'
import { printable, quoted } from './desk/plain-text.ts'
import { dateTimeWords, openingWords, promiseWords } from './desk/promise-words.ts'
import type { Language } from './desk/ticket.ts'
import { showTicketNumber } from './desk/ticket-number.ts'

/** What every template can rely on; the rest depends on the letter. `now` and all times are ISO 8601 instants. */
export interface View {
  readonly now: string
  readonly timeZone: string
  readonly ticketFormat: string
  readonly [name: string]: unknown
}

type Rendering = (view: View) => string

export interface TemplateEnvironment {
  /** Throws on wrong syntax and on words that do not exist here. */
  compile(source: string): Rendering
  addPartial(name: string, source: string): void
}

/** The view at the root of a rendering; each helper gets it as its last argument. */
interface HelperOptions {
  readonly data: { readonly root: View }
  readonly fn: (context: unknown) => string
}

export function templateEnvironment(language: Language, output: 'text' | 'html'): TemplateEnvironment {
  const handlebars = Handlebars.create()
  const words = templateWords(language)
  handlebars.registerHelper(words)
  const options: CompileOptions = {
    strict: true,
    noEscape: output === 'text',
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(words).map(name => [name, true])) as KnownHelpers,
  }
  const compile = (source: string): Rendering => {
    const program = handlebars.parse(source)
    new StrictPaths().accept(program)
    // Handlebars compiles at the first use only; this finds what is wrong while somebody is watching.
    handlebars.precompile(program, options)
    return handlebars.compile<View>(program, options)
  }
  return { compile, addPartial: (name, source) => handlebars.registerPartial(name, compile(source)) }
}

/** Marks every path as strict; the option alone covers only those that are printed, not those given to helpers. */
class StrictPaths extends Handlebars.Visitor {
  override PathExpression(path: hbs.AST.PathExpression): void {
    Object.assign(path, { strict: true })
  }
}

function templateWords(language: Language) {
  const instant = (value: unknown) => Temporal.Instant.from(textOf(value))
  const now = ({ data }: HelperOptions) => Temporal.Instant.from(data.root.now)
  const zone = ({ data }: HelperOptions) => data.root.timeZone
  return {
    /** {{promise dueAt}}: "heute bis 15:20 Uhr" */
    promise: (at: unknown, options: HelperOptions) =>
      promiseWords(instant(at), now(options), zone(options), language),
    /** {{opening at}}: "am Montag, 23. November, ab 8:30 Uhr" */
    opening: (at: unknown, options: HelperOptions) =>
      openingWords(instant(at), now(options), zone(options), language),
    /** {{dateTime at}}: "Montag, 23. November 2026, 10:00 Uhr (MEZ)" */
    dateTime: (at: unknown, options: HelperOptions) => dateTimeWords(instant(at), zone(options), language),
    /** {{fileSize bytes}}: "1,2 MB" */
    fileSize: (bytes: unknown) => fileSize(Number(bytes), language),
    /** {{ticket number}}: the number as configured, "[#1004711]" */
    ticket: (number: unknown, { data }: HelperOptions) =>
      showTicketNumber(textOf(number), data.root.ticketFormat),
    /** {{quote text}}: "> " before each line; for text parts. */
    quote: (text: unknown) => quoted(textOf(text)),
    /** {{lines text}}: line breaks that every mail program shows; for HTML parts. */
    lines: (text: unknown) => htmlLines(Handlebars.escapeExpression(printable(textOf(text)).trim())),
    /** {{#asLines}}…{{/asLines}}: the same for what a block has rendered, escaped already. */
    asLines(this: unknown, { fn }: HelperOptions) {
      return htmlLines(fn(this).trim())
    },
    /** {{urlPart address}}: for the inside of a mailto link. */
    urlPart: (text: unknown) => encodeURIComponent(textOf(text)).replaceAll('%40', '@'),
    /** {{#if (is event 'new-ticket')}} */
    is: (a: unknown, b: unknown) => a === b,
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string')
    throw new TypeError(`text expected, not ${value === null ? 'null' : typeof value}`)
  return value
}

/** Outlook ignores `white-space`, and HTML runs spaces together: breaks and the indent of a line are written out. */
function htmlLines(escaped: string) {
  const indented = escaped.replace(/^[ \t]+/gm, indent =>
    indent.replaceAll('\t', '    ').replaceAll(' ', '&nbsp;'),
  )
  return new Handlebars.SafeString(indented.replaceAll('\n', '<br>\n'))
}

/** Decimal units, one digit after the comma from a megabyte on. */
export function fileSize(bytes: number, language: Language): string {
  if (bytes < 1000) return `${bytes} ${language === 'de' ? 'Byte' : 'bytes'}`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  const [value, unit] = bytes < 999_950_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${language === 'de' ? value.toFixed(1).replace('.', ',') : value.toFixed(1)} ${unit}`
}
