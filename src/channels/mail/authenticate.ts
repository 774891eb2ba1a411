import { resolve } from 'node:dns/promises'
import type { Config } from '../../config/schema.ts'
import type { MailContent } from '../../desk/mail-content.ts'
import { displayNameFlags, type KnownPerson, proveSender } from '../../desk/sender-proof.ts'
import { type TrustedReports, withReports } from './authentication.ts'
import { checkDkim, type DkimOptions } from './dkim-check.ts'
import { readHeaderBlock } from './mime/header-fields.ts'
import { readMail } from './read-mail.ts'

/** What it takes to look for proof of a sender. */
export interface AuthenticateOptions extends DkimOptions {
  readonly reports: TrustedReports
}

/**
 * `content` with all that can be found out about its sender: first what our own mail servers report, and only if that is
 * no proof the DKIM signature, which costs a look-up in the DNS.
 */
export async function authenticate(
  raw: Buffer,
  content: MailContent,
  options: AuthenticateOptions,
): Promise<MailContent> {
  const { fields } = readHeaderBlock(raw, 0, raw.length)
  const authentication = withReports(content.authentication, fields, options.reports)
  if (proveSender(authentication).proven) return { ...content, authentication }
  const dkim = await checkDkim(raw, fields.all('dkim-signature'), authentication, options)
  return { ...content, authentication: { ...authentication, dkim } }
}

/** Seams for tests. */
export interface ReaderParts {
  readonly now?: () => Temporal.Instant
  readonly resolve?: DkimOptions['resolve']
}

/** Long enough for a slow name server, short enough that a mailbox does not wait for it. */
const timeoutMs = 5_000

/**
 * The reader of one mailbox: like `readMail`, and mails that say that they are an agent's are authenticated. All others
 * are left alone: whether a customer is who they say is nobody's to judge, and look-ups would betray when mail is read.
 */
export function authenticatingReader(
  config: Pick<Config, 'agents' | 'mailboxes'>,
  mailbox: string,
  parts: ReaderParts = {},
): (raw: Buffer) => Promise<MailContent> {
  const agents = new Set(
    Object.values(config.agents).flatMap(({ addresses }) => addresses.map(own => own.toLowerCase())),
  )
  const reports = config.mailboxes[mailbox]?.authentication ?? { trusted: [] }
  const now = parts.now ?? (() => Temporal.Now.instant())
  return async raw => {
    const content = flagged(await readMail(raw), Object.values(config.agents))
    if (!content.authentication.from.some(address => agents.has(address))) return content
    return authenticate(raw, content, { reports, now: now(), resolve: parts.resolve ?? resolve, timeoutMs })
  }
}

/** Odd display names are told among the defects, for whoever reads the mail. */
function flagged(content: MailContent, agents: readonly KnownPerson[]): MailContent {
  const flags = content.from ? displayNameFlags(content.from, agents) : []
  return flags.length === 0 ? content : { ...content, defects: [...content.defects, ...flags] }
}
