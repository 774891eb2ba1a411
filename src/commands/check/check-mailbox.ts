/** Can a mailbox be read, and can it be done with the mails what is configured? Nothing on the server is changed. */
import type { ImapSession } from '../../channels/mail/imap/imap-session.ts'
import { openSession } from '../../channels/mail/imap/open-session.ts'
import type { TokenSource } from '../../channels/mail/oauth/token-source.ts'
import type { Config, MailboxConfig } from '../../config/schema.ts'
import { type FailureCode, PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import type { Finding } from './finding.ts'
import { maskedMessage } from './masked-message.ts'

type Imap = MailboxConfig['imap']

/** Who waits in front of a screen is told sooner than a gateway gives up. */
const patienceSeconds = 20

/** Extensions that make reading quicker or safer; without them there is another way. */
const welcome = ['IDLE', 'MOVE', 'UIDPLUS', 'CONDSTORE']

export async function checkMailbox(
  key: string,
  mailbox: MailboxConfig,
  limits: Config['limits'],
  tokens?: TokenSource | undefined,
): Promise<readonly Finding[]> {
  const what = `mailbox ${key}`
  const { imap, after } = mailbox
  // EXAMINE would hide which flags the folder keeps.
  return withSession(
    { what, key, imap, readOnly: after.action !== 'flag', limits, tokens },
    async session => [
      { what, ok: true, found: describeFolder(session, imap) },
      ...(after.action === 'flag' ? [flagFinding(`${what}, flag`, session, after.flag)] : []),
      ...(after.action === 'move' ? [await moveFinding(`${what}, move`, session, after.folder)] : []),
    ],
  )
}

/** The folder in which a doubtful letter would be looked up. */
export async function checkProof(
  proof: { readonly mailbox: string; readonly folder: string },
  config: Config,
  tokens?: TokenSource | undefined,
): Promise<readonly Finding[]> {
  const mailbox = config.mailboxes[proof.mailbox]
  if (!mailbox) return []
  const imap = { ...mailbox.imap, folder: proof.folder }
  const visit = {
    what: 'smtp proof',
    key: proof.mailbox,
    imap,
    readOnly: true,
    limits: config.limits,
    tokens,
  }
  return withSession(visit, async session => [
    { what: 'smtp proof', ok: true, found: describeFolder(session, imap) },
  ])
}

interface Visit {
  readonly what: string
  readonly key: string
  readonly imap: Imap
  readonly readOnly: boolean
  readonly limits: Config['limits']
  readonly tokens: TokenSource | undefined
}

async function withSession(
  { what, key, imap, readOnly, limits, tokens }: Visit,
  look: (session: ImapSession) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const options = {
    imap,
    readOnly,
    commandSeconds: Math.min(patienceSeconds, limits.commandSeconds),
    literalBytes: 1_000_000,
    onEnd: () => {},
    onExists: () => {},
  }
  let session: ImapSession | undefined
  try {
    session = await openSession(options, tokens)
    const findings = await look(session)
    await session.leave()
    return findings
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof PermanentFailure)) throw error
    const found = `${imap.host}:${imap.port}, ${maskedMessage(error, imap.password ?? '')}`
    return [{ what, ok: false, found, advice: adviceFor(error.code, key, imap) }]
  } finally {
    session?.close()
  }
}

function describeFolder(session: ImapSession, imap: Imap): string {
  const { client } = session
  const folder = client.mailbox
  const mails = folder ? folder.exists : 0
  const has = welcome.filter(name => client.capabilities.has(name))
  const lacks = has.includes('IDLE') ? '' : `; no IDLE, so new mail is noticed within ${imap.pollSeconds} s`
  return `${imap.host}:${imap.port}, ${mails} ${mails === 1 ? 'mail' : 'mails'} in ${imap.folder} (UIDVALIDITY ${session.uidValidity}), extensions ${has.join(', ') || 'none'}${lacks}`
}

/** RFC 9051, 7.1: PERMANENTFLAGS lists the flags that stay, \* that any keyword does. */
function flagFinding(what: string, session: ImapSession, flag: string): Finding {
  const folder = session.client.mailbox
  const kept = folder ? folder.permanentFlags : undefined
  if (!kept || kept.has('\\*') || kept.has(flag)) return { what, ok: true, found: `the folder keeps ${flag}` }
  const found = `the folder does not keep ${flag}; \\Flagged is set instead`
  return {
    what,
    ok: kept.has('\\Flagged'),
    found,
    advice: 'choose a flag that the server keeps, or another action',
  }
}

async function moveFinding(what: string, session: ImapSession, folder: string): Promise<Finding> {
  const folders = await session.within('list', () => session.client.list())
  const exists = folders.some(({ path }) => path === folder)
  return {
    what,
    ok: true,
    found: exists ? `the folder ${folder} exists` : `the folder ${folder} is missing and will be made`,
  }
}

function adviceFor(code: FailureCode, key: string, { port, tls, folder, host }: Imap): string {
  const path = `mailboxes.${key}.imap`
  const usual =
    port === 993 && tls === 'starttls'
      ? 'implicit'
      : port === 143 && tls === 'implicit'
        ? 'starttls'
        : undefined
  if (usual) return `port ${port} usually goes with ${path}.tls: ${usual}`
  switch (code) {
    case 'auth':
      return `check ${path}.user and the password; many providers want an app password`
    case 'tls':
      return `check ${path}.tls and the server's certificate; it must be valid for ${host}`
    case 'missing-folder':
      return `check ${path}.folder; the account has no "${folder}"`
    case 'timeout':
      return `check ${path}.host, port and tls; something there accepts connections and does not answer`
    default:
      return `check ${path}.host and port, and whether a firewall is in between`
  }
}
