import type { Dimension, Filter } from './figure.ts'

/** What every figure can be told apart by and filtered by, in SQL. Facts name these columns; here is what is done with them. */

/** Of a ticket `t`. */
export const ofTicket = `t.channel, t."group", t.area, t.product, t.company_id, t.assignee, null::text as vendor`

/** Of a mail `i` with the ticket `t` it belongs to, if it belongs to one; else its mailbox says where it would have gone. */
export const ofMail = `coalesce(t.channel, 'mail') as channel, coalesce(t."group", $5::jsonb -> 'mailboxes' ->> i.mailbox) as "group",
  t.area, t.product, t.company_id, t.assignee, null::text as vendor`

/**
 * A ticket `t` that is work of the desk. Merged tickets are counted with the one that they were merged into, and nowhere
 * else: the customer has one matter. What was put aside as spam is nobody's matter; `#spam` writes its line in the moment in
 * which it closes the ticket, and a ticket that was reopened afterwards is work again. What machines write opens no ticket.
 */
export const isWork = `t.merged_into_id is null and not exists (select from entry aside
      where aside.kind = 'command-spam' and aside.ticket_id = t.id and aside.at >= t.closed_at and aside.at >= $1)`

/** An agent of several groups counts for the ticket's own if it is one of them, else for the first of the configuration. */
const agentGroup = `case when assignee is null then ''
  when ($5::jsonb -> 'agents' -> assignee) ? "group" then "group"
  else coalesce($5::jsonb -> 'agents' -> assignee ->> 0, '') end`

const unitOf = (unit: string) => `to_char(date_trunc('${unit}', at at time zone $3), 'YYYY-MM-DD')`

const expressions: Readonly<Record<Dimension, string>> = {
  channel: `coalesce(channel, '')`,
  group: `coalesce("group", '')`,
  area: `coalesce(area, '')`,
  product: `coalesce(product, '')`,
  customer: `coalesce(company_id::text, '')`,
  'agent-group': agentGroup,
  vendor: `coalesce(vendor, '')`,
  day: unitOf('day'),
  week: unitOf('week'),
  month: unitOf('month'),
}

export function sliceOf(by: Dimension): string {
  return expressions[by]
}

export function isTime(by: Dimension | null): by is 'day' | 'week' | 'month' {
  return by === 'day' || by === 'week' || by === 'month'
}

/** A condition over the facts' columns that reads its values from $4. */
export function conditionOf(filter: Filter): string {
  const given = (key: keyof Filter) => filter[key] !== undefined
  const value = (key: keyof Filter) => `$4::jsonb ->> '${key}'`
  const conditions = [
    ...(given('channel') ? [`channel = ${value('channel')}`] : []),
    ...(given('groups')
      ? [`"group" = any(array(select jsonb_array_elements_text($4::jsonb -> 'groups')))`]
      : []),
    ...(given('area') ? [`coalesce(area, '') = ${value('area')}`] : []),
    ...(given('product') ? [`coalesce(product, '') = ${value('product')}`] : []),
    ...(given('customer') ? [`coalesce(company_id::text, '') = ${value('customer')}`] : []),
    ...(given('agentGroup') ? [`${agentGroup} = ${value('agentGroup')}`] : []),
  ]
  return conditions.length === 0 ? 'true' : conditions.join(' and ')
}
