import { Counter, Gauge, Registry } from 'prom-client'
import type { MailboxDoor } from './channels/mail/mailbox-door.ts'
import type { FigureSample } from './figures/gauges.ts'
import type { Health } from './health.ts'
import type { TakenCall } from './intake/calls/call-deps.ts'
import type { TakenIn } from './intake/take-in.ts'
import type { WebhookLoad } from './intake/webhooks/webhook-load.ts'
import type { PhoneHealth } from './watch/phone-health.ts'
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
const callEvents = new Counter({
  name: 'intake_call_events_total',
  help: 'What providers told us of calls, by provider, kind and what became of it',
  labelNames: ['provider', 'kind', 'result'],
  registers: [registry],
})
const refusedSignatures = gauge(
  'intake_phone_refused_signatures',
  'Telephone requests with a bad signature in the last ten minutes',
)
const spooled = gauge('intake_phone_spooled', 'Telephone requests that wait to be taken in')
const slowAnswers = gauge(
  'intake_phone_slow_answers',
  'Answers to calls since the start that missed a deadline',
  ['deadline'],
)
const providersAway = gauge('intake_phone_providers_away', 'Providers that place no calls at the moment')
const ignored = gauge(
  'intake_phone_ignored_events',
  'Genuine telephone events that nothing came of, since the start, by why',
  ['why'],
)
const rejected = gauge('intake_phone_rejected_requests', 'Telephone requests that were set aside for a human')
const missingClips = gauge('intake_phone_missing_clips', 'Recordings that callers need and cannot hear')
const openCalls = gauge('intake_calls_open', 'Calls that are under way')
const owedCallbacks = gauge('intake_callbacks_owed', 'Customers who are owed a call')
const overdueCallbacks = gauge('intake_callbacks_overdue', 'Of these, those whose time is over')
const callbackDue = gauge(
  'intake_callback_due_seconds',
  'Until the next promised call is due; negative when its time is over, absent when there is none',
)
const lateCallback = gauge('intake_callback_late_seconds', 'How late the look at promised calls is')
const lateRecordings = gauge(
  'intake_recordings_late',
  'Recordings not fetched an hour after they were spoken',
)
const texts = gauge('intake_texts', 'Text messages that wait, and those given up in the last 24 hours', [
  'state',
])
const webhookEvents = gauge(
  'intake_webhook_events_waiting',
  'Events that webhooks have not got yet, by whether the endpoint is active or paused',
  ['endpoint'],
)
const oldestEvent = gauge(
  'intake_oldest_webhook_event_seconds',
  'Age of the oldest that waits for an active one',
)
const webhooks = gauge(
  'intake_webhooks',
  'Webhooks that are active, paused by their owners, or paused by us because they kept failing',
  ['state'],
)
const memory = gauge('intake_resident_bytes', 'Memory of this process')
const figures = gauge(
  'intake_figure',
  'Figures as docs/figures.md defines them, of today and of the last seven days; times in minutes, shares from 0 to 1',
  ['figure', 'part', 'window', 'stat'],
)

export const mailCounters = {
  count(mailbox: string, taken: readonly TakenIn[]): void {
    for (const { outcome } of taken) mails.inc({ mailbox, outcome })
  },
}

export const callCounters = {
  count(provider: string, kind: string, { result }: Pick<TakenCall, 'result'>): void {
    callEvents.inc({ provider, kind, result })
  },
}

/** Brings the gauges up to date and prints everything in Prometheus' text format. */
export async function printMetrics(
  health: Health,
  doors: ReadonlyMap<string, MailboxDoor>,
  found: readonly Trouble[] = [],
  samples: readonly FigureSample[] = [],
  webhookLoad?: WebhookLoad,
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
  if (health.phone) setPhone(health.phone)
  if (webhookLoad) setWebhooks(webhookLoad)
  figures.reset()
  for (const { value, ...labels } of samples) figures.set(labels, value)
  memory.set(process.memoryUsage.rss())
  return registry.metrics()
}

function setWebhooks(load: WebhookLoad): void {
  webhookEvents.set({ endpoint: 'active' }, load.waiting)
  webhookEvents.set({ endpoint: 'paused' }, load.waitingPaused)
  oldestEvent.set(load.oldestSeconds)
  webhooks.set({ state: 'active' }, load.active)
  webhooks.set({ state: 'paused-by-owner' }, load.pausedByOwner)
  webhooks.set({ state: 'paused-by-failures' }, load.pausedByFailures)
}

function setPhone(phone: PhoneHealth): void {
  refusedSignatures.set(phone.refusedSignatures)
  spooled.set(phone.spooled)
  slowAnswers.set({ deadline: 'soft' }, phone.softDeadlines)
  slowAnswers.set({ deadline: 'hard' }, phone.hardDeadlines)
  for (const [why, events] of Object.entries(phone.ignored)) ignored.set({ why }, events)
  rejected.set(phone.rejected)
  missingClips.set(phone.missingClips)
  providersAway.set(phone.givenUp.length)
  openCalls.set(phone.openCalls)
  owedCallbacks.set(phone.owed)
  overdueCallbacks.set(phone.overdue)
  if (phone.nextDueSeconds === null) callbackDue.remove()
  else callbackDue.set(phone.nextDueSeconds)
  lateCallback.set(phone.lateSeconds)
  lateRecordings.set(phone.recordingsLate)
  texts.set({ state: 'waiting' }, phone.textsWaiting)
  texts.set({ state: 'failed' }, phone.textsFailed)
}
