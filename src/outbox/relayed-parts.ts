import { PermanentFailure } from '../desk/failure.ts'
import type { RelayedPart, RelayedParts } from '../desk/notice.ts'
import type { OutgoingMail } from './smtp.ts'

/** Attachments of a mail that was taken in, sent along with a letter of ours, byte for byte. */

/** A part as it was found in the raw mail; `content` is decoded. */
export interface FoundPart {
  readonly sha256: string
  readonly content: Buffer
}

/** Reads parts out of a stored mail. Throws TransientFailure while the storage is away. */
export type PartReader = (relayed: RelayedParts) => Promise<readonly FoundPart[]>

/**
 * The same letter with the parts that its data names. Throws PermanentFailure('attachment') where one is not in the
 * stored mail: an answer without the file it speaks of must not go out as if it were whole.
 */
export async function withRelayedParts<T extends OutgoingMail>(
  mail: T,
  data: unknown,
  read: PartReader,
): Promise<T> {
  const { relayed } = data as { readonly relayed?: RelayedParts | null }
  if (!relayed || relayed.parts.length === 0) return mail
  const found = new Map((await read(relayed)).map(({ sha256, content }) => [sha256, content]))
  const attachments = relayed.parts.map(part => {
    const content = found.get(part.sha256)
    if (!content)
      throw new PermanentFailure(
        'attachment',
        `part ${part.sha256} is not in the stored mail ${relayed.rawSha256}`,
      )
    return attachmentOf(part, content)
  })
  return { ...mail, attachments }
}

function attachmentOf({ filename, contentType }: RelayedPart, content: Buffer) {
  return {
    filename: filename ?? false,
    content,
    // A nested mail may not be base64 (RFC 2046, 5.2.1), and any other encoding may change its bytes on the way.
    contentType: /^(?:message|multipart)\//i.test(contentType) ? 'application/octet-stream' : contentType,
    contentTransferEncoding: 'base64' as const,
    contentDisposition: 'attachment' as const,
  }
}
