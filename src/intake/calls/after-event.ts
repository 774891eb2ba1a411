import type { CallDeps } from './call-deps.ts'
import type { AfterEvent } from './call-effects.ts'

/** What begins with the commit of an event. */
export function endAfter(deps: CallDeps, { letters, wakes, hangUps }: AfterEvent): void {
  if (letters > 0) deps.nudge()
  if (wakes || hangUps.length > 0) deps.wake()
  hangUpCalls(deps, hangUps)
}

/**
 * Ends calls of ours that ring for nothing. Beside the answer, not before it: a provider waits for us. Where it fails,
 * whoever picks up such a call hears at once that it is not needed any more, because its attempt is over in the ledger.
 */
export function hangUpCalls(deps: CallDeps, providerIds: readonly string[]): void {
  if (providerIds.length === 0) return
  const work = hangUpAll(deps, providerIds).catch(err =>
    deps.log.warn({ err }, 'calls that are not needed ring on'),
  )
  deps.beside?.(work)
}

/** As `hangUpCalls`, for a process that ends and has to wait: throws what a provider answers. */
export async function hangUpAll(
  { database, providers }: Pick<CallDeps, 'database' | 'providers'>,
  providerIds: readonly string[],
): Promise<void> {
  const calls = await database.call.findMany({
    where: { providerId: { in: [...providerIds] }, direction: 'out' },
    select: { provider: true, providerId: true },
  })
  await Promise.all(calls.map(({ provider, providerId }) => providers.get(provider)?.hangUp(providerId)))
}
