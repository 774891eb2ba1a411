import { expect, it } from 'vitest'
import { agent, caller, customer, mailbox, switchboard } from '../../src/sandbox/telephone/actors.ts'
import { callNow, ringsAt, tasksOf, triesOf } from './books.ts'
import { type HotlineTest, hamburg, openHotline, phones, woking } from './hotline.ts'
import { eva, knowsEva, mailTo } from './known-customer.ts'
import { ring } from './promised.ts'

/** What people who run a hotline complain of in other software, turned round: section 4.2 of the research. */

const morning = '2026-11-24T10:00'
const declining = (name: string) => agent(name, { key: '2' })

async function nobodyFree(start = morning) {
  const hotline = await openHotline(start)
  hotline.network.connect(phones.anna, declining('anna'))
  hotline.network.connect(phones.bernd, declining('bernd'))
  return hotline
}

const owner = async ({ database }: HotlineTest) =>
  (await database.callback.findFirstOrThrow({ orderBy: { createdAt: 'asc' } })).agent ?? ''

it('FreePBX issue-tracker#525, #317: a customer is rung once at a time, however often somebody asks for it', async () => {
  const hotline = await nobodyFree()
  const { network } = hotline
  await ring(hotline, phones.mobile, hamburg)
  network.connect(phones.anna, agent('anna'))
  network.connect(phones.bernd, agent('bernd'))
  network.connect(phones.mobile, customer('customer', { pickUp: { after: 14 } }))
  const key = await owner(hotline)
  await Promise.all([callNow(hotline, key), callNow(hotline, key), callNow(hotline, key)])
  await hotline.runUntil(hotline.clock.now().add({ minutes: 5 }))
  expect(ringsAt(hotline, phones.mobile)).toBe(1)
  expect(await triesOf(hotline)).toEqual([`${key}: answered`])
})

it('FreePBX issue-tracker#525: a customer who rings again and again is owed one call on one matter', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  const first = await ring(hotline, phones.mobile, hamburg)
  const second = await ring(hotline, phones.mobile, hamburg)
  expect(second).toMatchObject({ ticketId: first.ticketId, callbackDueAt: first.callbackDueAt })
  expect(await hotline.database.callback.count({ where: { state: 'owed' } })).toBe(1)
})

it('FreePBX issue-tracker#621: while all agents speak with callers, nobody is rung back', async () => {
  const hotline = await nobodyFree()
  const { network, database } = hotline
  await ring(hotline, phones.mobile, hamburg)
  network.connect(phones.anna, agent('anna', { talks: 240 }))
  network.connect(phones.bernd, agent('bernd', { talks: 240 }))
  network.connect(phones.mobile, customer('customer'))
  const key = await owner(hotline)
  const waiting = network.call(caller('+494066969901'), hamburg)
  const alsoWaiting = network.call(caller('+494066969902'), hamburg)
  await hotline.runUntil(hotline.clock.now().add({ minutes: 2 }))
  for (const call of [waiting, alsoWaiting])
    expect(
      await database.callLeg.count({ where: { call: { providerId: call.sid }, outcome: 'bridged' } }),
    ).toBe(0)
  await callNow(hotline, key)
  await hotline.settle()
  // Both agents speak with those who waited: no call back takes them away, and none is placed beyond them.
  expect(await triesOf(hotline)).toEqual([])
  expect(ringsAt(hotline, phones.mobile)).toBe(0)
})

it('twilio-labs plugin-queued-callbacks-and-voicemail#9: of two promises the earlier one is due first, whatever the classification', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  const first = await ring(hotline, phones.mobile, hamburg)
  const urgent = await ring(hotline, caller(phones.company, [{ hears: /stillsteht/, presses: '1' }]), hamburg)
  const rows = await hotline.database.callback.findMany({ orderBy: { createdAt: 'asc' } })
  expect(rows.map(({ ticketId }) => ticketId)).toEqual([first.ticketId, urgent.ticketId])
  expect((first.callbackDueAt ?? '') <= (urgent.callbackDueAt ?? '')).toBe(true)
})

it('twilio-labs plugin-queued-callbacks-and-voicemail#36: the call back is owed from the first second, whether or not its offer was heard', async () => {
  const hotline = await nobodyFree()
  const gone = await ring(hotline, caller(phones.mobile, [], { hangsUpAfter: 3 }), hamburg)
  expect(gone.callbackDueAt).toBe('2026-11-24T11:00:00Z')
})

it('twilio-labs plugin-queued-callbacks-and-voicemail#37, #40: a spoken message is heard by the agents, in their mail', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  const speaking = caller(phones.mobile, [
    { hears: /Nachricht zu hinterlassen/, presses: '3' },
    { hears: /Signalton/, says: 'Bitte rufen Sie mich an.', seconds: 6, afterwards: 'hangs-up' },
  ])
  await ring(hotline, speaking, hamburg)
  const mails = await mailTo(hotline, 'anna@example.com')
  expect(mails.flatMap(({ attachments }) => attachments.map(({ mimeType }) => mimeType))).toEqual([
    expect.stringMatching(/^audio\//),
  ])
})

it('flex-project-template#321: the caller names another number, and is rung there', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  const elsewhere = caller(phones.mobile, [
    { hears: /andere Rufnummer/, presses: '2' },
    { hears: /Vorwahl/, presses: '04066969955#' },
    { hears: /Sie haben eingegeben/, presses: '1' },
  ])
  await ring(hotline, elsewhere, hamburg)
  expect(await hotline.database.callback.findMany()).toMatchObject([{ number: '+494066969955' }])
})

it('flex-project-template#19: attempts are counted, and end', async () => {
  const hotline = await nobodyFree()
  const { network, database } = hotline
  await ring(hotline, phones.mobile, hamburg)
  network.connect(phones.anna, agent('anna'))
  network.connect(phones.bernd, agent('bernd'))
  network.connect(phones.mobile, customer('customer', { pickUp: 'busy' }))
  await callNow(hotline, await owner(hotline))
  await hotline.runUntil(hotline.at('11:00'))
  expect(ringsAt(hotline, phones.mobile)).toBe(4)
  expect(await database.callback.findMany()).toMatchObject([{ state: 'unreached', attempts: 4 }])
})

it('zammad#1505: a missed call is a ticket by itself', async () => {
  const hotline = await nobodyFree()
  const { ticketNumber } = await ring(hotline, caller(phones.mobile, [], { hangsUpAfter: 2 }), hamburg)
  expect(await hotline.database.ticket.findMany()).toMatchObject([{ number: ticketNumber, state: 'open' }])
})

it('zammad#4432: nobody gets a mail at midnight because a promise counts its hours', async () => {
  const hotline = await nobodyFree('2026-11-24T16:50')
  await ring(hotline, phones.mobile, hamburg)
  await hotline.runUntil(hotline.at('17:05'))
  const before = await hotline.database.letter.count()
  await hotline.runUntil(hotline.at('08:29').add({ hours: 24 }))
  expect(await hotline.database.letter.count()).toBe(before)
})

it('zammad#390: a day that is no holiday where the office is moves no promise (St. Martin)', async () => {
  const hotline = await nobodyFree('2026-11-11T10:00')
  expect((await ring(hotline, phones.mobile, hamburg)).callbackDueAt).toBe('2026-11-11T11:00:00Z')
})

it('zammad#5117: a caller is recognised by a number that only a mail named', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  await knowsEva(hotline, { number: phones.mobile })
  const { ticketId } = await ring(hotline, phones.mobile, hamburg)
  expect(await hotline.database.ticket.findUnique({ where: { id: ticketId } })).toMatchObject({
    customerName: eva.name,
    customerAddress: eva.address,
  })
})

it('zammad#5233, #2703: every call is shown as ended, those that we place as well', async () => {
  const hotline = await nobodyFree()
  const { network, database } = hotline
  await ring(hotline, phones.mobile, hamburg)
  network.connect(phones.anna, agent('anna'))
  network.connect(phones.bernd, agent('bernd'))
  network.connect(phones.mobile, customer('customer'))
  await callNow(hotline, await owner(hotline))
  await hotline.runUntil(hotline.clock.now().add({ minutes: 5 }))
  const calls = await database.call.findMany({ orderBy: { arrivedAt: 'asc' } })
  expect(calls.map(({ direction, state, endedAt }) => [direction, state, endedAt !== null])).toEqual([
    ['in', 'ended', true],
    ['out', 'ended', true],
  ])
})

it('osTicket#1168, #2131, #4166: the deadline counts the hours of the office that was called', async () => {
  const hotline = await nobodyFree('2026-11-24T17:30')
  const german = await ring(hotline, phones.mobile, hamburg)
  const british = await ring(hotline, phones.company, woking)
  expect(german.callbackDueAt).toBe('2026-11-25T09:30:00Z')
  expect(british.callbackDueAt).toBe('2026-11-25T10:06:00Z')
})

it('glpi#687, glpi#15429: a call outside the hours has its whole time before it, and nothing escalates as it begins', async () => {
  const hotline = await nobodyFree('2026-11-22T23:30')
  const { callbackDueAt, ticketId } = await ring(hotline, phones.mobile, hamburg)
  expect(callbackDueAt).toBe('2026-11-23T09:30:00Z')
  expect(await hotline.database.ticket.findUnique({ where: { id: ticketId } })).toMatchObject({ level: 1 })
  expect(await tasksOf(hotline)).toEqual([])
})

it('chatwoot#14346: the button that rings back rings, or says why it does not', async () => {
  const hotline = await nobodyFree()
  const { network } = hotline
  await ring(hotline, phones.mobile, hamburg)
  network.connect(phones.anna, agent('anna'))
  network.connect(phones.bernd, agent('bernd'))
  network.connect(phones.mobile, customer('customer'))
  const key = await owner(hotline)
  expect(await callNow(hotline, key)).toBe(303)
  await hotline.runUntil(hotline.clock.now().add({ minutes: 4 }))
  expect(await triesOf(hotline)).toEqual([`${key}: answered`])
})

it('fusionpbx#1165, livekit#6125: a mailbox that an agent’s telephone forwards to has not taken the call', async () => {
  const hotline = await openHotline(morning)
  hotline.network.connect(phones.anna, mailbox('anna', { pickUp: { after: 2 } }))
  hotline.network.connect(phones.bernd, mailbox('bernd', { pickUp: { after: 2 } }))
  const { heard, callbackDueAt } = await ring(hotline, phones.mobile, hamburg)
  expect(heard).toContain('Wir rufen Sie bis heute 12 Uhr')
  expect(callbackDueAt).toBe('2026-11-24T11:00:00Z')
  expect(await hotline.database.call.findMany()).toMatchObject([{ outcome: 'promised' }])
})

it('jambonz-feature-server#41: whoever only presses keys is never asked to speak', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  await ring(hotline, phones.mobile, hamburg)
  const bodies = hotline.network.deliveries().map(delivery => JSON.stringify(delivery))
  expect(bodies.length).toBeGreaterThan(3)
  expect(bodies.filter(body => /input=\\?"[^"]*speech/.test(body))).toEqual([])
})

it('livekit#6125: an agent who rings back says whether it was a person', async () => {
  const hotline = await nobodyFree()
  const { network, database } = hotline
  await ring(hotline, phones.mobile, hamburg)
  const hearsMailbox = {
    ...agent('agent', { talks: 12 }),
    steps: [
      { hears: /./, presses: '1' },
      { hears: /die 2/, presses: '2' },
    ],
  }
  network.connect(phones.anna, hearsMailbox)
  network.connect(phones.bernd, hearsMailbox)
  network.connect(phones.mobile, mailbox('customer', { pickUp: { after: 5 } }))
  const key = await owner(hotline)
  await callNow(hotline, key)
  await hotline.runUntil(hotline.clock.now().add({ minutes: 4 }))
  expect((await triesOf(hotline))[0]).toBe(`${key}: mailbox`)
  expect(await database.callback.findMany()).toMatchObject([{ state: 'owed', firstContactAt: null }])
})

it('hubspot-embeddable-ringcentral-phone#164, #230: a call that several agents missed is one call, logged once', async () => {
  const hotline = await openHotline(morning)
  hotline.network.connect(phones.anna, { name: 'anna', pickUp: 'never', steps: [] })
  hotline.network.connect(phones.bernd, { name: 'bernd', pickUp: 'never', steps: [] })
  await ring(hotline, phones.mobile, hamburg)
  const { database } = hotline
  expect(await database.call.count()).toBe(1)
  expect(await database.ticket.count()).toBe(1)
  expect(await database.entry.count({ where: { kind: 'call' } })).toBe(1)
  expect(await database.callLeg.count({ where: { party: 'agent' } })).toBe(2)
})

it('hubspot-embeddable-ringcentral-phone#238: colleagues of one company keep their own tickets, each logged once', async () => {
  const hotline = await nobodyFree('2026-11-24T18:00')
  hotline.network.connect(phones.company, switchboard('company'))
  const first = await ring(hotline, phones.company, hamburg)
  const second = await ring(hotline, caller(phones.company, [{ hears: /die 0/, presses: '0' }]), hamburg)
  expect(second.ticketId).not.toBe(first.ticketId)
  expect(await hotline.database.entry.count({ where: { kind: 'call' } })).toBe(2)
})

it('hubspot-embeddable-ringcentral-phone#301: a call while nobody is there is not lost', async () => {
  const hotline = await openHotline('2026-11-28T03:00')
  const { callbackDueAt } = await ring(hotline, caller(phones.mobile, [], { hangsUpAfter: 5 }), hamburg)
  expect(callbackDueAt).toBe('2026-11-30T09:30:00Z')
})
