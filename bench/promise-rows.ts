/** A desk that promised much, as rows, made by the database itself. */
import type pg from 'pg'

/**
 * Open promises until there are `count` of them: tickets that wait for an answer and a solution, and tickets that are
 * owed a call and a status update. All of them were looked at, and are to be looked at again within the month.
 */
export async function writeOpenPromises(client: pg.Client, count: number): Promise<void> {
  const { rows } = await client.query<{ open: string }>('select count(*) as open from guarantee')
  const [before = 0, tickets] = [Number(rows[0]?.open), Math.ceil((count - Number(rows[0]?.open)) / 2)]
  const until = `now() + interval '2 hours' + random() * interval '28 days'`
  await client.query(
    `insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox, "group", office,
         opened_at, changed_at, level, severity)
       select gen_random_uuid(), (case when n % 2 = 0 then 'm' else 'c' end) || n, 'open', 'Drucker druckt nicht',
         'kunde' || n || '@example.org', 'Petra Lindner', 'de', 'support', 'support', 'hamburg',
         now() - interval '1 day', now(), 1, 'hindered' from generate_series($1::int + 1, $1::int + $2::int) n`,
    [before, tickets],
  )
  await client.query(
    `with waking as (select id, kind, ${until} as due from ticket cross join
         unnest(case when number like 'm%' then array['first-response', 'resolution']
           else array['callback', 'status-update'] end) kind
         where not exists (select 1 from guarantee g where g.ticket_id = ticket.id)),
     promised as (insert into guarantee (id, ticket_id, kind, state, started_at, due_at, derivation, minutes, policy,
         stage, wake_at)
       select gen_random_uuid(), id, kind, 'open', now() - interval '1 day', due, '[]', 1440, 'policy.targets row 1',
         'none', case when kind = 'callback' then null else due - interval '1 hour' end from waking
       returning id, ticket_id, kind, due_at)
     insert into callback (id, ticket_id, guarantee_id, owed_for, number, language, line, agent, state, stage, wake_at,
         created_at)
       select gen_random_uuid(), ticket_id, id, ticket_id, '+491713' || lpad((random() * 999999)::int::text, 6, '0'),
         'de', 'hotline', 'anna', 'owed', 'assigned', due_at - interval '1 hour', now() from promised
       where kind = 'callback'`,
  )
  // Statistics as autovacuum would have made them by the time a desk has so many rows.
  await client.query('vacuum analyze')
}

/**
 * `count` of those that were not looked at since are due now, as many of each kind, and all at the same moment, as after
 * a weekend: half of the time of answers, solutions and calls is over, and updates have to be sent.
 */
export async function makeDue(client: pg.Client, count: number): Promise<void> {
  const each = Math.ceil(count / 4)
  for (const kind of ['first-response', 'resolution'])
    await client.query(
      `update guarantee set wake_at = now() - interval '1 minute', started_at = now() - interval '61 minutes',
         due_at = now() + interval '59 minutes', minutes = 120 where id in
         (select id from guarantee where kind = $1 and state = 'open' and stage = 'none' and wake_at > now() limit $2)`,
      [kind, each],
    )
  await client.query(
    `update guarantee set wake_at = now() - interval '1 minute', started_at = now() - interval '121 minutes',
       due_at = now() - interval '1 minute', minutes = 120 where id in
       (select id from guarantee where kind = 'status-update' and state = 'open' and wake_at > now() limit $1)`,
    [each],
  )
  await client.query(
    `with woken as (update callback set wake_at = now() - interval '1 minute' where id in
         (select id from callback where owed_for is not null and stage = 'assigned' and wake_at > now() limit $1)
       returning guarantee_id)
     update guarantee set started_at = now() - interval '61 minutes', due_at = now() + interval '59 minutes'
       where id in (select guarantee_id from woken)`,
    [each],
  )
}
