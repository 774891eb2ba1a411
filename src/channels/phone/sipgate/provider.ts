import type { Capabilities } from '../../../desk/phone/instruction.ts'
import type { PhoneProvider } from '../../../desk/phone/provider.ts'
import { tellingProvider } from '../cti/provider.ts'

/** Plays recordings and asks for keys. Nobody is put through, since an agent's mailbox could not be told from an agent. */
export const sipgateCan: Capabilities = {
  answers: true,
  speaks: false,
  accepts: false,
  records: false,
  dials: false,
  texts: false,
}

/** sipgate.io by its webhooks alone: it asks us, we ask nothing of it; whatever is asked is a PermanentFailure. */
export function sipgateProvider(key: string): PhoneProvider {
  return tellingProvider(key, sipgateCan, `sipgate (${key})`)
}
