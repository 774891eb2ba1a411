/** `gateway known list` and `show`. */
import type { Database } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, oneLine, wallTime } from '../terminal.ts'
import { type Place, withDatabase } from '../with-database.ts'

interface Counted {
  readonly key: string
  readonly title: string
  readonly state: string
  readonly openedAt: Date
  readonly solvedAt: Date | null
  readonly tickets: number
  readonly open: number
  readonly customers: number
}

/** The oldest first; the solved ones only with `all`. */
export async function listKnown(place: Place, all: boolean): Promise<Answer> {
  const problems = await withDatabase(place, db => count(db, null, all))
  const data = { problems: problems.map(plain) }
  if (problems.length === 0) return { text: 'There is no open known problem.', data }
  const lines = problems.map(({ key, title, state, tickets, open, customers }): [string, string] => [
    key,
    oneLine(
      `${state === 'open' ? '' : 'solved: '}${title} (${counted(tickets, 'ticket')}, ${open} open; ${counted(customers, 'customer')})`,
      160,
    ),
  ])
  return { text: columns(lines), data }
}

/** Throws CommandFailed for a key that no problem has. */
export async function showKnown(place: Place, key: string): Promise<Answer> {
  const { problem, tickets } = await withDatabase(place, async db => {
    const [problem] = await count(db, key.toLowerCase(), true)
    if (!problem)
      throw new CommandFailed(`No known problem is called "${key}"; "gateway known list --all" shows them.`)
    const tickets = await db.ticket.findMany({
      where: { knownProblem: { key: problem.key } },
      orderBy: { openedAt: 'asc' },
      select: { number: true, state: true, subject: true, customerAddress: true, openedAt: true },
    })
    return { problem, tickets }
  })
  const { title, state, openedAt, solvedAt, customers } = problem
  const facts: [string, string][] = [
    ['title', oneLine(title, 200)],
    [
      'state',
      state === 'solved' && solvedAt ? `solved ${wallTime(solvedAt.toISOString(), 'UTC')} UTC` : state,
    ],
    ['since', `${wallTime(openedAt.toISOString(), 'UTC')} UTC`],
    ['customers', String(customers)],
    ...tickets.map(({ number, state, subject, customerAddress }): [string, string] => [
      number,
      oneLine(`${state}, ${customerAddress || 'no address'}: ${subject}`, 160),
    ]),
  ]
  return {
    text: `Known problem ${problem.key}\n${columns(facts)}`,
    data: {
      ...plain(problem),
      list: tickets.map(({ openedAt, ...ticket }) => ({ ...ticket, openedAt: openedAt.toISOString() })),
    },
  }
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

const plain = ({ openedAt, solvedAt, ...problem }: Counted) => ({
  ...problem,
  openedAt: openedAt.toISOString(),
  solvedAt: solvedAt?.toISOString() ?? null,
})

async function count(db: Database, key: string | null, all: boolean): Promise<readonly Counted[]> {
  return db.$queryRaw<Counted[]>`
    select p.key, p.title, p.state, p.opened_at as "openedAt", p.solved_at as "solvedAt", count(t.id)::int as tickets,
      (count(t.id) filter (where t.state <> 'resolved'))::int as open,
      count(distinct coalesce(t.company_id::text, nullif(t.customer_address, ''), t.id::text))::int as customers
    from known_problem p left join ticket t on t.known_problem_id = p.id
    where (${key}::text is null or p.key = ${key}) and (${all} or p.state = 'open')
    group by p.id order by p.opened_at`
}
