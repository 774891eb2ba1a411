import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readWav } from './wav.ts'

/** The recordings that are played where a provider cannot speak: a folder, in it a file a clip, such as `de/bye.wav`. */

/** A recording that is needed, and the sentence to be spoken in it. */
export interface NeededClip {
  readonly clip: string
  readonly text: string
}

export interface Clips {
  /** Needed, and not in the folder. */
  readonly missing: readonly NeededClip[]
  /** There, and of no use. */
  readonly faults: readonly { readonly file: string; readonly fault: string }[]
  /** The samples of a clip; undefined where there is none that could be played. */
  samplesOf(clip: string): Buffer | undefined
}

/** Below the folder. Throws RangeError for an id that is none of ours: it could lead out of the folder. */
export function clipFile(clip: string): string {
  if (!isClipId(clip)) throw new RangeError(`${JSON.stringify(clip)} is no name of a clip`)
  return `${clip}.wav`
}

export function isClipId(clip: string): boolean {
  return clip.length <= 200 && /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*){0,3}$/i.test(clip)
}

/** A spoken sentence takes seconds; a larger file is something else. */
const mostBytes = 4_000_000

/**
 * Reads the recordings of `needed` out of `folder`, once: callers should not wait for a disk, and a file that is
 * exchanged while we run counts from the next start. Missing and useless ones are listed, never thrown.
 */
export async function openClips(folder: string, needed: readonly NeededClip[]): Promise<Clips> {
  const samples = new Map<string, Buffer>()
  const missing: NeededClip[] = []
  const faults: { file: string; fault: string }[] = []
  for (const { clip, text } of needed) {
    const file = clipFile(clip)
    const bytes = await readIfThere(join(folder, file))
    if (!bytes) {
      missing.push({ clip, text })
      continue
    }
    const read = bytes.length > mostBytes ? { fault: `is larger than ${mostBytes} bytes` } : readWav(bytes)
    if ('fault' in read) faults.push({ file, fault: read.fault })
    else samples.set(clip, read.samples)
  }
  return { missing, faults, samplesOf: clip => samples.get(clip) }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
