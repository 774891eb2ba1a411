/** Promises about lines, servers, databases and gateways that fail. */
import { describe, expect, it } from 'vitest'
import { TransientFailure } from '../../src/desk/failure.ts'
import { gatewayFor, ledgerForTest, lineTo, robOfLock } from './gateway.ts'
import type { NewAccount } from './journeys.ts'
import { letter, letters, names, post, visit } from './post.ts'

export function troubleJourneys(account: NewAccount): void {
  describe('trouble', () => {
    it('loses nothing and doubles nothing when the line is cut in the middle of a FETCH', async () => {
      const mailbox = await account()
      const wanted = names('cut', 8)
      await post(
        mailbox,
        'INBOX',
        wanted.map(name => letter(name, 50_000)),
      )
      const { line, account: behind } = await lineTo(mailbox)
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, behind)
      let cuts = 0
      gateway.at('listed', () => {
        if (cuts++ < 3) line.cutAfter(130_000)
      })
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(wanted)
      expect(gateway.batches.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(await ledger.database.ticket.count()).toBe(8)
      expect(gateway.timing.count('back-off')).toBeGreaterThan(0)
    })

    it('notices a server that has stopped answering, and connects anew', async () => {
      const mailbox = await account()
      const { line, account: behind } = await lineTo(mailbox)
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, behind, { commandSeconds: 1 })
      await gateway.rested()
      line.stall()
      await post(mailbox, 'INBOX', [letter('unheard')])
      const taken = gateway.reached('taken-in')
      await gateway.timing.pass('poll')
      await taken
      expect(await ledger.subjects()).toEqual(['unheard'])
      expect(gateway.door.state().reconnects).toBe(1)
    })

    it('keeps trying while the server is down, and goes on when it is back', async () => {
      const mailbox = await account()
      const { line, account: behind } = await lineTo(mailbox)
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, behind)
      await gateway.rested()
      const failed = gateway.reached('failed')
      line.down()
      await failed
      expect(gateway.door.state()).toMatchObject({ phase: 'waiting', lastError: 'network' })
      await post(mailbox, 'INBOX', [letter('later')])
      const taken = gateway.reached('taken-in')
      line.mend()
      await taken
      expect(await ledger.subjects()).toEqual(['later'])
    })

    it('tells a wrong password from a lost line, and does not hammer', async () => {
      const mailbox = await account()
      const { line, account: behind } = await lineTo(mailbox)
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, behind, { password: 'wrong' })
      await gateway.timing.until('refused')
      expect(gateway.door.state()).toMatchObject({ phase: 'refused', lastError: 'auth' })
      gateway.door.wake()
      expect(gateway.timing.pauses).toEqual([{ why: 'refused', milliseconds: 300_000 }])
      expect(line.connections()).toBe(1)
      const again = gateway.reached('failed')
      await gateway.timing.pass('refused')
      await again
      expect(line.connections()).toBe(2)
    })

    it('says that the folder is missing, and reads it once it is there', async () => {
      const mailbox = await account()
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox, { folder: 'Support' })
      await gateway.timing.until('refused')
      expect(gateway.door.state()).toMatchObject({ phase: 'refused', lastError: 'missing-folder' })
      await visit(mailbox, client => client.mailboxCreate('Support'))
      await post(mailbox, 'Support', [letter('patient')])
      await gateway.timing.pass('refused')
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(['patient'])
    })

    it('hands the same batch in again, in order, when the database was away', async () => {
      const mailbox = await account()
      const wanted = names('mail', 120)
      await post(mailbox, 'INBOX', letters(wanted))
      const ledger = await ledgerForTest()
      let away = 5
      const gateway = await gatewayFor(ledger, mailbox, {
        beforeRecord: async () => {
          if (away-- > 0) throw new TransientFailure('database', 'away')
        },
      })
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(wanted)
      expect(gateway.batches.map(batch => batch.length)).toEqual([50, 50, 20])
      expect(gateway.timing.count('back-off')).toBe(5)
    })
  })

  describe('several gateways', () => {
    it('lets one read, and the other take over when the first ends', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('early', 3)))
      const ledger = await ledgerForTest()
      const first = await gatewayFor(ledger, mailbox)
      await first.rested()
      const second = await gatewayFor(ledger, mailbox)
      await second.timing.until('standby')
      expect(second.door.state().phase).toBe('standby')
      const taken = first.reached('taken-in')
      await post(mailbox, 'INBOX', [letter('between')])
      await taken
      await first.stop()
      await post(mailbox, 'INBOX', [letter('late')])
      await second.timing.pass('standby')
      await second.rested()
      expect(second.batches).toEqual([[5]])
      expect(await ledger.subjects()).toEqual([...names('early', 3), 'between', 'late'])
    })

    it('stops reading at once when its lock is lost, and lets another one read', async () => {
      const mailbox = await account()
      const ledger = await ledgerForTest()
      const first = await gatewayFor(ledger, mailbox)
      await first.rested()
      const second = await gatewayFor(ledger, mailbox)
      await second.timing.until('standby')
      // Whoever asks first has it; where that is the loser himself, he is robbed once more.
      second.timing.hurry('standby')
      for (let tries = 0; first.door.state().phase !== 'standby' && tries < 50; tries++) {
        await first.rested()
        const settled = Promise.race([first.reached('standby'), first.reached('connected')])
        await robOfLock(ledger, first)
        await settled
      }
      await second.rested()
      expect(first.door.state().phase).toBe('standby')
      const taken = second.reached('taken-in')
      await post(mailbox, 'INBOX', [letter('after the robbery')])
      await taken
      expect(await ledger.subjects()).toEqual(['after the robbery'])
    })
  })
}
