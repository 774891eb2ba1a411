import type { Config } from '../../config/schema.ts'
import type { Tx } from '../../store/database.ts'

/** How many open tickets each agent answers for: read once for a batch, and counted on as its tickets are given out. */
export class Load {
  readonly #open: Map<string, number>

  constructor(open: Iterable<readonly [string, number]> = []) {
    this.#open = new Map(open)
  }

  of(agent: string): number {
    return this.#open.get(agent) ?? 0
  }

  give(agent: string): void {
    this.#open.set(agent, this.of(agent) + 1)
  }
}

/** Beyond it nobody's load is told apart: what counts is that it costs the same with a million tickets. */
const mostCounted = 1000

/**
 * Tickets that wait for their customer do not count: nobody works on them. Without routing nobody is assigned, and
 * nothing is read.
 */
export async function readLoad(
  tx: Tx,
  { routing, agents }: Pick<Config, 'routing' | 'agents'>,
): Promise<Load> {
  if (routing.length === 0) return new Load()
  const rows = await tx.$queryRaw<{ assignee: string; open: number }[]>`
    select a.assignee, (select count(*)::int from (select 1 from ticket t
      where t.assignee = a.assignee and t.state = 'open' limit ${mostCounted}) counted) as open
    from unnest(${Object.keys(agents)}::text[]) as a(assignee)`
  return new Load(rows.map(({ assignee, open }) => [assignee, open] as const))
}
