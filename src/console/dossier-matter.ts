/** The first half of the printed dossier: whose matter it is, what was reported, and how it was judged. */
import { z } from 'zod'
import type { Config } from '../config/schema.ts'
import { customerEntryKinds } from '../desk/channel.ts'
import { deviceWords, entitlementWords } from '../desk/customers/words.ts'
import { toldWords } from '../desk/matters/told-words.ts'
import { entitlementIn } from './customers.ts'
import type { DossierEntry, TicketDossier } from './dossier.ts'
import type { Teller } from './dossier-page.ts'
import { html, type Markup, type Piece } from './html.ts'
import type { MatterDossier, MatterEscalation } from './matter.ts'
import { responsibilityOf } from './responsibility.ts'

/** A section with its heading; without content it says so rather than being left out: a reader must see that there is none. */
export function section(title: string, content: Piece, none: string): Markup {
  const empty = Array.isArray(content) ? content.length === 0 : !content
  return html`<section><h2>${title}</h2>${empty ? html`<p class="none">${none}</p>` : content}</section>`
}

type Row = readonly [label: string, value: Piece, wide?: 'wide']

/** Rows without a value are left out. */
export function facts(rows: readonly Row[]): Markup {
  const there = rows.filter(([, value]) => value !== '' && value !== null && value !== undefined)
  return html`<dl>${there.map(([label, value, wide]) => html`<div${wide && html` class="wide"`}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

export function customerSection(
  { ticket, books }: TicketDossier,
  { contact, company }: MatterDossier,
  config: Config | undefined,
  { words, language, number, today }: Teller,
): Markup {
  const main = [ticket.customerAddress, ticket.customerPhone ?? '']
  const further = contact?.points.filter(point => !main.includes(point)) ?? []
  return section(
    words.customer,
    facts([
      [words.name, contact?.name ?? ticket.customerName],
      [words.company, company?.name ?? books?.company],
      [words.customerNumber, company?.number ?? books?.companyNumber],
      [words.address, ticket.customerAddress],
      [words.phone, number(ticket.customerPhone)],
      [words.furtherPoints, further.map(point => (point.startsWith('+') ? number(point) : point)).join(', ')],
      [
        words.entitlement,
        books && entitlementWords(entitlementIn(books, today), language, config?.contracts ?? {}),
        'wide',
      ],
      [words.device, books && deviceWords(books, language), 'wide'],
    ]),
    words.none,
  )
}

export function matterSection(
  { ticket }: TicketDossier,
  matter: MatterDossier,
  config: Config | undefined,
  { words, language, at, value, responsible }: Teller,
): Markup {
  const { severity, customerSeverity, impact, area, product, requestType, knownProblem, nextStep } = matter
  const request = requestType === null ? undefined : config?.requestTypes[requestType]
  const known = Object.entries(ticket.known).map(
    ([key, { value: told }]): Row => [request?.fields[key]?.label[language] ?? key, told],
  )
  return section(
    words.matter,
    facts([
      [words.state, value(ticket.state)],
      [words.opened, at(ticket.openedAt)],
      [words.closed, ticket.closedAt && at(ticket.closedAt)],
      [words.group, config?.groups[ticket.group]?.name ?? ticket.group],
      [words.assignee, responsible(ticket.assignee) || words.nobody],
      [words.requestType, request?.name[language] ?? requestType],
      [words.area, area && (config?.areas[area]?.name[language] ?? area)],
      [words.product, product && (config?.products[product]?.name ?? product)],
      [words.ourView, value(severity ?? 'unclassified')],
      [words.customerView, customerSeverity ? value(customerSeverity) : words.unknown],
      [words.impact, impact ? value(impact) : words.unknown],
      [words.problem, knownProblem && `${knownProblem.title} (${value(knownProblem.state)})`],
      ...known,
      [words.nextStep, nextStep, 'wide'],
    ]),
    words.none,
  )
}

/** "in person, recorded by Anna Fink". */
function toldBy(detail: unknown, { language, agent }: Teller): string {
  const { channel, agent: recorder, client } = told.parse(detail ?? {})
  return toldWords({ channel, recorder: recorder && agent(recorder), client }, language)
}

const word = z.string().catch('')
const told = z.object({ channel: word, agent: word, client: word })

/** What the customer wrote or told us with the whole text, and what somebody said into the telephone. */
export function reportedSection({ entries, calls }: TicketDossier, tell: Teller): Markup {
  const { words, at, value } = tell
  const mails = entries.filter(({ kind }) => customerEntryKinds.includes(kind))
  const spoken = calls.flatMap(({ arrivedAt, callerName, recordings }) =>
    recordings.map(one => ({
      at: one.storedAt ?? arrivedAt,
      who: callerName,
      of: one.of,
      text: one.transcript,
    })),
  )
  const parts = [
    ...mails.map(({ at: when, author, text, ...entry }) => ({
      when,
      html: html`<h3>${at(when)}: ${author} ${entry.kind === 'customer-mail' ? words.writtenBy : toldBy(entry.detail, tell)}</h3><div class="text">${text.trim()}</div>`,
    })),
    ...spoken.map(one => ({
      when: one.at,
      html: html`<h3>${at(one.at)}: ${one.of === 'message' ? words.message : words.conversation}${one.who && `, ${one.who}`}</h3><div class="text">${one.text ?? value(words.noTranscript)}</div>`,
    })),
  ]
  const inOrder = parts.toSorted((a, b) => (a.when < b.when ? -1 : 1))
  return section(
    words.reported,
    inOrder.map(part => part.html),
    words.none,
  )
}

/** Who answered for it from when to when; at every moment exactly one side did. */
export function responsibilitySection(
  { entries, ticket }: TicketDossier,
  config: Config | undefined,
  { words, at, value, responsible }: Teller,
): Markup {
  const rows = responsibilityOf(entries, ticket).map(
    ({ group, agent: key, since, until, how, by, reason }) => {
      const groupName = config?.groups[group]?.name ?? group
      const who =
        key === null ? groupName : html`<b>${responsible(key)}</b><br><span class="faint">${groupName}</span>`
      // Why it was routed or rose is told where that is told; why a colleague passed it on is told nowhere else.
      const because = how === 'passed-on' && reason && html`<br><span class="faint">${reason}</span>`
      const end = until === null ? words.untilNow : `${words.to} ${at(until)}`
      return html`<tr><td class="when">${at(since)}<br><span class="faint">${end}</span></td><td>${who}</td><td>${value(how)}${by && `, ${by}`}${because}</td></tr>`
    },
  )
  const table = html`<table><thead><tr><th class="when">${words.when}</th><th>${words.assignee}</th><th>${words.reason}</th></tr></thead><tbody>${rows}</tbody></table>`
  return section(words.responsibility, table, words.none)
}

/** How high it rose, when and why, and who was asked. */
export function levelSection(
  { entries }: TicketDossier,
  { level, escalations }: MatterDossier,
  config: Config | undefined,
  tell: Teller,
): Markup {
  const { words, language, at } = tell
  const nameOf = (one: number) => {
    const name = config?.levels?.[String(one) as '1']?.name[language]
    return name ? `${one} – ${name}` : String(one)
  }
  const raised = entries.filter(({ kind }) => kind === 'level-raised')
  const now = html`<p>${words.level}: <b>${nameOf(level)}</b></p>`
  const policy = raised.map(
    entry =>
      html`<tr><td class="when">${at(entry.at)}</td><td>${nameOf(Number(detailOf(entry, 'level')) || level)}</td><td>${detailOf(entry, 'because') || entry.text}</td><td></td></tr>`,
  )
  const rows = escalations.map(
    one =>
      html`<tr><td class="when">${at(one.openedAt)}</td><td>${one.fromLevel} → ${nameOf(one.level)}</td><td>${reasonOf(one, tell)}</td><td>${acknowledgement(one, tell)}</td></tr>`,
  )
  const all = [...policy, ...rows]
  const table = html`<table><thead><tr><th class="when">${words.when}</th><th>${words.fromTo}</th><th>${words.reason}</th><th>${words.acknowledged}</th></tr></thead><tbody>${all}</tbody></table>`
  return section(words.levels, [now, all.length > 0 && table], words.none)
}

function reasonOf(
  { cause, reason, fromAgent }: MatterEscalation,
  { value, responsible, words }: Teller,
): Markup {
  const before =
    fromAgent && html`<br><span class="faint">${words.assignee}: ${responsible(fromAgent)}</span>`
  return html`${reason || value(cause)}${reason && html`<br><span class="faint">${value(cause)}</span>`}${before}`
}

function acknowledgement(one: MatterEscalation, { value, responsible, at, words }: Teller): Piece {
  const { state, acknowledgedBy, acknowledgedHow, acknowledgeBy, endedAt } = one
  if (acknowledgedBy !== null) {
    const how = acknowledgedHow && `, ${value(acknowledgedHow)}`
    return html`${responsible(acknowledgedBy)}${how}${endedAt && html`<br><span class="faint">${at(endedAt)}</span>`}`
  }
  return html`${value(state)}${state === 'waiting' && acknowledgeBy && `, ${words.until} ${at(acknowledgeBy)}`}`
}

/** Stored as JSON by the version of the day; '' where it has no such part. */
export function detailOf({ detail }: Pick<DossierEntry, 'detail'>, part: string): string {
  const told: unknown = typeof detail === 'object' && detail !== null ? Reflect.get(detail, part) : undefined
  return typeof told === 'string' || typeof told === 'number' ? String(told) : ''
}
