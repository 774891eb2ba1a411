import { PermanentFailure, TransientFailure } from '../../../desk/failure.ts'
import type { TokenSource } from '../oauth/token-source.ts'
import { ImapSession, type SessionOptions } from './imap-session.ts'

/**
 * A session with its folder open, logged in by password or, where there are `tokens`, by an access token. `onBegun` gets
 * the session before it connects, so that it can be ended in the middle.
 * @throws PermanentFailure auth, tls, missing-folder; TransientFailure network, timeout, protocol, storage, and auth
 * for a token that has been revoked: the next attempt asks for another one
 */
export async function openSession(
  options: SessionOptions,
  tokens: TokenSource | undefined,
  onBegun: (session: ImapSession) => void = () => undefined,
): Promise<ImapSession> {
  const accessToken = await tokens?.token()
  const session = new ImapSession({ ...options, accessToken })
  onBegun(session)
  try {
    await session.open()
    return session
  } catch (error) {
    session.close()
    const refused = error instanceof PermanentFailure && error.code === 'auth'
    if (refused && accessToken !== undefined && tokens?.forget(accessToken)) {
      throw new TransientFailure('auth', 'the access token was refused; another one is asked for', error)
    }
    throw error
  }
}
