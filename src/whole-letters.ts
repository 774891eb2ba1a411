import { attachmentsOf } from './channels/mail/attachments-of.ts'
import type { Config } from './config/schema.ts'
import type { RelayedPart } from './desk/notice.ts'
import type { Office } from './desk/office-hours.ts'
import { withAudio } from './outbox/audio-part.ts'
import { type ComposedLetter, composeLetter, type LetterToCompose } from './outbox/letter.ts'
import { type FoundPart, withRelayedParts } from './outbox/relayed-parts.ts'
import type { BlobStore } from './store/blobs.ts'
import type { Templates } from './templates.ts'

/** Letters with all that is sent along: parts of a mail that was taken in, and what somebody spoke on the telephone. */
export function wholeLetters(
  config: Config,
  templates: Templates,
  offices: ReadonlyMap<string, Office>,
  blobs: BlobStore,
): (letter: LetterToCompose) => Promise<ComposedLetter> {
  return async letter => {
    const relayed = await withRelayedParts(
      composeLetter(letter, config, templates, offices),
      letter.data,
      async ({ rawSha256, parts }) =>
        rawSha256 === '' ? filesOf(parts, blobs) : attachmentsOf(await blobs.get(rawSha256), parts),
    )
    return withAudio(relayed, letter.data, sha256 => blobs.get(sha256))
  }
}

/** What came by no mail. */
async function filesOf(parts: readonly RelayedPart[], blobs: BlobStore): Promise<readonly FoundPart[]> {
  const found: FoundPart[] = []
  for (const { sha256 } of parts) found.push({ sha256, content: await blobs.get(sha256) })
  return found
}
