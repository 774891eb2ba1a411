/** `gateway desks play`: the day of each example desk, as files to be read. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type ExampleDesk, exampleDesks, isExampleDesk } from '../../config/example-desks.ts'
import type { Language } from '../../desk/ticket.ts'
import { playDay } from '../../simulation/desks/play-day.ts'
import { inThrowAwayPlace } from '../../simulation/throw-away-place.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { languageIn } from '../language-argument.ts'
import { type DayFile, dayFiles, indexPage, indexTitle } from './day-files.ts'

export interface PlayOptions {
  readonly language?: string
  readonly out: string
}

/**
 * One after the other, each on a database of its own. Days that were played before are replaced; a folder that holds
 * anything else is left alone.
 */
export async function playDesks(named: readonly string[], { language, out }: PlayOptions): Promise<Answer> {
  const desks = named.length === 0 ? exampleDesks : named.map(deskNamed)
  const languages: readonly Language[] = language === undefined ? ['de', 'en'] : [languageIn(language, 'de')]
  const folder = resolve(out)
  await refuseForeign(folder)
  const days: { desk: ExampleDesk; language: Language; letters: number; calls: number }[] = []
  for (const desk of desks) {
    for (const spoken of languages) {
      const day = await inThrowAwayPlace(place => playDay(desk, { ...place, language: spoken }))
      await rm(join(folder, desk, spoken), { recursive: true, force: true })
      await writeAll(join(folder, desk, spoken), dayFiles(day))
      days.push({ desk, language: spoken, letters: day.letters.length, calls: day.calls.length })
    }
  }
  await writeAll(folder, [{ path: 'index.html', content: indexPage(days) }])
  const lines = days.map(
    day =>
      `${join(folder, day.desk, day.language, 'day.md')}: ${day.letters} letters, ${day.calls} calls and texts`,
  )
  return { text: [...lines, `All of it: ${join(folder, 'index.html')}`].join('\n'), data: { folder, days } }
}

/** Asked before a minute of playing: what somebody keeps there would be replaced. */
async function refuseForeign(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') throw new CommandFailed(`${folder} is a file; name a folder with --out.`)
    throw error
  })
  const ours: readonly string[] = ['index.html', ...exampleDesks]
  const isOurIndex = async () => (await readFile(join(folder, 'index.html'), 'utf8')).includes(indexTitle)
  const isOurs = !found.includes('index.html') || (await isOurIndex())
  const foreign = isOurs ? found.find(name => !ours.includes(name)) : 'index.html'
  if (foreign !== undefined)
    throw new CommandFailed(`${folder} holds other things, such as ${foreign}; name a new folder with --out.`)
}

function deskNamed(name: string): ExampleDesk {
  if (isExampleDesk(name)) return name
  throw new CommandFailed(`There is no desk "${name}"; use ${exampleDesks.join(', ')}.`)
}

async function writeAll(folder: string, files: readonly DayFile[]): Promise<void> {
  for (const { path, content } of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}
