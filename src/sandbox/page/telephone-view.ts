import { officesOf } from '../../config/office-calendar.ts'
import type { Config } from '../../config/schema.ts'
import type { DossierAttempt } from '../../console/call-dossier.ts'
import type { TicketDossier } from '../../console/dossier.ts'
import type { TicketReader } from '../../console/tickets.ts'
import { isOpen, nextOpening } from '../../desk/office-hours.ts'
import { callNowToken } from '../../desk/phone/call-now-token.ts'
import type { Account } from '../accounts.ts'
import type { Sandbox } from '../sandbox.ts'
import type { SandboxTelephone } from '../sandbox-telephone.ts'
import type { Clock } from './mailbox-view.ts'
import type { MailLines } from './read-mail.ts'
import { numberWords } from './telephone-words.ts'
import { guaranteeView } from './ticket-view.ts'
import { momentWords } from './time-words.ts'

/** What the page of the telephones shows beside them: whether an office is open, and what became of the calls. */

const mostCalls = 3
const mostTexts = 3
const mostLetters = 4

export interface ResultParts {
  readonly sandbox: Sandbox
  readonly telephone: SandboxTelephone
  readonly config: Config
  readonly tickets: TicketReader
  readonly letters: MailLines
  readonly clock: () => Clock
}

/** One of the lines that say "Hamburg is closed now". */
export function officeHints(config: Config, telephone: SandboxTelephone, now: Temporal.Instant): object[] {
  const offices = [...officesOf(config, now)]
  return offices
    .map(([key, office]) => ({ office, name: config.offices[key]?.name ?? key }))
    .filter(({ name }) => telephone.hotlines.some(hotline => hotline.office === name))
    .map(({ office, name }) => {
      if (isOpen(now, office)) return { name, open: true }
      return { name, open: false, opens: momentWords(nextOpening(now, office), now, office.timeZone) }
    })
}

export async function resultView(parts: ResultParts): Promise<object> {
  const { sandbox, telephone, config, clock } = parts
  const at = clock()
  const when = (instant: Temporal.Instant) => momentWords(instant, at.now, at.timeZone)
  const agents = sandbox.world.list().filter(({ role }) => role === 'agent')
  return {
    tickets: (await ticketsOfCalls(parts)).map(dossier => ticketView(dossier, config, at)),
    texts: telephone
      .texts()
      .slice(-mostTexts)
      .toReversed()
      .map(({ from, to, body, createdAt }) => ({
        from: numberWords(from),
        to: numberWords(to),
        body,
        when: when(createdAt),
      })),
    inboxes: await Promise.all(agents.map(agent => inboxView(agent, parts, when))),
  }
}

/** Of the last calls, the newest first; several calls may belong to one ticket. */
async function ticketsOfCalls({ telephone, tickets }: ResultParts): Promise<readonly TicketDossier[]> {
  const calls = telephone.callsPlaced().slice(-mostCalls).toReversed()
  const numbers = await Promise.all(calls.map(call => tickets.numberOfCall(call)))
  const dossiers = await Promise.all([...new Set(numbers)].map(number => number && tickets.dossier(number)))
  return dossiers.flatMap(dossier => dossier || [])
}

function ticketView({ ticket, guarantees, callbacks }: TicketDossier, config: Config, clock: Clock): object {
  const tries = callbacks.flatMap(({ attempts }) => attempts)
  return {
    number: ticket.number,
    subject: ticket.subject || '(no subject)',
    state: ticket.state,
    url: `/?ticket=${ticket.number}#tickets`,
    guarantees: guarantees.map(guarantee => guaranteeView(guarantee, clock)),
    calls: callbacks
      .filter(({ state }) => state === 'owed' || state === 'unreached')
      .flatMap(({ id }) => callNowLinks(id, ticket.group, config, clock)),
    tries: tries.map(attempt => ({
      agent: config.agents[attempt.agent]?.name ?? attempt.agent,
      how: tryWords(attempt),
    })),
  }
}

/**
 * What the letter to the agent links to. The letter waits until the office opens; who plays on a Sunday need not. The
 * link stays the same for an hour, so that a page that is asked for again has not changed.
 */
function callNowLinks(callbackId: string, group: string, config: Config, { now }: Clock): object[] {
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(
    (Math.floor(now.epochMilliseconds / 3_600_000) + 2) * 3_600_000,
  )
  return (config.groups[group]?.agents ?? []).map(agent => ({
    name: config.agents[agent]?.name ?? agent,
    url: `/phone/call-now/${callNowToken(config.secret, { agent, callbackId, expiresAt })}`,
  }))
}

function tryWords({ state, outcome, acceptedAt, rangAt }: DossierAttempt): string {
  if (state === 'ended') return outcomeWords[outcome ?? ''] ?? 'it is not known how it went'
  if (rangAt) return 'the customer rings, or they talk'
  return acceptedAt ? 'took the call, the customer is rung' : 'rings'
}

const outcomeWords: Readonly<Record<string, string>> = {
  answered: 'spoke to the customer',
  mailbox: 'reached voicemail',
  busy: 'the customer was engaged',
  'no-answer': 'nobody answered',
  refused: 'the customer did not want to talk',
  'not-taken': 'did not take the call',
}

async function inboxView(
  agent: Account,
  { letters }: ResultParts,
  when: (instant: Temporal.Instant) => string,
): Promise<object> {
  const mails = await letters.list(agent, 'INBOX', mostLetters)
  const home = `/?agent=${encodeURIComponent(agent.address)}`
  return {
    name: agent.name,
    url: `${home}#agent`,
    mails: mails.map(({ uid, seen, subject, arrivedAt }) => ({
      ...{ subject, fresh: !seen },
      when: when(arrivedAt),
      url: `${home}&mail=${uid}#agent`,
    })),
  }
}
