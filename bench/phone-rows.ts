/** Years of a hotline as rows, made by the database itself. */
import type pg from 'pg'

/** Customers who are owed a call, due to be looked at in an hour. Tickets and promises of their own each. */
export async function writeOwed(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `with fresh as (insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox,
         "group", office, opened_at, changed_at, level)
       select gen_random_uuid(), 'o' || n, 'open', 'Anruf', '', '', 'de', 'support', 'support', 'hamburg',
         now(), now(), 1 from generate_series(1, $1::int) n returning id),
     promised as (insert into guarantee (id, ticket_id, kind, state, started_at, due_at, derivation)
       select gen_random_uuid(), id, 'callback', 'open', now(), now() + interval '2 hours', '[]' from fresh
       returning id, ticket_id)
     insert into callback (id, ticket_id, guarantee_id, owed_for, number, language, line, agent, state, stage, wake_at,
         created_at)
       select gen_random_uuid(), ticket_id, id, ticket_id, '+491713' || lpad((random() * 999999)::int::text, 6, '0'),
         'de', 'hotline', 'anna', 'owed', 'assigned', now() + interval '1 hour', now() from promised`,
    [count],
  )
}

/** Callbacks of the past, with what belongs to them: promise, attempt, call, leg and event. */
export async function writeHistory(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox, "group", office,
         opened_at, changed_at, level)
       select gen_random_uuid(), 'h' || n, 'resolved', 'Anruf', '', '', 'de', 'support', 'support', 'hamburg',
         now() - interval '1 year', now(), 1 from generate_series(1, $1::int) n`,
    [Math.ceil(count / 5)],
  )
  await client.query(
    `with old as (select gen_random_uuid() as id, gen_random_uuid() as promise, gen_random_uuid() as leg, t.id as ticket,
         now() - interval '1 year' + random() * interval '360 days' as at,
         '+491713' || lpad((random() * 999999)::int::text, 6, '0') as number
       from ticket t cross join generate_series(1, 5) where t.number like 'h%'),
     promised as (insert into guarantee (id, ticket_id, kind, state, started_at, due_at, ended_at, derivation, reason)
       select promise, ticket, 'callback', 'kept', at, at + interval '2 hours', at + interval '1 hour', '[]', 'attempt'
       from old),
     rung as (insert into callback (id, ticket_id, guarantee_id, number, language, line, agent, state, stage, attempts,
         created_at, ended_at)
       select id, ticket, promise, number, 'de', 'hotline', 'anna', 'done', 'assigned', 1, at, at from old),
     tried as (insert into callback_attempt (id, callback_id, agent, mode, state, outcome, call_id, requested_at,
         accepted_at, ended_at)
       select id, id, 'anna', 'rung', 'ended', 'answered', id, at, at, at from old),
     called as (insert into call (id, provider, provider_id, direction, line, language, ticket_id, number, raw_from,
         raw_to, state, step, arrived_at)
       select id, 'telephone', id::text, 'in', 'hotline', 'de', ticket, number, number, '+494066969123', 'ended',
         'goodbye', at from old),
     legs as (insert into call_leg (id, call_id, party, agent, number, state, outcome, rang_at, accepted_at, ended_at)
       select leg, id, 'agent', 'anna', '+491713920041', 'ended', 'bridged', at, at, at from old)
     insert into call_event (provider, key, call_id, kind, at, payload)
       select 'telephone', id::text, id, 'arrived', at, '{}' from old`,
  )
}

/** Statistics as autovacuum would have made them by the time a desk has so many rows. */
export async function settleRows(client: pg.Client): Promise<void> {
  await client.query('vacuum analyze')
}
