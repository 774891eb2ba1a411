import { wasReopened } from './reopened.ts'

/** The lines of history that close a ticket; those that close it into another one are left out with their tickets. */
const closing = `(e.kind in ('command-close', 'command-spam')
        or (e.kind = 'known-problem-solved' and e.detail ->> 'closed' = 'true'))`

/**
 * Closings that a reopening followed: the ticket itself knows its last closing only. Those that can touch the period, which
 * were closed before its end and reopened after its beginning, each with both times and whether it was put aside as spam.
 * Beginning with the reopenings, of which there are few, and looking for the last line before each: a reopening that
 * follows no closing, of books older than these lines, makes no pair.
 * `offset 0` has the pairs found before their tickets are looked up: few of all later reopenings touch the period.
 */
export const reopenedClosings = `
    select again.ticket_id, again.at as reopened_at, c.at as closed_at, c.kind = 'command-spam' as was_spam
    from (select e.ticket_id, e.at from entry e where ${wasReopened} and e.at >= $1) again
    cross join lateral (select e.at, e.kind from entry e
      where e.ticket_id = again.ticket_id and e.at < again.at and (${closing} or ${wasReopened})
      order by e.at desc limit 1) c
    where c.kind <> 'reopened' and c.at < $2 offset 0`
