import type { MailboxDoor, MailboxPhase } from './channels/mail/mailbox-door.ts'
import type { Config } from './config/schema.ts'
import type { Gateway } from './gateway.ts'
import type { Rehoused } from './intake/removed-offices.ts'
import { type ExaminedPhone, examinePhone, type PhoneHealth } from './watch/phone-health.ts'
import { expiringSecrets } from './watch/secret-expiry.ts'
import {
  databaseAway,
  isAhead,
  jobsLate,
  lettersLate,
  notRead,
  officeRemoved,
  type Trouble,
} from './watch/trouble.ts'
import type { Watch } from './watch/watch.ts'

/** Whether the gateway keeps its promises right now: what /readyz answers and the gauges show. */
export interface Health {
  readonly ready: boolean
  /** In words, what keeps it from being ready; empty when it is. */
  readonly troubles: readonly string[]
  /** In words, what will: it is ready all the same. */
  readonly warnings: readonly string[]
  readonly mailboxes: readonly MailboxHealth[]
  readonly outbox: {
    readonly letters: { readonly queued: number; readonly unsure: number; readonly failed: number }
    readonly inFlight: number
    readonly oldestSeconds: number | null
    readonly lastError: string | null
  }
  /** How long the most overdue scheduled job has been waiting; null when none is overdue. */
  readonly overdueJobSeconds: number | null
  /** Only where there is a hotline. */
  readonly phone?: PhoneHealth
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

/** What is asked; the watch and the configuration are left out where only the doors are of interest. */
export type Examined = Pick<Gateway, 'mailboxes' | 'overdueJobSeconds'> & {
  readonly delivery: Pick<Gateway['delivery'], 'state'>
  readonly watch?: Pick<Watch, 'troubles'> | undefined
  readonly config?: Pick<Config, 'mailboxes' | 'smtp'> | undefined
  readonly phone?: ExaminedPhone | undefined
  /** What was found at the start. */
  readonly rehoused?: readonly Rehoused[] | undefined
}

/** A letter that waits longer than this is a customer without an answer: somebody should know. */
const lateLetterSeconds = 15 * 60
const lateJobSeconds = 60 * 60
/** A database that takes longer to say how the outbox is doing is away. */
const databasePatienceMs = 10_000

/** Asks doors, outbox and database how they are. Never throws: a database that is away is an answer. */
export async function healthOf(gateway: Examined, now: Temporal.Instant): Promise<Health> {
  return (await examine(gateway, now)).health
}

/** The same, with every trouble as it is told by the alarm. */
export async function examine(
  gateway: Examined,
  now: Temporal.Instant,
): Promise<{ readonly health: Health; readonly found: readonly Trouble[] }> {
  const mailboxes = [...gateway.mailboxes].map(([key, door]) => mailboxHealth(key, door, now))
  const found = [...doorTroubles(gateway.mailboxes), ...(gateway.watch?.troubles() ?? [])]
  const [outbox, overdue, promises] = await Promise.allSettled([
    inTime(gateway.delivery.state()),
    inTime(gateway.overdueJobSeconds()),
    ...(gateway.phone ? [inTime(gateway.phone.promises())] : []),
  ])
  const state = outbox.status === 'fulfilled' ? outbox.value : undefined
  const overdueJobSeconds = overdue.status === 'fulfilled' ? overdue.value : null
  if (!state) found.push(databaseAway)
  const oldestSeconds = secondsSince(state?.oldestQueuedAt ?? undefined, now)
  if (oldestSeconds !== null && oldestSeconds > lateLetterSeconds) found.push(lettersLate(oldestSeconds))
  if (overdueJobSeconds !== null && overdueJobSeconds > lateJobSeconds)
    found.push(jobsLate(overdueJobSeconds))
  const phone =
    gateway.phone &&
    examinePhone(gateway.phone, promises?.status === 'fulfilled' ? promises.value : undefined)
  if (phone) found.push(...phone.found)
  for (const { office, to, tickets } of gateway.rehoused ?? []) found.push(officeRemoved(office, to, tickets))
  if (gateway.config) found.push(...expiringSecrets(gateway.config, now))
  const troubles = found.filter(trouble => !isAhead(trouble)).map(({ says }) => says.en)
  const health: Health = {
    ready: troubles.length === 0,
    troubles,
    warnings: found.filter(isAhead).map(({ says }) => says.en),
    mailboxes,
    outbox: {
      letters: { queued: state?.queued ?? 0, unsure: state?.unsure ?? 0, failed: state?.failed ?? 0 },
      inFlight: state?.inFlight ?? 0,
      oldestSeconds,
      lastError: state?.lastError?.code ?? null,
    },
    overdueJobSeconds,
    ...(phone ? { phone: phone.health } : {}),
  }
  return { health, found }
}

/** What the doors say themselves; a mailbox that stands by is read by another gateway. */
function doorTroubles(doors: ReadonlyMap<string, MailboxDoor>): Trouble[] {
  return [...doors].flatMap(([key, door]) => {
    const { phase, lastError } = door.state()
    return isOpen(phase) ? [] : [notRead(key, phase, lastError)]
  })
}

function isOpen(phase: MailboxPhase): boolean {
  return phase === 'idle' || phase === 'reading' || phase === 'standby'
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), databasePatienceMs)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function mailboxHealth(mailbox: string, door: MailboxDoor, now: Temporal.Instant): MailboxHealth {
  const state = door.state()
  return {
    mailbox,
    phase: state.phase,
    open: isOpen(state.phase),
    backlog: state.backlog,
    oldestUnreadSeconds: secondsSince(state.oldestWaitingAt, now),
    lastReadAt: state.lastReadAt?.toString() ?? null,
    lastError: state.lastError ?? null,
  }
}

function secondsSince(at: Temporal.Instant | undefined, now: Temporal.Instant): number | null {
  return at ? Math.max(0, Math.round(now.since(at).total('seconds'))) : null
}
