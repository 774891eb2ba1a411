import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { isUrgent, type Trouble } from './trouble.ts'

/**
 * Which troubles have been told: each once a day, and once more when it is over. A file and no table, because the
 * database may be what the alarm is about; a restart must not tell everything again.
 */
export interface AlarmBook {
  /** What is to be told now. A trouble counts as over when it has been gone for the same patience it came with. */
  due(found: readonly Trouble[], now: Temporal.Instant): DueAlarms
  /** They have been told. */
  told(due: DueAlarms, now: Temporal.Instant): Promise<void>
}

export interface DueAlarms {
  readonly begun: readonly Remembered[]
  readonly over: readonly Remembered[]
}

const remembered = z.object({
  key: z.string(),
  says: z.object({ de: z.string(), en: z.string() }),
  since: z.iso.datetime(),
  /** When it was first not found any more; null while it lasts. */
  gone: z.iso.datetime().nullable(),
  /** The day on which it was last told. */
  told: z.string().nullable(),
})
export type Remembered = z.output<typeof remembered>

/** Throws where the file is there and cannot be read: whoever opens the book decides what an unreadable one means. */
export async function openAlarmBook(path: string, patienceMinutes: number): Promise<AlarmBook> {
  return new Book(path, patienceMinutes, await readBook(path))
}

async function readBook(path: string): Promise<readonly Remembered[]> {
  try {
    return z.array(remembered).parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    // A file cut short by a full disk: telling a trouble twice is better than never.
    if (missing || error instanceof SyntaxError || error instanceof z.ZodError) return []
    throw error
  }
}

class Book implements AlarmBook {
  readonly #path: string
  readonly #patienceMinutes: number
  readonly #known: Map<string, Remembered>

  constructor(path: string, patienceMinutes: number, known: readonly Remembered[]) {
    this.#path = path
    this.#patienceMinutes = patienceMinutes
    this.#known = new Map(known.map(one => [one.key, one]))
  }

  due(found: readonly Trouble[], now: Temporal.Instant): DueAlarms {
    const at = now.toString()
    for (const { key, says } of found) {
      const known = this.#known.get(key)
      this.#known.set(key, { key, says, since: known?.since ?? at, gone: null, told: known?.told ?? null })
    }
    const present = new Map(found.map(trouble => [trouble.key, trouble]))
    const begun = [...present.values()].flatMap(trouble => {
      const known = this.#known.get(trouble.key)
      return known && known.told !== dayOf(now) && (isUrgent(trouble) || this.#isPast(known.since, now))
        ? [known]
        : []
    })
    return { begun, over: this.#over(present, now) }
  }

  #over(present: ReadonlyMap<string, Trouble>, now: Temporal.Instant): readonly Remembered[] {
    const over: Remembered[] = []
    for (const known of [...this.#known.values()]) {
      if (present.has(known.key)) continue
      const gone = known.gone ?? now.toString()
      this.#known.set(known.key, { ...known, gone })
      if (known.told === null) this.#known.delete(known.key)
      else if (this.#isPast(gone, now)) over.push(known)
    }
    return over
  }

  async told({ begun, over }: DueAlarms, now: Temporal.Instant): Promise<void> {
    for (const { key } of over) this.#known.delete(key)
    for (const one of begun) this.#known.set(one.key, { ...one, told: dayOf(now) })
    await mkdir(dirname(this.#path), { recursive: true })
    await writeFile(`${this.#path}.new`, JSON.stringify([...this.#known.values()]), { mode: 0o600 })
    await rename(`${this.#path}.new`, this.#path)
  }

  #isPast(since: string, now: Temporal.Instant): boolean {
    return now.since(since).total('minutes') >= this.#patienceMinutes
  }
}

function dayOf(now: Temporal.Instant): string {
  return now.toZonedDateTimeISO('UTC').toPlainDate().toString()
}
