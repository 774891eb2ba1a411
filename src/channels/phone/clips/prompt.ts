import type { Spoken, Utterance } from '../../../desk/phone/instruction.ts'
import type { Clips } from './clips.ts'
import { silence, writeWav } from './wav.ts'

/** What is played at once: recordings and pauses in a row. */
export type PromptPiece = { readonly clip: string } | { readonly pauseMs: number }

/** Between two things that are said, as a speaker would breathe. */
const breathMs = 300
const longestPauseMs = 60_000

/** Words of the moment have no recording and are left out: whatever matters is said in clips as well. */
export function promptPieces(says: readonly Utterance[]): readonly PromptPiece[] {
  return says
    .map(({ pieces }) => pieces.flatMap(playable))
    .filter(pieces => pieces.length > 0)
    .flatMap((pieces, index): readonly PromptPiece[] =>
      index === 0 ? pieces : [{ pauseMs: breathMs }, ...pieces],
    )
}

function playable(piece: Spoken): readonly PromptPiece[] {
  if ('clip' in piece) return [{ clip: piece.clip }]
  return 'pauseMs' in piece ? [{ pauseMs: Math.min(Math.round(piece.pauseMs), longestPauseMs) }] : []
}

/** Called for a clip that should be played and is not there: the others are played all the same. */
export type OnMissing = (clip: string) => void

/** One file to play. Never empty: a provider that gets no sound takes the call for broken. */
export function promptWav(clips: Clips, pieces: readonly PromptPiece[], onMissing: OnMissing): Buffer {
  const samples = pieces.flatMap(piece => {
    if ('pauseMs' in piece) return [silence(piece.pauseMs)]
    const found = clips.samplesOf(piece.clip)
    if (!found) onMissing(piece.clip)
    return found ? [found] : []
  })
  const joined = Buffer.concat(samples)
  return writeWav(joined.length > 0 ? joined : silence(breathMs))
}
