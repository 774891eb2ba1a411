import { afterAll, expect, it } from 'vitest'
import { recordFailedLetter } from '../../src/intake/letter-failed.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { inTransaction } from '../../src/store/database.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, openDesk } from './desk.ts'

const desk = await openDesk()
afterAll(() => desk.close())

it.each([
  ['550 5.1.1 <petra@kunde.example.com>: Recipient address rejected: User unknown', 1],
  ['554 5.7.1 Rejected: your IP is on a blocklist', 0],
  ['552 5.2.2 Mailbox full', 0],
])('an address that our own server refuses with "%s" is suppressed: %i', async (response, suppressed) => {
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression cascade`
  await takeIn(desk.deps, [arrival(1)])
  const letter = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
  await inTransaction(desk.database, tx =>
    recordFailedLetter(tx, letter, { code: 'recipient-refused', response }, desk.config, noon),
  )
  const rows = await desk.database.suppression.findMany()
  expect(rows.map(({ address, reason }) => [address, reason])).toEqual(
    suppressed ? [['petra@kunde.example.com', response]] : [],
  )
})

it('a letter to an agent that is refused tells the administrators, and no agent of a customer not reached', async () => {
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression cascade`
  await takeIn(desk.deps, [arrival(1)])
  const notice = await desk.database.letter.findFirstOrThrow({ where: { kind: 'agent-notice' } })
  await desk.database.letter.deleteMany()
  await inTransaction(desk.database, async tx => {
    for (const kind of ['agent-notice', 'receipt', 'help', 'why', 'hold-question'])
      await recordFailedLetter(
        tx,
        { ...notice, kind },
        { code: 'sender-refused', response: '550' },
        desk.config,
        noon,
      )
  })
  const kinds = (await desk.database.letter.findMany()).map(({ kind }) => kind)
  expect(kinds).toEqual(['alarm', 'alarm', 'alarm', 'alarm', 'alarm'])
})

it('a reply that PostgreSQL could not store is recorded without what it cannot', async () => {
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression cascade`
  await takeIn(desk.deps, [arrival(1)])
  const letter = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
  const text = '550 5.1.1 User unknown '
  const response = `${text}\0${'x'.repeat(499 - text.length)}😀\ud800`
  await inTransaction(desk.database, tx =>
    recordFailedLetter(tx, letter, { code: 'recipient-refused', response }, desk.config, noon),
  )
  expect(await desk.database.suppression.findMany()).toHaveLength(1)
  const entry = await desk.database.entry.findFirstOrThrow({ where: { kind: 'letter-failed' } })
  expect(entry.text).toMatch(/x😀\ufffd$/u)
})
