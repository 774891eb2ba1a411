import { bounceKind, bounceReason } from '../../../desk/bounce-verdict.ts'
import type { Bounce } from '../../../desk/mail-content.ts'
import { mailboxes } from '../header/addresses.ts'
import { messageIds } from '../header/message-ids.ts'
import type { HeaderFields } from '../mime/header-fields.ts'
import type { Part } from '../mime/mime-parts.ts'
import { readTextReport } from './bounce-text.ts'
import {
  enhancedStatus,
  type NamedRecipient,
  readDeliveryReport,
  reportedMessageId,
} from './delivery-report.ts'

/** Puts the halves of a delivery report together: the machine's blocks where there are some, else the words. */

const successes = ['delivered', 'relayed', 'expanded']

interface Verdict {
  readonly kind: Bounce['kind']
  readonly reason: Bounce['reason']
}

/** Words that say something: more than "smtp; 550 Rejected" or "X-Unix; 77". */
function isTelling(diagnostic: string): boolean {
  return (diagnostic.replace(/^[\w-]+;/, '').match(/\p{L}{3,}/gu)?.length ?? 0) > 1
}

/**
 * The class of the code is the report's, which knows how it ended; the detail is the last server's, which knows why.
 * `alone`: the only recipient of a report in words, which are then all about it.
 */
function verdictOn(recipient: NamedRecipient, words: string, alone: boolean): Verdict {
  const { action, status, diagnosticCode } = recipient
  if ((action !== null && successes.includes(action)) || (action === null && status?.startsWith('2.')))
    return { kind: null, reason: null }
  const spoken = diagnosticCode ?? ''
  const telling = isTelling(spoken) && !alone ? spoken : `${spoken}\n${words}`
  const reason = bounceReason(enhancedStatus(spoken) ?? status, telling)
  return { kind: bounceKind(status, reason, telling, action === 'delayed'), reason }
}

/** One verdict for the mail: an address that will not work weighs more than one that may work later. */
function worst(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(verdict => verdict.kind === 'hard') ??
    verdicts.find(verdict => verdict.kind === 'soft') ??
    verdicts[0] ?? { kind: null, reason: null }
  )
}

/** Reads a mail that is known to be a delivery report. `text` is its part for humans. */
export function readBounce(root: Part, text: string, fields: HeaderFields): Bounce {
  const report = readDeliveryReport(root, text)
  const failed = fields
    .all('x-failed-recipients')
    .flatMap(value => value.split(','))
    .map(value => value.trim().replace(/^<|>$/g, ''))
  const foreign = ['from', 'to', 'reply-to']
    .flatMap(name => mailboxes(fields.all(name)))
    .map(mailbox => mailbox.address)
  const spoken = readTextReport(
    text,
    failed.filter(address => address.includes('@')),
    foreign,
  )
  const named = report.recipients.length > 0 ? report.recipients : spoken.recipients
  const alone = report.recipients.length === 0 && named.length === 1
  const verdicts = named.map(recipient => verdictOn(recipient, spoken.words, alone))
  const recipients = named.map((recipient, i) => ({ ...recipient, kind: verdicts[i]?.kind ?? null }))
  const verdict = worst(verdicts.length > 0 ? verdicts : [unnamed(spoken.words)])
  const answered = messageIds([...fields.all('in-reply-to'), ...fields.all('references')]).at(0)
  return {
    recipients,
    ...verdict,
    originalMessageId: report.originalMessageId ?? spoken.originalMessageId ?? answered ?? null,
  }
}

/** A report that names nobody still says why. */
function unnamed(words: string): Verdict {
  const reason = bounceReason(null, words)
  return { kind: bounceKind(null, reason, words, false), reason }
}

/** The mail of ours that a read receipt or a complaint is about; undefined where it names none. */
export function readReturned(root: Part): Bounce | undefined {
  const originalMessageId = reportedMessageId(root)
  return originalMessageId === null
    ? undefined
    : { recipients: [], kind: null, reason: null, originalMessageId }
}
