import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { writeWav } from '../../../../src/channels/phone/clips/wav.ts'

/** A folder of recordings; each clip is told from the others by its one repeated sample. */
export async function clipFolder(clips: Readonly<Record<string, number>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clips-'))
  for (const [clip, sample] of Object.entries(clips)) await addClip(folder, clip, toneOf(sample))
  return folder
}

export async function addClip(folder: string, clip: string, file: Buffer): Promise<void> {
  const path = join(folder, `${clip}.wav`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, file)
}

export const tonesLong = 10

export function toneOf(sample: number): Buffer {
  return writeWav(Buffer.from(Int16Array.from({ length: tonesLong }, () => sample).buffer))
}

/** The samples of a file, runs of equal ones counted: what was played, and for how long. */
export function runsOf(wav: Buffer): readonly (readonly [sample: number, length: number])[] {
  const runs: [number, number][] = []
  for (let at = 44; at < wav.length; at += 2) {
    const sample = wav.readInt16LE(at)
    const last = runs.at(-1)
    if (last?.[0] === sample) last[1] += 1
    else runs.push([sample, 1])
  }
  return runs
}
