import { afterEach, beforeEach, expect, test } from 'vitest'
import { agentToken } from '../../../src/desk/agent-token.ts'
import { hangUpCalls } from '../../../src/intake/calls/after-event.ts'
import { requestAttempt } from '../../../src/intake/calls/attempts.ts'
import { mailboxFactsOf } from '../../../src/intake/mailbox-facts.ts'
import { linkKnownProblem } from '../../../src/intake/procedures/known-problems.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { type CallbackDesk, callbackConfig, openCallbackDesk } from '../calls/callback-desk.ts'
import { arrival } from '../desk.ts'

/** An agent's telephone rings for a customer whose matter a colleague has just closed. */

let desk: CallbackDesk
let ended: string[]
let uid = 0
beforeEach(async () => {
  desk = await openCallbackDesk()
  ended = []
  desk.carrier.hangUp = async providerId => void ended.push(providerId)
})
afterEach(() => desk.close())

async function rung(): Promise<string> {
  const ticketId = await desk.ticket()
  const { callbackId } = await desk.owe(ticketId)
  expect(await requestAttempt(desk.deps, { callbackId, agent: 'bernd', by: 'link' })).toMatchObject({
    result: 'dialling',
  })
  return ticketId
}

/** Anna's reply to her notice of the ticket, with all proofs. */
async function order(ticketId: string, text: string): Promise<void> {
  const { number } = await desk.database.ticket.findUniqueOrThrow({ where: { id: ticketId } })
  const now = desk.deps.now()
  const token = agentToken(callbackConfig.secret, {
    ...{ agent: 'anna', number },
    issuedOn: now.toZonedDateTimeISO('UTC').toPlainDate(),
  })
  const besides: Promise<void>[] = []
  const hanging = { ...desk.deps, beside: (work: Promise<void>) => void besides.push(work) }
  const { database, config, offices, nudge, log } = desk.deps
  await takeIn(
    {
      ...{ database, config, offices, nudge, log, now: () => now },
      mailboxFacts: mailboxFactsOf(callbackConfig),
      callbacksChanged: hangUps => hangUpCalls(hanging, hangUps),
    },
    [
      arrival(++uid, {
        messageId: `<order${uid}@example.com>`,
        from: { address: 'anna@example.com', name: 'Anna Fink' },
        to: [{ address: `support+${token}@example.com`, name: '' }],
        ...{ subject: `AW: [#${number}]`, text, replyText: text },
        authentication: {
          ...{ from: ['anna@example.com'], fromDomain: 'example.com', sender: [], internal: false },
          results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
          dkim: 'unknown',
        },
      }),
    ],
  )
  await Promise.all(besides)
}

test('a known problem that is solved ends the calls for all its tickets', async () => {
  const [first, second] = [await rung(), await desk.ticket()]
  for (const ticketId of [first, second])
    await inTransaction(desk.database, tx =>
      linkKnownProblem(tx, {
        ...{ ticketId, key: 'drucker-e42', title: 'Drucker meldet E42', by: 'Anna Fink' },
        now: desk.deps.now(),
      }),
    )
  await order(second, '#gelöst drucker-e42 Mit Version 7.4 ist der Fehler behoben.')
  expect(ended).toEqual(['CA1'])
  expect(await desk.database.callbackAttempt.findMany()).toMatchObject([
    { state: 'ended', outcome: 'cancelled', activeFor: null },
  ])
  expect(await desk.database.callback.findMany()).toMatchObject([{ state: 'withdrawn', wakeAt: null }])
  expect(await desk.database.ticket.count({ where: { state: 'resolved' } })).toBe(2)
  expect(await desk.history(first)).toContain('callback-attempt')
})

test.each(['#erledigt', '#spam'])('%s ends the call for its ticket', async command => {
  const ticketId = await rung()
  await order(ticketId, command)
  expect(ended).toEqual(['CA1'])
  expect(await desk.database.ticket.count({ where: { state: 'resolved' } })).toBe(1)
})
