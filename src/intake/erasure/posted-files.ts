import type { Tx } from '../../store/database.ts'

/**
 * Content keys of files that were posted with the words of a person's tickets and that nothing else needs: the same file
 * may have come with another ticket, or be a mail or a recording.
 */
export async function postedFilesOf(tx: Tx, tickets: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha: string }[]>`
    with going as (
      select distinct file->>'sha256' as sha from entry e
      cross join lateral jsonb_array_elements(
        case jsonb_typeof(e.detail->'attachments') when 'array' then e.detail->'attachments' else '[]' end) as file
      where e.kind = 'customer-words' and e.ticket_id = any(${[...tickets]}::uuid[])
    )
    select sha from going where sha is not null
      and not exists (select 1 from inbound where raw_sha256 = sha)
      and not exists (select 1 from recording where sha256 = sha)
      and not exists (
        select 1 from entry o where o.kind = 'customer-words' and o.ticket_id <> all(${[...tickets]}::uuid[])
          and o.detail->'attachments' @> jsonb_build_array(jsonb_build_object('sha256', sha)))`
  return rows.map(({ sha }) => sha)
}
