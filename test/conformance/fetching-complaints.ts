/** What users of other systems complained of about fetching, as promises. The journeys beside this file keep the rest. */
import { describe, expect, it } from 'vitest'
import { balanceMailbox } from '../../src/channels/mail/ledger-balance.ts'
import { TransientFailure } from '../../src/desk/failure.ts'
import { gatewayFor, ledgerForTest } from './gateway.ts'
import type { NewAccount } from './journeys.ts'
import { letter, letters, look, migrate, names, post, visit } from './post.ts'

/** As some devices and scripts write: no Message-ID at all. */
function nameless(subject: string): Buffer {
  return Buffer.from(
    `From: scanner@example.com\r\nTo: support@example.com\r\nDate: Mon, 2 Mar 2026 09:15:00 +0100\r\nSubject: ${subject}\r\n\r\nPage 1 of ${subject}\r\n`,
  )
}

/** Bytes that are no text in any charset they claim, in every place a program might put into a message of its own. */
const badBytes = Buffer.concat([
  Buffer.from('From: "'),
  Buffer.from([0xff, 0xfe, 0x81, 0xc3]),
  Buffer.from('" <bad@example.com>\r\nSubject: bad '),
  Buffer.from([0xed, 0xa0, 0x80, 0xfe]),
  Buffer.from('\r\nMessage-ID: <bad@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'),
  Buffer.from([0x80, 0x01, 0xff, 0xc0, 0xaf]),
  Buffer.from('\r\n'),
])

export function fetchingComplaints(account: NewAccount): void {
  describe('what others complained of', () => {
    it('makes one ticket of a mail that the server shows in two folders, as Gmail does with labels', async () => {
      const mailbox = await account()
      await visit(mailbox, client => client.mailboxCreate('All Mail'))
      await post(mailbox, 'INBOX', [letter('labelled')])
      await post(mailbox, 'All Mail', [letter('labelled'), letter('archived')])
      const ledger = await ledgerForTest()
      const first = await gatewayFor(ledger, mailbox)
      await first.rested()
      await first.stop()
      const second = await gatewayFor(ledger, mailbox, { folder: 'All Mail' })
      await second.rested()
      expect(await ledger.database.inbound.count()).toBe(3)
      expect(await ledger.database.ticket.count()).toBe(2)
    })

    it('takes in a mail that somebody marks read, answered and flagged between listing and fetch', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('raced', 3)))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      gateway.at('listed', async () => {
        await visit(mailbox, async client => {
          await client.mailboxOpen('INBOX')
          await client.messageFlagsAdd('1:3', ['\\Seen', '\\Answered', '\\Flagged'], { uid: true })
        })
      })
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(names('raced', 3))
    })

    it('finds a mail that the server has and the ledger lacks, and reads it', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('mail', 3)))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      await ledger.database.inbound.deleteMany({ where: { uid: 2n } })
      expect(await balanceMailbox(gateway.deps)).toMatchObject({
        onServer: 3,
        gaps: [2],
        reread: 1,
        missing: [],
      })
      expect((await ledger.subjects()).toSorted()).toEqual(names('mail', 3))
    })

    it('moves and deletes nothing on the server as long as it is not recorded', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('kept', 4)))
      const before = await look(mailbox, 'INBOX')
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox, {
        after: { action: 'move', folder: 'Done' },
        beforeRecord: async () => {
          throw new TransientFailure('database', 'away')
        },
      })
      while (gateway.timing.count('back-off') < 3) await gateway.reached('failed')
      await gateway.stop()
      expect(await look(mailbox, 'INBOX')).toEqual(before)
    })

    it('goes on after a mail full of invalid bytes', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', [letter('before'), badBytes, letter('after')])
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      const subjects = await ledger.subjects()
      expect(subjects).toHaveLength(3)
      expect([subjects[0], subjects[2]]).toEqual(['before', 'after'])
      expect(gateway.door.state()).toMatchObject({ phase: 'idle', lastError: undefined })
    })

    it('opens no new tickets when mails without Message-ID get new UIDs', async () => {
      const mailbox = await account()
      await visit(mailbox, client => client.mailboxCreate('Support'))
      await post(mailbox, 'Support', names('scan', 4).map(nameless))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox, { folder: 'Support' })
      await gateway.rested()
      gateway.timing.hurry('refused')
      await migrate(mailbox, 'Support')
      await gateway.timing.pass('poll')
      while (gateway.mails.length < 8) await gateway.reached('taken-in')
      expect(await ledger.database.inbound.count()).toBe(8)
      expect(await ledger.database.ticket.count()).toBe(4)
    })
  })
}
