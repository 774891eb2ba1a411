import fetchHandlers from 'hoodiecrow-imap/lib/commands/handlers/fetch.js'
import { expect, it, onTestFinished } from 'vitest'
import { balanceMailbox } from '../../../src/channels/mail/ledger-balance.ts'
import { gatewayFor, ledgerForTest, type Wishes } from '../../conformance/gateway.ts'
import { letter, names, post, visit } from '../../conformance/post.ts'
import { everything, openHoodiecrow } from '../../hoodiecrow.ts'

/** Five mails, read to the end, and the gateway at rest. */
async function fiveMails(wishes?: Wishes) {
  const account = await openHoodiecrow(everything)
  onTestFinished(() => account.close())
  await post(
    account,
    'INBOX',
    names('mail', 5).map(name => letter(name)),
  )
  const ledger = await ledgerForTest()
  const gateway = await gatewayFor(ledger, account, wishes)
  await gateway.rested()
  return { account, ledger, gateway }
}

it('finds a sound ledger sound, and writes that down', async () => {
  const { ledger, gateway } = await fiveMails()
  const report = await balanceMailbox(gateway.deps)
  expect(report).toMatchObject({ onServer: 5, inLedger: 5, gone: 0, waiting: 0, reread: 0, unfinished: 0 })
  expect(report.gaps).toEqual([])
  expect(await ledger.database.balance.findMany()).toMatchObject([
    { mailbox: 'support', folder: 'INBOX', onServer: 5, inLedger: 5, reread: 0 },
  ])
})

it('reads a gap again, and does not move the cursor back', async () => {
  const { ledger, gateway } = await fiveMails()
  await ledger.database.inbound.deleteMany({ where: { uid: { in: [2n, 4n] } } })
  const report = await balanceMailbox(gateway.deps)
  expect(report).toMatchObject({ onServer: 5, inLedger: 3, gaps: [2, 4], reread: 2, missing: [] })
  const rows = await ledger.database.inbound.findMany({ orderBy: { uid: 'asc' } })
  expect(rows.map(row => row.subject)).toEqual(names('mail', 5))
  expect(await ledger.database.mailboxCursor.findMany()).toMatchObject([{ lastUid: 5n }])
})

it('counts mails that a human deleted as gone, and mails beyond the cursor as waiting', async () => {
  const { account, gateway } = await fiveMails()
  await gateway.stop()
  await visit(account, async client => {
    await client.mailboxOpen('INBOX')
    await client.messageDelete('1:2', { uid: true })
  })
  await post(account, 'INBOX', [letter('new')])
  const report = await balanceMailbox(gateway.deps)
  expect(report).toMatchObject({ onServer: 4, inLedger: 5, gone: 2, waiting: 1, gaps: [], reread: 0 })
})

it('says which mails the server lists and does not hand out', async () => {
  const { account, ledger, gateway } = await fiveMails()
  await ledger.database.inbound.deleteMany({ where: { uid: 3n } })
  for (const name of ['BODY', 'BODY.PEEK'])
    account.server.fetchHandlers[name] = (connection, message, query) =>
      message.uid === 3 ? '' : fetchHandlers.BODY(connection, message, query)
  const report = await balanceMailbox(gateway.deps)
  expect(report).toMatchObject({ gaps: [3], reread: 0, missing: [3] })
})

it('repeats the move of a mail that was left behind', async () => {
  const { ledger, gateway } = await fiveMails({ after: { action: 'move', folder: 'Taken' } })
  await gateway.stop()
  await ledger.database.inbound.updateMany({ where: { uid: 5n }, data: { afterState: 'failed' } })
  const report = await balanceMailbox(gateway.deps)
  expect(report).toMatchObject({ onServer: 0, gone: 5, unfinished: 0 })
  expect(await ledger.database.inbound.count({ where: { afterState: 'done' } })).toBe(5)
})
