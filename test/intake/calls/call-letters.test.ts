import { randomUUID } from 'node:crypto'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, test } from 'vitest'
import { readAgentToken } from '../../../src/desk/agent-token.ts'
import { internalMark } from '../../../src/desk/internal-text.ts'
import { readCallNowToken } from '../../../src/desk/phone/call-now-token.ts'
import {
  callbackTaskLetters,
  confirmCall,
  noticesOfCall,
  tellCustomer,
} from '../../../src/intake/calls/call-letters.ts'
import { enqueue } from '../../../src/outbox/enqueue.ts'
import { composeLetter, mimeOf } from '../../../src/outbox/letter.ts'
import { inTransaction } from '../../../src/store/database.ts'
import type { Letter } from '../../../src/store/generated/client.ts'
import { builtInTemplates, loadTemplates } from '../../../src/templates.ts'
import { noon } from '../../desk/mail-example.ts'
import { entriesOf, landline, mobile, openWorld, oweCall, phoneConfig, type World } from './letter-world.ts'

const templates = await loadTemplates([builtInTemplates])

let world: World
afterEach(() => world.close())

const confirm = () =>
  inTransaction(world.database, tx => confirmCall(tx, world.deps, { callId: world.callId, now: world.now() }))

async function task(callbackId: string, about: 'assigned' | 'broken', agents = ['anna']): Promise<Letter[]> {
  await inTransaction(world.database, async tx =>
    enqueue(tx, await callbackTaskLetters(tx, world.deps, { callbackId, agents, about, now: world.now() })),
  )
  return world.database.letter.findMany({ where: { kind: 'callback-task' }, orderBy: { recipient: 'asc' } })
}

const composed = (letter: Letter) => composeLetter(letter, world.deps.config, templates, world.deps.offices)

function only<T>(rows: readonly T[]): T {
  const [row, ...more] = rows
  if (row === undefined || more.length > 0) throw new Error(`one row expected, not ${rows.length}`)
  return row
}

describe('an agent who has to ring', () => {
  test('reads in the subject by when and whom, in the agent’s own time', async () => {
    world = await openWorld()
    const letter = composed(only(await task(await oweCall(world), 'assigned')))
    // Anna works in London: one hour behind the office.
    expect(letter.subject).toBe('Rückruf heute bis 13:00 Uhr: [#1004711] Carla Weber, Weber & Söhne')
    expect(letter.text).toContain('0151 12345678')
    expect(letter.text).toContain('betriebsverhindernd')
    expect(letter.text).toContain('neues Anliegen')
    expect(letter.text).toContain('Seriennummer')
    expect(letter.text).toContain(internalMark)
    expect(letter.text).toContain('#angerufen')
  })

  test('has a link that is good for this agent and callback alone, and that no row holds', async () => {
    world = await openWorld()
    const callbackId = await oweCall(world)
    const row = only(await task(callbackId, 'assigned'))
    const { secret } = world.deps.config
    const link = /https:\/\/gateway\.example\.com\/phone\/call-now\/(\S+)/.exec(composed(row).text)?.[1] ?? ''
    const holders = ['anna', 'bernd'].map(key => ({ key, tokensSince: undefined }))
    expect(readCallNowToken(secret, link, noon, holders)).toEqual({ agent: 'anna', callbackId })
    expect(readCallNowToken(secret, link, noon.add({ hours: 73 }), holders)).toBeUndefined()
    expect(JSON.stringify(row.data)).not.toContain(link)
    expect(composed(row).html).toContain(`href="https://gateway.example.com/phone/call-now/${link}"`)
  })

  test('answers to an address that is signed for the agent', async () => {
    world = await openWorld()
    const mail = await PostalMime.parse(
      await mimeOf(composed(only(await task(await oweCall(world), 'assigned')))),
    )
    const today = Temporal.PlainDate.from('2026-11-24')
    const holders = ['anna', 'bernd'].map(key => ({ key, tokensSince: undefined }))
    const address = mail.replyTo?.[0]?.address ?? ''
    expect(
      readAgentToken(world.deps.config.secret, 'support+{token}@example.com', address, today, holders),
    ).toMatchObject({ agent: 'anna', number: '1004711' })
  })

  test('is told to dial by hand where nobody can ring for them', async () => {
    world = await openWorld()
    const letters = await task(await oweCall(world), 'assigned', ['anna', 'bernd'])
    const [anna, bernd] = letters.map(letter => composed(letter).text)
    expect(anna).toContain('drücken Sie „Jetzt anrufen“')
    // Bernd has no telephone that we know of, and reads English.
    expect(bernd).toContain('Please dial yourself: +49 1511 2345678')
    expect(bernd).toContain('/phone/call-now/')
    expect(bernd).toMatch(/Language: +German/)
  })

  test('sees what was tried, what agents said of it and which promise was broken', async () => {
    world = await openWorld()
    const callbackId = await oweCall(world, { due: noon.add({ hours: 3 }) })
    const { ticketId, database } = world
    const at = new Date(noon.epochMilliseconds)
    const attemptId = randomUUID()
    await database.guarantee.create({
      data: {
        id: randomUUID(),
        kind: 'callback',
        state: 'broken',
        startedAt: at,
        dueAt: new Date(noon.add({ minutes: 30 }).epochMilliseconds),
        derivation: [],
        ticketId,
      },
    })
    await database.callbackAttempt.create({
      data: {
        id: attemptId,
        callbackId,
        agent: 'bernd',
        mode: 'by-hand',
        state: 'ended',
        outcome: 'mailbox',
        requestedAt: at,
      },
    })
    await database.entry.create({
      data: {
        ...{ id: randomUUID(), ticketId, at },
        kind: 'callback-remark',
        author: 'bernd',
        text: 'Ansage der Zentrale',
        detail: { attemptId },
      },
    })
    const letter = composed(only(await task(callbackId, 'broken')))
    expect(letter.subject).toMatch(/^ÜBERFÄLLIG: /)
    expect(letter.text.replaceAll(/\s+/g, ' ')).toContain('Bernd Ohm: Mailbox (Ansage der Zentrale)')
    expect(letter.text).toMatch(/Zugesagt war: +heute bis 11:30 Uhr/)
  })

  test('reads what a hostile caller is called as text, in every part (row 31)', async () => {
    world = await openWorld({ customerName: '<img src=x onerror=alert(1)>\r\nBcc: a@example.net \u202E' })
    const letter = composed(only(await task(await oweCall(world), 'assigned')))
    expect(letter.html).not.toContain('<img')
    expect(letter.html).toContain('&lt;img')
    expect(letter.subject).not.toMatch(/[\r\n\u202E]/)
    const mail = await PostalMime.parse(await mimeOf(letter))
    expect(mail.bcc).toBeUndefined()
  })
})

describe('a caller who is owed a call', () => {
  test('gets a text on a mobile number, once, however often the end of the call is told', async () => {
    world = await openWorld({ address: 'carla@kunde.example.com' })
    await oweCall(world)
    await confirm()
    await confirm()
    const text = only(await world.database.textMessage.findMany())
    expect(text).toMatchObject({ kind: 'confirmation', recipient: mobile, state: 'queued', line: 'hotline' })
    expect(text.data).toMatchObject({
      ticketNumber: '1004711',
      dueAt: '2026-11-24T13:00:00Z'.replace('Z', '.000Z'),
    })
    expect(await world.database.letter.count()).toBe(0)
    expect(only(await entriesOf(world))).toMatchObject({
      kind: 'customer-told',
      detail: { by: 'text', to: mobile },
    })
  })

  test('gets a mail where only a landline is known, which lists what is missing (row 30)', async () => {
    world = await openWorld({ number: landline, address: 'Carla@kunde.example.com' })
    await oweCall(world, { number: landline })
    await confirm()
    const row = only(await world.database.letter.findMany())
    expect(row).toMatchObject({ kind: 'call-confirmation', recipient: 'carla@kunde.example.com' })
    const letter = composed(row)
    // The subject of the ticket is our own "somebody rang": it is nothing to repeat to who rang.
    expect(letter.subject).toBe('[#1004711] Wir rufen Sie zurück, heute bis 14:00 Uhr')
    for (const words of ['1004711', '030 231251234', 'betriebsverhindernd', '- Seriennummer', '040 66969123'])
      expect(letter.text).toContain(words)
    expect(letter.text).not.toContain(internalMark)
    expect(letter.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
  })

  test('who can be told neither way is seen on the ticket, with the reasons (row 32)', async () => {
    world = await openWorld({ number: landline })
    await oweCall(world, { number: landline })
    await confirm()
    expect(await world.database.letter.count()).toBe(0)
    expect(only(await entriesOf(world))).toMatchObject({
      kind: 'no-confirmation',
      detail: { noText: 'no mobile number that we may write to', noMail: 'no address is known' },
    })
  })

  test('of a country that we do not ring gets no text either', async () => {
    world = await openWorld({ number: '+33612345678' })
    await oweCall(world, { number: '+33612345678' })
    await confirm()
    expect(await world.database.textMessage.count()).toBe(0)
  })

  test('is not written to without end: whoever rings a hundred times is told as often as the budget allows', async () => {
    world = await openWorld({ config: phoneConfig() })
    await oweCall(world)
    const { database, ticketId } = world
    for (let n = 0; n < 30; n++)
      await database.textMessage.create({
        data: {
          id: randomUUID(),
          ticketId,
          kind: 'confirmation',
          language: 'de',
          recipient: mobile,
          line: 'hotline',
          data: {},
          state: 'sent',
          createdAt: new Date(noon.epochMilliseconds),
        },
      })
    await confirm()
    expect(await database.textMessage.count()).toBe(30)
    expect(only(await entriesOf(world)).detail.noText).toMatch(/budgets\./)
  })

  test('gets no mail at an address that a server called unknown', async () => {
    world = await openWorld({ number: landline, address: 'carla@kunde.example.com' })
    await oweCall(world, { number: landline })
    const at = new Date(noon.epochMilliseconds)
    await world.database.suppression.create({
      data: {
        address: 'carla@kunde.example.com',
        until: new Date(noon.add({ hours: 1 }).epochMilliseconds),
        reason: '5.1.1',
        since: at,
      },
    })
    await confirm()
    expect(await world.database.letter.count()).toBe(0)
    expect(only(await entriesOf(world)).kind).toBe('no-confirmation')
  })
})

describe('a caller who is not owed a call', () => {
  test('reads whom they spoke to', async () => {
    world = await openWorld({ number: landline, address: 'carla@kunde.example.com' })
    await world.database.entry.create({
      data: {
        id: randomUUID(),
        ticketId: world.ticketId,
        kind: 'put-through',
        at: new Date(noon.epochMilliseconds),
        author: '',
        text: '',
        detail: { callId: world.callId, agent: 'anna' },
      },
    })
    await confirm()
    expect(composed(only(await world.database.letter.findMany())).text).toContain(
      'Sie haben mit Anna Fink gesprochen.',
    )
  })

  test('without any number reads how to reach us, and is promised nothing', async () => {
    world = await openWorld({ number: null, address: 'carla@kunde.example.com' })
    await confirm()
    const { subject, text } = composed(only(await world.database.letter.findMany()))
    expect(subject).toBe('[#1004711] Wie erreichen wir Sie?')
    expect(text).not.toContain('Wir rufen Sie')
  })
})

describe('news of a callback', () => {
  test.each([
    ['apology', 'Unser Rückruf verspätet sich', 'Wir rufen Sie heute bis 14:00 Uhr'],
    ['tried', 'Wir haben Sie nicht erreicht', 'Wir versuchen es noch einmal, heute bis 14:00 Uhr'],
    ['later', 'Unser Rückruf verschiebt sich', 'Wir rufen Sie heute bis 14:00 Uhr'],
  ] as const)('tell the customer by mail: %s', async (about, subject, words) => {
    world = await openWorld({ number: landline, address: 'carla@kunde.example.com' })
    const callbackId = await oweCall(world, { number: landline })
    await inTransaction(world.database, tx => tellCustomer(tx, world.deps, { callbackId, about, now: noon }))
    const letter = composed(only(await world.database.letter.findMany()))
    expect(letter.subject).toBe(`[#1004711] ${subject}`)
    expect(letter.text.replaceAll(/\s+/g, ' ')).toContain(words)
  })

  test('go by text where the customer has a mobile number', async () => {
    world = await openWorld()
    const callbackId = await oweCall(world)
    await inTransaction(world.database, tx =>
      tellCustomer(tx, world.deps, { callbackId, about: 'tried', now: noon }),
    )
    expect(only(await world.database.textMessage.findMany())).toMatchObject({
      kind: 'tried',
      recipient: mobile,
    })
  })
})

describe('a notice of a call', () => {
  const notices = (agents: readonly string[]) =>
    inTransaction(world.database, async tx => {
      const rows = await noticesOfCall(tx, world.deps, {
        callId: world.callId,
        event: 'call',
        agents,
        now: noon,
      })
      await enqueue(tx, rows)
      return tx.letter.findMany({ orderBy: { recipient: 'asc' } })
    })

  test('goes to who took it, who can mail notes although the customer has no address', async () => {
    world = await openWorld()
    const { subject, text } = composed(only(await notices(['anna'])))
    expect(subject).toBe('[#1004711] Anruf von Carla Weber: Anruf von 0151 12345678')
    expect(text).toContain('#intern')
    expect(text).toContain('0151 12345678')
    expect(text).not.toContain('<>')
  })

  test('goes to everybody on duty where nobody took it', async () => {
    world = await openWorld()
    expect((await notices([])).map(({ recipient }) => recipient)).toEqual([
      'anna@example.com',
      'bernd@example.com',
    ])
  })

  test('says when the caller was gone, or cannot be rung at all', async () => {
    world = await openWorld()
    await oweCall(world)
    const gone = composed(only(await notices(['anna']))).text.replaceAll(/\s+/g, ' ')
    expect(gone).toContain('aber der Anrufer hatte schon aufgelegt')
    expect(gone).toMatch(/Rückruf bis: Dienstag, 24\. November 2026, 13:00 Uhr/)
    await world.close()
    world = await openWorld({ number: null, customerName: '' })
    const unknown = composed(only(await notices(['anna'])))
    expect(unknown.subject).toContain('Anruf mit unbekannter Nummer')
    expect(unknown.text.replaceAll(/\s+/g, ' ')).toContain('wir kennen keine Nummer')
  })

  test('of a merged ticket speaks of the one that is left', async () => {
    world = await openWorld()
    const { database, ticketId } = world
    const row = await database.ticket.findUniqueOrThrow({ where: { id: ticketId } })
    const older = randomUUID()
    const { sequence: _, ...columns } = row
    await database.ticket.create({
      data: { ...columns, id: older, number: '1004535', subject: 'MV-400', known: {}, customerThread: {} },
    })
    await database.ticket.update({ where: { id: ticketId }, data: { mergedIntoId: older } })
    expect(composed(only(await notices(['anna']))).subject).toContain('[#1004535]')
  })
})
