import type { DossierInbound } from '../../console/dossier.ts'
import type { WaitingMail } from '../../console/held-mails.ts'
import type { Clock } from './mailbox-view.ts'
import { momentWords } from './time-words.ts'

/** The mails beside the tickets: those that wait for a human to decide, and those that belong to no ticket. */

const reasons: Readonly<Record<string, string>> = {
  stranger: 'it names a ticket whose correspondence its sender does not take part in',
  'agent-unproven': 'it says that it comes from an agent and cannot prove it',
  'agent-address-missing': 'an agent wrote about a ticket, but not to the reply address of the notice',
  'agent-address-misused': 'somebody else used the reply address of an agent',
  'several-senders': 'it names more than one sender',
  'foreign-sender': 'it came to an agent’s reply address from another sender',
  forward: 'it is a forwarded mail',
  audience: 'others would read it as well',
  'internal-text': 'it quotes internal text among the words for the customer',
  'two-threads': 'an agent answered on a manufacturer’s case and on a ticket at once',
  'vendor-stranger': 'somebody of the customer’s wrote to the reply address of a manufacturer’s case',
  'vendor-unproven': 'it names a manufacturer’s case, and nothing proves its sender',
  'vendor-on-ticket': 'a manufacturer wrote on the ticket behind its case',
  'no-words': 'it holds no words for the customer',
}

export function reasonWords(reason: string): string {
  return reasons[reason] ?? reason.replaceAll('-', ' ')
}

export function waitingView(mails: readonly WaitingMail[], { now, timeZone }: Clock): object[] {
  return mails.map(mail => ({
    id: mail.inboundId,
    from: mail.from ?? 'unknown sender',
    subject: mail.subject || '(no subject)',
    number: mail.ticketNumber,
    reason: reasonWords(mail.reason),
    because: mail.because,
    text: mail.text,
    when: momentWords(Temporal.Instant.from(mail.receivedAt), now, timeZone),
    path: `/sandbox/held/${mail.inboundId}`,
  }))
}

export function withoutTicketView(
  mails: readonly DossierInbound[],
  { now, timeZone }: Clock,
): { readonly count: number; readonly mails: object[] } {
  return {
    count: mails.length,
    mails: mails.map(mail => ({
      id: mail.id,
      from: mail.fromAddress ?? 'unknown sender',
      subject: mail.subject || '(no subject)',
      what: mail.quarantineCode
        ? `quarantine: ${mail.quarantineDetail ?? mail.quarantineCode}`
        : `${mail.outcome.replaceAll('-', ' ')}, read as ${mail.classification}`,
      bad: mail.quarantineCode !== null,
      when: momentWords(Temporal.Instant.from(mail.takenInAt), now, timeZone),
      why: whyView(mail),
    })),
  }
}

export function whyView({ rule, trail, mailbox, folder, uid, classification }: DossierInbound): object {
  return { rule, trail, place: `${mailbox}/${folder}, UID ${uid}`, classification }
}
