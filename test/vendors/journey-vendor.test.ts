import { expect, test } from 'vitest'
import { petra } from '../promises/desk.ts'
import { openVendorDesk, service } from './vendor-desk.ts'

const caseOf = async ({ database }: Awaited<ReturnType<typeof openVendorDesk>>) =>
  database.vendorCase.findFirstOrThrow({ include: { messages: { orderBy: { at: 'asc' } } } })

test('a case goes to the manufacturer with the agent’s words and measures, and never with the customer’s', async () => {
  const desk = await openVendorDesk()
  const [letter] = await desk.sent()
  expect(letter?.subject).toContain(`[${desk.caseNumber}]`)
  expect(letter?.text).toContain('Der Verstärker zeigt E 17.')
  expect(letter?.text).toContain('Netzteil getauscht, ohne Erfolg.')
  expect(letter?.text).toContain('K-55012')
  expect(letter?.replyTo).toMatch(/\+v\d+-/)
  for (const secret of ['Huber', 'Petra', petra.address, desk.number]) {
    expect(letter?.text).not.toContain(secret)
    expect(letter?.subject).not.toContain(secret)
  }
  // That something was done; not what, and to whom.
  expect((await desk.letters(petra.address)).map(({ kind }) => kind)).toEqual(['auto-reply', 'status-update'])
  expect(JSON.stringify(await desk.letters(petra.address))).not.toContain('Messwerk')
  expect((await desk.lettersTo('anna', 'vendor-notice')).map(({ subject }) => subject)[0]).toContain(
    'eröffnet',
  )
})

test('an incomplete case is refused with all that is missing', async () => {
  const desk = await openVendorDesk()
  const { ticketNumber } = await desk.mail(petra, 'Sensor', 'Der Sensor misst falsch.')
  const notice = (await desk.lettersTo('anna', 'agent-notice')).at(-1)
  await desk.answer('anna', '#hersteller acme', notice)
  const help = (await desk.lettersTo('anna', 'help')).at(-1)
  expect(help?.text.replaceAll(/\s+/g, ' ')).toContain(
    'die Seriennummer des Geräts; eine Beschreibung der Störung',
  )
  expect(await desk.database.vendorCase.count({ where: { ticket: { number: ticketNumber ?? '' } } })).toBe(0)
})

test('the manufacturer’s answer reaches the agent alone, and its number is known from then on', async () => {
  const desk = await openVendorDesk()
  const taken = await desk.answers('Bitte Sicherung F3 prüfen. Ihre Vorgangsnummer: MW-2026-00815')
  expect(taken).toMatchObject({ outcome: 'vendor-mail', ticketNumber: undefined })
  const row = await caseOf(desk)
  expect(row).toMatchObject({ reference: 'MW-2026-00815', waitsFor: 'us', dueAt: null })
  expect((await desk.lettersTo('anna', 'vendor-notice')).at(-1)?.text).toContain('Sicherung F3')
  const ticket = await desk.ticket(desk.number)
  expect(JSON.stringify(ticket.entries)).not.toContain('Sicherung')
  expect(JSON.stringify(await desk.letters(petra.address))).not.toContain('Sicherung')
  const by = {
    from: service,
    to: 'support@example.com',
    language: 'de',
    text: 'Haben Sie F3 geprüft?',
  } as const
  const later = await desk.write({ ...by, subject: 'Rückfrage zu MW 2026 00815' })
  expect(['vendor-mail', 'hold']).toContain(later.outcome)
  expect(later.ticketNumber).toBeUndefined()
})

test('a stranger who knows the case number begins a ticket of his own', async () => {
  const desk = await openVendorDesk()
  const stranger = { address: 'jemand@example.org', name: 'Jemand' }
  const taken = await desk.mail(stranger, `Frage zu ${desk.caseNumber}`, 'Was ist damit?')
  expect(taken.outcome).toBe('open-ticket')
  expect((await caseOf(desk)).messages.filter(({ direction }) => direction === 'in')).toEqual([])
})

test('an agent’s reply goes to the manufacturer, and sharing sends its words to the customer once', async () => {
  const desk = await openVendorDesk()
  await desk.answers('Die Sicherung F3 ist ab Werk fehlerhaft.')
  await desk.answer('anna', 'Danke, wir tauschen sie.')
  expect((await desk.sent()).at(-1)).toMatchObject({ kind: 'vendor-message' })
  expect((await desk.sent()).at(-1)?.text).toContain('Danke, wir tauschen sie.')
  await desk.answer('anna', '#teilen')
  const answer = (await desk.letters(petra.address)).find(({ kind }) => kind === 'agent-answer')
  expect(answer?.text).toContain('Die Sicherung F3 ist ab Werk fehlerhaft.')
  const notice = (await desk.lettersTo('anna', 'vendor-notice')).at(-1)
  await desk.answer('anna', '#teilen', notice)
  expect((await desk.lettersTo('anna', 'vendor-notice')).at(-1)?.text).toContain('schon erhalten')
  expect((await desk.letters(petra.address)).filter(({ kind }) => kind === 'agent-answer')).toHaveLength(1)
})

test('what the manufacturer repeats of our own words is not shared', async () => {
  const desk = await openVendorDesk()
  const agentWords = 'Der Kunde ist schwierig und zahlt ohnehin immer sehr spät.'
  await desk.answers('Wie sind die Umstände?')
  await desk.answer('anna', agentWords)
  await desk.answers(`Verstanden. Sie schrieben: ${agentWords} Wir prüfen das.`)
  await desk.answer('anna', '#teilen')
  expect((await desk.lettersTo('anna', 'vendor-notice')).at(-1)?.text).toContain('unser eigener Text')
  expect(JSON.stringify(await desk.letters(petra.address))).not.toContain('schwierig')
})

test('silence reminds the agent, turns to level after level, and ends with our own people', async () => {
  const desk = await openVendorDesk()
  await desk.until('11:30')
  expect((await desk.lettersTo('anna', 'vendor-notice')).at(-1)?.subject).toContain('Erinnerung')
  await desk.until('13:30')
  expect((await desk.sent('leitung@messwerk.example')).map(({ kind }) => kind)).toEqual(['vendor-escalation'])
  await desk.until('15:30')
  expect((await desk.sent('gf@messwerk.example')).map(({ kind }) => kind)).toEqual(['vendor-escalation'])
  await desk.until('2026-11-25 16:30')
  // Its promises were broken meanwhile, which took the ticket to the management's level.
  expect((await desk.lettersTo('eva', 'vendor-notice')).at(-1)?.subject).toContain('ÜBERFÄLLIG')
  expect(await caseOf(desk)).toMatchObject({ level: 2, stage: 'overdue', wakeAt: null })
  expect(await desk.sent('leitung@messwerk.example')).toHaveLength(1)
})

test('our clock for the solution stands while we wait for the manufacturer', async () => {
  const desk = await openVendorDesk()
  const resolution = async () => (await desk.promises(desk.number)).find(({ kind }) => kind === 'resolution')
  const before = await resolution()
  expect(before?.pausedFor ?? 'vendor').toBe('vendor')
  await desk.until('11:00')
  await desk.answers('Wir prüfen das.')
  expect((await caseOf(desk)).waitedMinutes).toBe(120)
  const after = await resolution()
  expect(Date.parse(String(after?.dueAt))).toBeGreaterThan(Date.parse(String(before?.dueAt)))
})

test('a ticket is not closed while a case is open, and both are closed in one mail', async () => {
  const desk = await openVendorDesk()
  const notice = (await desk.lettersTo('anna', 'agent-notice')).at(-1)
  await desk.answer('anna', '#erledigt', notice)
  expect((await desk.lettersTo('anna', 'help')).at(-1)?.text).toContain(desk.caseNumber)
  expect((await desk.ticket(desk.number)).ticket.state).toBe('open')
  await desk.answer(
    'anna',
    '#herstellerende ersetzt 4 Neues Netzteil kam nach zwei Tagen.\n#erledigt',
    notice,
  )
  expect((await desk.ticket(desk.number)).ticket.state).toBe('resolved')
  expect(await caseOf(desk)).toMatchObject({ state: 'closed', outcome: 'replaced', rating: 4 })
})

test('a customer who got hold of the manufacturer’s address is held', async () => {
  const desk = await openVendorDesk()
  const [letter] = await desk.sent()
  if (!letter) throw new Error('nothing was written')
  expect(await desk.reply(letter, petra, 'Was schreiben Sie da?')).toMatchObject({ outcome: 'hold' })
  expect(await caseOf(desk)).toMatchObject({ waitsFor: 'vendor' })
  expect((await caseOf(desk)).messages.filter(({ direction }) => direction === 'in')).toEqual([])
})
