import type { Facts } from './facts.ts'
import type { MailContent } from './mail-content.ts'
import { attributionVerbs, headerKeys } from './quote-words.ts'
import { isForwardSubject } from './subject-words.ts'

/**
 * Whom did the agent have in mind? An answer that others got as well, a forward, or a mail from another conversation was
 * perhaps never meant for the customer: it goes back with a question instead of out with an apology.
 */
export type AudienceDoubt = {
  readonly reason: 'forward' | 'audience'
  readonly because: string
}

type OwnAddresses = Facts['ownAddresses']

/** Lines of a mail that are looked at for the history it quotes. */
const lineLimit = 5_000

/** Why this mail of an agent may not simply be sent on to the customer; undefined where nothing speaks against it. */
export function judgeAudience(content: MailContent, ownAddresses: OwnAddresses): AudienceDoubt | undefined {
  if (isForwardSubject(content.subject))
    return { reason: 'forward', because: 'its subject says that it is a forwarded mail' }
  if (content.attachments.some(({ contentType }) => contentType === 'message/rfc822'))
    return { reason: 'forward', because: 'it holds a whole mail as an attachment' }
  const foreign = foreignRecipients(content, ownAddresses)
  if (foreign.length > 0)
    return { reason: 'audience', because: `it went to others as well: ${foreign.slice(0, 5).join(', ')}` }
  const quoted = quotedSender(content.text)
  if (quoted !== undefined && !isOurs(quoted, ownAddresses))
    return { reason: 'audience', because: `it quotes a mail of ${quoted}, which is none of ours` }
  return undefined
}

/** Addresses in To and Cc that do not lead to this desk, lower-case. */
export function foreignRecipients({ to, cc }: MailContent, ownAddresses: OwnAddresses): readonly string[] {
  const all = [...to, ...cc].map(({ address }) => address.toLowerCase())
  return [...new Set(all.filter(address => !isOurs(address, ownAddresses)))]
}

/** A mailbox of ours, or a reply address at one of its domains, whether its signature is still good or not. */
function isOurs(address: string, ownAddresses: OwnAddresses): boolean {
  if (ownAddresses.has(address)) return true
  const [local = '', domain = ''] = address.split('@')
  const ours = [...ownAddresses].some(own => own.endsWith(`@${domain}`))
  return ours && /(^|[^a-z0-9])[atvw]\d{6,12}-(?:[a-z2-9]{3}-)?[a-z2-9]{12}($|[^a-z0-9])/.test(local)
}

/** Whose mail is quoted first: the address of the first "Von: …" or "… schrieb …:" that names one. */
function quotedSender(text: string): string | undefined {
  const lines = text.split('\n', lineLimit)
  for (const [at, line] of lines.entries()) {
    const plain = plainLine(line)
    const two = `${plain} ${plainLine(lines[at + 1] ?? '')}`
    const named = isFromLine(plain) ? plain : [plain, two].find(isAttribution)
    const address = named && /[^\s<>@"'[\]():]{1,64}@[^\s<>@"'[\]():]{1,255}/.exec(named)?.[0]
    if (address) return address.toLowerCase().replace(/[.,;]$/, '')
  }
  return undefined
}

function plainLine(line: string): string {
  return line
    .slice(0, 500)
    .replace(/^[>|\s*]+/, '')
    .replaceAll('*', '')
    .trim()
    .toLowerCase()
}

function isFromLine(line: string): boolean {
  const colon = line.indexOf(':')
  return colon > 0 && colon < 20 && headerKeys.from.includes(line.slice(0, colon).trim())
}

function isAttribution(line: string): boolean {
  return /[:：]$/.test(line) && /\d/.test(line) && attributionVerbs.some(verb => line.includes(verb))
}
