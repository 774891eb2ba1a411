import type { FigureKey } from './figure.ts'
import { callbackPunctuality } from './read/callback-punctuality.ts'
import { causes } from './read/causes.ts'
import { cycleTime } from './read/cycle-time.ts'
import { escalations } from './read/escalations.ts'
import { firstResponse } from './read/first-response.ts'
import { ledgerBalance } from './read/ledger-balance.ts'
import { loopsStopped } from './read/loops-stopped.ts'
import { mailsHeld } from './read/mails-held.ts'
import { promises } from './read/promises.ts'
import { reopened } from './read/reopened.ts'
import { satisfaction } from './read/satisfaction.ts'
import { throughput } from './read/throughput.ts'
import { vendorWaiting } from './read/vendor-waiting.ts'
import type { Reader } from './reader.ts'

/** Who reads which figure. */
export const readers: Readonly<Record<FigureKey, Reader>> = {
  throughput,
  'first-response': firstResponse,
  'callback-punctuality': callbackPunctuality,
  promises,
  'cycle-time': cycleTime,
  reopened,
  escalations,
  'vendor-waiting': vendorWaiting,
  satisfaction,
  causes,
  'loops-stopped': loopsStopped,
  'mails-held': mailsHeld,
  'ledger-balance': ledgerBalance,
}
