import type { Config } from '../../config/schema.ts'
import { endingKinds, eventOf } from '../../desk/webhooks/events.ts'
import {
  type EndedPromise,
  type EventPayload,
  eventPayload,
  testPayload,
} from '../../desk/webhooks/payload.ts'
import type { Tx } from '../../store/database.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../../store/generated/client.ts'
import { instantOf } from '../calls/call-rows.ts'

/** What a line of history is for an endpoint. Read when it is sent: what a client may see is asked then, too. */

interface EntryFacts {
  readonly kind: string
  readonly at: Date
  readonly detail: unknown
  readonly first: boolean
  readonly leads: boolean
  readonly brokenTold: boolean
  readonly number: string
  readonly group: string
  readonly channel: string
  readonly ended: readonly EndedPromise[]
}

/**
 * Undefined where it is nothing that this endpoint hears of, or on a ticket that its client does not see. An event of the
 * endpoint itself is a test.
 */
export async function eventOfEntry(
  tx: Tx,
  { api }: Pick<Config, 'api'>,
  endpoint: WebhookEndpoint,
  { entryId, createdAt }: Pick<WebhookDelivery, 'entryId' | 'createdAt'>,
): Promise<EventPayload | undefined> {
  if (entryId === endpoint.id) return testPayload(endpoint.id, instantOf(createdAt))
  const facts = await readFacts(tx, entryId)
  const sees = api.clients[endpoint.client]?.groups
  if (!facts || (sees && !sees.includes(facts.group))) return undefined
  const { kind, first, leads, brokenTold, number, group, channel } = facts
  const detail = typeof facts.detail === 'object' && facts.detail !== null ? { ...facts.detail } : {}
  const ended = facts.ended.map(({ state }) => state)
  const type = eventOf({ kind, detail, first, ended, leads, brokenTold }, endpoint.types)
  if (!type) return undefined
  const promises = facts.ended.map(one => ({ ...one, dueAt: new Date(one.dueAt).toISOString() }))
  return eventPayload(type, {
    ...{ kind, detail, promises, at: instantOf(facts.at) },
    ticket: { number, group, channel },
  })
}

/** Mails of one batch have one moment; the first of them that arrived opened the ticket. */
async function readFacts(tx: Tx, entryId: string): Promise<EntryFacts | undefined> {
  const ending = [...endingKinds]
  const [facts] = await tx.$queryRaw<EntryFacts[]>`
    select e.kind, e.at, e.detail, t.number, t."group", t.channel,
      e.kind in ('customer-mail', 'customer-words', 'call') and not exists (
        select 1 from entry o
        where o.ticket_id = e.ticket_id and o.kind in ('customer-mail', 'customer-words', 'call')
          and (o.at, coalesce(o.inbound_id, 0), o.id) < (e.at, coalesce(e.inbound_id, 0), e.id)) as first,
      not exists (
        select 1 from entry o where o.ticket_id = e.ticket_id and o.at = e.at and o.kind = any(${ending}::text[])
          and (array_position(${ending}::text[], o.kind), o.id) < (array_position(${ending}::text[], e.kind), e.id)
      ) as leads,
      exists (
        select 1 from entry o where o.ticket_id = e.ticket_id and o.at = e.at
          and o.kind in ('promise-broken', 'callback-broken')) as "brokenTold",
      coalesce((
        select json_agg(json_build_object('kind', g.kind, 'state', g.state, 'dueAt', g.due_at) order by g.kind, g.id)
        from guarantee g where g.ticket_id = e.ticket_id and g.ended_at = e.at), '[]') as ended
    from entry e join ticket t on t.id = e.ticket_id where e.id = ${entryId}::uuid`
  return facts
}
