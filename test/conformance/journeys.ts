/** The promises of the mailbox door. Each server of the suite is asked to keep them all. */
import { beforeAll } from 'vitest'
import type { ImapAccount, ImapPeer } from '../imap-peer.ts'
import { afterCommitJourneys } from './after-commit.ts'
import { fetchingComplaints } from './fetching-complaints.ts'
import { readingJourneys } from './reading.ts'
import { troubleJourneys } from './trouble.ts'
import { watchingJourneys } from './watching.ts'

/** An empty account for one test. */
export type NewAccount = () => Promise<ImapAccount>

export function mailboxJourneys(start: () => Promise<ImapPeer>): void {
  let peer: ImapPeer | undefined
  beforeAll(async () => {
    peer = await start()
    return () => peer?.stop()
  })
  const account: NewAccount = async () => {
    if (!peer) throw new Error('the server has not been started')
    return peer.account()
  }
  readingJourneys(account)
  troubleJourneys(account)
  afterCommitJourneys(account)
  watchingJourneys(account)
  fetchingComplaints(account)
}
