/** What the gateway's books say after a journey, and the "call now" link as an agent uses it. */
import { callNowToken } from '../../src/desk/phone/call-now-token.ts'
import type { HotlineTest } from './hotline.ts'

/** Wall time of Hamburg: "2026-11-24 12:00:00". */
export function wallTime(at: Date | null): string | null {
  if (!at) return null
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Berlin')
  return local.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** All letters, oldest first: to whom, of what kind, and what about. */
export async function lettersOf({ database }: HotlineTest) {
  const letters = await database.letter.findMany({ orderBy: [{ createdAt: 'asc' }, { recipient: 'asc' }] })
  return letters.map(({ kind, recipient, data }) => {
    const told = data as {
      readonly about?: string
      readonly call?: string
      readonly code?: string
      readonly callbackId?: string
      readonly linkUntil?: string
    }
    return { kind, recipient, ...told }
  })
}

/** What agents were told about whom to ring, as "agent: about", in order. */
export async function tasksOf(hotline: HotlineTest): Promise<readonly string[]> {
  const tasks = (await lettersOf(hotline)).filter(({ kind }) => kind === 'callback-task')
  return tasks.map(({ recipient, about }) => `${recipient.split('@')[0]}: ${about}`)
}

/** Every try, oldest first, as "agent: outcome", or its state while it runs. */
export async function triesOf({ database }: HotlineTest): Promise<readonly string[]> {
  const tries = await database.callbackAttempt.findMany({ orderBy: { requestedAt: 'asc' } })
  return tries.map(({ agent, outcome, state }) => `${agent}: ${outcome ?? state}`)
}

/** Presses the button on the page behind the newest "call now" link that was written to this agent. */
export async function callNow(hotline: HotlineTest, agent: string): Promise<number> {
  const recipient = hotline.config.agents[agent]?.addresses[0]
  const letter = (await lettersOf(hotline)).findLast(
    one => one.kind === 'callback-task' && one.recipient === recipient,
  )
  if (!letter?.callbackId || !letter.linkUntil) throw new Error(`nobody wrote to ${agent} whom to ring`)
  const token = callNowToken(hotline.config.secret, {
    agent,
    callbackId: letter.callbackId,
    expiresAt: Temporal.Instant.from(letter.linkUntil),
  })
  const answer = await fetch(`${hotline.url}/phone/call-now/${token}`, { method: 'POST', redirect: 'manual' })
  return answer.status
}

/** The telephones of agents that were rung while a caller waited, as "agent: outcome", in order. */
export async function rungWhileWaiting({ database }: HotlineTest): Promise<readonly string[]> {
  const legs = await database.callLeg.findMany({
    where: { party: 'agent', call: { direction: 'in' } },
    orderBy: { rangAt: 'asc' },
  })
  return legs.map(({ agent, outcome, state }) => `${agent}: ${outcome ?? state}`)
}

/** How often we rang a number, in any way. */
export function ringsAt({ network }: HotlineTest, number: string): number {
  return network.calls().filter(({ to, direction }) => to === number && direction !== 'inbound').length
}
