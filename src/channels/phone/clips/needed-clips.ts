import type { Config } from '../../../config/schema.ts'
import { allClips } from '../../../desk/phone/speech/all-clips.ts'
import type { NeededClip } from './clips.ts'

/** Every recording that calls to the lines of this provider can need, in the order in which they are best recorded. */
export function neededClips(
  { phone, company }: Pick<Config, 'phone' | 'company'>,
  provider: string,
): readonly NeededClip[] {
  const lines = Object.entries(phone?.lines ?? {}).filter(([, line]) => line.provider === provider)
  const spoken = lines.flatMap(([key, { greeting, extensions }]) =>
    // An extension has a queue of its own, and a line's key of its own in the conversation.
    [key, ...Object.keys(extensions).map(digits => `${key}/${digits}`)].map(ref => ({
      key: ref,
      company,
      greeting,
    })),
  )
  return [...new Map(allClips(spoken).map(clip => [clip.clip, clip])).values()]
}
