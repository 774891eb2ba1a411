import type { InboundMail } from '../../desk/inbound.ts'
import { nearestReferences } from '../../desk/threading.ts'
import { caseNumbersIn } from '../../desk/vendor/case-number.ts'
import { caseNumberOf, readCaseAgentToken } from '../../desk/vendor/case-token.ts'
import type { Tx } from '../../store/database.ts'
import { firstToken, type NumberSigns } from '../numbers-told.ts'
import {
  type FoundCases,
  kindsToVendors,
  type SignsTold,
  type TextsOfCase,
  VendorBook,
  vendorsOf,
} from './vendor-book.ts'

/** Cases of the manufacturers that write; those that were closed long ago are nobody's news. */
const mostCases = 2000
const closedDays = 180
/** Texts that an agent's mail is compared with. */
const mostTexts = 40

const noneFound: FoundCases = { cases: [], letters: [], mails: [] }

const bookSql = `
with letters as (
  select message_id, vendor_case_id, kind from letter where message_id = any($1::text[]) and vendor_case_id is not null),
mails as (
  select message_id, vendor_case_id from inbound where message_id = any($1::text[]) and vendor_case_id is not null),
cases as (
  select * from vendor_case where id in (select vendor_case_id from letters union select vendor_case_id from mails)
  union select * from vendor_case where number = any($2::text[])
  union (select * from vendor_case where vendor = any($3::text[])
    and (state = 'open' or closed_at > $4::timestamptz) order by opened_at desc limit ${mostCases}))
select json_build_object(
  'letters', (select coalesce(json_agg(json_build_object('messageId', message_id, 'caseId', vendor_case_id, 'kind', kind)), '[]'::json) from letters),
  'mails', (select coalesce(json_agg(json_build_object('messageId', message_id, 'caseId', vendor_case_id)), '[]'::json) from mails),
  'cases', (select coalesce(json_agg(json_build_object('id', id, 'number', number, 'ticketId', ticket_id, 'vendor', vendor,
     'agent', agent, 'state', state, 'reference', reference, 'serial', description->>'serial',
     'people', (select coalesce(json_agg(lower(address)), '[]'::json) from participant where participant.ticket_id = c.ticket_id)
   ) order by opened_at desc), '[]'::json) from cases c)
) as found`

/**
 * `signs.vendors` says who writes for whom, `sealed` that a mail names one of a case. Closed cases are found as well: their
 * thread stays sealed. Without any sign of a case nothing is asked: that is nearly every mail.
 */
export async function readVendorBook(
  tx: Tx,
  mails: readonly InboundMail[],
  signs: NumberSigns,
  sealed: boolean,
  now: Temporal.Instant,
): Promise<VendorBook> {
  const told = new Map(mails.map(mail => [mail, signsOf(mail, signs, now)] as const))
  const writing = mails.flatMap(mail => vendorsOf(mail, signs.vendors ?? []).map(({ key }) => key))
  const numbers = [...told.values()].flatMap(({ token, agent, numbers: named }) => [
    ...[token, agent?.number].flatMap(one => one ?? []),
    ...named,
  ])
  const isSigned = [...told.values()].some(({ token, agent }) => token !== undefined || agent !== undefined)
  // A number counts from its own manufacturer only; where none is configured it is just a number.
  const isNumbered = (signs.vendors ?? []).length > 0 && numbers.length > 0
  const isAsked = sealed || isSigned || isNumbered || writing.length > 0
  if (!isAsked) return new VendorBook(noneFound, signs.vendors ?? [], told, new Map())
  const rows = await tx.$queryRawUnsafe<{ found: FoundCases }[]>(
    bookSql,
    mails.flatMap(messageIdsOf),
    numbers,
    [...new Set(writing)],
    now.subtract({ hours: closedDays * 24 }).toString(),
  )
  const found = rows[0]?.found ?? noneFound
  const texts = await textsOf(tx, [...told.values()], found)
  return new VendorBook(found, signs.vendors ?? [], told, texts)
}

function signsOf(mail: InboundMail, signs: NumberSigns, now: Temporal.Instant): SignsTold {
  const { secret, agents } = signs
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  return {
    token: firstToken(mail, signs, (pattern, address) => caseNumberOf(secret, pattern, address)),
    agent: firstToken(mail, signs, (pattern, address) =>
      readCaseAgentToken(secret, pattern, address, today, agents),
    ),
    numbers: caseNumbersIn(mail.content.subject),
  }
}

/** What was said to agents, and by people to the other two sides, about the cases they answer on and the tickets behind. */
async function textsOf(
  tx: Tx,
  told: readonly SignsTold[],
  { cases }: FoundCases,
): Promise<ReadonlyMap<string, TextsOfCase>> {
  const answered = new Set(told.flatMap(({ agent }) => agent?.number ?? []))
  const ids = cases.filter(({ number }) => answered.has(number)).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; reader: keyof TextsOfCase; text: string }[]>`
    select c.id, l.reader, l.text from vendor_case c cross join lateral (
      (select 'noticeTexts' as reader, text, created_at from letter
        where (vendor_case_id = c.id or ticket_id = c.ticket_id) and text is not null
          and kind <> all(${kindsToVendors}::text[]) and kind <> 'agent-answer'
        order by created_at desc limit ${mostTexts})
      union all
      (select 'toldVendor', text, created_at from letter
        where vendor_case_id = c.id and kind = any(${kindsToVendors}::text[]) and text is not null
          and state in ('sent', 'unsure') order by created_at desc limit ${mostTexts})
      union all
      (select 'toldCustomer', text, created_at from letter
        where ticket_id = c.ticket_id and kind = 'agent-answer' and text is not null
          and state in ('sent', 'unsure') order by created_at desc limit ${mostTexts})) l
    where c.id = any(${ids}::uuid[]) order by l.created_at desc`
  const byCase = Map.groupBy(rows, ({ id }) => id)
  return new Map(
    [...byCase].map(([id, letters]) => {
      const texts = (wanted: keyof TextsOfCase) =>
        letters.filter(({ reader }) => reader === wanted).map(({ text }) => text)
      const [noticeTexts, toldVendor] = [texts('noticeTexts'), texts('toldVendor')]
      return [id, { noticeTexts, toldVendor, toldCustomer: texts('toldCustomer') }]
    }),
  )
}

function messageIdsOf({ content }: InboundMail): string[] {
  const returned = content.bounce?.originalMessageId
  return [...(returned == null ? [] : [returned]), ...content.inReplyTo, ...nearestReferences(content)]
}
