import { afterEach, expect, it } from 'vitest'
import type { LivePhone } from '../../../src/sandbox/telephone/live-phone.ts'
import { openRealClock } from '../../../src/sandbox/telephone/virtual-clock.ts'
import { hotline, openGateway, type ScriptedGateway } from './scripted-gateway.ts'

let gateway: ScriptedGateway
const clock = openRealClock()
afterEach(async () => {
  clock.stop()
  await gateway.close()
})

/** Resolves once it holds. */
function until(phone: LivePhone, holds: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const stop = phone.watch(() => {
      if (!holds()) return
      stop()
      resolve()
    })
  })
}

it('lets a person ring the hotline and another pick up, by the real clock', async () => {
  const agentNumber = '+4915112345678'
  gateway = await openGateway(
    {
      '/voice': '<Gather action="/keys" numDigits="1"><Say language="de-DE">Ja?</Say></Gather>',
      '/keys': `<Dial callerId="${hotline}" action="/over"><Number>${agentNumber}</Number></Dial>`,
      '/over': '<Hangup/>',
    },
    { clock },
  )
  const incoming = new Promise<LivePhone>(resolve => gateway.network.connectLive(agentNumber, resolve))
  const caller = gateway.network.placeLive('+494098765432', hotline)
  await until(caller, () => caller.wanted() === 'keys')
  caller.press('1')
  const agent = await incoming
  await until(agent, () => agent.state() === 'ringing')
  expect(agent.caller()).toBe(hotline)
  agent.answer()
  await until(caller, () => caller.state() === 'joined')
  const heard = until(caller, () => caller.heard().length > 1)
  agent.say('Guten Tag')
  await heard
  expect(caller.heard(1).map(({ words }) => words)).toEqual(['Guten Tag'])
  const ended = until(caller, () => caller.state() === 'ended')
  agent.hangUp()
  await ended
  expect(gateway.last('/over').fields.DialBridged).toBe('true')
})
