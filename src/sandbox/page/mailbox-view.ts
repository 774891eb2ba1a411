import type { Email } from 'postal-mime'
import type { Account } from '../accounts.ts'
import { hasRemotePictures } from './mail-document.ts'
import type { MailLine, ShownMail } from './read-mail.ts'
import { distanceWords, momentWords } from './time-words.ts'

/** What the templates need for a list of mails and for one mail; every value still unescaped. */

export type Showing = 'rendered' | 'text' | 'source'

export interface Clock {
  readonly now: Temporal.Instant
  readonly timeZone: string
}

const mostSource = 60_000

export function mailboxView(
  account: Account,
  folder: string,
  lines: readonly MailLine[],
  { now, timeZone }: Clock,
): object {
  const column = columnOf(account)
  return {
    column,
    address: account.address,
    path: mailPath(account, folder),
    inboxPath: mailPath(account, 'INBOX'),
    sentPath: mailPath(account, 'Sent'),
    folder,
    inbox: folder === 'INBOX',
    fresh: lines.filter(line => folder === 'INBOX' && !line.seen).length,
    lines: lines.map(line => ({
      url: `${mailPath(account, folder)}/${line.uid}`,
      column,
      id: `${column}-${folder}-${line.uid}`,
      fresh: folder === 'INBOX' && !line.seen,
      who: folder === 'INBOX' ? line.fromName : `To ${line.to}`,
      subject: line.subject,
      when: momentWords(line.arrivedAt, now, timeZone),
      instant: line.arrivedAt.toString(),
    })),
  }
}

export function mailView(
  account: Account,
  mail: ShownMail,
  showing: Showing,
  { now, timeZone }: Clock,
): object {
  const { email, kept, folder, source } = mail
  const url = `${mailPath(account, folder)}/${kept.uid}`
  return {
    column: columnOf(account),
    ...homeOf(account),
    news: `${mailPath(account, 'INBOX')}/news`,
    inbox: folder === 'INBOX',
    url,
    subject: email.subject || '(no subject)',
    from: addressWords(email.from),
    to: (email.to ?? []).map(addressWords).join(', '),
    replyTo: (email.replyTo ?? []).map(({ address }) => address).join(', '),
    when: momentWords(kept.arrivedAt, now, timeZone),
    distance: distanceWords(kept.arrivedAt, now),
    attachments: email.attachments
      .filter(({ disposition }) => disposition === 'attachment')
      .map(({ filename, content }) => ({ name: filename ?? 'unnamed', size: sizeWords(sizeOf(content)) })),
    tabs: tabsOf(url, showing, columnOf(account)),
    rendered: showing === 'rendered',
    blockedPictures: showing === 'rendered' && hasRemotePictures(mail),
    frameHeight: frameHeight(email),
    plain: showing === 'text' ? (email.text ?? '') : undefined,
    source: showing === 'source' ? source.subarray(0, mostSource).toString('utf8') : undefined,
    sourceCut: showing === 'source' && source.length > mostSource,
  }
}

/** Where one goes from an opened mail: a customer back to his whole column, with the form to write another. */
function homeOf(account: Account): { home: string; homeTarget: string } {
  return account.role === 'customer'
    ? { home: `/sandbox/customer/${encodeURIComponent(account.address)}`, homeTarget: '#customer' }
    : { home: mailPath(account, 'INBOX'), homeTarget: '#agent-view' }
}

/** In which column an account is at home. */
export function columnOf({ role }: Account): 'customer' | 'agent' {
  return role === 'agent' ? 'agent' : 'customer'
}

export function mailPath(account: Account, folder: string): string {
  return `/sandbox/mail/${encodeURIComponent(account.address)}/${encodeURIComponent(folder)}`
}

export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function tabsOf(url: string, showing: Showing, column: string): object[] {
  const names: readonly [Showing, string][] = [
    ['rendered', 'Rendered'],
    ['text', 'Plain text'],
    ['source', 'Source'],
  ]
  return names.map(([view, name]) => ({
    url: `${url}?view=${view}`,
    name,
    current: view === showing,
    column,
  }))
}

/** The frame cannot tell its height, because it may not run a script: the amount of text has to do. */
function frameHeight({ text = '', html = '' }: Email): 'short' | 'middle' | 'tall' {
  const lines = (text || html.replace(/<[^>]{1,500}>/g, ''))
    .split('\n')
    .reduce((sum, line) => sum + 1 + line.length / 60, 0)
  if (lines < 9) return 'short'
  return lines < 20 ? 'middle' : 'tall'
}

function addressWords(who: Email['from']): string {
  if (!who) return ''
  return who.name ? `${who.name} <${who.address ?? ''}>` : (who.address ?? '')
}

function sizeOf(content: Email['attachments'][number]['content']): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
}
