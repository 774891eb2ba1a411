import type { Account } from '../accounts.ts'
import type { ShownMail } from './read-mail.ts'
import { momentWords } from './time-words.ts'

/** A reply as an ordinary mail client begins it: RFC 5322, 3.6.4, and the habits of each language. */
export interface ReplyDraft {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly inReplyTo: string | undefined
  readonly references: readonly string[]
}

/** Clients cut long chains; RFC 5322 does not say where. The first and the newest are what threading needs. */
const mostReferences = 20

export function replyDraft(account: Account, { email, kept }: ShownMail, timeZone: string): ReplyDraft {
  const { replyTo, from, subject = '', messageId } = email
  const to = replyTo?.find(({ address }) => address)?.address ?? from?.address ?? ''
  const chain = [...(email.references?.match(/<[^<>\s]+>/g) ?? []), ...(messageId ? [messageId] : [])]
  const references =
    chain.length > mostReferences ? [...chain.slice(0, 1), ...chain.slice(1 - mostReferences)] : chain
  const when = momentWords(kept.arrivedAt, kept.arrivedAt, timeZone)
  const day = kept.arrivedAt.toZonedDateTimeISO(timeZone).toPlainDate()
  const whom = from?.name || from?.address || ''
  const german = account.language === 'de'
  const intro = german
    ? `Am ${day.day}.${day.month}.${day.year} um ${when} Uhr schrieb ${whom}:`
    : `On ${day.day}/${day.month}/${day.year} at ${when}, ${whom} wrote:`
  return {
    to,
    subject: /^(re|aw):/i.test(subject) ? subject : `${german ? 'AW' : 'Re'}: ${subject}`,
    text: `\n\n${intro}\n${quote(email.text ?? '')}`,
    inReplyTo: messageId,
    references,
  }
}

function quote(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map(line => (line.startsWith('>') || line === '' ? `>${line}` : `> ${line}`))
    .join('\n')
}
