import type { Tx } from '../../store/database.ts'

/**
 * "Has this happened before?" A ticket's words are a tsvector, written at intake: its subject (weight A), the serial
 * number and the product as lexemes of their own (B), its text (D). Similar is the same serial number, or sharing
 * enough of the rarer lexemes; the same product needs fewer of them.
 */

export interface SimilarTicket {
  readonly number: string
  readonly subject: string
  readonly state: string
  readonly openedAt: Temporal.Instant
  readonly why: 'serial' | 'product' | 'words'
  /** Part of the compared lexemes that it shares, 0 to about 1; 1 for the same serial number. */
  readonly score: number
  /** Another ticket of the same customer: likely the same matter, and no second customer who has it. */
  readonly ownCustomer: boolean
  readonly customerAddress: string
  readonly problem: { readonly key: string; readonly title: string; readonly state: string } | null
}

export interface Similar {
  /** The nearest, best first. */
  readonly nearest: readonly SimilarTicket[]
  /** How many there are in all, and how many customers have them, this ticket's own left out. */
  readonly tickets: number
  readonly customers: number
  readonly since: Temporal.Instant | null
  /** The open known problem of the nearest ticket that has one, where it is very similar. */
  readonly problem: { readonly key: string; readonly title: string } | null
}

/** Tickets looked back at; with the index on their number it bounds the cost, however long the gateway has run. */
const lookBack = 20_000
/** Lexemes compared; those that stand in more than this part of all tickets tell nothing. */
const mostLexemes = 16
const tooCommon = 0.05
/** Share of lexemes from which tickets are similar: of any product, and of the same one. */
const floor = 0.4
const floorOfProduct = 0.25
/** From here on it may well be the same problem. */
const verySimilar = 0.5
/** ts_rank of a lexeme that stands there once, with all weights 1: what one whole share is measured by. */
const onceThere = 0.607927
const mostFound = 200

interface Row {
  readonly number: string
  readonly subject: string
  readonly state: string
  readonly openedAt: Date
  readonly why: SimilarTicket['why']
  readonly score: number
  readonly ownCustomer: boolean
  readonly customerAddress: string
  readonly companyId: string | null
  readonly problemKey: string | null
  readonly problemTitle: string | null
  readonly problemState: string | null
}

/**
 * $1 ids. A line each: the lexemes to look for, rare ones, long ones first, as a tsquery text and their number; null for
 * none. Then serial number and product, as they were written.
 */
const lexemesSql = `
with mine as (
  select t.id, u.lexeme, 'A' = any(u.weights) as titled from ticket t, unnest(t.words) as u(lexeme, positions, weights)
  where t.id = any($1::uuid[])
), common as (
  select e.lexeme from pg_stats s,
    unnest(s.most_common_elems::text::text[]) with ordinality as e(lexeme, at)
  where s.schemaname = current_schema() and s.tablename = 'ticket' and s.attname = 'words'
    and (s.most_common_elem_freqs)[e.at] > ${tooCommon}
), ranked as (
  select id, lexeme, row_number() over (partition by id order by titled desc, length(lexeme) desc, lexeme) as rank
  from mine
  where position(':' in lexeme) = 0 and length(lexeme) between 3 and 40 and lexeme not in (select lexeme from common)
)
select t.id,
  (select string_agg(quote_literal(r.lexeme), ' | ' order by r.rank) from ranked r
    where r.id = t.id and r.rank <= ${mostLexemes}) as words,
  (select count(*)::int from ranked r where r.id = t.id and r.rank <= ${mostLexemes}) as count,
  (select min(m.lexeme) from mine m where m.id = t.id and m.lexeme like 'serial:%') as serial,
  (select min(m.lexeme) from mine m where m.id = t.id and m.lexeme like 'product:%') as product
from unnest($1::uuid[]) as t(id)`

/** $1 id, $2 query of lexemes, $3 query of the serial number, $4 product as a query. */
export const similarSql = `
with me as (select id, sequence, customer_address, company_id, device_id from ticket where id = $1::uuid),
near as (
  select t.*, case when $3::text is not null and t.words @@ $3::tsquery then 1
    else least(1, ts_rank('{1,1,1,1}', t.words, $2::tsquery) / ${onceThere}) end as score,
    coalesce(t.words @@ $3::tsquery, false) as same_serial, coalesce(t.words @@ $4::tsquery, false) as same_product
  from ticket t
  where t.words @@ (case when $3::text is null then $2::tsquery else $2::tsquery || $3::tsquery end)
    and t.sequence > (select sequence from me) - ${lookBack} and t.id <> $1::uuid
)
select n.number, n.subject, n.state, n.opened_at as "openedAt", n.score::float8 as score,
  case when n.same_serial then 'serial' when n.same_product then 'product' else 'words' end as why,
  (n.customer_address <> '' and n.customer_address = me.customer_address) or (n.company_id is not null and n.company_id = me.company_id)
    as "ownCustomer",
  n.customer_address as "customerAddress", n.company_id as "companyId",
  p.key as "problemKey", p.title as "problemTitle", p.state as "problemState"
from near n cross join me left join known_problem p on p.id = n.known_problem_id
where n.same_serial or n.score >= case when n.same_product then ${floorOfProduct} else ${floor} end
order by n.score desc, n.opened_at desc limit ${mostFound}`

/**
 * At most `most` of the similar tickets, and what all of them say. Bounded: see `lookBack`. `known`: the queries of several
 * tickets, where they were read together.
 */
export async function similarTickets(
  tx: Tx,
  ticketId: string,
  most: number,
  known?: ReadonlyMap<string, Queries>,
): Promise<Similar> {
  const queries = known ? known.get(ticketId) : await queriesFor(tx, ticketId)
  const rows = queries ? await tx.$queryRawUnsafe<Row[]>(similarSql, ticketId, ...queries) : []
  const others = rows.filter(({ ownCustomer }) => !ownCustomer)
  const customers = new Set(others.map(({ companyId, customerAddress }) => companyId ?? customerAddress))
  const since = rows.map(({ openedAt }) => openedAt.getTime()).toSorted((a, b) => a - b)[0]
  const suspect = rows.find(({ score, problemState }) => score >= verySimilar && problemState === 'open')
  return {
    nearest: rows.slice(0, most).map(similarOf),
    tickets: rows.length,
    customers: customers.size,
    since: since === undefined ? null : Temporal.Instant.fromEpochMilliseconds(since),
    problem: suspect ? { key: suspect.problemKey ?? '', title: suspect.problemTitle ?? '' } : null,
  }
}

/** $2 to $4 of `similarSql`. */
export type Queries = readonly [string, string | null, string | null]

/** Undefined where the ticket says too little to be compared. */
export async function queriesFor(tx: Tx, ticketId: string): Promise<Queries | undefined> {
  return (await queriesOf(tx, [ticketId])).get(ticketId)
}

/** In one statement, however many tickets a batch has opened; those that say too little are left out. */
export async function queriesOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, Queries>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await tx.$queryRawUnsafe<Lexemes[]>(lexemesSql, ticketIds)
  return new Map(
    rows.flatMap(({ id, words, count, ...special }) => {
      const serial = quoted(special.serial)
      // A single word in common is no similarity.
      const query = (count >= 2 ? words : null) ?? serial
      return query === null ? [] : [[id, [query, serial, quoted(special.product)]]]
    }),
  )
}

interface Lexemes {
  readonly id: string
  readonly words: string | null
  readonly count: number
  readonly serial: string | null
  readonly product: string | null
}

const quoted = (lexeme: string | null): string | null => lexeme && `'${lexeme.replaceAll("'", "''")}'`

function similarOf(row: Row): SimilarTicket {
  const { number, subject, state, why, ownCustomer, customerAddress } = row
  const { problemKey: key, problemTitle: title, problemState } = row
  return {
    ...{ number, subject, state, why, ownCustomer, customerAddress },
    score: Math.round(row.score * 100) / 100,
    openedAt: Temporal.Instant.fromEpochMilliseconds(row.openedAt.getTime()),
    problem:
      key === null || title === null || problemState === null ? null : { key, title, state: problemState },
  }
}
