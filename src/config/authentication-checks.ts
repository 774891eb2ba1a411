/** Proof of a sender that would prove nothing: the mark of a tenant on a server that lets anybody write it. */
import { type ConfigDraft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'

/** Microsoft's own IMAP servers, in all its clouds; they remove the mark from mail that comes from outside. */
const microsoftHosts = /(^|\.)(office365\.(com|us)|outlook\.(com|office\.com)|outlook\.cn)$/i

export function authenticationFaults(config: ConfigDraft): readonly Fault[] {
  return entriesOf(config.mailboxes).flatMap(([key, { authentication, imap }]) => {
    if (authentication?.tenant === undefined || imap?.host === undefined) return []
    if (microsoftHosts.test(imap.host)) return []
    return [
      {
        path: ['mailboxes', key, 'authentication', 'tenant'],
        says: `is set, but ${imap.host} is not a server of Microsoft 365; name your mail servers under "trusted" instead`,
      },
    ]
  })
}
