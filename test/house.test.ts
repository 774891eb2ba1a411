import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The house rules that a machine can see: who may import whom, how large things get, what folders are called. */

const root = resolve(import.meta.dirname, '..')
const source = join(root, 'src')

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.includes(`${join('store', 'generated')}`))
}

const files = filesBelow(source, '.ts').map(path => ({
  path,
  name: relative(source, path),
  text: readFileSync(path, 'utf8'),
}))

/** The rooms, with the rooms each may import values from. Types of the configuration and of the log are free to all. */
const mayImport: Record<string, readonly string[]> = {
  desk: ['desk'],
  'channels/mail': ['channels/mail', 'desk', 'intake', 'store'],
  'channels/phone': ['channels/phone', 'desk', 'intake', 'store'],
  'channels/web': ['channels/web', 'channels/phone', 'console', 'desk', 'figures', 'intake', 'store'],
  'channels/api': ['channels/api', 'desk', 'figures', 'intake', 'store'],
  'channels/clock': ['channels/clock', 'desk', 'figures', 'intake', 'store'],
  intake: ['intake', 'desk', 'store', 'outbox'],
  outbox: ['outbox', 'desk', 'store', 'templates.ts', 'template-language.ts'],
  store: ['store', 'desk'],
  console: ['console', 'store', 'intake', 'desk'],
  figures: ['figures', 'desk', 'store', 'outbox', 'config'],
  sandbox: ['sandbox', 'console', 'desk', 'channels/mail', 'config'],
  config: ['config', 'desk'],
}

function roomOf(name: string): string {
  const [first = '', second = ''] = name.split('/')
  return first === 'channels' ? `${first}/${second}` : first
}

const pointingPages = [
  ...['README.md', 'docs/architecture.md', 'docs/operations.md', 'docs/promises.md'],
  ...['docs/requirements.md', 'docs/procedures.md', 'docs/decisions.md', 'docs/api.md'],
]

/** Every test in these is a journey, and stands in docs/promises.md. */
const journeyFolders = [
  ...['telephony', 'promises', 'vendors', 'feedback', 'figures', 'figures/mail', 'desks', 'requirements'],
  ...['promises', 'customers', 'procedures', 'webhooks'].map(room => `intake/${room}`),
  ...['channels/api', 'channels/web', 'channels/web/new-matter', 'channels/web/reports'],
].map(folder => `test/${folder}`)

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const imports: Import[] = files.flatMap(({ path, name, text }) =>
  [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"](\.[^'"]+)['"]/gm)].map(match => ({
    from: name,
    to: relative(source, resolve(dirname(path), match[2] ?? '')),
    typeOnly: match[1] !== undefined,
  })),
)

describe('the house', () => {
  it('lets each room import only what its place on the path allows', () => {
    const strayed = imports.filter(({ from, to, typeOnly }) => {
      const allowed = mayImport[roomOf(from)]
      if (!allowed) return false
      if (to.startsWith('config/') && typeOnly) return false
      if (to === 'log.ts') return false
      return !allowed.includes(roomOf(to))
    })
    expect(strayed).toEqual([])
  })

  it('lets intake and figures know of the outbox only how to put a letter into it', () => {
    const strayed = imports.filter(
      ({ from, to, typeOnly }) =>
        /^(?:intake|figures)\//.test(from) &&
        to.startsWith('outbox/') &&
        !typeOnly &&
        to !== 'outbox/enqueue.ts',
    )
    expect(strayed).toEqual([])
  })

  it('keeps the desk pure: no waiting, no clock, no environment, no I/O', () => {
    const impure = files
      .filter(({ name }) => name.startsWith('desk/'))
      .filter(({ text }) =>
        /\basync\b|\bawait\b|Date\.now|new Date\(\)|Temporal\.Now|process\.|node:(fs|net|http)/.test(text),
      )
      .map(({ name }) => name)
    expect(impure).toEqual([])
  })

  it('reads the environment in one place', () => {
    const readers = files.filter(({ text }) => text.includes('process.env')).map(({ name }) => name)
    expect(readers).toEqual(['config/load.ts'])
  })

  it('keeps files under 250 lines', () => {
    const long = files
      .map(({ name, text }) => ({ name, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250)
    expect(long).toEqual([])
  })

  it('names no folder after what it is not', () => {
    const folders = readdirSync(source, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isDirectory() && !entry.parentPath.includes('generated'))
      .map(entry => entry.name)
    expect(folders.filter(name => /^(utils?|helpers?|services?|common|types)$/.test(name))).toEqual([])
  })

  it('finds every file that the README and the pages point to', () => {
    const pages = pointingPages.map(page => readFileSync(join(root, page), 'utf8'))
    const named = pages.flatMap(page =>
      [...page.matchAll(/`((?:src|test|templates|docs)\/[\w./-]*)`/g)].map(([, path]) => path ?? ''),
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(path => !existsSync(join(root, path)))).toEqual([])
  })

  it('keeps every promise of the list by a test, and lists every journey', () => {
    const lines = readFileSync(join(root, 'docs/promises.md'), 'utf8').split('\n')
    const promises = lines.filter(line => /^\| (?!Promise |---)/.test(line))
    expect(promises.length).toBeGreaterThan(30)
    const keeper = /^\| [^|]{20,} \| `(test\/[\w./-]+\.ts)` \|$/
    expect(promises.filter(line => !existsSync(join(root, keeper.exec(line)?.[1] ?? 'none')))).toEqual([])
    const journeysIn = (folder: string, named: RegExp) =>
      readdirSync(join(root, folder)).flatMap(name => (named.test(name) ? [`${folder}/${name}`] : []))
    const journeys = [
      ...journeysIn('test/conformance', /^complaints-/),
      ...journeyFolders.flatMap(folder => journeysIn(folder, /\.test\.ts$/)),
    ]
    expect(journeys.filter(path => !promises.some(line => keeper.exec(line)?.[1] === path))).toEqual([])
  })

  it('has every letter in German and in English, in the same parts', () => {
    const letters = (language: string) => readdirSync(join(root, 'templates', language)).toSorted()
    expect(letters('de')).toEqual(letters('en'))
    expect(letters('de').length).toBeGreaterThan(0)
  })
})
