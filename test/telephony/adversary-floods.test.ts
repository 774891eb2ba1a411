import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeInCall } from '../../src/intake/calls/take-in-call.ts'
import { wakeCallbacks } from '../../src/intake/calls/wake-callbacks.ts'
import { type CallbackDesk, hotline, openCallbackDesk } from '../intake/calls/callback-desk.ts'

/** Machines that ring, and people who ring again: every call is written down, and nobody is drowned in what follows. */

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

async function ringsAndHangsUp(providerId: string, from: string): Promise<void> {
  const { deps } = desk
  const told = {
    provider: 'carrier',
    providerId,
    at: deps.now(),
    providerAt: null,
    payload: {},
    from,
    to: hotline,
  }
  await takeInCall(deps, {
    ...{ ...told, kind: 'arrived', key: `${providerId}:arrived`, direction: 'in', callerName: '' },
    ...{ continues: null, user: null },
  })
  await takeInCall(deps, {
    ...{ ...told, kind: 'ended', key: `${providerId}:ended`, direction: 'in', result: 'completed' },
    ...{ seconds: 1, unknownNumber: false },
  })
}

/** Who are on duty, each of whom is told of what nobody can ring back. */
const agents = 2

const counts = async () => {
  const { database } = desk
  return {
    calls: await database.call.count(),
    promises: await database.callback.count({ where: { owedFor: { not: null } } }),
    letters: await database.letter.count(),
  }
}

it.each([
  ['a mobile telephone', '+491713920051', 1, 1, 55],
  ['a switchboard', '+494066969900', 3, 3, 30],
  ['a withheld number', 'anonymous', 0, 20 * agents, 30],
  ['a premium number abroad', '+3906899123456', 0, 20 * agents, 30],
])(
  '%s that rings without end leaves every call, and no flood behind it',
  async (_, from, promises, letters, calls) => {
    for (let call = 0; call < calls; call++) {
      await ringsAndHangsUp(`CA${call}`, from)
      await wakeCallbacks(desk.deps)
      desk.later({ seconds: 30 })
    }
    expect(await counts()).toEqual({ calls, promises, letters })
  },
)
