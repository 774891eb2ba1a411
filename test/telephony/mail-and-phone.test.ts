import { describe, expect, it } from 'vitest'
import { showCalls } from '../../src/commands/call/call-show.ts'
import { showTicket } from '../../src/commands/ticket/ticket-show.ts'
import { why } from '../../src/commands/ticket/why.ts'
import { requestAttempt } from '../../src/intake/calls/attempts.ts'
import { agent, caller, customer, mailbox, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'
import { openMailDesk } from './mail-desk.ts'

/** A customer writes and rings, an agent answers by mail: one matter, one ticket, one promise. */

const petra = { address: 'petra@kunde.example.org', name: 'Petra Lindner' }
const signed = 'die Waage an Linie 3 steht.\n\nMit freundlichen Grüßen\nPetra Lindner\nMobil 0171 3920099'
const first = { subject: 'Waage steht', text: `Guten Tag,\n${signed}`, replyText: `Guten Tag,\n${signed}` }
const stopped = { hears: /Betrieb stillsteht/, presses: '1' } as const

function nobodyTakes({ network }: HotlineTest): void {
  network.connect(phones.anna, mailbox('anna'))
  network.connect(phones.bernd, unreachable('bernd', 'never'))
  network.connect(phones.emma, unreachable('emma', 'never'))
}

async function owedTo({ database }: HotlineTest, number: string) {
  return database.callback.findMany({
    where: { number },
    include: { guarantee: true, tries: true, ticket: true },
    orderBy: { createdAt: 'asc' },
  })
}

/** Somebody rings, classifies, and nobody takes the call. Gives the number of the ticket. */
async function ringsInVain(hotline: HotlineTest, number: string = phones.mobile): Promise<string> {
  nobodyTakes(hotline)
  hotline.network.call(caller(number, [stopped]), hamburg)
  await hotline.runUntil(hotline.clock.now().add({ minutes: 4 }))
  const [ticket] = await hotline.database.ticket.findMany({ orderBy: { sequence: 'desc' }, take: 1 })
  if (!ticket) throw new Error('every call is a ticket')
  return ticket.number
}

describe('a customer who wrote before', () => {
  it('is recognised by the number below the mail, and the key makes it one ticket that is open again (zammad#5117)', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, first)
    await desk.order('anna', ticketNumber, '#warten 2d\nBitte schicken Sie uns das Protokoll.')
    expect(await hotline.database.ticket.findMany()).toMatchObject([{ state: 'waiting' }])
    hotline.network.connect(phones.anna, agent('anna'))
    const call = hotline.network.call(
      caller(phones.mobile, [{ hears: /wegen des Tickets/, presses: '1' }, stopped]),
      hamburg,
    )
    await hotline.runUntil(hotline.at('10:10'))
    const heard = hotline.network.transcript(call)
    expect(heard).toMatch(/wegen des Tickets .*, Waage steht, anrufen, drücken Sie die 1/)
    expect(heard).toMatch(/anna hears .*Support-Anruf\. Petra Lindner\. .*Waage steht\. Mit der 1/)
    const tickets = await hotline.database.ticket.findMany({ where: { mergedIntoId: null } })
    expect(tickets).toMatchObject([
      { number: ticketNumber, state: 'open', severity: 'stopped', waitingUntil: null },
    ])
  })

  it('gets the confirmation by mail where texts are off, and the reply to it belongs to the call’s ticket', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { phone: { texts: undefined } })
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, first)
    await desk.order('anna', ticketNumber, '#erledigt')
    const number = await ringsInVain(hotline)
    expect(number).not.toBe(ticketNumber)
    const confirmation = (await desk.letters(petra.address)).at(-1)
    if (!confirmation) throw new Error('the caller is told by mail')
    expect(confirmation.kind).toBe('call-confirmation')
    expect(confirmation.text).toMatch(/heute bis 12:00 Uhr/)
    const reply = await desk.reply(confirmation, petra, 'Die Seriennummer ist 4711-22.')
    expect(reply.ticketNumber).toBe(number)
    expect(await hotline.database.ticket.count()).toBe(2)
  })
})

describe("an agent's mail about a caller's ticket", () => {
  it('keeps the promise with #angerufen, and who reads the ticket sees by whom and when', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const number = await ringsInVain(hotline)
    await hotline.runUntil(hotline.at('10:30'))
    await desk.order('bernd', number, '#angerufen Waage läuft wieder')
    const at = new Date(hotline.at('10:30').epochMilliseconds)
    expect(await owedTo(hotline, phones.mobile)).toMatchObject([
      {
        ...{ state: 'done', owedFor: null, wakeAt: null, firstContactAt: at },
        guarantee: { state: 'kept', endedAt: at },
        tries: [
          { agent: 'bernd', mode: 'by-hand', outcome: 'answered', detail: { remark: 'Waage läuft wieder' } },
        ],
      },
    ])
    await hotline.runUntil(hotline.at('14:00'))
    expect(await hotline.database.guarantee.count({ where: { kind: 'callback', state: 'broken' } })).toBe(0)
  })

  it('promises a call at an agreed time with #rückruf, and an agent is told in time', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(petra, {
      ...first,
      text: 'Waage steht',
      replyText: 'Waage steht',
    })
    await desk.order('anna', ticketNumber, '#rückruf +49 171 3920099 14:30')
    expect(await owedTo(hotline, phones.mobile)).toMatchObject([
      { state: 'owed', guarantee: { dueAt: new Date(hotline.at('14:30').epochMilliseconds) } },
    ])
    await hotline.runUntil(hotline.at('14:15'))
    const tasks = (await desk.letters('anna@example.com')).filter(({ kind }) => kind === 'callback-task')
    expect(tasks[0]?.text).toMatch(/14:30/)
    hotline.network.connect(phones.anna, {
      ...agent('anna'),
      steps: [
        { hears: /./, presses: '1' },
        { hears: /ausgegangen/, presses: '1' },
      ],
    })
    hotline.network.connect(phones.mobile, customer('petra'))
    const [owed] = await owedTo(hotline, phones.mobile)
    await hotline.clock.during(
      requestAttempt(hotline.deps, { callbackId: owed?.id ?? '', agent: 'anna', by: 'link' }),
    )
    await hotline.runUntil(hotline.at('15:00'))
    expect(await owedTo(hotline, phones.mobile)).toMatchObject([
      { state: 'done', guarantee: { state: 'kept' } },
    ])
  })

  it('stops the telephone that rings for it with #erledigt: the customer is not rung any more', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const number = await ringsInVain(hotline)
    hotline.network.connect(phones.anna, agent('anna', { after: 15 }))
    hotline.network.connect(phones.mobile, customer('petra'))
    const [owed] = await owedTo(hotline, phones.mobile)
    await hotline.clock.during(
      requestAttempt(hotline.deps, { callbackId: owed?.id ?? '', agent: 'anna', by: 'link' }),
    )
    await hotline.runUntil(hotline.clock.now().add({ seconds: 5 }))
    await desk.order('bernd', number, '#erledigt')
    await hotline.runUntil(hotline.at('10:30'))
    expect(await owedTo(hotline, phones.mobile)).toMatchObject([
      {
        ...{ state: 'withdrawn', guarantee: { state: 'withdrawn', reason: 'closed' } },
        tries: [{ outcome: 'cancelled', activeFor: null }],
      },
    ])
    const last = hotline.network.calls().at(-1)
    expect(last && hotline.network.transcript(last)).toMatch(
      /^00:00 {2}anna's phone rings\n00:05 {2}anna is hung up on by request$/,
    )
  })

  it('merges it into the ticket of the mail, and whoever rings again is asked about that one', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const plain = { ...first, text: 'Die Waage steht.', replyText: 'Die Waage steht.' }
    const { ticketNumber: older = '' } = await desk.write(petra, plain)
    const number = await ringsInVain(hotline)
    await desk.order('anna', number, `#zusammenführen ${older}`)
    expect(await owedTo(hotline, phones.mobile)).toMatchObject([
      {
        ...{ state: 'owed', ticket: { number: older } },
        guarantee: { state: 'open', dueAt: new Date(hotline.at('12:00').epochMilliseconds) },
      },
    ])
    const call = hotline.network.call(
      caller(phones.mobile, [{ hears: /wegen des Tickets/, presses: '1' }]),
      hamburg,
    )
    await hotline.runUntil(hotline.at('10:12'))
    expect(hotline.network.transcript(call)).toMatch(/wegen des Tickets .*, Waage steht, anrufen/)
    expect(await hotline.database.ticket.findMany({ where: { mergedIntoId: null } })).toMatchObject([
      { number: older },
    ])
  })

  it('goes to nobody while no address is known, says how to give one, and then goes there', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const number = await ringsInVain(hotline)
    await desk.order('anna', number, 'Bitte starten Sie die Waage neu.')
    const help = (await desk.letters('anna@example.com')).at(-1)
    expect(help?.kind).toBe('help')
    expect(help?.text).toMatch(/#adresse/)
    await desk.order('anna', number, '#adresse petra@kunde.example.org\nBitte starten Sie die Waage neu.')
    const [answer] = await desk.letters(petra.address)
    if (!answer) throw new Error('the answer goes to the address')
    expect(answer.text).toMatch(/Bitte starten Sie die Waage neu\./)
    expect((await desk.reply(answer, petra, 'Danke, sie läuft.')).ticketNumber).toBe(number)
  })
})

/** What `gateway ticket show`, `why` and `call show` print of a ticket. */
async function explained(hotline: HotlineTest, number: string): Promise<string> {
  const { config, databaseUrl } = hotline
  const place = { config, databaseUrl, data: '', ticketFormat: config.tickets.format, timeZone: 'UTC' }
  const answers = [
    await showTicket(place, number, true),
    await why(place, number, false),
    await showCalls(place, number),
  ]
  return answers.map(({ text }) => text).join('\n\n')
}

describe('a promise that is broken', () => {
  it('raises the level, is apologised for with a new time, and is explained to whoever asks', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const desk = openMailDesk(hotline)
    const number = await ringsInVain(hotline)
    await hotline.runUntil(hotline.at('12:05'))
    const promises = await hotline.database.guarantee.findMany({
      where: { kind: 'callback' },
      orderBy: { dueAt: 'asc' },
    })
    expect(promises).toMatchObject([{ state: 'broken' }, { state: 'open' }])
    expect(promises[1]?.dueAt).toEqual(new Date(hotline.at('14:00').epochMilliseconds))
    expect(await hotline.database.ticket.findMany()).toMatchObject([{ number, level: 2 }])
    expect(hotline.network.texts().at(-1)?.body).toMatch(
      /nicht wie zugesagt zurückgerufen\. Das tut uns leid\. Wir rufen Sie heute bis 14:00 Uhr an/,
    )
    await desk.order('anna', number, '#angerufen erledigt am Telefon')
    const told = await explained(hotline, number)
    expect(told).toMatch(/standing +stopped, level 2, nobody has taken it/)
    expect(told).toMatch(/broken/)
    expect(told).toMatch(/12:00/)
    expect(told).toMatch(/erledigt am Telefon/)
  })
})
