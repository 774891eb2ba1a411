/** Can raw mail be kept, and do the letters' templates load? */
import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config/schema.ts'
import { openBlobStore } from '../../store/blobs.ts'
import { templatesOf } from '../../templates.ts'
import type { Finding } from './finding.ts'
import { maskedMessage } from './masked-message.ts'

/** Always the same bytes: a content-addressed store then holds them once, however often it is checked. */
const probe = new TextEncoder().encode('Intake Gateway: written to see whether it can be read again.\n')

export async function checkStorage({ storage, data }: Config): Promise<readonly Finding[]> {
  const what = 'storage'
  const place = storage.kind === 'files' ? data : `bucket ${storage.bucket}`
  try {
    if (storage.kind === 'files' && !(await exists(data))) {
      await access(await nearestFolder(data), constants.W_OK)
      return [{ what, ok: true, found: `${data} does not exist yet and can be made` }]
    }
    const store = await openBlobStore(storage, data)
    const back = await store.get(await store.put(probe))
    if (!back.equals(probe))
      return [{ what, ok: false, found: `${place} gives other bytes back than were written` }]
    return [{ what, ok: true, found: `${place} can be written and read` }]
  } catch (error) {
    const secret = storage.kind === 's3' ? storage.secretAccessKey : undefined
    const advice =
      storage.kind === 'files'
        ? 'let the user that runs the gateway write there, or choose another folder with `data`'
        : 'check the bucket, its region and endpoint, and what the access key may do'
    return [{ what, ok: false, found: `${place}: ${maskedMessage(error, secret)}`, advice }]
  }
}

export async function checkTemplates(config: Config): Promise<readonly Finding[]> {
  const what = 'templates'
  const folder = config.templates
  try {
    await templatesOf(config)
    const found =
      folder === undefined ? 'the built-in letters are complete' : `complete, with those in ${folder} first`
    return [{ what, ok: true, found }]
  } catch (error) {
    return [
      {
        what,
        ok: false,
        found: maskedMessage(error),
        advice: 'mend the file that is named, or take it away',
      },
    ]
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path)
  return above === path || (await exists(above)) ? above : nearestFolder(above)
}
