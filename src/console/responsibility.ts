import { z } from 'zod'
import type { DossierEntry } from './dossier.ts'

/**
 * Who answered for a ticket when, from whom it came and why: read from its history, which is never rewritten, so that
 * what is shown is what was written down at the time. Nothing here reads a database.
 */
export interface Responsibility {
  /** Key of the group. */
  readonly group: string
  /** Key of the agent; null where the whole group is responsible. */
  readonly agent: string | null
  readonly since: string
  /** Null: now. */
  readonly until: string | null
  /** What brought it about: a kind of entry; the beginning is "routed". */
  readonly how: string
  /** Who did; '' for the gateway. */
  readonly by: string
  readonly reason: string
}

/** Stored as JSON by the version of the day; what is of another shape tells nothing. */
const words = z.string().nullable().catch(null).default(null)
const shape = z.object({
  ...{ group: words, agent: words, fromGroup: words, fromAgent: words, because: words, value: words },
  ...{ toGroup: words, reason: words },
})

interface Held {
  readonly group: string
  readonly agent: string | null
}

interface Turn extends Held {
  readonly at: string
  readonly how: string
  readonly by: string
  readonly reason: string
}

type Told = Pick<DossierEntry, 'kind' | 'at' | 'author' | 'text' | 'detail'>

interface TicketNow {
  readonly group: string
  readonly assignee: string | null
  readonly openedAt: string
}

/**
 * The spans of time in which one side was responsible, oldest first; exactly one at every moment. `entries` are in their
 * order; what the ticket says now counts where the history of an older version says less.
 */
export function responsibilityOf(entries: readonly Told[], now: TicketNow): readonly Responsibility[] {
  // Where it went when it was opened is how it began, wherever the line stands among those of the same moment.
  const routed = entries.find(({ kind, detail }) => kind === 'routed' && groupIn(detail) !== null)
  const turns: Turn[] = [
    {
      ...firstHolder(entries, routed, now),
      at: now.openedAt,
      ...{ how: 'routed', by: '' },
      reason: routed ? reasonIn(routed) : '',
    },
  ]
  for (const entry of entries) {
    const before = turns.at(-1)
    const next = before && nextHolder(entry, before)
    if (!next || (before.group === next.group && before.agent === next.agent)) continue
    turns.push({ ...next, at: entry.at, how: entry.kind, by: entry.author, reason: reasonIn(entry) })
  }
  return turns.map(({ group, agent, at, how, by, reason }, index) => ({
    ...{ group, agent, how, by, reason, since: at },
    until: turns[index + 1]?.at ?? null,
  }))
}

/** Whose it was at first: what the routing says, else the first hand-over, else the ticket. */
function firstHolder(entries: readonly Told[], routed: Told | undefined, now: TicketNow): Held {
  const { group, agent } = shape.parse(routed ? fieldsOf(routed.detail) : {})
  if (group !== null) return { group, agent }
  const first = entries.find(({ kind }) => kind === 'passed-on' || kind === 'escalated')
  const { fromGroup } = shape.parse(first ? fieldsOf(first.detail) : {})
  const held: Held = { group: fromGroup ?? now.group, agent: null }
  const wasGiven = entries.some(entry => nextHolder(entry, held) !== undefined)
  return wasGiven ? held : { ...held, agent: now.assignee }
}

function groupIn(detail: unknown): string | null {
  return shape.parse(fieldsOf(detail)).group
}

function nextHolder({ kind, detail }: Told, before: Held): Held | undefined {
  const { group, agent, value, toGroup } = shape.parse(fieldsOf(detail))
  switch (kind) {
    case 'passed-on':
      return group === null ? undefined : { group, agent }
    case 'command-take':
    case 'command-assign':
      return value === null ? undefined : { group: before.group, agent: value }
    case 'escalated':
      return toGroup === null ? undefined : { group: toGroup, agent: null }
    case 'escalation-acknowledged':
    case 'put-through':
      return agent === null ? undefined : { group: before.group, agent }
    default:
      return undefined
  }
}

function reasonIn({ kind, text, detail }: Told): string {
  if (kind === 'passed-on') return text
  const { because, reason } = shape.parse(fieldsOf(detail))
  if (kind === 'escalated') return reason ?? ''
  return kind === 'routed' ? (because ?? '') : ''
}

function fieldsOf(detail: unknown): object {
  return typeof detail === 'object' && detail !== null ? detail : {}
}
