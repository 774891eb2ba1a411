import type { CallDeps } from './call-deps.ts'

/** Rows emptied in one statement: the table must stay open to calls meanwhile. */
const mostAtOnce = 5000

/**
 * Empties the fields that providers sent longer than `payloadDays` ago; what followed from them stays. Returns how many
 * events it emptied. Throws while the database is away.
 */
export async function forgetPayloads({ database, config, now }: CallDeps): Promise<number> {
  const { payloadDays = 30 } = config.phone ?? {}
  const before = now()
    .subtract({ hours: payloadDays * 24 })
    .toString()
  let emptied = 0
  for (;;) {
    const count = await database.$executeRaw`
      update call_event set payload = '{}'::jsonb where id in (
        select id from call_event where at < ${before}::timestamptz and payload <> '{}'::jsonb limit ${mostAtOnce})`
    emptied += count
    if (count < mostAtOnce) return emptied
  }
}
