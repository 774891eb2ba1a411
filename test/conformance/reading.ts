/** Promises about what is read, in what order and how much of it. */
import { describe, expect, it } from 'vitest'
import { gatewayFor, ledgerForTest, lineTo } from './gateway.ts'
import type { NewAccount } from './journeys.ts'
import { letter, letters, look, migrate, names, post, visit } from './post.ts'

export function readingJourneys(account: NewAccount): void {
  describe('reading', () => {
    it('takes in a mail that somebody already read in Outlook, and changes nothing on the server', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', [letter('read')], ['\\Seen'])
      await post(mailbox, 'INBOX', [letter('unread')])
      const before = await look(mailbox, 'INBOX')
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(['read', 'unread'])
      expect(await look(mailbox, 'INBOX')).toEqual(before)
      expect(before.map(mail => mail.flags)).toEqual([['\\Seen'], []])
    })

    it('drains a backlog of 120 mails oldest first', async () => {
      const mailbox = await account()
      const wanted = names('backlog', 120)
      await post(mailbox, 'INBOX', letters(wanted))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(wanted)
      expect(gateway.batches.map(batch => batch.length)).toEqual([50, 50, 20])
      expect(gateway.door.state()).toMatchObject({ phase: 'idle', backlog: 0, lastError: undefined })
    })

    it('begins where it ended when it is started again', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('first', 3)))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      await gateway.stop()
      await post(mailbox, 'INBOX', [letter('second')])
      const next = await gatewayFor(ledger, mailbox)
      await next.rested()
      expect(next.batches).toEqual([[4]])
    })

    it('takes in a mail that arrives during IDLE without waiting for the poll', async () => {
      const mailbox = await account()
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      const taken = gateway.reached('taken-in')
      await post(mailbox, 'INBOX', [letter('pushed')])
      await taken
      expect(await ledger.subjects()).toEqual(['pushed'])
    })

    it('replays the folder after a change of UIDVALIDITY: all is handed in, nothing is doubled', async () => {
      const mailbox = await account()
      await visit(mailbox, client => client.mailboxCreate('Support'))
      const wanted = names('moved', 7)
      await post(mailbox, 'Support', letters(wanted))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox, { folder: 'Support' })
      await gateway.rested()
      const [before] = gateway.mails
      // Halfway the folder is missing, which a server that hangs up on its readers lets us see.
      gateway.timing.hurry('refused')
      await migrate(mailbox, 'Support')
      await gateway.timing.pass('poll')
      while (gateway.mails.length < 14) await gateway.reached('taken-in')
      const after = gateway.mails.slice(7)
      expect(after.map(mail => mail.content.subject)).toEqual(wanted)
      expect(after[0]?.position.uidValidity).not.toBe(before?.position.uidValidity)
      expect(after.map(mail => mail.fingerprint)).toEqual(
        gateway.mails.slice(0, 7).map(mail => mail.fingerprint),
      )
      expect(await ledger.database.mailboxCursor.count()).toBe(2)
      expect(await ledger.database.ticket.count()).toBe(7)
    })

    it('does not mind that a mail is deleted between listing and fetch', async () => {
      const mailbox = await account()
      await post(mailbox, 'INBOX', letters(names('mail', 5)))
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      gateway.at('listed', async () => {
        await visit(mailbox, async client => {
          await client.mailboxOpen('INBOX')
          await client.messageDelete('3', { uid: true })
        })
      })
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(['mail-1', 'mail-2', 'mail-4', 'mail-5'])
      expect(gateway.door.state().lastError).toBeUndefined()
    })

    it('reads a mail with 70 attachments whole', async () => {
      const mailbox = await account()
      const parts = names('part', 70).map(
        name =>
          `--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="${name}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nSGFsbG8=\r\n`,
      )
      const head =
        'From: a@example.com\r\nSubject: many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'
      const raw = Buffer.from(`${head}${parts.join('')}--b--\r\n`)
      await post(mailbox, 'INBOX', [raw, letter('next')])
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      const [many, next] = gateway.mails
      expect(many?.content.attachments).toHaveLength(70)
      expect(await gateway.deps.blobs.get(many?.rawSha256 ?? '')).toEqual(raw)
      expect(next?.content.subject).toBe('next')
    })
  })

  describe('sizes', () => {
    it('carries a big mail to the store piece by piece, byte for byte', async () => {
      const mailbox = await account()
      const big = letter('big', 6_000_000)
      await post(mailbox, 'INBOX', [letter('before'), big, letter('after')])
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      expect(gateway.batches).toEqual([[1], [2], [3]])
      expect((await gateway.deps.blobs.get(gateway.mails[1]?.rawSha256 ?? '')).equals(big)).toBe(true)
    })

    it('fetches no more than the beginning of an oversized mail', async () => {
      const mailbox = await account()
      const huge = letter('huge', 3_000_000)
      await post(mailbox, 'INBOX', [huge, letter('next')])
      const { line, account: behind } = await lineTo(mailbox)
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, behind, { mailBytes: 1_000_000 })
      await gateway.rested()
      const [mail] = gateway.mails
      expect(mail?.content.defects).toContain('oversized')
      expect(mail?.content.subject).toBe('huge')
      expect(mail?.size).toBe(huge.length)
      expect(await gateway.deps.blobs.get(mail?.rawSha256 ?? '')).toEqual(huge.subarray(0, 262_144))
      expect(line.received()).toBeGreaterThan(262_144)
      expect(line.received()).toBeLessThan(280_000)
      expect(await ledger.subjects()).toEqual(['huge', 'next'])
    })
  })
}
