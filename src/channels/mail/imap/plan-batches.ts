import type { Listed } from './list-folder.ts'

/** At most this many mails in one transaction: a cut costs little, a round trip is shared by many. */
export const batchMails = 50
/** At most this many bytes of ordinary mails in memory at once, and the same again for the batch ahead. */
export const batchBytes = 16_000_000
/** From here on a mail goes to the store piece by piece, and travels alone. */
export const bigBytes = 4_000_000

/** Cuts a list in UID order into batches. Big mails, and those that `alone` names, are batches of one. */
export function* planBatches(
  listed: Iterable<Listed>,
  alone: (uid: number) => boolean = () => false,
): Generator<readonly Listed[]> {
  let batch: Listed[] = []
  let bytes = 0
  for (const mail of listed) {
    const single = mail.size > bigBytes || alone(mail.uid)
    if (batch.length > 0 && (single || batch.length >= batchMails || bytes + mail.size > batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    if (single) {
      yield [mail]
    } else {
      batch.push(mail)
      bytes += mail.size
    }
  }
  if (batch.length > 0) yield batch
}
