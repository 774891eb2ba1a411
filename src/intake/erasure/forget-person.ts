import type { Config } from '../../config/schema.ts'
import { erasedAddress, eraserOf, partsOf } from '../../desk/customers/erasure.ts'
import type { BlobStore } from '../../store/blobs.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { endCallback } from '../calls/callback-book.ts'
import { holdBytes } from '../calls/recording-rows.ts'
import { withdrawManagerContact } from '../feedback/manager-contact.ts'
import { dateOf } from '../mail-rows.ts'
import { endPromises } from '../promises/promise-book.ts'
import { type FoundPerson, findPerson, type Person } from './find-person.ts'
import { postedFilesOf } from './posted-files.ts'
import { eraseInRows } from './traces-in-rows.ts'

/**
 * Erasure of a person (GDPR, article 17). What a business letter said and that it was answered in time stays, as the law
 * on business records and the proof of promises need it; who the person was goes: see docs/decisions.md.
 */

export interface ForgetDeps {
  readonly database: Database
  readonly blobs: BlobStore
  readonly config: Config
  readonly now: () => Temporal.Instant
}

export interface ForgetWish {
  /** Contact's id or name, address, or telephone number. */
  readonly who: string
  /** Of numbers that are written nationally. */
  readonly country: 'DE' | 'GB'
  /** Nothing is written; everything else is as if. */
  readonly dryRun: boolean
  /** Promises that run are withdrawn instead of standing in the way. */
  readonly force: boolean
}

export interface Forgotten {
  readonly contacts: number
  /** Addresses and numbers, in the books and in tickets. */
  readonly reachedBy: number
  /** Whose customer the person was. */
  readonly tickets: number
  /** Of tickets, mails, letters, calls: in which words were taken out. */
  readonly rows: number
  readonly rawMails: number
  readonly recordings: number
}

/** What stands in the way, with the numbers of the tickets. */
export interface InTheWay {
  /** `promises` gives way to force; the rest has to be over first. */
  readonly promises: readonly string[]
  readonly underWay: readonly string[]
}

export type ForgetResult =
  | Exclude<FoundPerson, { readonly is: 'person' }>
  | { readonly is: 'in-the-way'; readonly inTheWay: InTheWay }
  | { readonly is: 'forgotten'; readonly forgotten: Forgotten; readonly shared: readonly string[] }

/** Undoes the transaction of a dry run, so that it counts exactly what would be done. */
class Undone extends Error {
  readonly result: ForgetResult
  constructor(result: ForgetResult) {
    super('dry run')
    this.result = result
  }
}

/** All or nothing, and the same again afterwards changes nothing. Throws TransientFailure('database' or 'storage'). */
export async function forgetPerson(deps: ForgetDeps, wish: ForgetWish): Promise<ForgetResult> {
  try {
    return await inTransaction(deps.database, async tx => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('customer import', 0))`
      const found = await findPerson(tx, wish.who, deps.config, wish.country)
      if (found.is !== 'person') return found
      const result = await forget(tx, deps, found.person, wish)
      if (wish.dryRun) throw new Undone(result)
      return result
    })
  } catch (error) {
    if (error instanceof Undone) return error.result
    throw error
  }
}

async function forget(tx: Tx, deps: ForgetDeps, person: Person, wish: ForgetWish): Promise<ForgetResult> {
  const { own, all } = await ticketsOf(tx, person)
  const inTheWay = await whatRuns(tx, own, person)
  if (inTheWay.underWay.length > 0 || (inTheWay.promises.length > 0 && !wish.force))
    return { is: 'in-the-way', inTheWay }
  if (wish.force) await withdraw(tx, own, deps.now())
  const spared = Object.values(deps.config.agents).flatMap(({ name }) => partsOf(name))
  const posted = await postedFilesOf(tx, own)
  const rows = await eraseInRows(tx, all, person.addresses, eraserOf({ ...person, spared }))
  const raw = await rawMailsOf(tx, own, person)
  const recordings = await recordingsOf(tx, own, deps.now())
  const reachedBy = await eraseColumns(tx, own, all, person)
  const contacts = (await tx.contact.deleteMany({ where: { id: { in: [...person.contactIds] } } })).count
  for (const ticketId of own) await addCallEntry(tx, { ticketId, kind: 'customer-forgotten', at: deps.now() })
  // Before the commit: were it refused, the next attempt would find the person again, and these bytes gone already.
  for (const sha256 of recordings) await holdBytes(tx, sha256)
  if (!wish.dryRun) for (const sha256 of [...raw, ...posted, ...recordings]) await deps.blobs.remove(sha256)
  const forgotten = { contacts, reachedBy, tickets: own.length, rows }
  return {
    is: 'forgotten',
    shared: person.shared,
    forgotten: { ...forgotten, rawMails: raw.length, recordings: recordings.length },
  }
}

/** `own`: whose customer the person is; `all`: also those that only mention one of the addresses or numbers. */
async function ticketsOf(tx: Tx, { contactIds, addresses, phones }: Person) {
  const rows = await tx.$queryRaw<{ id: string; own: boolean }[]>`
    with own as (
      select id from ticket where contact_id = any(${[...contactIds]}::uuid[])
        or customer_address = any(${[...addresses]}::text[]) or customer_phone = any(${[...phones]}::text[])
    ), all_of as (
      select id from own
      union select ticket_id from participant where address = any(${[...addresses]}::text[])
      union select ticket_id from letter where recipient = any(${[...addresses]}::text[]) and ticket_id is not null
      union select ticket_id from inbound where from_address = any(${[...addresses]}::text[]) and ticket_id is not null
      union select ticket_id from ticket_phone where number = any(${[...phones]}::text[])
      union select ticket_id from call where number = any(${[...phones]}::text[])
      union select ticket_id from text_message where recipient = any(${[...phones]}::text[])
    )
    select t.id, t.id in (select id from own) as own from ticket t where t.id in (select id from all_of)
    order by t.id for update of t`
  return { own: rows.flatMap(one => (one.own ? [one.id] : [])), all: rows.map(({ id }) => id) }
}

async function whatRuns(tx: Tx, own: readonly string[], { addresses, phones }: Person): Promise<InTheWay> {
  const rows = await tx.$queryRaw<{ number: string | null; promised: boolean }[]>`
    select t.number, true as promised from guarantee g join ticket t on t.id = g.ticket_id
      where g.state = 'open' and t.id = any(${[...own]}::uuid[])
    union select t.number, false from letter l left join ticket t on t.id = l.ticket_id
      where l.state in ('queued', 'sending', 'unsure') and l.recipient = any(${[...addresses]}::text[])
    union select t.number, false from text_message m join ticket t on t.id = m.ticket_id
      where m.state in ('queued', 'sending', 'unsure') and m.recipient = any(${[...phones]}::text[])
    union select t.number, false from held h join inbound i on i.id = h.inbound_id left join ticket t on t.id = h.ticket_id
      where h.state = 'held' and (i.from_address = any(${[...addresses]}::text[]) or h.ticket_id = any(${[...own]}::uuid[]))
    union select t.number, false from call c join ticket t on t.id = c.ticket_id
      where c.state = 'open' and c.ticket_id = any(${[...own]}::uuid[])
    union select t.number, false from recording r join ticket t on t.id = r.ticket_id
      where r.state in ('announced', 'ready') and r.ticket_id = any(${[...own]}::uuid[])
    order by 1`
  const of = (promised: boolean) =>
    rows.filter(one => one.promised === promised).map(({ number }) => number ?? '-')
  return { promises: of(true), underWay: of(false) }
}

/** Nobody can keep a promise to somebody whom nobody knows any more. */
async function withdraw(tx: Tx, own: readonly string[], at: Temporal.Instant): Promise<void> {
  for (const ticketId of own) {
    await endCallback(tx, { ticketId, how: 'unreachable', at })
    await endPromises(tx, undefined, { ticketId, how: 'withdrawn', reason: 'forgotten', at })
    await withdrawManagerContact(tx, { ticketId, reason: 'forgotten', at })
  }
}

/** Content keys of raw mails that go: those of the person's tickets, and whatever else came from the addresses. */
async function rawMailsOf(tx: Tx, own: readonly string[], { addresses }: Person): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha: string }[]>`
    with going as (
      select id, raw_sha256 from inbound
      where ticket_id = any(${[...own]}::uuid[]) or from_address = any(${[...addresses]}::text[])
    )
    select distinct raw_sha256 as sha from going g where not exists (
      select 1 from inbound i where i.raw_sha256 = g.raw_sha256 and i.id not in (select id from going))`
  return rows.map(({ sha }) => sha)
}

async function recordingsOf(tx: Tx, own: readonly string[], now: Temporal.Instant): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha: string }[]>`
    with going as (
      select id, sha256 as sha from recording
      where state = 'stored' and sha256 is not null and ticket_id = any(${[...own]}::uuid[]) for update
    ), gone as (
      update recording r set state = 'deleted', sha256 = null, transcript = null, wake_at = null,
        deleted_at = ${dateOf(now)} from going where r.id = going.id returning r.id
    )
    select distinct sha from going where not exists (
      select 1 from recording o where o.sha256 = going.sha and o.id not in (select id from gone))`
  return rows.map(({ sha }) => sha)
}

/** Columns that hold an address or a number by themselves. Returns how many held one. */
async function eraseColumns(
  tx: Tx,
  own: readonly string[],
  all: readonly string[],
  { contactIds, addresses, phones }: Person,
): Promise<number> {
  const [mine, every, mails, numbers] = [[...own], [...all], [...addresses], [...phones]]
  await tx.$executeRaw`update survey set phone = 'not-listed' where phone = 'listed' and ticket_id = any(${mine}::uuid[])`
  await tx.$executeRaw`update ticket set words = null where id = any(${every}::uuid[])`
  const counts = [
    await tx.$executeRaw`update ticket set customer_name = '', customer_address = '', customer_phone = null, contact_id = null, customer_thread = '{}'
      where id = any(${mine}::uuid[])`,
    await tx.$executeRaw`update inbound set from_address = null where from_address = any(${mails}::text[])`,
    await tx.$executeRaw`update letter set recipient = ${erasedAddress} where recipient = any(${mails}::text[])`,
    await tx.$executeRaw`delete from participant where address = any(${mails}::text[])`,
    await tx.$executeRaw`delete from suppression where address = any(${mails}::text[])`,
    await tx.$executeRaw`delete from ticket_phone where number = any(${numbers}::text[])`,
    await tx.$executeRaw`update call set number = null where number = any(${numbers}::text[])`,
    await tx.$executeRaw`update call_leg set number = '' where number = any(${numbers}::text[])`,
    await tx.$executeRaw`update callback set number = '' where number = any(${numbers}::text[])`,
    await tx.$executeRaw`update text_message set recipient = '' where recipient = any(${numbers}::text[])`,
    await tx.$executeRaw`update refused_dial set number = '' where number = any(${numbers}::text[])`,
    await tx.contactPoint.count({ where: { contactId: { in: [...contactIds] } } }),
  ]
  return counts.reduce((sum, count) => sum + count, 0)
}
