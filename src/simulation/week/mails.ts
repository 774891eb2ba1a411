import { createHash } from 'node:crypto'
import type { InboundMail } from '../../desk/inbound.ts'
import type { MailContent } from '../../desk/mail-content.ts'
import { type TakeInDeps, type TakenIn, takeIn } from '../../intake/take-in.ts'

/** Mails as the reader of a mailbox hands them in, put into the desk by its own door. */

export interface Written {
  readonly from: { readonly address: string; readonly name: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly inReplyTo?: string
  readonly language: 'de' | 'en'
}

export interface Postbox {
  /** Takes it in at this moment. */
  post(mail: Written): Promise<TakenIn>
  /** Mails taken in so far. */
  count(): number
}

export function openPostbox(deps: TakeInDeps): Postbox {
  let uid = 0n
  return {
    async post(mail) {
      uid += 1n
      const [taken] = await takeIn(deps, [arrived(mail, mailboxOf(mail.to, deps), uid, deps.now())])
      if (!taken) throw new Error('a mail at a new position is always taken in')
      return taken
    },
    count: () => Number(uid),
  }
}

/** Where the mail server puts it, whatever signed part its address has. */
function mailboxOf(to: string, { config }: Pick<TakeInDeps, 'config'>): string {
  const plain = (address: string) => address.toLowerCase().replace(/\+[^@]*@/, '@')
  const entries = Object.entries(config.mailboxes)
  const found = entries.find(([, { address, aliases }]) =>
    [address, ...aliases].map(plain).includes(plain(to)),
  )
  const [key] = found ?? entries[0] ?? []
  if (key === undefined) throw new Error('there is no mailbox')
  return key
}

function arrived(mail: Written, mailbox: string, uid: bigint, now: Temporal.Instant): InboundMail {
  const digest = createHash('sha256').update(`mail ${uid}`).digest('hex')
  return {
    kind: 'mail',
    position: { mailbox, folder: 'INBOX', uidValidity: 1n, uid },
    rawSha256: digest,
    size: 2000,
    receivedAt: now,
    content: contentOf(mail, uid, now),
    fingerprint: digest,
  }
}

function contentOf(
  { from, to, subject, text, inReplyTo, language }: Written,
  uid: bigint,
  now: Temporal.Instant,
): MailContent {
  const parents = inReplyTo === undefined ? [] : [inReplyTo]
  return {
    ...{ messageId: `<mail${uid}@mail.example.com>`, inReplyTo: parents, references: parents },
    ...{ date: now.toString(), from, replyTo: [], to: [{ address: to, name: '' }], cc: [], deliveredTo: [] },
    ...{ subject, text, replyText: text, html: false, attachments: [] },
    ...{ classification: 'customer', autoReplyAllowed: true, autoReplyReasons: [], bounce: null },
    ...{ spamFlagged: false, language, defects: [], ownMark: null, threadIndex: null },
    authentication: {
      from: [from.address],
      fromDomain: from.address.split('@')[1] ?? null,
      ...{ sender: [], results: [], internal: false, dkim: 'pass' },
    },
  }
}
