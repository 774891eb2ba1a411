import type { MailboxDoor, MailboxPhase } from './channels/mail/mailbox-door.ts'
import type { Gateway } from './gateway.ts'

/** Whether the gateway keeps its promises right now: what /readyz answers and the gauges show. */
export interface Health {
  readonly ready: boolean
  /** In words, what keeps it from being ready; empty when it is. */
  readonly troubles: readonly string[]
  readonly mailboxes: readonly MailboxHealth[]
  readonly outbox: {
    readonly letters: { readonly queued: number; readonly unsure: number; readonly failed: number }
    readonly inFlight: number
    readonly oldestSeconds: number | null
    readonly lastError: string | null
  }
  /** How long the most overdue scheduled job has been waiting; null when none is overdue. */
  readonly overdueJobSeconds: number | null
}

export interface MailboxHealth {
  readonly mailbox: string
  readonly phase: MailboxPhase
  /** Read by this gateway or, while we stand by, by another one. */
  readonly open: boolean
  readonly backlog: number
  readonly oldestUnreadSeconds: number | null
  readonly lastReadAt: string | null
  readonly lastError: string | null
}

/** A letter that waits longer than this is a customer without an answer: somebody should know. */
const lateLetterSeconds = 15 * 60
const lateJobSeconds = 60 * 60

/** Asks doors, outbox and database how they are. Never throws: a database that is away is an answer. */
export async function healthOf(
  gateway: Pick<Gateway, 'mailboxes' | 'delivery' | 'overdueJobSeconds'>,
  now: Temporal.Instant,
): Promise<Health> {
  const mailboxes = [...gateway.mailboxes].map(([key, door]) => mailboxHealth(key, door, now))
  const troubles = mailboxes
    .filter(({ open }) => !open)
    .map(
      ({ mailbox, phase, lastError }) =>
        `mailbox ${mailbox} is ${phase}${lastError ? ` (${lastError})` : ''}`,
    )
  const [outbox, overdue] = await Promise.allSettled([gateway.delivery.state(), gateway.overdueJobSeconds()])
  const state = outbox.status === 'fulfilled' ? outbox.value : undefined
  const overdueJobSeconds = overdue.status === 'fulfilled' ? overdue.value : null
  if (!state) troubles.push('the database does not answer')
  const oldestSeconds = secondsSince(state?.oldestQueuedAt ?? undefined, now)
  if ((oldestSeconds ?? 0) > lateLetterSeconds)
    troubles.push(`a letter has been waiting for ${oldestSeconds} s`)
  if ((overdueJobSeconds ?? 0) > lateJobSeconds)
    troubles.push(`a job has been overdue for ${overdueJobSeconds} s`)
  return {
    ready: troubles.length === 0,
    troubles,
    mailboxes,
    outbox: {
      letters: { queued: state?.queued ?? 0, unsure: state?.unsure ?? 0, failed: state?.failed ?? 0 },
      inFlight: state?.inFlight ?? 0,
      oldestSeconds,
      lastError: state?.lastError?.code ?? null,
    },
    overdueJobSeconds,
  }
}

function mailboxHealth(mailbox: string, door: MailboxDoor, now: Temporal.Instant): MailboxHealth {
  const state = door.state()
  return {
    mailbox,
    phase: state.phase,
    open: state.phase === 'idle' || state.phase === 'reading' || state.phase === 'standby',
    backlog: state.backlog,
    oldestUnreadSeconds: secondsSince(state.oldestWaitingAt, now),
    lastReadAt: state.lastReadAt?.toString() ?? null,
    lastError: state.lastError ?? null,
  }
}

function secondsSince(at: Temporal.Instant | undefined, now: Temporal.Instant): number | null {
  return at ? Math.max(0, Math.round(now.since(at).total('seconds'))) : null
}
