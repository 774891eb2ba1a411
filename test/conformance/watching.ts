/** Promises about a mailbox that cannot die unnoticed. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { officesOf } from '../../src/config/office-calendar.ts'
import { watchMailbox } from '../../src/watch/mailbox-watch.ts'
import type { Look } from '../../src/watch/watch.ts'
import type { ImapAccount } from '../imap-peer.ts'
import { deskConfig } from '../intake/desk.ts'
import { openLine } from '../line.ts'
import { type Gateway, gatewayFor, ledgerForTest } from './gateway.ts'
import type { NewAccount } from './journeys.ts'
import { letter, post } from './post.ts'

interface Watched {
  readonly silentHours?: number
  readonly password?: string
  readonly now?: () => Temporal.Instant
}

/** The watch with a session of its own, straight to the server. */
function watchOver(gateway: Gateway, account: ImapAccount, wishes: Watched = {}): Look {
  const { config } = gateway.deps
  const imap = { ...config.imap, port: account.port, password: wishes.password ?? account.password }
  const office = officesOf(deskConfig, gateway.timing.now()).get('hamburg')
  if (!office) throw new Error('the desk has no office "hamburg"')
  const { silentHours } = wishes
  return watchMailbox({
    part: {
      ...gateway.deps,
      config: { ...config, imap, ...(silentHours === undefined ? {} : { silentHours }) },
    },
    door: gateway.door,
    office,
    oldestUnreadMinutes: 30,
    lastMailAt: async () => undefined,
    now: wishes.now ?? (() => gateway.timing.now()),
  })
}

/** A line on which the server goes on answering but shows no new mail any more, until it is mended. */
async function freezingLine(account: ImapAccount) {
  let isFrozen = false
  const line = await openLine(account.port, text =>
    isFrozen
      ? text
          .replaceAll(/^\* \d+ (EXISTS|RECENT)\r\n/gm, '')
          .replaceAll(/^\* SEARCH[^\r\n]*/gm, '* SEARCH')
          .replaceAll(/^(\* ESEARCH \(TAG "[^"]*"\) UID)[^\r\n]*/gm, '$1')
      : text,
  )
  onTestFinished(() => line.close())
  return {
    account: { ...account, port: line.port },
    freeze: () => {
      isFrozen = true
    },
    thaw: () => {
      isFrozen = false
    },
  }
}

export function watchingJourneys(account: NewAccount): void {
  describe('a mailbox that cannot die unnoticed', () => {
    it('sees with a second session what a frozen one does not, tells it, and replaces the session', async () => {
      const mailbox = await account()
      const line = await freezingLine(mailbox)
      await post(mailbox, 'INBOX', [letter('seen')])
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, line.account)
      await gateway.rested()
      const look = watchOver(gateway, mailbox)
      expect(await look()).toEqual([])
      line.freeze()
      await post(mailbox, 'INBOX', [letter('unseen')])
      const woken = gateway.reached('resting')
      expect(await look()).toEqual([])
      await woken
      await gateway.timing.until('poll')
      expect(await ledger.subjects()).toEqual(['seen'])
      const taken = gateway.reached('taken-in')
      gateway.at('failed', line.thaw)
      expect((await look()).map(trouble => trouble.kind)).toEqual(['frozen'])
      await taken
      await gateway.rested()
      expect(await ledger.subjects()).toEqual(['seen', 'unseen'])
      expect(await look()).toEqual([])
    })

    it('notices that a new login would be refused while the open session still lives', async () => {
      const mailbox = await account()
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      const [trouble] = await watchOver(gateway, mailbox, { password: 'changed meanwhile' })()
      expect(trouble).toMatchObject({ kind: 'refused', mailbox: 'support' })
      expect(gateway.door.state().phase).toBe('idle')
    })

    it('does not believe silence for longer than the office hours that are usual', async () => {
      const mailbox = await account()
      const ledger = await ledgerForTest()
      const gateway = await gatewayFor(ledger, mailbox)
      await gateway.rested()
      // Monday, 10:00 in Hamburg; the office closes at 17:00 and opens at 8:30.
      let now = gateway.timing.now()
      const look = watchOver(gateway, mailbox, { silentHours: 8, now: () => now })
      now = now.add({ hours: 22 })
      expect(await look()).toEqual([])
      now = now.add({ hours: 2 })
      expect((await look()).map(trouble => trouble.kind)).toEqual(['silent'])
    })
  })
}
