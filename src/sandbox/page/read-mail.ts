import PostalMime, { type Email } from 'postal-mime'
import type { Account, Accounts } from '../accounts.ts'
import type { KeptMail } from '../mail-folder.ts'

/**
 * A mail as its reader's mail client shows it. Parsed by postal-mime and not by the gateway's own reader: the page
 * plays the customers' and agents' side, and shall notice when only we can read our letters.
 */
export interface ShownMail {
  readonly kept: KeptMail
  readonly folder: string
  readonly source: Buffer
  readonly email: Email
}

/** What a list shows of a mail. */
export interface MailLine {
  readonly uid: number
  readonly arrivedAt: Temporal.Instant
  readonly seen: boolean
  readonly fromName: string
  readonly to: string
  readonly subject: string
}

/** Larger mails are shown by their header only. */
const mostShownBytes = 8_000_000
const limits = { maxNestingDepth: 20, maxHeadersSize: 200_000 }

export async function openMail(
  accounts: Accounts,
  account: Account,
  folder: string,
  uid: number,
): Promise<ShownMail | undefined> {
  const kept = accounts.folders(account).get(folder)?.find(uid)
  if (!kept) return undefined
  const source = accounts.folder(account, folder).read(uid)
  const readable = source.length > mostShownBytes ? headerOf(source) : source
  return { kept, folder, source, email: await PostalMime.parse(readable, limits) }
}

/** Reads folders for lists. A mail never changes once it is stored, so its line is read once. */
export class MailLines {
  readonly #accounts: Accounts
  readonly #known = new Map<string, Pick<MailLine, 'fromName' | 'to' | 'subject'>>()

  constructor(accounts: Accounts) {
    this.#accounts = accounts
  }

  /** The newest `most` mails of a folder, newest first. */
  async list(account: Account, folder: string, most: number): Promise<readonly MailLine[]> {
    const mails = this.#accounts.folder(account, folder)
    return await Promise.all(
      mails
        .list()
        .slice(-most)
        .reverse()
        .map(async kept => {
          const key = `${account.address}/${folder}/${mails.uidValidity}/${kept.uid}`
          const known = this.#known.get(key) ?? (await summary(mails.read(kept.uid)))
          this.#remember(key, known)
          return { uid: kept.uid, arrivedAt: kept.arrivedAt, seen: kept.flags.includes('\\Seen'), ...known }
        }),
    )
  }

  #remember(key: string, line: Pick<MailLine, 'fromName' | 'to' | 'subject'>): void {
    this.#known.set(key, line)
    const [oldest] = this.#known.keys()
    if (this.#known.size > 2000 && oldest !== undefined) this.#known.delete(oldest)
  }
}

async function summary(source: Buffer): Promise<Pick<MailLine, 'fromName' | 'to' | 'subject'>> {
  const { from, to, subject } = await PostalMime.parse(headerOf(source), limits)
  return {
    fromName: from?.name || from?.address || 'unknown sender',
    to: to?.map(({ address }) => address ?? '').join(', ') ?? '',
    subject: subject || '(no subject)',
  }
}

function headerOf(source: Buffer): Buffer {
  const end = source.indexOf('\r\n\r\n')
  return source.subarray(0, Math.min(end < 0 ? source.length : end + 4, limits.maxHeadersSize))
}
