import { describe, expect, it } from 'vitest'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import { userToAgent } from '../../../src/intake/calls/user-to-agent.ts'
import { noon } from '../../desk/mail-example.ts'
import { deskConfig } from '../desk.ts'

const [key = '', agent] = Object.entries(deskConfig.agents)[0] ?? []

function pickedUpBy(user: string | null): CallEvent {
  const about = { provider: 'exchange', providerId: 'c1', key: 'c1:picked-up', at: noon, providerAt: null }
  return { ...about, kind: 'picked-up', payload: {}, user, mailbox: false }
}

describe('who a telephone system says picked up', () => {
  it.each([
    ['the key', key],
    ['the name, in any case', ` ${agent?.name.toUpperCase()} `],
    ['an address', agent?.addresses[0] ?? ''],
  ])('is an agent of ours by %s', (_, user) => {
    expect(userToAgent(pickedUpBy(user), deskConfig)).toMatchObject({ user: key })
  })

  it.each(['Warteschlange Support', 'voicemail-200', '200', null])(
    'is nobody where it is no configured agent: %s',
    user => {
      expect(userToAgent(pickedUpBy(user), deskConfig)).toMatchObject({ user: null })
    },
  )
})
