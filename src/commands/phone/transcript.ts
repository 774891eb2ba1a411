import type { Language } from '../../desk/ticket.ts'
import { inThrowAwayPlace } from '../../simulation/throw-away-place.ts'
import { tellCall } from '../../simulation/transcript.ts'
import type { Answer } from '../answer.ts'

/** A call in each of the languages. Needs no configuration, and leaves nothing behind. */
export async function phoneTranscript(languages: readonly Language[], seed: string): Promise<Answer> {
  const calls: { readonly language: Language; readonly text: string }[] = []
  for (const language of languages)
    calls.push({ language, text: await inThrowAwayPlace(place => tellCall(language, seed, place)) })
  return { text: calls.map(({ text }) => text).join('\n\n\n'), data: { seed, calls } }
}
