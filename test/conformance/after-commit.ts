/** Promises about what happens on the server once a mail is safe, and about leaving it. */
import { describe, expect, it } from 'vitest'
import { gatewayFor, ledgerForTest, lineTo } from './gateway.ts'
import type { NewAccount } from './journeys.ts'
import { letter, letters, look, mailClient, names, post } from './post.ts'

export function afterCommitJourneys(account: NewAccount): void {
  describe('after the commit', () => {
    it('moves what is safe to another folder, which it creates', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('safe', 3)))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox, { after: { action: 'move', folder: 'Taken' } })
      await gateway.rested()
      expect(await look(mailbox, 'INBOX')).toEqual([])
      expect((await look(mailbox, 'Taken')).map(mail => mail.subject)).toEqual(names('safe', 3))
      expect(await ledger.database.inbound.count({ where: { afterState: 'done' } })).toBe(3)
    })

    it('moves after all what a cut kept it from moving', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('cut', 3)))
      const { line, account: behind } = await lineTo(mailbox)
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, behind, { after: { action: 'move', folder: 'Taken' } })
      let cut = false
      gateway.at('taken-in', () => {
        if (!cut) line.cutAfter(0)
        cut = true
      })
      await gateway.rested()
      expect(gateway.door.state().reconnects).toBe(1)
      expect(gateway.batches).toEqual([[1, 2, 3]])
      expect(await look(mailbox, 'INBOX')).toEqual([])
      expect((await look(mailbox, 'Taken')).map(mail => mail.subject)).toEqual(names('cut', 3))
    })

    it('flags what is safe and leaves its other flags alone', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', [letter('answered')], ['\\Answered'])
      await post(mailbox, 'INBOX', [letter('new')])
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox, { after: { action: 'flag', flag: '$Taken' } })
      await gateway.rested()
      expect((await look(mailbox, 'INBOX')).map(mail => mail.flags)).toEqual([
        ['$Taken', '\\Answered'],
        ['$Taken'],
      ])
    })
  })

  it('logs out and lets go within a stop, also while it waits in IDLE', async () => {
    const mailbox = await account()
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, mailbox)
    await gateway.rested()
    await gateway.door.stop()
    expect(gateway.door.state().phase).toBe('stopped')
    expect(await gateway.locks.tryLock('mailbox:support')).toBe(true)
    const client = await mailClient(mailbox)
    await client.logout()
  })
}
