/**
 * Makes names survive a power cut: a rename lives in the folder, and the folder is a file that has to be flushed as
 * well. Whoever asks while a flush of the same folder is under way shares the next one: with a flush for every file,
 * storing small mails cost more in folders than in mails.
 */
import { open } from 'node:fs/promises'

export class FlushedFolders {
  readonly #running = new Map<string, Promise<void>>()
  readonly #waiting = new Map<string, Promise<void>>()

  /** When this returns, every name that the folder had at the call is on the disk. */
  flush(folder: string): Promise<void> {
    const waiting = this.#waiting.get(folder)
    if (waiting) return waiting
    const running = this.#running.get(folder)
    if (!running) return this.#run(folder)
    const next = running.catch(() => {}).then(() => this.#run(folder))
    this.#waiting.set(folder, next)
    return next
  }

  #run(folder: string): Promise<void> {
    this.#waiting.delete(folder)
    const flush = flushNow(folder).finally(() => this.#running.delete(folder))
    this.#running.set(folder, flush)
    return flush
  }
}

async function flushNow(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
