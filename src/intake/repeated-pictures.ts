import type { InboundMail } from '../desk/inbound.ts'
import { isSignaturePicture } from '../desk/visible-attachments.ts'
import type { Tx } from '../store/database.ts'

/**
 * Logos under every mail of a sender. The second time a picture comes from the same address it is known to be one: it
 * stays in the raw mail and in the entry, and agents are not shown it as an attachment any more.
 */

/** Tickets of a sender that are looked through, newest first; found by the index on participants. */
const perSender = 20

const seenSql = `
select sender.address, array_agg(distinct picture.sha256) as pictures
from unnest($1::text[]) as sender(address)
cross join lateral (
  select ticket.id from participant join ticket on ticket.id = participant.ticket_id
  where participant.address = sender.address order by ticket.changed_at desc limit ${perSender}
) as mine
join entry on entry.ticket_id = mine.id and entry.kind = 'customer-mail'
cross join lateral jsonb_to_recordset(entry.detail->'attachments') as picture(sha256 text)
where picture.sha256 = any($2::text[])
group by sender.address`

const senderOf = ({ content }: InboundMail): string => content.from?.address.toLowerCase() ?? ''

function picturesOf({ content }: InboundMail): string[] {
  return content.attachments.filter(isSignaturePicture).map(({ sha256 }) => sha256)
}

/** The same mails, each with those of its pictures that its sender has sent before; earlier mails of the batch count. */
export async function markRepeatedPictures(
  tx: Tx,
  mails: readonly InboundMail[],
): Promise<readonly InboundMail[]> {
  const pictures = [...new Set(mails.flatMap(picturesOf))]
  if (pictures.length === 0) return mails
  const senders = [...new Set(mails.map(senderOf))]
  const rows = await tx.$queryRawUnsafe<{ address: string; pictures: string[] }[]>(seenSql, senders, pictures)
  return repeatedIn(mails, new Map(rows.map(row => [row.address, new Set(row.pictures)])))
}

/** `seen`: hashes of pictures by sender, lower-case. Pure. */
export function repeatedIn(
  mails: readonly InboundMail[],
  seen: ReadonlyMap<string, ReadonlySet<string>>,
): readonly InboundMail[] {
  const known = new Map([...seen].map(([sender, pictures]) => [sender, new Set(pictures)]))
  return mails.map(mail => {
    const sender = senderOf(mail)
    const before = known.get(sender) ?? new Set<string>()
    const own = picturesOf(mail)
    const repeatedPictures = new Set(own.filter(picture => before.has(picture)))
    known.set(sender, new Set([...before, ...own]))
    return repeatedPictures.size > 0 ? { ...mail, repeatedPictures } : mail
  })
}
