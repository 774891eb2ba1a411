import { TransientFailure } from '../../../desk/failure.ts'
import { type Fetch, fetchToken, type Grant } from './fetch-token.ts'
import { type RefreshTokenFile, refreshTokenFile } from './refresh-token-file.ts'
import { type OAuthConfig, tokenRequest } from './token-request.ts'

/** Access tokens of one account. */
export interface TokenSource {
  /**
   * A token that is good for five minutes at least; asked for anew ahead of its end. Those who ask at once share one
   * request.
   * @throws PermanentFailure auth; TransientFailure network, timeout, protocol, storage
   */
  token(): Promise<string>
  /**
   * A server refused this token. True where another one may help: it had worked, or could have, and has been revoked
   * or changed since. False for one that was refused fresh: a new one would be refused as well.
   */
  forget(token: string): boolean
}

export interface TokenDeps {
  readonly dataFolder: string
  readonly fetch: Fetch
  readonly now: () => Temporal.Instant
}

interface Kept {
  readonly token: string
  readonly until: Temporal.Instant
  /** How often it was handed out. */
  uses: number
}

/** Ahead of the end: clocks differ, and a login takes a moment. */
const headStartSeconds = 300

export function openTokens(auth: OAuthConfig, deps: TokenDeps): TokenSource {
  return new Tokens(auth, deps)
}

class Tokens implements TokenSource {
  readonly #auth: OAuthConfig
  readonly #deps: TokenDeps
  readonly #file: RefreshTokenFile | undefined
  #kept: Kept | undefined
  #asking: Promise<Kept> | undefined
  /** Granted by the server and not on the disk yet: losing it would lock the account. */
  #unsaved: string | undefined

  constructor(auth: OAuthConfig, deps: TokenDeps) {
    this.#auth = auth
    this.#deps = deps
    this.#file = auth.kind === 'refresh-token' ? refreshTokenFile(deps.dataFolder, auth) : undefined
  }

  async token(): Promise<string> {
    const good = this.#deps.now().add({ seconds: headStartSeconds })
    let kept = this.#kept
    if (!kept || Temporal.Instant.compare(kept.until, good) <= 0) kept = await this.#ask()
    kept.uses += 1
    return kept.token
  }

  forget(token: string): boolean {
    if (this.#kept?.token !== token) return true
    const wasUsed = this.#kept.uses > 1
    this.#kept = undefined
    return wasUsed
  }

  #ask(): Promise<Kept> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #fetch(): Promise<Kept> {
    await this.#save()
    const began = this.#deps.now()
    const grant = await fetchToken(this.#deps.fetch, tokenRequest(this.#auth, await this.#file?.read()))
    if (grant.refreshToken !== undefined) this.#unsaved = grant.refreshToken
    this.#kept = { token: grant.accessToken, until: began.add({ seconds: lifeOf(grant) }), uses: 0 }
    await this.#save()
    return this.#kept
  }

  async #save(): Promise<void> {
    if (this.#unsaved === undefined || !this.#file) return
    await this.#file.write(this.#unsaved)
    this.#unsaved = undefined
  }
}

/** A life shorter than our head start would have every login ask anew: such a token is used for half of its life. */
function lifeOf({ seconds }: Grant): number {
  const life = Math.floor(Math.min(seconds, 86_400))
  if (life < 2) throw new TransientFailure('protocol', 'the token server grants tokens without a life')
  return life > 2 * headStartSeconds ? life : headStartSeconds + Math.ceil(life / 2)
}
