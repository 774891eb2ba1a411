import type { Config } from '../../config/schema.ts'
import {
  countedKinds,
  kindsByHumans,
  kindsToCustomers,
  type LetterCounts,
  mayWriteAbout,
  mayWriteOwed,
  mayWriteTo,
} from '../../desk/loop-budget.ts'
import { judgeNumber } from '../../desk/phone/destination.ts'
import { numberRulesOf } from '../../desk/phone/lines.ts'
import type { Ticket } from '../../desk/ticket.ts'
import { type WhyNeither, type WhyNot, whyNot } from '../../desk/why-not-told.ts'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'

/**
 * How a customer can be told something after a call: by text where we know a mobile number, else by mail, else not at
 * all, which somebody has to see. Budgets count here as for automatic answers: a caller's number and a customer's
 * address can both be another's, and whoever rings a hundred times must not make us write a hundred times. They hold
 * back nothing that one of our own people caused.
 */
export type CustomerChannel =
  | { readonly by: 'text'; readonly to: string }
  | { readonly by: 'mail'; readonly to: string }
  /** Why neither way is open. */
  | ({ readonly by: 'none' } & WhyNeither)

export interface ChannelRequest {
  readonly ticket: Ticket
  /** E.164, best first. */
  readonly numbers: readonly string[]
  /** A text was tried and failed: no more of them. */
  readonly mailOnly?: WhyNot
  /** Somebody of ours wrote or caused it: then a machine may read it as well, and no budget counts. */
  readonly byHuman?: boolean
  /**
   * A promise is broken or moved: whoever was told of it by mail is told this as well, in a busy hour too.
   * Who was not told of it, because of a budget, still has that budget. Texts cost money and always count.
   */
  readonly isOwed?: boolean
  readonly config: Config
  readonly now: Temporal.Instant
}

export async function channelFor(tx: Tx, request: ChannelRequest): Promise<CustomerChannel> {
  const text = await textTo(tx, request)
  if ('to' in text) return { by: 'text', to: text.to }
  const mail = await mailTo(tx, request)
  if ('to' in mail) return { by: 'mail', to: mail.to }
  return { by: 'none', noText: text.why, noMail: mail.why }
}

type Way = { readonly to: string } | { readonly why: WhyNot }

async function textTo(
  tx: Tx,
  { ticket, numbers, mailOnly, byHuman = false, config, now }: ChannelRequest,
): Promise<Way> {
  if (mailOnly !== undefined) return { why: mailOnly }
  if (!config.phone?.texts) return { why: whyNot('no-texts') }
  if (numbers.length === 0) return { why: whyNot('no-number') }
  const rules = numberRulesOf(config, ticket.office)
  const mobile = numbers
    .map(number => judgeNumber(number, rules))
    .find(judged => judged.allowed && judged.kind === 'mobile')
  if (!mobile?.allowed) return { why: whyNot('no-mobile') }
  const to = mobile.number
  if (byHuman) return { to }
  const permission = mayWriteTo(await textCounts(tx, to, now), config.budgets)
  return permission.allowed ? { to } : { why: whyNot('text-budget', permission.reason) }
}

async function mailTo(tx: Tx, request: ChannelRequest): Promise<Way> {
  const { ticket, byHuman = false, config, now } = request
  const to = ticket.customerAddress.toLowerCase()
  if (to === '') return { why: whyNot('no-address') }
  // Budgets alone would let two machines write to each other for days.
  if (ticket.customerThread.silent && !byHuman) return { why: whyNot('no-answers-wanted') }
  const suppressed = await tx.suppression.findFirst({ where: { address: to, until: { gt: dateOf(now) } } })
  if (suppressed) return { why: whyNot('suppressed', suppressed.reason) }
  if (byHuman) return { to }
  const counts = await letterCounts(tx, to, now)
  const isOwed = request.isOwed === true && (await hasOurWord(tx, ticket.id, to))
  const permission = (isOwed ? mayWriteOwed : mayWriteTo)(counts, config.budgets)
  if (!permission.allowed) return { why: whyNot('mail-budget', permission.reason) }
  const about = mayWriteAbout(await ticketCounts(tx, ticket.id, to, now), config.budgets)
  return about.allowed ? { to } : { why: whyNot('mail-budget', about.reason) }
}

/** Were they written to about this ticket, so that they know of a promise? */
async function hasOurWord(tx: Tx, ticketId: string, to: string): Promise<boolean> {
  const kind = { in: [...kindsToCustomers, ...kindsByHumans] }
  return (await tx.letter.count({ where: { ticketId, recipient: to, kind } })) > 0
}

async function letterCounts(tx: Tx, to: string, now: Temporal.Instant): Promise<LetterCounts> {
  const kinds = [...countedKinds]
  return countsOf(
    await tx.$queryRaw<LetterCounts[]>`
      select
        (select count(*)::int from letter where recipient = ${to} and kind = any(${kinds}::text[])
          and created_at > ${at(now, 60)}::timestamptz) as "addressLastHour",
        (select count(*)::int from letter where recipient = ${to} and kind = any(${kinds}::text[])
          and created_at > ${at(now, 1440)}::timestamptz) as "addressLastDay",
        count(*) filter (where created_at > ${at(now, 10)}::timestamptz)::int as "totalLast10Minutes",
        count(*)::int as "totalLastHour"
      from letter where kind = any(${kinds}::text[]) and created_at > ${at(now, 60)}::timestamptz`,
  )
}

async function textCounts(tx: Tx, to: string, now: Temporal.Instant): Promise<LetterCounts> {
  return countsOf(
    await tx.$queryRaw<LetterCounts[]>`
      select
        count(*) filter (where recipient = ${to} and created_at > ${at(now, 60)}::timestamptz)::int as "addressLastHour",
        count(*) filter (where recipient = ${to})::int as "addressLastDay",
        count(*) filter (where created_at > ${at(now, 10)}::timestamptz)::int as "totalLast10Minutes",
        count(*) filter (where created_at > ${at(now, 60)}::timestamptz)::int as "totalLastHour"
      from text_message where created_at > ${at(now, 1440)}::timestamptz`,
  )
}

async function ticketCounts(tx: Tx, ticketId: string, to: string, now: Temporal.Instant) {
  const since = (minutes: number) => ({ gt: dateOf(now.subtract({ minutes })) })
  const where = { ticketId, recipient: to, kind: { in: [...kindsToCustomers] } }
  return {
    last10Minutes: await tx.letter.count({ where: { ...where, createdAt: since(10) } }),
    lastHour: await tx.letter.count({ where: { ...where, createdAt: since(60) } }),
    reopensLastHour: 0,
  }
}

const at = (now: Temporal.Instant, minutes: number): string => now.subtract({ minutes }).toString()

function countsOf([counts]: readonly LetterCounts[]): LetterCounts {
  if (!counts) throw new Error('counting always gives one row')
  return counts
}
