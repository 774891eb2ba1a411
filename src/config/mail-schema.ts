/** The shape of the mail side: the mailboxes that are read and the server that letters are handed to. */
import { z } from 'zod'
import { oauth } from './oauth-schema.ts'
import { address, day, key, language, port, secret, text } from './words.ts'

const tls = z.enum(['implicit', 'starttls', 'none'])
const tlsMeaning =
  'TLS from the first byte, or by STARTTLS, which is then required. none is refused except for a loopback host.'

/**
 * A keyword (RFC 9051, 2.3.2) or one of the harmless system flags. \Deleted is refused: the next client that expunges
 * would delete the customer's mail.
 */
const flag = z
  .string()
  .regex(/^(\\(Seen|Flagged|Answered)|[A-Za-z0-9$_.-]+)$/)
  .meta({ allowed: 'a keyword such as $Taken, or \\Seen, \\Flagged or \\Answered' })

const imap = z.strictObject({
  host: text.describe('Name of the IMAP server.'),
  port: port.default(993).describe('Port of the IMAP server.'),
  tls: tls.default('implicit').describe(tlsMeaning),
  user: text.describe('Login name.'),
  password: secret.optional().describe('Password of the login; where `auth` is not used.'),
  auth: oauth.optional().describe('Login by OAuth2 instead of a password.'),
  folder: text.default('INBOX').describe('The folder that is read.'),
  pollSeconds: z.int().min(5).max(600).default(45).describe('How often to look beside IDLE.'),
})

const after = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('leave').describe('The mail is left as it is.') }),
    z.strictObject({
      action: z.literal('flag').describe('The mail gets a flag.'),
      flag: flag.default('$Taken').describe('Flag set on a mail that is safe here.'),
    }),
    z.strictObject({
      action: z.literal('move').describe('The mail is moved to another folder.'),
      folder: text.describe('Folder for mails that are safe here; made when it is missing.'),
    }),
  ])
  .default({ action: 'leave' })
  .describe('What happens to a mail on the server after it has been stored here.')

/** RFC 5233 sub-addressing; the token is filled in by desk/reply-token.ts. */
const replyAddress = z
  .string()
  .regex(/^[^@\s{}]*\{token\}[^@\s{}]*@[^@\s{}]+$/)
  .meta({ allowed: 'an address with {token} once in its local part, such as "support+{token}@example.com"' })

const authentication = z.strictObject({
  trusted: z
    .array(text)
    .default([])
    .describe(
      'Names under which your own mail servers write Authentication-Results. Each must write the field on every mail and remove those that come from outside (RFC 8601, 5).',
    ),
  tenant: z
    .guid()
    .meta({ allowed: 'a tenant ID such as 8f3c1a52-7d40-4f0e-9c55-2b6f0a1d7e34' })
    .optional()
    .describe(
      'Your Microsoft 365 tenant; only for a mailbox that is in it. Mail that Exchange marks as sent within it is believed.',
    ),
})

export const mailbox = z.strictObject({
  address: address.describe('The support address: sender of every letter from this mailbox.'),
  name: text.describe('Display name beside the address.'),
  aliases: z
    .array(address)
    .default([])
    .describe('Further addresses that lead to this mailbox; mail from them is our own.'),
  language: language.default('de').describe("Language of letters where the sender's cannot be told."),
  office: key.describe('Office whose hours count, by its key.'),
  group: key.describe('Group that gets new tickets, by its key.'),
  requestType: key
    .optional()
    .describe('Checklist for what arrives here, by its key in requestTypes; without it the first one.'),
  replyAddress: replyAddress
    .optional()
    .describe(
      'Signed reply address; needs a server with sub-addressing (RFC 5233). Without it replies are found by their headers.',
    ),
  since: day
    .optional()
    .describe(
      'Mails the server received before this day are recorded and get neither ticket nor answer. Without it the whole folder is taken in.',
    ),
  authentication: authentication
    .prefault({})
    .describe("Who vouches for the sender of an agent's mail; without it only its DKIM signature does."),
  silentHours: z
    .int()
    .min(1)
    .optional()
    .describe('Alarm when no mail came for this many office hours; without it silence is believed.'),
  imap: imap.describe('The mailbox on its server.'),
  after,
})

export const smtp = z.strictObject({
  host: text.describe('Name of the SMTP server.'),
  port: port.default(587).describe('Port of the SMTP server.'),
  tls: tls.default('starttls').describe(tlsMeaning),
  user: text.optional().describe('Login name; without it no login is tried.'),
  password: secret.optional().describe('Password of the login.'),
  auth: oauth.optional().describe('Login by OAuth2 instead of a password.'),
  connections: z.int().min(1).max(50).default(4).describe('Connections kept open at the most.'),
  proof: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('sent-folder').describe('The server files what it accepted in a folder.'),
        mailbox: key.describe('Mailbox whose account holds that folder, by its key.'),
        folder: text.default('Sent').describe('The folder.'),
      }),
      z.strictObject({ kind: z.literal('none').describe('There is no place to look.') }),
    ])
    .default({ kind: 'none' })
    .describe('Where to look whether a doubtful letter was accepted before it is sent again.'),
  unsureSeconds: z.int().min(1).default(60).describe('How long to wait before looking up a doubtful letter.'),
})

/** Kept apart from `smtp`: what the alarm needs must not share a fate with what it tells of. */
export const secondWay = z.strictObject({
  host: text.describe('Name of the SMTP server.'),
  port: port.default(587).describe('Port of the SMTP server.'),
  tls: tls.default('starttls').describe(tlsMeaning),
  user: text.optional().describe('Login name; without it no login is tried.'),
  password: secret.optional().describe('Password of the login.'),
  from: address.describe('Sender of alarms.'),
  to: z.array(address).min(1).describe('Who gets them.'),
  language: language.default('de').describe('Language of alarms.'),
})
