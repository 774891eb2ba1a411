/** `gateway backup` and `gateway restore`: the embedded database and the raw mail, out of the data folder and back. */
import { type BackupReport, backup } from '../store/backup.ts'
import { restore } from '../store/restore.ts'
import type { Answer } from './answer.ts'
import { type Place, withDatabaseUrl } from './with-database.ts'

/** Throws PermanentFailure where the target exists or the database is not ours to copy. */
export async function backUp(place: Place, to: string, rawMailOnly: boolean): Promise<Answer> {
  const copy = (url: string) => backup({ url, dataFolder: place.data, to, rawMailOnly })
  const report = rawMailOnly ? await copy('') : await withDatabaseUrl(place, copy)
  return { text: `Written to ${to}: ${contents(report)}${elsewhere(place)}`, data: { to, ...report } }
}

/** Throws PermanentFailure where the data folder is not empty or the backup is not whole. */
export async function restoreFrom(place: Place, from: string): Promise<Answer> {
  const report = await restore({ from, dataFolder: place.data })
  return {
    text: `Brought back into ${place.data}: ${contents(report)}`,
    data: { data: place.data, ...report },
  }
}

function contents({ database, mails }: BackupReport): string {
  return `${database ? 'the database and ' : ''}${mails} raw ${mails === 1 ? 'mail' : 'mails'}`
}

/** What the data folder does not hold cannot be in its copy; whoever believes otherwise finds out too late. */
function elsewhere({ config }: Place): string {
  return config?.storage.kind === 's3'
    ? `\nRaw mail is kept in the bucket ${config.storage.bucket} and is not in this backup.`
    : ''
}
