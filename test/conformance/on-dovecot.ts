/** Where the journeys of a file happen: one real Dovecot that they share, with an account for each. */
import { beforeAll, describe, it } from 'vitest'
import { dovecotBinary, startDovecot } from '../dovecot.ts'
import type { ImapPeer } from '../imap-peer.ts'
import type { NewAccount } from './journeys.ts'

/** Left out with one line where there is no Dovecot. */
export function onDovecot(title: string, journeys: (account: NewAccount) => void): void {
  const binary = dovecotBinary()
  if (binary === undefined) {
    it.skip(`${title}: left out, set DOVECOT to the path of a dovecot 2.3 binary to run it`, () => {})
    return
  }
  describe(title, () => {
    let peer: ImapPeer | undefined
    beforeAll(async () => {
      peer = await startDovecot(binary)
      return () => peer?.stop()
    })
    journeys(async () => {
      if (!peer) throw new Error('the server has not been started')
      return peer.account()
    })
  })
}
