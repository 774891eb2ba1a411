import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChannelRequest, channelFor } from '../../src/intake/calls/customer-channel.ts'
import { toldTicket } from '../../src/intake/calls/told-ticket.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { inTransaction } from '../../src/store/database.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, openDesk } from './desk.ts'

/**
 * The default budget is three automatic letters to an address in an hour. It holds machines back; never what an agent's
 * deed or a procedure says to a customer, nor that a promise is broken.
 */

let now = noon
const desk = await openDesk(() => now)
const { database, config } = desk

afterAll(() => desk.close())
beforeEach(async () => {
  now = noon
  await database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression cascade`
})

const receipts = () => database.letter.count({ where: { kind: 'auto-reply' } })

/** As many letters of a kind as a busy hour has, beside those of the ticket's own history. */
async function letters(kind: string, times: number): Promise<void> {
  const {
    id: _,
    messageId,
    ...letter
  } = await database.letter.findFirstOrThrow({
    where: { kind: 'auto-reply' },
  })
  for (let at = 0; at < times; at++)
    await database.letter.create({
      data: {
        ...letter,
        ...{ id: randomUUID(), kind, data: {}, references: [], messageId: `<${kind}${at}@x>` },
        ticketId: null,
      },
    })
}

async function way(ticketId: string, more: Pick<ChannelRequest, 'byHuman' | 'isOwed'>) {
  const channel = await inTransaction(database, async tx => {
    const { ticket } = await toldTicket(tx, ticketId)
    return channelFor(tx, { ticket, numbers: [], config, now, ...more })
  })
  return channel.by === 'none' ? channel.noMail.code : channel.by
}

describe('a procedure and a closing', () => {
  it.each(['procedure-letter', 'closing'])('%s: takes nothing of the budget of an address', async kind => {
    await takeIn(desk.deps, [arrival(1)])
    await letters(kind, 9)
    await takeIn(desk.deps, [arrival(2, { subject: 'Etwas anderes' })])
    expect(await receipts()).toBe(2)
  })
})

describe('with the budget of an address used up for the hour', () => {
  it('an automatic letter waits, what an agent caused goes out, and so does the apology', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const { id } = await database.ticket.findFirstOrThrow()
    await letters('status-update', 6)
    expect(await way(id, {})).toBe('mail-budget')
    expect(await way(id, { byHuman: true })).toBe('mail')
    expect(await way(id, { isOwed: true })).toBe('mail')
  })

  it('an apology waits as well once the day has had its letters: ten tickets of one machine are no hundred letters', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const { id } = await database.ticket.findFirstOrThrow()
    await letters('status-update', 9)
    expect(await way(id, { isOwed: true })).toBe('mail-budget')
    expect(await way(id, { byHuman: true })).toBe('mail')
  })

  it('nobody is told of a broken promise who was not told of the promise: a machine opened the ticket', async () => {
    const mails = Array.from({ length: 8 }, (_, at) => arrival(at + 1, { subject: `Meldung ${at}` }))
    await takeIn(desk.deps, mails)
    expect(await receipts()).toBe(3)
    const tickets = await database.ticket.findMany({ orderBy: { sequence: 'asc' } })
    const ways = await Promise.all(tickets.map(({ id }) => way(id, { isOwed: true })))
    expect(ways.toSorted()).toEqual([...Array(3).fill('mail'), ...Array(5).fill('mail-budget')])
  })

  it('an apology stops at the budget of all customers, and at an address that does not exist', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const { id, customerAddress } = await database.ticket.findFirstOrThrow()
    const few = { ...config, budgets: { ...config.budgets, totalPerHour: 1 } }
    const channel = await inTransaction(database, async tx => {
      const { ticket } = await toldTicket(tx, id)
      return channelFor(tx, { ticket, numbers: [], config: few, now, isOwed: true })
    })
    expect(channel.by).toBe('none')
    const address = customerAddress.toLowerCase()
    const until = new Date(now.add({ hours: 24 }).epochMilliseconds)
    await database.$executeRaw`
      insert into suppression (address, since, until, reason) values (${address}, ${new Date(now.epochMilliseconds)}, ${until}, 'unknown')`
    for (const more of [{ isOwed: true }, { byHuman: true }]) expect(await way(id, more)).toBe('suppressed')
  })
})
