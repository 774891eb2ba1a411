/** The second half of the printed dossier: what was promised, tried, done and sent. */
import { z } from 'zod'
import type { Config } from '../config/schema.ts'
import { internalKinds } from '../desk/notice.ts'
import { derivationSentence } from '../desk/promise/derivation-words.ts'
import type { DossierLetter, TicketDossier } from './dossier.ts'
import { detailOf, section } from './dossier-matter.ts'
import type { Teller } from './dossier-page.ts'
import { html, type Markup, type Piece } from './html.ts'
import type { MatterDossier, MatterPromise } from './matter.ts'

function table(heads: readonly string[], rows: readonly (readonly Piece[])[]): Piece {
  if (rows.length === 0) return null
  const mark = (at: number) => at === 0 && html` class="when"`
  return html`<table><thead><tr>${heads.map((head, i) => html`<th${mark(i)}>${head}</th>`)}</tr></thead><tbody>${rows.map(row => html`<tr>${row.map((cell, i) => html`<td${mark(i)}>${cell}</td>`)}</tr>`)}</tbody></table>`
}

export function promiseSection({ promises }: MatterDossier, tell: Teller): Markup {
  const { words, at, value } = tell
  const rows = promises.map(one => [
    html`<b>${value(one.kind)}</b>${one.minutes !== null && html`<br><span class="faint">${one.minutes} ${words.minutes}${one.policy && `, ${one.policy}`}</span>`}`,
    at(one.dueAt),
    outcomeOf(one, tell),
    derivationOf(one, tell),
  ])
  return section(
    words.promises,
    table([words.promise, words.due, words.ended, words.derivation], rows),
    words.none,
  )
}

function outcomeOf(
  { state, endedAt, pausedAt, pausedFor }: MatterPromise,
  { words, at, value }: Teller,
): Markup {
  const paused =
    pausedAt !== null &&
    html`<br><span class="faint">${words.paused} ${at(pausedAt)} (${value(pausedFor ?? '')})</span>`
  return html`<span${state === 'broken' && html` class="bad"`}>${value(state)}</span>${endedAt && html`<br><span class="faint">${at(endedAt)}</span>`}${paused}`
}

const step = z.union([
  z.object({ date: z.iso.date(), closed: z.string() }),
  z.object({ date: z.iso.date(), from: z.string(), to: z.string(), minutes: z.number() }),
])

/** A step of another shape, as another version stored it, is left out rather than guessed at. */
function derivationOf(
  { startedAt, dueAt, derivation }: MatterPromise,
  { timeZone, language }: Teller,
): string {
  const steps: readonly unknown[] = Array.isArray(derivation) ? derivation : []
  const known = steps.flatMap(each => step.safeParse(each).data ?? [])
  const { from } = Temporal.Instant
  return derivationSentence(
    { startedAt: from(startedAt), dueAt: from(dueAt), derivation: known },
    { timeZone },
    language,
  )
}

/** Calls in both directions, each attempt to ring back, and whom the customer spoke with. */
export function callSection({ calls, callbacks }: TicketDossier, tell: Teller): Markup {
  const { words, at, value, agent, number } = tell
  const spoken = calls.map(call => {
    const other = number(call.number) || words.unknown
    const legs = call.legs.flatMap(leg => (leg.agent === null ? [] : agent(leg.agent)))
    const lasted = call.seconds === null ? '' : `, ${call.seconds} ${words.seconds}`
    return {
      when: call.arrivedAt,
      cells: [
        at(call.arrivedAt),
        `${call.direction === 'out' ? words.outgoing : words.incoming} ${other}`,
        [...new Set(legs)].join(', '),
        `${value(call.outcome ?? call.state)}${lasted}`,
      ],
    }
  })
  const tried = callbacks.flatMap(callback =>
    callback.attempts.map(one => ({
      when: one.requestedAt,
      cells: [
        at(one.requestedAt),
        `${words.outgoing} ${number(callback.number)}`,
        agent(one.agent),
        value(one.outcome ?? one.state),
      ],
    })),
  )
  const rows = [...spoken, ...tried].toSorted((a, b) => (a.when < b.when ? -1 : 1)).map(({ cells }) => cells)
  return section(words.calls, table([words.when, words.what, words.who, words.outcome], rows), words.none)
}

/** In the order in which they were recorded: a cause that was corrected later shows both. */
export function measureSection({ entries }: TicketDossier, { words, at, value, agent }: Teller): Markup {
  const recorded = entries.filter(({ kind }) => kind === 'measure')
  const parts = recorded.map(
    entry =>
      html`<h3>${value(detailOf(entry, 'of'))} <span class="faint">${at(entry.at)}, ${agent(entry.author)}</span></h3><div class="text">${entry.text.trim()}</div>`,
  )
  return section(words.measures, parts, words.none)
}

/** Left out where the kind of request has no procedure. */
export function stepSection(
  { steps, requestType }: MatterDossier,
  config: Config | undefined,
  { words, language, at, value, agent }: Teller,
): Piece {
  if (steps.length === 0) return null
  const request = requestType === null ? undefined : config?.requestTypes[requestType]
  const rows = steps.map(one => [
    one.endedAt === null ? '' : at(one.endedAt),
    request?.steps[one.key]?.name[language] ?? one.key,
    agent(one.doneBy),
    html`${value(one.state)}${one.remark && html`<br><span class="faint">${one.remark}</span>`}`,
  ])
  return section(words.procedure, table([words.when, words.step, words.who, words.outcome], rows), words.none)
}

/** Letters to customers with their text; of notices to our own people only that they went. */
export function letterSection({ letters, texts }: TicketDossier, tell: Teller): Markup {
  const { words, at, number } = tell
  const outside = letters.filter(({ kind }) => !(internalKinds as readonly string[]).includes(kind))
  const whole = outside.map(
    letter =>
      html`<h3>${letterHead(letter, tell)}</h3>${letter.text && html`<div class="text">${letter.text.trim()}</div>`}`,
  )
  const short = texts.map(
    one =>
      html`<h3>${at(one.sentAt ?? one.createdAt)}: ${number(one.recipient)}</h3>${one.text && html`<div class="text">${one.text.trim()}</div>`}`,
  )
  const inside = letters.filter(letter => !outside.includes(letter))
  const list =
    inside.length > 0 && html`<ul>${inside.map(letter => html`<li>${letterHead(letter, tell)}</li>`)}</ul>`
  const all = [...whole, ...short, ...(list ? [list] : [])]
  return section(words.letters, all, words.none)
}

function letterHead(
  { sentAt, createdAt, state, recipient, subject, kind }: DossierLetter,
  { at, value }: Teller,
): Markup {
  return html`${at(sentAt ?? createdAt)}: ${recipient}, ${subject ?? kind} <span class="faint">(${value(state)})</span>`
}

/** Left out where there are none. */
export function linkSection({ ticket: { linked } }: TicketDossier, { words, ticket }: Teller): Piece {
  const rows: readonly (readonly [string, readonly (string | null)[]])[] = [
    [words.follows, [linked.follows]],
    [words.followedBy, linked.followedBy],
    [words.mergedInto, [linked.mergedInto]],
    [words.mergedFrom, linked.mergedFrom],
  ]
  const told = rows.flatMap(([label, numbers]) => {
    const there = numbers.filter(one => one !== null).map(ticket)
    return there.length > 0 ? [html`<li>${label} ${there.join(', ')}</li>`] : []
  })
  return told.length > 0 ? section(words.linked, html`<ul>${told}</ul>`, words.none) : null
}
