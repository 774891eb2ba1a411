import { Counter, Gauge, Registry } from 'prom-client'
import type { MailboxDoor } from './channels/mail/mailbox-door.ts'
import type { Health } from './health.ts'
import type { TakenIn } from './intake/take-in.ts'
import type { Trouble } from './watch/trouble.ts'

/** Figures for Prometheus. Counters grow as things happen; gauges are read from the health report when asked for. */
export const registry = new Registry()

const mails = new Counter({
  name: 'intake_mails_total',
  help: 'Mails taken in, by mailbox and what became of them',
  labelNames: ['mailbox', 'outcome'],
  registers: [registry],
})

const gauge = (name: string, help: string, labelNames: string[] = []) =>
  new Gauge({ name, help, labelNames, registers: [registry] })

const ready = gauge('intake_ready', '1 while every door is open and nothing is overdue')
const open = gauge('intake_mailbox_open', '1 while the mailbox is read, here or by another gateway', [
  'mailbox',
])
const backlog = gauge('intake_mailbox_backlog', 'Mails in the folder that are not taken in yet', ['mailbox'])
const oldestUnread = gauge('intake_oldest_unread_seconds', 'Age of the oldest mail not taken in yet', [
  'mailbox',
])
const reconnects = gauge('intake_mailbox_reconnects', 'Connections made after the first one', ['mailbox'])
const waiting = gauge('intake_outbox_letters', 'Letters that are not sent yet, by state', ['state'])
const oldestLetter = gauge('intake_oldest_letter_seconds', 'Age of the oldest letter that is not sent yet')
const troubles = gauge('intake_troubles', 'What keeps the gateway from its promises, in number')
const warnings = gauge('intake_warnings', 'What will, such as secrets that end soon, in number')
const watched = gauge(
  'intake_mailbox_trouble',
  '1 for each trouble that was found by looking at a mailbox from outside',
  ['mailbox', 'kind'],
)
const memory = gauge('intake_resident_bytes', 'Memory of this process')

export const mailCounters = {
  count(mailbox: string, taken: readonly TakenIn[]): void {
    for (const { outcome } of taken) mails.inc({ mailbox, outcome })
  },
}

/** Brings the gauges up to date and prints everything in Prometheus' text format. */
export async function printMetrics(
  health: Health,
  doors: ReadonlyMap<string, MailboxDoor>,
  found: readonly Trouble[] = [],
): Promise<string> {
  ready.set(health.ready ? 1 : 0)
  troubles.set(health.troubles.length)
  warnings.set(health.warnings.length)
  watched.reset()
  for (const { mailbox, kind } of found) if (mailbox !== undefined) watched.set({ mailbox, kind }, 1)
  for (const { mailbox, open: isOpen, backlog: left, oldestUnreadSeconds } of health.mailboxes) {
    open.set({ mailbox }, isOpen ? 1 : 0)
    backlog.set({ mailbox }, left)
    oldestUnread.set({ mailbox }, oldestUnreadSeconds ?? 0)
    reconnects.set({ mailbox }, doors.get(mailbox)?.state().reconnects ?? 0)
  }
  for (const [state, letters] of Object.entries(health.outbox.letters)) waiting.set({ state }, letters)
  oldestLetter.set(health.outbox.oldestSeconds ?? 0)
  memory.set(process.memoryUsage.rss())
  return registry.metrics()
}
