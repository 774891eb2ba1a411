import type { AudioPart } from '../desk/phone/notice-data.ts'
import type { OutgoingMail } from './smtp.ts'

/**
 * The same letter with the recording that its data names. Throws what `read` throws: TransientFailure while the storage is
 * away, PermanentFailure where the recording is gone. Beside parts of a mail, should a letter ever have both.
 */
export async function withAudio<T extends OutgoingMail>(
  mail: T,
  data: unknown,
  read: (sha256: string) => Promise<Buffer>,
): Promise<T> {
  const { audio } = data as { readonly audio?: AudioPart | null }
  if (!audio) return mail
  const attachment = {
    filename: audio.filename,
    content: await read(audio.sha256),
    // The provider's word for it, and what comes from outside must not make a mail program show or run it.
    contentType: /^audio\/[\w.+-]{1,60}$/i.test(audio.contentType)
      ? audio.contentType
      : 'application/octet-stream',
    contentTransferEncoding: 'base64' as const,
    contentDisposition: 'attachment' as const,
  }
  return { ...mail, attachments: [...(mail.attachments ?? []), attachment] }
}
