/** Copies a folder so that what is reported as copied is on the disk. */
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

export interface CopyOptions {
  /** Paths relative to the source that are left out, with all that is below them. */
  readonly skip?: (path: string) => boolean
  /** A file that vanishes in the meantime is left out too: a running server removes files. */
  readonly mayVanish?: boolean
}

/** Copies all files and folders below `from` into the new folder `to`; returns how many files there were. */
export async function copyTree(from: string, to: string, options: CopyOptions = {}): Promise<number> {
  const skip = options.skip ?? (() => false)
  await mkdir(to, { recursive: true, mode: 0o700 })
  let files = 0
  for await (const path of walk(from, from, skip)) {
    if (path.endsWith('/')) await mkdir(join(to, path), { mode: 0o700 })
    else if (await copyDurably(join(from, path), join(to, path), options.mayVanish === true)) files++
  }
  await flush(to)
  return files
}

/** Paths relative to `root`, folders first and with a slash at the end. */
async function* walk(root: string, folder: string, skip: (path: string) => boolean): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = relative(root, join(folder, entry.name))
    if (skip(path)) continue
    if (entry.isDirectory()) {
      yield `${path}/`
      yield* walk(root, join(folder, entry.name), skip)
    } else if (entry.isFile()) yield path
  }
}

/** Copies one file, sharing blocks where the file system can; false when it has vanished and may. */
export async function copyDurably(from: string, to: string, mayVanish = false): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  } catch (error) {
    if (mayVanish && error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
  await flush(to)
  return true
}

/** Flushes a file, or the names in a folder. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
