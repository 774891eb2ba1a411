import type { Config } from '../../config/schema.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'

/**
 * Telephone systems have their own names for our agents; from here on an agent is called by the configuration's key. Who
 * picked up and is none of them is nobody: a queue, an announcement or a mailbox has a name as well, and is no
 * conversation.
 */
export function userToAgent(event: CallEvent, config: Config): CallEvent {
  if (event.kind === 'picked-up') return { ...event, user: agentCalled(event.user, config) ?? null }
  if (event.kind !== 'arrived') return event
  const named = agentCalled(event.user, config) ?? agentCalled(event.from, config)
  return event.direction === 'out' ? { ...event, user: named ?? event.user } : event
}

function agentCalled(user: string | null, config: Config): string | undefined {
  if (user === null) return undefined
  const wanted = user.trim().toLowerCase()
  const digits = wanted.replace(/\D/g, '')
  return Object.entries(config.agents).find(([key, { name, phone, phoneUser, addresses }]) =>
    phoneUser === undefined
      ? wanted === key ||
        wanted === name.toLowerCase() ||
        addresses.some(one => one.toLowerCase() === wanted) ||
        (phone !== undefined && digits === phone.slice(1))
      : wanted === phoneUser.toLowerCase(),
  )?.[0]
}
