import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { TransientFailure } from '../../../desk/failure.ts'
import type { OAuthConfig } from './token-request.ts'

/**
 * The newest refresh token of an account, below the data folder, readable for its owner only. A server that rotates
 * them makes the configured one worthless at the first use: a restart that only knew that one would be locked out.
 */
export interface RefreshTokenFile {
  /** Undefined where there is none, or where the configuration names another one since: a human consented anew. */
  read(): Promise<string | undefined>
  write(refreshToken: string): Promise<void>
}

type Refreshing = Extract<OAuthConfig, { kind: 'refresh-token' }>

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export function refreshTokenFile(dataFolder: string, auth: Refreshing): RefreshTokenFile {
  const folder = join(dataFolder, 'oauth')
  // Named by the configured token, so that a new one begins a new file and no account reads another's.
  const name = sha256(JSON.stringify([auth.provider, auth.tenant, auth.clientId, auth.refreshToken]))
  const path = join(folder, `${name.slice(0, 32)}.token`)
  return {
    async read() {
      try {
        return (await readFile(path, 'utf8')).trim() || undefined
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw new TransientFailure('storage', 'the saved refresh token cannot be read', error)
      }
    },
    async write(refreshToken) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const file = await open(`${path}.new`, 'w', 0o600)
        try {
          await file.writeFile(refreshToken)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(`${path}.new`, path)
      } catch (error) {
        throw new TransientFailure('storage', 'the new refresh token cannot be saved', error)
      }
    },
  }
}
