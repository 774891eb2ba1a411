import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Config } from '../../../config/schema.ts'
import type { Attachment } from '../../../desk/mail-content.ts'
import { attachmentOf, type PostedFile } from '../../../desk/matters/posted-file.ts'
import type { MatterFault } from '../../../desk/matters/told-matter.ts'
import type { BlobStore } from '../../../store/blobs.ts'

/** Files that are posted with a matter: read, held to the limits, and put into the store of the mails. */

/** More would be no request of ours; the configuration's own limit is lower, and says so in its own words. */
const mostFiles = 50

export const fileSchema = z
  .strictObject({
    filename: z
      .string()
      .min(1)
      .max(1000)
      .meta({
        description: 'As the customer called it. Folders and signs that file systems refuse are left out.',
        examples: ['Typenschild.jpg'],
      }),
    contentType: z
      .string()
      .max(127)
      .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/)
      .default('application/octet-stream')
      .meta({ description: 'Media type, without parameters.', examples: ['image/jpeg'] }),
    content: z.string().meta({
      description: 'The bytes in base64 (RFC 4648, section 4), with padding and without line breaks.',
      contentEncoding: 'base64',
    }),
  })
  .meta({
    id: 'NewAttachment',
    description: 'A file, which agents get with their notice and find in the store.',
  })

export const filesSchema = z.array(fileSchema).max(mostFiles).default([]).meta({
  description: 'How many, and how large together, the configuration of the gateway limits (section "api").',
})

type GivenFile = z.output<typeof fileSchema>

export type ReadFiles =
  | { readonly files: readonly PostedFile[] }
  | { readonly faults: readonly MatterFault[] }

/** The files with their bytes, or all that is wrong with them. Nothing is decoded that is too large. */
export function readFiles(given: readonly GivenFile[], { api }: Config): ReadFiles {
  if (given.length > api.matterFiles)
    return fault('/attachments', `There are ${given.length}; at most ${api.matterFiles} are taken.`)
  const bytes = given.reduce((sum, { content }) => sum + Math.floor(content.length / 4) * 3, 0)
  // Padding makes the estimate up to two bytes a file too large.
  if (bytes - 2 * given.length > api.matterFileBytes)
    return fault('/attachments', `They are larger than ${api.matterFileBytes} bytes together.`)
  const files = given.map(({ filename, contentType, content }) => ({
    ...{ filename, contentType },
    content: decoded(content),
  }))
  const faults = files.flatMap(({ content }, i) =>
    content ? [] : [{ field: `/attachments/${i}/content`, problem: 'It is no base64.', allowed: [] }],
  )
  if (faults.length > 0) return { faults }
  const read = files.flatMap(({ content, ...file }) => (content ? [{ ...file, content }] : []))
  const size = read.reduce((sum, { content }) => sum + content.length, 0)
  if (size > api.matterFileBytes)
    return fault('/attachments', `They are larger than ${api.matterFileBytes} bytes together.`)
  return { files: read }
}

const fault = (field: string, problem: string) => ({ faults: [{ field, problem, allowed: [] }] })

/** Undefined for what is no base64. Buffer.from would pass over every sign that does not belong there. */
function decoded(content: string): Buffer | undefined {
  if (content.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(content)) return undefined
  const bytes = Buffer.from(content, 'base64')
  return bytes.toString('base64') === content ? bytes : undefined
}

/** As the history and letters name them, by the digests under which they are, or will be, in the store. */
export const attachmentsOf = (files: readonly PostedFile[]): readonly Attachment[] =>
  files.map(file => attachmentOf(file, createHash('sha256').update(file.content).digest('hex')))

/** Throws TransientFailure('storage') while the store is away. Harmless twice: names are digests. */
export async function storeFiles(blobs: BlobStore, files: readonly PostedFile[]): Promise<void> {
  for (const { content } of files) await blobs.put(content)
}
