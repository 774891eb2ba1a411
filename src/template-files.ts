/**
 * The files of the letters' wording: <folder>/<language>/<letter>.<part>.hbs, pieces in <folder>/<language>/_<piece>.hbs,
 * and what a single desk words differently below <folder>/<mailbox>/<language>. A later folder overrides file by file,
 * and a desk's own file overrides them all.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from './desk/ticket.ts'
import { templateEnvironment, type View } from './template-language.ts'

export const languages: readonly Language[] = ['de', 'en']
export const parts = ['subject', 'text', 'html'] as const
export type Part = (typeof parts)[number]

export interface CompiledPart {
  readonly path: string
  readonly render: (view: View) => string
}

/** Compiled letters by "<language>/<letter>.<part>". */
export type Shelf = ReadonlyMap<string, CompiledPart>

interface TemplateFile {
  readonly language: Language
  /** Without ".hbs". */
  readonly name: string
  readonly path: string
}

/** All wording there is: the general one, and that of each desk that has some of its own. */
export interface Library {
  readonly general: Shelf
  readonly ofDesk: ReadonlyMap<string, Shelf>
}

export interface Wanted {
  readonly folders: readonly string[]
  /** Keys of mailboxes that may have wording of their own. */
  readonly desks: readonly string[]
  /** Names of all letters; each must be there in both languages and all parts. */
  readonly letters: readonly string[]
}

/** Throws where a folder, a language or a part is missing, belongs to nothing or does not compile. */
export function readLibrary({ folders, desks, letters }: Wanted): Library {
  assertDesks(folders, desks)
  return {
    general: shelfOf(filesOf(folders), letters),
    ofDesk: new Map(
      desks
        .filter(desk => deskFolders(folders, desk).length > 0)
        .map(desk => [desk, shelfOf(filesOf([...folders, ...deskFolders(folders, desk)]), letters)]),
    ),
  }
}

/** Changes whenever a file is edited, added or taken away. Throws for a missing folder. */
export function stampOf({ folders, desks }: Wanted): string {
  const own = desks.flatMap(desk => filesOf(deskFolders(folders, desk)))
  const lines = [...filesOf(folders), ...own].map(({ path }) => {
    const { mtimeMs, size } = statSync(path)
    return `${path} ${mtimeMs} ${size}`
  })
  return lines.join('\n')
}

function deskFolders(folders: readonly string[], desk: string): readonly string[] {
  return folders.map(folder => join(folder, desk)).filter(folder => holdsLanguage(folder))
}

function holdsLanguage(folder: string): boolean {
  return languages.some(language => existsSync(join(folder, language)))
}

/** A misspelt mailbox would go unnoticed until somebody wonders about the wording of its letters. */
function assertDesks(folders: readonly string[], desks: readonly string[]): void {
  for (const folder of folders) {
    const strange = readdirSync(folder, { withFileTypes: true }).filter(
      entry => entry.isDirectory() && !desks.includes(entry.name) && holdsLanguage(join(folder, entry.name)),
    )
    if (strange.length > 0)
      throw new Error(
        `${strange.map(({ name }) => join(folder, name)).join(', ')}: no mailbox has this key; known here: ${desks.join(', ') || 'none'}`,
      )
  }
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

function shelfOf(files: readonly TemplateFile[], letters: readonly string[]): Shelf {
  const shelf = new Map<string, CompiledPart>()
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
      compiling(path, source =>
        shelf.set(`${language}/${name}`, { path, render: environment.compile(source) }),
      )
    }
  }
  assertComplete(shelf, letters)
  return shelf
}

function compiling(path: string, use: (source: string) => void): void {
  try {
    use(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error })
  }
}

function assertComplete(shelf: Shelf, letters: readonly string[]): void {
  const expected = languages.flatMap(language =>
    letters.flatMap(letter => parts.map(part => `${language}/${letter}.${part}`)),
  )
  const missing = expected.filter(name => !shelf.has(name))
  if (missing.length > 0) throw new Error(`templates are missing: ${missing.join(', ')}`)
  const unknown = [...shelf.keys()].filter(name => !expected.includes(name))
  if (unknown.length > 0) throw new Error(`templates that belong to no letter: ${unknown.join(', ')}`)
}
