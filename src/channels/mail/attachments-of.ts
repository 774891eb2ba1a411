import { createHash } from 'node:crypto'
import { leafBytes } from './body/mail-body.ts'
import { allParts } from './bounce/delivery-report.ts'
import { readTnef } from './enclosed/tnef.ts'
import { readParts } from './mime/mime-parts.ts'
import { prepared } from './read-mail.ts'

/** An attachment's decoded bytes, and the digest by which `Attachment` names it. */
export interface FoundAttachment {
  readonly sha256: string
  readonly content: Buffer
}

/**
 * The attachments of these digests out of a raw mail, each once, in the order of the mail. What is not there is left
 * out: the caller knows what it asked for.
 */
export function attachmentsOf(
  raw: Buffer,
  wanted: readonly { readonly sha256: string }[],
): FoundAttachment[] {
  const left = new Set(wanted.map(({ sha256 }) => sha256))
  const found: FoundAttachment[] = []
  const { bytes, start } = prepared(raw)
  for (const part of allParts(readParts(bytes, start).root)) {
    if (left.size === 0) break
    if (part.children.length > 0) continue
    for (const content of contentsOf(leafBytes(part))) {
      const sha256 = createHash('sha256').update(content).digest('hex')
      if (left.delete(sha256)) found.push({ sha256, content })
    }
  }
  return found
}

/** The leaf itself, and the files inside when it is a winmail.dat: that is how visible-attachments.ts names them. */
function contentsOf(leaf: Buffer): Buffer[] {
  return [leaf, ...(readTnef(leaf)?.files ?? []).map(file => file.bytes)]
}
