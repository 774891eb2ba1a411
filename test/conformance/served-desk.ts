/** A whole desk for one test: mails lie on a real server, the mailbox door reads them, a real database keeps the ledger. */
import { afterAll, onTestFinished } from 'vitest'
import type { Prisma } from '../../src/store/generated/client.ts'
import type { ImapAccount } from '../imap-peer.ts'
import { openPostman, type Post } from '../intake/postman.ts'
import { type Gateway, gatewayFor, type Ledger, openLedger, type Wishes } from './gateway.ts'
import { mailClient } from './post.ts'

export interface ServedDesk {
  readonly ledger: Ledger
  readonly gateway: Gateway
  /** Lays mails into the mailbox on the server, waits until they are taken in, and tells what became of them. */
  receive(...mails: readonly Buffer[]): Promise<readonly Arrived[]>
  /** Takes the waiting letters out of the outbox, as they would travel. */
  outgoing(): Promise<readonly Post[]>
  /** Those to this address among them; the rest is lost in the post. */
  outgoingTo(address: string): Promise<readonly Post[]>
}

export type Arrived = Prisma.InboundGetPayload<{ include: { ticket: true; entries: true } }>

const postman = await openPostman()
const shared = await openLedger()
afterAll(() => shared.close())

/** The ledger that the journeys of a file share, emptied for the next one: a tenth of what a new one costs. */
export async function emptyLedger(): Promise<Ledger> {
  const tables = await shared.database.$queryRaw<{ list: string }[]>`
    select string_agg(quote_ident(tablename), ', ') as list from pg_tables
    where schemaname = 'public' and not starts_with(tablename, '_')`
  await shared.database.$executeRawUnsafe(`truncate ${tables[0]?.list ?? ''}`)
  return shared
}

export async function servedDesk(account: ImapAccount, wishes: Wishes = {}): Promise<ServedDesk> {
  const ledger = await emptyLedger()
  const gateway = await gatewayFor(ledger, account, wishes)
  const deliverer = await mailClient(account)
  onTestFinished(() => deliverer.logout())
  const { database } = ledger
  const outgoing = () => postman.collect({ database, config: gateway.desk.config, deps: gateway.desk })
  return {
    ledger,
    gateway,
    async receive(...mails) {
      const wanted = gateway.mails.length + mails.length
      const at = new Date(gateway.desk.now().epochMilliseconds)
      for (const mail of mails) await deliverer.append(wishes.folder ?? 'INBOX', mail, [], at)
      gateway.door.wake()
      while (gateway.mails.length < wanted) await gateway.reached('taken-in')
      const latest = await database.inbound.findMany({
        orderBy: { id: 'desc' },
        take: mails.length,
        include: { ticket: true, entries: true },
      })
      return latest.toReversed()
    },
    outgoing,
    async outgoingTo(address) {
      return (await outgoing()).filter(({ letter }) => letter.recipient === address)
    },
  }
}

/** The only one of these; that there is exactly one is part of the promise. */
export function only<T>(all: readonly T[]): T {
  const [one, ...more] = all
  if (one === undefined || more.length > 0) throw new Error(`expected exactly one, got ${all.length}`)
  return one
}
