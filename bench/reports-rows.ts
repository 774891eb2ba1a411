/** Two years of a large desk, as rows, made by the database itself. */
import type pg from 'pg'

/** The last day of the two years. */
export const lastDay = '2026-11-29'

/**
 * `count` tickets with what belongs to them: answers, promises, calls, escalations, causes, surveys, cases at manufacturers,
 * and the mails they came by. Seven in a hundred were reopened, two or three in a hundred are spam, two are open.
 */
export async function writeYears(client: pg.Client, count: number): Promise<void> {
  // Rows made by one statement need no check that they belong together, nor webhooks.
  await client.query(`set session_replication_role = replica`)
  for (const statement of statements) await client.query(statement.replaceAll('$count', String(count)))
  await client.query(`set session_replication_role = default`)
  // Statistics as autovacuum would have made them by the time a desk has so many rows.
  await client.query('vacuum analyze')
}

/** Nothing happens later. */
const end = `timestamptz '${lastDay} 22:00Z'`
const minutes = (most: number) => `random() * ${most} * interval '1 minute'`

const statements: readonly string[] = [
  `insert into company (id, name) select gen_random_uuid(), 'Kunde ' || n || ' GmbH' from generate_series(1, 2000) n`,
  `insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox, "group", office,
      channel, opened_at, changed_at, closed_at, assignee, level, area, product, company_id)
    select gen_random_uuid(), 't' || n, case when n % 100 > 0 and closed < ${end} then 'resolved' else 'open' end, 'Drucker druckt nicht',
      'kunde' || n % 50000 || '@example.org', 'Petra Lindner', 'de', 'support', (array['support', 'field', 'uk'])[1 + n % 3],
      (array['hamburg', 'woking'])[1 + n % 2], (array['mail', 'mail', 'phone', 'form'])[1 + n % 4], opened, opened,
      case when n % 100 > 0 and closed < ${end} then closed end, (array['anna', 'bernd', 'carla', 'dora'])[1 + n % 4], 1,
      (array['printers', 'network', null])[1 + n % 3], case when n % 5 = 0 then 'e42' end, companies.ids[1 + n % 2000]
    from (select n, opened, opened + ${minutes(20_000)} as closed
      from (select n, ${end} - (n::float8 / $count) * interval '730 days' as opened
        from generate_series(1, $count) n) made) tickets cross join (select array_agg(id) as ids from company) companies`,
  `insert into entry (id, ticket_id, kind, at, author, text, detail)
    select gen_random_uuid(), id, 'agent-answer', opened_at + ${minutes(600)}, 'Anna Fink', 'Guten Tag', '{}' from ticket
    cross join generate_series(1, 2)`,
  `insert into entry (id, ticket_id, kind, at, author, text, detail)
    select gen_random_uuid(), id, kind, opened_at + (coalesce(closed_at, ${end}) - opened_at) * part, '', '',
      '{"from": "resolved"}'
    from ticket cross join (values ('command-close', 0.3), ('reopened', 0.6)) lines (kind, part) where sequence % 14 = 0`,
  `insert into entry (id, ticket_id, kind, at, author, text, detail)
    select gen_random_uuid(), id, case when sequence % 40 = 0 then 'command-spam' else 'command-close' end, closed_at,
      'Anna Fink', '', '{}' from ticket where closed_at is not null`,
  `insert into entry (id, ticket_id, kind, at, author, text, detail)
    select gen_random_uuid(), id, 'no-confirmation', opened_at, '', '',
      '{"noText": "5 automatic letters to this address in the last hour; budgets.addressPerHour is 5", "noMail": "no address is known"}'
    from ticket where channel = 'phone' and sequence % 50 = 2`,
  `insert into refused_dial (id, ticket_id, number, reason, at)
    select gen_random_uuid(), id, '+494066969123', (array['per-number', 'premium'])[1 + sequence % 3 % 2], opened_at
    from ticket where channel = 'phone' and sequence % 50 = 2`,
  `insert into entry (id, ticket_id, kind, at, author, text, detail)
    select gen_random_uuid(), id, 'measure', opened_at + ${minutes(2000)}, 'Anna Fink', 'Ursache ' || sequence % 997,
      '{"of": "cause"}' from ticket where sequence % 3 = 0`,
  `insert into guarantee (id, ticket_id, kind, state, started_at, due_at, ended_at, derivation, reason, minutes, stage)
    select gen_random_uuid(), id, kind, case when random() < 0.1 then 'broken' else 'kept' end, opened_at,
      opened_at + interval '2 hours', opened_at + ${minutes(180)}, '[]', 'answered', 120, 'none'
    from ticket cross join unnest(array['first-response', 'resolution']) kind`,
  `with promised as (insert into guarantee (id, ticket_id, kind, state, started_at, due_at, ended_at, derivation, reason,
        minutes, stage)
      select gen_random_uuid(), id, 'callback', case when random() < 0.1 then 'broken' else 'kept' end, opened_at,
        opened_at + interval '2 hours', opened_at + interval '1 minute' + ${minutes(180)}, '[]', 'contact', 120, 'none'
      from ticket where channel = 'phone' returning id, ticket_id, started_at, ended_at)
    insert into callback (id, ticket_id, guarantee_id, number, language, line, agent, state, stage, first_attempt_at,
        first_contact_at, created_at, ended_at)
      select gen_random_uuid(), ticket_id, id, '+494066969123', 'de', 'hotline', 'anna', 'done', 'none', ended_at, ended_at,
        started_at, ended_at from promised`,
  `insert into escalation (id, ticket_id, from_level, level, cause, reason, state, opened_at, ended_at)
    select gen_random_uuid(), id, 1, 2 + (sequence % 3)::int, 'guarantee-broken', '', 'acknowledged',
      opened_at + interval '1 hour', opened_at + interval '1 hour' + ${minutes(60)} from ticket where sequence % 20 = 0`,
  `insert into vendor_case (id, ticket_id, vendor, number, subject, state, agent, mailbox, language, description,
      waits_for, since, waited_minutes, opened_at, outcome, rating)
    select gen_random_uuid(), id, (array['acme', 'zeta'])[1 + sequence % 2], 'H' || sequence, '', 'closed', 'anna', 'support',
      'en', '{}', 'us', opened_at, (random() * 5000)::int, opened_at, 'repaired', 1 + (sequence % 5)::int
    from ticket where sequence % 50 = 0`,
  `insert into survey (id, ticket_id, asked_at, open_until, state, score, solved, voted_at)
    select gen_random_uuid(), id, closed_at, closed_at + interval '30 days', 'answered',
      case when sequence % 3 = 0 then 1 + (sequence % 5)::int end, case when sequence % 3 = 0 then sequence % 7 > 0 end,
      case when sequence % 3 = 0 then closed_at + interval '1 day' end
    from ticket where closed_at is not null and sequence % 2 = 0`,
  `insert into inbound (channel, mailbox, folder, uid_validity, uid, raw_sha256, size, received_at, taken_in_at,
      classification, fingerprint, original_print, outcome, rule, trail, ticket_id)
    select 'mail', 'support', 'INBOX', 1, sequence * 2 + n, md5(sequence::text), 5000, opened_at, opened_at, 'customer',
      sequence || ' ' || n, sequence || ' ' || n,
      case when n = 0 then 'open-ticket' when sequence % 10 = 0 then 'note-machine-mail' else 'add-entry' end, 'new-ticket',
      ('[{"rule": "own-mail", "hit": false, "because": "it is none of ours"}, {"rule": "machine-mail", "hit": false, "because": "nothing marks it as machine mail"}, {"rule": "new-ticket", "hit": true, "because": "it names no ticket"},
        {"rule": "auto-reply", "hit": ' || case when sequence % 50 = 0 then 'false, "because": "5 automatic letters to this address in the last hour; budgets.addressPerHour is 5"' else 'true, "because": "within the budget"' end || '}]')::jsonb,
      id from ticket cross join generate_series(0, 1) n where channel <> 'phone'`,
  `insert into held (id, inbound_id, ticket_id, reason, detail, state, held_at, decided_at, decision)
    select gen_random_uuid(), id, ticket_id, 'stranger', '{}', 'decided', taken_in_at, taken_in_at + ${minutes(200)}, 'add'
    from inbound where id % 50 = 0`,
  `insert into balance (id, mailbox, folder, at, on_server, in_ledger, reread, detail)
    select gen_random_uuid(), 'support', 'INBOX', timestamptz '${lastDay} 02:00Z' - n * interval '1 day', 1000, 1000, 0,
      '{"missing": []}' from generate_series(0, 729) n`,
]
