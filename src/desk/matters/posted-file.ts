import type { Attachment } from '../mail-content.ts'
import { oneLine } from '../plain-text.ts'

/** A file that somebody posted with a matter. Its name and kind come from outside, its bytes stay as they are. Pure. */

export interface PostedFile {
  readonly filename: string
  readonly contentType: string
  readonly content: Uint8Array
}

const longestName = 120

/**
 * A name that no file system takes for a path, a device or a hidden file, on one line, its ending kept where it has to be
 * shortened: programs go by that.
 */
export function safeFilename(given: string): string {
  const last = oneLine(given).split(/[/\\]/).at(-1) ?? ''
  const bare = last
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
  const name = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(bare) ? `_${bare}` : bare
  if (name === '') return 'file'
  if (name.length <= longestName) return name
  const ending = /\.\w{1,10}$/.exec(name)?.[0] ?? ''
  return `${name.slice(0, longestName - ending.length).toWellFormed()}${ending}`
}

/** As letters and the history name it. `sha256` is of its bytes. */
export function attachmentOf({ filename, contentType, content }: PostedFile, sha256: string): Attachment {
  return {
    ...{
      filename: safeFilename(filename),
      contentType: contentType.toLowerCase(),
      size: content.length,
      sha256,
    },
    ...{ contentId: null, disposition: 'attachment' },
  }
}
