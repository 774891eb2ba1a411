import type { Attachment, EnclosedMail, MailContent } from './mail-content.ts'

/**
 * The attachments a reader cares for: what Outlook wrapped up instead of the wrapping, and no picture of a signature
 * that came with every mail of its sender.
 */

/** A picture of the text around it; a photo that somebody attached is none, however often it comes. */
export function isSignaturePicture({ contentType, contentId, disposition }: Attachment): boolean {
  return contentType.startsWith('image/') && disposition !== 'attachment' && contentId !== null
}

export function visibleAttachments(
  { attachments, enclosed = [] }: Pick<MailContent, 'attachments' | 'enclosed'>,
  repeated: ReadonlySet<string> = new Set(),
): readonly Attachment[] {
  return attachments
    .filter(file => !repeated.has(file.sha256) || !isSignaturePicture(file))
    .flatMap(file => insideOf(file, enclosed))
}

/**
 * What of an agent's mail may be sent on: of a winmail.dat only the files in it, for the rest of it is the whole text
 * once more, with all that it quotes. Signatures over the whole mail are worth nothing on another one.
 */
export function sendableAttachments({
  attachments,
  enclosed = [],
}: Pick<MailContent, 'attachments' | 'enclosed'>): readonly Attachment[] {
  return attachments
    .filter(({ contentType }) => !mailSignature.test(contentType))
    .flatMap(file => wrappingOf(file, enclosed)?.attachments ?? [file])
}

const mailSignature = /^application\/(?:x-)?(?:pkcs7|pgp)-signature$/i

/** A winmail.dat that was opened and held files is those files. */
function insideOf(file: Attachment, enclosed: readonly EnclosedMail[]): readonly Attachment[] {
  const opened = wrappingOf(file, enclosed)
  return opened && opened.attachments.length > 0 ? opened.attachments : [file]
}

function wrappingOf(file: Attachment, enclosed: readonly EnclosedMail[]): EnclosedMail | undefined {
  return enclosed.find(({ kind, filename }) => kind === 'winmail' && filename === file.filename)
}
