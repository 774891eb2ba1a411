import { PermanentFailure } from '../../../desk/failure.ts'
import type { Capabilities } from '../../../desk/phone/instruction.ts'
import type { PhoneProvider } from '../../../desk/phone/provider.ts'

/** It tells us of calls, and that is all. */
export const ctiCan: Capabilities = {
  answers: false,
  speaks: false,
  accepts: false,
  records: false,
  dials: false,
  texts: false,
}

/** A telephone system that only tells of calls: whatever is asked of it is a PermanentFailure. */
export function ctiProvider(key: string): PhoneProvider {
  return tellingProvider(key, ctiCan, `The telephone system ${key}`)
}

/** A provider of which nothing can be asked; `name` begins the sentence that says so. */
export function tellingProvider(key: string, can: Capabilities, name: string): PhoneProvider {
  const cannot = (what: string) => async (): Promise<never> => {
    throw new PermanentFailure('phone', `${name} cannot ${what}.`)
  }
  return {
    key,
    can,
    placeCall: cannot('place calls: agents dial by hand'),
    hangUp: cannot('end calls'),
    // Nothing to compare with: what it does not tell us, we do not hear of.
    listCalls: async () => [],
    listRecordings: async () => [],
    fetchRecording: cannot('record'),
    deleteRecording: cannot('record'),
    sendText: cannot('send text messages'),
    findText: cannot('send text messages'),
  }
}
