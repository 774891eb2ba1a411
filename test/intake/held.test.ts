import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InboundMail } from '../../src/desk/inbound.ts'
import { decideHeld, type HeldDecision } from '../../src/intake/held.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { arrival, openDesk, type TestDesk } from './desk.ts'

let desk: TestDesk
let number: string
let mail: InboundMail
let heldId: bigint

const kim = { address: 'kim@elsewhere.example', name: 'Kim' }

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

beforeEach(async () => {
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, participant, held cascade`
  const [first] = await takeIn(desk.deps, [arrival(1)])
  number = first?.ticketNumber ?? ''
  mail = arrival(2, { from: kim, subject: `AW: [#${number}]`, text: 'Ich bin die Kollegin.', replyText: '' })
  const [held] = await takeIn(desk.deps, [mail])
  heldId = held?.inboundId ?? 0n
  expect(held?.outcome).toBe('hold')
})

const decideOn = (decision: HeldDecision) => decideHeld(desk.deps, heldId, decision, mail, 'anna')
const entriesOf = async (ticket: string) =>
  (await desk.database.entry.findMany({ where: { ticket: { number: ticket } } }))
    .map(({ kind }) => kind)
    .toSorted()

describe('a held mail', () => {
  it('is added to its ticket, and its sender takes part from then on', async () => {
    expect(await decideOn('add')).toEqual({ ok: true, repeated: false, ticketNumber: number })
    expect(await entriesOf(number)).toEqual(['customer-mail', 'customer-mail', 'held-decision'])
    expect(await desk.database.held.findFirst()).toMatchObject({ state: 'decided', decision: 'add' })
    const [later] = await takeIn(desk.deps, [arrival(3, { from: kim, subject: `[#${number}]` })])
    expect(later).toMatchObject({ outcome: 'add-entry', ticketNumber: number })
  })

  it('gets a ticket of its own, with the usual answer and promise', async () => {
    const released = await decideOn('new')
    const fresh = await desk.database.ticket.findFirstOrThrow({
      where: { customerAddress: kim.address },
      include: { letters: true, guarantees: true, participants: true, inbounds: true },
    })
    expect(released).toEqual({ ok: true, repeated: false, ticketNumber: fresh.number })
    expect(fresh.letters.filter(({ kind }) => kind === 'auto-reply')).toMatchObject([
      { recipient: kim.address },
    ])
    expect(fresh.guarantees).toMatchObject([{ kind: 'first-response', state: 'open' }])
    expect(fresh.participants).toMatchObject([{ address: kim.address, role: 'customer' }])
    expect(fresh.inbounds.map(({ id }) => id)).toEqual([heldId])
    expect(await entriesOf(number)).toEqual(['customer-mail', 'held-decision'])
  })

  it('is left without consequences and stays where it was', async () => {
    const before = await desk.database.letter.count()
    expect(await decideOn('discard')).toEqual({ ok: true, repeated: false, ticketNumber: number })
    expect(await desk.database.held.findFirst()).toMatchObject({ state: 'decided', decision: 'discard' })
    expect(await desk.database.inbound.count({ where: { id: heldId, outcome: 'hold' } })).toBe(1)
    expect(await desk.database.letter.count()).toBe(before)
    expect(await entriesOf(number)).toEqual(['customer-mail', 'held-decision'])
  })

  it.each(['add', 'new', 'discard'] as const)(
    'is decided once, however many people decide at the same moment: %s',
    async decision => {
      const released = await Promise.all([decideOn(decision), decideOn(decision), decideOn(decision)])
      expect(released.map(one => one.ok && one.repeated).toSorted()).toEqual([false, true, true])
      expect(await desk.database.entry.count({ where: { kind: 'held-decision' } })).toBe(1)
    },
  )

  it('stays decided as it was', async () => {
    await decideOn('add')
    expect(await decideOn('new')).toEqual({
      ok: false,
      because: expect.stringContaining('was decided already: add'),
    })
    expect(await desk.database.ticket.count()).toBe(1)
  })

  it('opens its closed ticket again when it is added, and goes where a merged one leads', async () => {
    const [other] = await takeIn(desk.deps, [arrival(4, { subject: 'Ziel' })])
    const target = await desk.database.ticket.update({
      where: { number: other?.ticketNumber ?? '' },
      data: { state: 'resolved', closedAt: new Date() },
    })
    await desk.database.ticket.update({ where: { number }, data: { mergedIntoId: target.id } })
    expect(await decideOn('add')).toMatchObject({ ok: true, ticketNumber: target.number })
    expect(await desk.database.ticket.findUnique({ where: { id: target.id } })).toMatchObject({
      state: 'open',
    })
    expect(await entriesOf(target.number)).toEqual([
      'customer-mail',
      'customer-mail',
      'held-decision',
      'reopened',
    ])
  })

  it('says in its trail who decided what', async () => {
    await decideOn('add')
    const { trail } = await desk.database.inbound.findUniqueOrThrow({ where: { id: heldId } })
    expect((trail as unknown[]).at(-1)).toEqual({ rule: 'held', hit: true, because: 'anna decided: add' })
  })

  it('that speaks of no ticket cannot be added to one', async () => {
    await desk.database.held.updateMany({ data: { ticketId: null } })
    expect(await decideOn('add')).toEqual({
      ok: false,
      because: expect.stringContaining('speaks of no ticket'),
    })
    expect(await desk.database.held.findFirst()).toMatchObject({ state: 'held' })
  })

  it('of an agent without proof becomes an entry that goes to no customer, and lets nobody in', async () => {
    await desk.database.held.updateMany({ data: { reason: 'agent-unproven' } })
    const before = await desk.database.participant.count()
    expect(await decideOn('add')).toMatchObject({ ok: true })
    expect(await entriesOf(number)).toEqual(['agent-mail', 'customer-mail', 'held-decision'])
    expect(await desk.database.participant.count()).toBe(before)
  })

  it('is what a mail that was not held is not', async () => {
    expect(await decideHeld(desk.deps, 1n, 'add', mail, 'anna')).toEqual({
      ok: false,
      because: 'mail 1 was never held',
    })
  })
})
