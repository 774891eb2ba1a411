import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printable } from '../../desk/plain-text.ts'
import type { Language } from '../../desk/ticket.ts'

/**
 * Turns a recording into text with a program of the company's choice: it gets the path of an audio file and the language,
 * and writes the text. No provider of speech recognition is built in, because a caller's voice is nobody else's business.
 */
export type Transcription =
  | { readonly state: 'not-transcribed' }
  | { readonly state: 'transcribed'; readonly transcript: string }
  /** The program did not do it; the sound is there. */
  | { readonly state: 'failed'; readonly because: string }

const longestSeconds = 120
const mostBytes = 1_000_000
const mostCharacters = 20_000

/** Never throws for what the program does. `program` is started directly: no shell reads what a file may be called. */
export async function transcribe(
  program: string | undefined,
  audio: { readonly bytes: Buffer; readonly contentType: string },
  language: Language,
): Promise<Transcription> {
  if (program === undefined) return { state: 'not-transcribed' }
  const folder = await mkdtemp(join(tmpdir(), 'recording-'))
  try {
    const file = join(folder, `recording.${/mpeg|mp3/.test(audio.contentType) ? 'mp3' : 'wav'}`)
    await writeFile(file, audio.bytes, { mode: 0o600 })
    return await run(program, [file, language])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[]): Promise<Transcription> {
  return new Promise(resolve => {
    const options = {
      timeout: longestSeconds * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: mostBytes,
      encoding: 'utf8',
      windowsHide: true,
    } as const
    execFile(program, [...args], options, (error, output) => {
      // A transcript that was cut off says half of what the caller said.
      if (error) return resolve({ state: 'failed', because: reasonOf(error) })
      const transcript = printable(output).trim().slice(0, mostCharacters).toWellFormed()
      resolve(
        transcript === ''
          ? { state: 'failed', because: 'it wrote nothing' }
          : { state: 'transcribed', transcript },
      )
    })
  })
}

/** Without the program's own output, which may hold the caller's words. */
function reasonOf(error: Error & { code?: unknown; killed?: boolean; signal?: unknown }): string {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it wrote more than ${mostBytes} bytes`
  if (error.killed) return `it took more than ${longestSeconds} seconds`
  return `it ended with ${String(error.code ?? error.signal)}`
}
