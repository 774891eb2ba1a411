import { describe, it } from 'vitest'
import { dovecotBinary, startDovecot } from '../dovecot.ts'
import { startHoodiecrow } from '../hoodiecrow.ts'
import { mailboxJourneys } from './journeys.ts'

describe('the mailbox door on hoodiecrow', () => mailboxJourneys(async () => startHoodiecrow()))

const binary = dovecotBinary()
if (binary === undefined) {
  it.skip('the mailbox door on Dovecot: left out, set DOVECOT to the path of a dovecot 2.3 binary to run it', () => {})
} else {
  describe('the mailbox door on Dovecot', () => mailboxJourneys(() => startDovecot(binary)))
}
