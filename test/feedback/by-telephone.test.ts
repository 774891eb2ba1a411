import { describe, expect, it } from 'vitest'
import { listPhone } from '../../src/commands/feedback/list.ts'
import { recordFeedbackOf } from '../../src/commands/feedback/record.ts'
import { feedbackToken } from '../../src/desk/feedback/feedback-token.ts'
import { recordHandDialled, requestAttempt } from '../../src/intake/calls/attempts.ts'
import { agent, caller, customer, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { people, petra } from '../promises/desk.ts'
import { hamburg, phones } from '../telephony/hotline.ts'
import { openVendorDesk, vendors } from '../vendors/vendor-desk.ts'
import { type FeedbackDesk, openFeedbackDesk, surveyPath } from './feedback-desk.ts'

/** What is said on the telephone: by the manager to a dissatisfied customer, and by customers who have no address. */

/** A closed matter with a low vote; the manager has noted a callback, which is owed now. */
async function promised(feedback: object = {}, given?: FeedbackDesk) {
  const desk = given ?? (await openFeedbackDesk('2026-11-24T09:00', { ...feedback }))
  const number = await desk.closedMatter()
  await desk.send(surveyPath(await desk.letter('closing')), { do: 'vote', score: '1' })
  const [task] = await desk.lettersTo('dirk', 'feedback-task')
  await desk.answer('dirk', '#rückruf +49 171 3920099', task)
  const owed = await desk.database.callback.findFirstOrThrow({ where: { state: 'owed' } })
  return { desk, number, callbackId: owed.id }
}

const rings = {
  steps: [
    { hears: /./, presses: '1' },
    { hears: /ausgegangen/, presses: '1' },
  ],
}

describe('the manager keeps the promise', () => {
  it('by a call that the gateway places', async () => {
    const { desk, number, callbackId } = await promised()
    desk.network.connect(people.dirk.phone, { ...agent('dirk'), ...rings })
    desk.network.connect(phones.mobile, customer('petra'))
    await desk.clock.during(requestAttempt(desk.deps, { callbackId, agent: 'dirk', by: 'link' }))
    await desk.until('09:30')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'kept', reason: 'contact' }])
    const { entries } = await desk.ticket(number)
    expect(entries.filter(({ kind }) => kind === 'manager-contacted')).toHaveLength(1)
  })

  it('by a call dialled by hand that reached the customer, and by no other', async () => {
    const { desk, number, callbackId } = await promised()
    const dialled = { callbackId, agent: 'dirk', remark: '' }
    await desk.clock.during(recordHandDialled(desk.deps, { ...dialled, outcome: 'no-answer' }))
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
    await desk.clock.during(recordHandDialled(desk.deps, { ...dialled, outcome: 'answered' }))
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'kept' }])
  })

  it('alone: a colleague who rings the customer does not', async () => {
    const { desk, number, callbackId } = await promised()
    const dialled = { callbackId, agent: 'anna', remark: '', outcome: 'answered' } as const
    await desk.clock.during(recordHandDialled(desk.deps, dialled))
    expect(await desk.database.callback.findFirst({ where: { state: 'done' } })).not.toBeNull()
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
  })

  it('by taking the call of the customer, who rings about the matter', async () => {
    const desk = await openFeedbackDesk('2026-11-24T09:00', { manager: 'anna' })
    const text = 'Guten Tag, er druckt nicht.\n\nPetra Lindner\nMobil 0171 3920099'
    const { ticketNumber = '' } = await desk.mail(petra, 'Drucker', text)
    const ticket = await desk.database.ticket.findUniqueOrThrow({ where: { number: ticketNumber } })
    const path = `/feedback/${feedbackToken(desk.config.secret, { kind: 'manager', id: ticket.id })}`
    await desk.send(path, { do: 'manager', words: '' })
    expect(await desk.managerPromises(ticketNumber)).toMatchObject([{ state: 'open' }])
    desk.network.connect(phones.anna, agent('anna'))
    desk.network.connect(phones.bernd, unreachable('bernd', 'never'))
    const asked = { hears: /wegen des Tickets/, presses: '1' }
    desk.network.call(caller(phones.mobile, [asked, { hears: /Betrieb stillsteht/, presses: '1' }]), hamburg)
    await desk.until('09:30')
    expect(await desk.managerPromises(ticketNumber)).toMatchObject([{ state: 'kept' }])
  })

  it('by sharing what the manufacturer wrote', async () => {
    const desk = await openVendorDesk('2026-11-24T09:00', {
      vendors,
      feedback: { manager: 'heads', quietDays: 0 },
    })
    await desk.answers('Bitte Sicherung F3 tauschen.')
    const ticket = await desk.database.ticket.findUniqueOrThrow({ where: { number: desk.number } })
    const path = `/feedback/${feedbackToken(desk.config.secret, { kind: 'manager', id: ticket.id })}`
    const form = { method: 'POST', body: new URLSearchParams({ do: 'manager' }) }
    await desk.clock.during(fetch(`${desk.url}${path}`, form))
    const promise = () =>
      desk.database.guarantee.findFirstOrThrow({
        where: { ticketId: ticket.id, kind: 'manager-contact' },
      })
    expect(await promise()).toMatchObject({ state: 'open' })
    const [task] = await desk.lettersTo('dirk', 'feedback-task')
    await desk.answer('dirk', '#teilen', task)
    const answer = (await desk.letters(petra.address)).find(({ kind }) => kind === 'agent-answer')
    expect(answer?.text).toContain('Sicherung F3')
    expect(await promise()).toMatchObject({ state: 'kept' })
  })
})

describe('a customer with a telephone and no address', () => {
  /** Rings, is rung back, and has the matter closed; today, because the command works at the moment at which it is called. */
  async function closedCall(phonePercent: number) {
    const today = Temporal.Now.plainDateISO('Europe/Berlin').toString()
    const desk = await openFeedbackDesk(`${today}T09:00`, { phonePercent })
    const { ticketNumber: number = '' } = await desk.mail(petra, 'Anruf', 'Guten Tag.')
    await desk.database.ticket.update({
      where: { number },
      data: { customerAddress: '', customerPhone: phones.mobile, customerThread: {} },
    })
    await desk.answer('anna', '#ergebnis Die Waage ist neu justiert.\n#erledigt')
    return { desk, number }
  }

  it('is on the list of those to be rung, is not asked by text, and what is said then is a vote', async () => {
    const { desk, number } = await closedCall(100)
    expect((await desk.standing(number)).state).toBe('resolved')
    expect(await desk.surveys(number)).toMatchObject([{ phone: 'listed', state: 'asked' }])
    const texts = await desk.database.textMessage.findMany()
    expect(texts.map(({ kind }) => kind)).toEqual(['result'])
    await desk.until('09:30')
    expect((await desk.database.textMessage.findMany()).map(({ text }) => text).join('')).not.toMatch(
      /zufrieden|feedback/i,
    )
    const place = {
      ...{ config: desk.config, databaseUrl: desk.databaseUrl },
      ...{ data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
    }
    expect((await listPhone(place)).text).toContain(phones.mobile)
    await recordFeedbackOf(place, number, { score: '5', solved: 'yes', words: 'Alles bestens.' })
    expect(await desk.surveys(number)).toMatchObject([
      { score: 5, solved: true, how: 'phone', phone: 'done', words: 'Alles bestens.' },
    ])
    expect(await desk.managerPromises(number)).toEqual([])
  })

  it('is not asked at all outside the sample', async () => {
    const { desk, number } = await closedCall(0)
    expect(await desk.surveys(number)).toEqual([])
    expect((await desk.database.textMessage.findMany()).map(({ kind }) => kind)).toEqual(['result'])
  })
})
