/** Logins that cannot work: half of one, two at once, or a secret that would travel in the open. */
import { type ConfigDraft, type Draft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import type { OAuthConfig } from './oauth-schema.ts'
import { variableFor } from './secrets.ts'
import type { Path } from './shape.ts'

interface Login {
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly auth?: Draft<OAuthConfig> | undefined
}

export function loginFaults({ mailboxes, smtp, alarms }: ConfigDraft): readonly Fault[] {
  return [
    ...entriesOf(mailboxes).flatMap(([key, { imap }]) =>
      imap === undefined ? [] : faultsOf(['mailboxes', key, 'imap'], imap, true),
    ),
    ...(smtp ? faultsOf(['smtp'], smtp, smtp.user !== undefined) : []),
    ...(alarms?.second
      ? faultsOf(['alarms', 'second'], alarms.second, alarms.second.user !== undefined)
      : []),
  ]
}

/** `wanted`: a login will be tried. A key that is there with nothing behind it has a fault of its own already. */
function faultsOf(path: Path, login: Login, wanted: boolean): readonly Fault[] {
  const { user, password, auth } = login
  if (auth !== undefined && password !== undefined) {
    return [{ path: [...path, 'auth'], says: 'is set beside a password; keep one of them' }]
  }
  if (auth !== undefined) return tokenUrlFaults([...path, 'auth'], auth)
  if (wanted && !('password' in login) && !('auth' in login)) {
    const at = [...path, 'password']
    const why = path[0] === 'mailboxes' ? '' : `, but ${path.join('.')}.user is set`
    const variable = variableFor(at) ?? ''
    return [{ path: at, says: `is missing${why}; set ${variable} or ${variable}_FILE in the environment` }]
  }
  if (password !== undefined && user === undefined && !('user' in login)) {
    return [{ path: [...path, 'user'], says: 'is missing, but a password is set; use the login name' }]
  }
  return []
}

function tokenUrlFaults(path: Path, { tokenUrl }: Draft<OAuthConfig>): readonly Fault[] {
  if (tokenUrl === undefined || !URL.canParse(tokenUrl)) return []
  const { protocol, hostname } = new URL(tokenUrl)
  return protocol === 'http:' && !isLoopback(hostname)
    ? [
        {
          path: [...path, 'tokenUrl'],
          says: `is plain http, but ${hostname} is not this machine; use https`,
        },
      ]
    : []
}

/** 127.0.0.0/8, ::1 and localhost: what never leaves the machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/i.test(host)
}
