import { expect, test } from 'vitest'
import { printDossier } from '../../src/commands/ticket/ticket-dossier.ts'
import { showTicket } from '../../src/commands/ticket/ticket-show.ts'
import { explainVendors, listVendorCases, showVendorCase } from '../../src/commands/vendors/vendors.ts'
import { solveKnownProblem } from '../../src/intake/procedures/known-problems.ts'
import { mayClose } from '../../src/intake/promises/closing.ts'
import { wakeVendorCases } from '../../src/intake/vendors/wake-vendor-cases.ts'
import { inTransaction } from '../../src/store/database.ts'
import { people, petra } from '../promises/desk.ts'
import { mailTo, openVendorDesk, service, type VendorDesk, vendors } from './vendor-desk.ts'

const anna = { address: people.anna.addresses[0], name: people.anna.name }
const squeezed = (text: string | undefined) => (text ?? '').replaceAll(/\s+/g, ' ')
const notice = async (desk: VendorDesk, kind: string) => {
  const letter = (await desk.lettersTo('anna', kind)).at(-1)
  if (!letter) throw new Error(`anna got no ${kind}`)
  return letter
}
const caseLetter = async (desk: VendorDesk) => {
  const [letter] = await desk.sent()
  if (!letter) throw new Error('nothing was written to the manufacturer')
  return letter
}
const placeOf = ({ config, databaseUrl }: VendorDesk) => ({
  ...{ config, databaseUrl, data: config.data, ticketFormat: config.tickets.format, timeZone: 'UTC' },
})
const attachment = {
  ...{ filename: 'messung.pdf', contentType: 'application/pdf', size: 900, sha256: 'ab'.repeat(32) },
  ...{ contentId: null, disposition: 'attachment' },
}

test('the dossier and the ticket tell how a case stood and ended, and nothing of its thread', async () => {
  const desk = await openVendorDesk()
  await desk.until('11:00')
  await desk.answers('Geheimes Wort vom Werk. Vorgangsnummer: MW-2026-00815')
  await desk.answer('anna', '#herstellerstufe Es eilt sehr, Geheimnis zwei.')
  const open = squeezed((await printDossier(placeOf(desk), desk.number, 'de')).text)
  expect(open).toContain('Der Hersteller ist am Zug.')
  await desk.answer(
    'anna',
    '#herstellerende ersetzt 4 Das Netzteil kam schnell.',
    await notice(desk, 'vendor-notice'),
  )
  const de = squeezed((await printDossier(placeOf(desk), desk.number, 'de')).text)
  for (const words of ['Fälle beim Hersteller', 'Messwerk AG', desk.caseNumber, 'MW-2026-00815', 'Anna Fink'])
    expect(de).toContain(words)
  for (const words of [
    'Leitung Kundendienst',
    '2 Std. 0 Min.',
    'ersetzt',
    'Note 4 von 5',
    'Das Netzteil kam schnell.',
  ])
    expect(de).toContain(words)
  const en = squeezed((await printDossier(placeOf(desk), desk.number, 'en')).text)
  for (const words of ['Cases with manufacturers', '2 h 0 min', 'replaced', '4 out of 5'])
    expect(en).toContain(words)
  const shown = squeezed((await showTicket(placeOf(desk), desk.number, true)).text)
  for (const words of [
    'Cases with manufacturers',
    `${desk.caseNumber} Messwerk AG`,
    'replaced, 4 of 5',
    'waited 120 min',
  ])
    expect(shown).toContain(words)
  for (const page of [de, en]) expect(page).not.toMatch(/Geheimes Wort|Geheimnis zwei/)
  expect(shown).not.toMatch(/Geheimes Wort|Geheimnis zwei/)
  const other = await desk.mail({ address: 'x@y.example', name: 'X' }, 'Frage', 'Wie geht das?')
  const none = await printDossier(placeOf(desk), other.ticketNumber ?? '', 'de')
  expect(none.text).not.toContain('Fälle beim Hersteller')
})

test('neither the ticket’s page nor the solution of a known problem closes a ticket with an open case', async () => {
  const desk = await openVendorDesk()
  await desk.answer('anna', '#bekannt netz-7 Netzteile der Charge 7', await notice(desk, 'agent-notice'))
  const { id, knownProblemId } = await desk.database.ticket.findUniqueOrThrow({
    where: { number: desk.number },
  })
  expect(knownProblemId).not.toBeNull()
  const verdict = await inTransaction(desk.database, tx => mayClose(tx, desk, id))
  expect(verdict).toMatchObject({ allowed: false, cases: [desk.caseNumber] })
  const news = { key: 'netz-7', text: 'Die Netzteile sind getauscht.', agent: 'anna', by: 'Anna Fink' }
  const solved = await desk.clock.during(
    inTransaction(desk.database, tx => solveKnownProblem(tx, desk.deps, { ...news, now: desk.deps.now() })),
  )
  expect(solved).toMatchObject({ told: [desk.number], open: [desk.number] })
  expect((await desk.ticket(desk.number)).ticket.state).toBe('open')
  expect((await notice(desk, 'procedure-task')).subject).toContain('beim Hersteller noch offen')
  await desk.answer('anna', '#herstellerende ersetzt 4 Gut.', await notice(desk, 'vendor-notice'))
  expect(await inTransaction(desk.database, tx => mayClose(tx, desk, id))).not.toHaveProperty('cases')
})

test('colleagues read what was shared with the customer', async () => {
  const desk = await openVendorDesk()
  await desk.answers('Die Sicherung F3 ist ab Werk fehlerhaft.')
  await desk.answer('anna', '#teilen\nGuten Tag, so schreibt das Werk:', await notice(desk, 'agent-notice'))
  const told = (await desk.lettersTo('bernd', 'agent-notice')).at(-1)
  expect(squeezed(told?.text)).toContain('Die Sicherung F3 ist ab Werk fehlerhaft.')
  expect(squeezed(told?.text)).toContain('Guten Tag, so schreibt das Werk:')
  expect((await desk.lettersTo('anna', 'agent-notice')).at(-1)?.text).not.toContain('Sicherung F3')
})

test('a letter that comes back is told to the agent, and the manufacturer still owes its answer', async () => {
  const desk = await openVendorDesk()
  const ours = await caseLetter(desk)
  const recipients = [
    {
      recipient: service.address,
      status: '5.1.1',
      action: 'failed',
      diagnosticCode: '550 unknown',
      kind: 'hard',
    },
  ] as const
  const bounce = {
    recipients,
    kind: 'hard',
    reason: 'user-unknown',
    originalMessageId: ours.messageId,
  } as const
  const mailer = { address: 'mailer-daemon@messwerk.example', name: '' }
  const report = { classification: 'bounce', autoReplyAllowed: false, bounce } as const
  const taken = await desk.post(mailer, {
    ...report,
    ...{ to: mailTo('support@example.com'), subject: 'Unzustellbar', text: '550 user unknown' },
  })
  expect(taken).toMatchObject({ outcome: 'vendor-mail', ticketNumber: undefined })
  expect((await notice(desk, 'vendor-notice')).text).toContain('550 user unknown')
  expect(await desk.theCase()).toMatchObject({ waitsFor: 'vendor', reference: null })
  const away = { classification: 'auto-reply', autoReplyAllowed: false } as const
  await desk.post(service, {
    ...away,
    to: mailTo(ours.replyTo),
    subject: 'Ticket#2026112410000123',
    text: 'Eingang.',
  })
  // A receipt of its system is no answer, but it tells the number.
  expect(await desk.theCase()).toMatchObject({ waitsFor: 'vendor', reference: '2026112410000123' })
})

test('a mail that names the case without any proof waits, and joins the case when a human says so', async () => {
  const desk = await openVendorDesk()
  const forged = {
    from: [service.address],
    fromDomain: 'messwerk.example',
    sender: [],
    results: [],
    internal: false,
  }
  const taken = await desk.post(service, {
    ...{ to: mailTo('support@example.com'), subject: `Zu ${desk.caseNumber}`, text: 'Bitte F3 prüfen.' },
    authentication: { ...forged, dkim: 'fail' },
  })
  expect(taken).toMatchObject({ outcome: 'hold', ticketNumber: undefined })
  expect(squeezed((await notice(desk, 'hold-question')).text)).toContain(
    'In den Fall aufnehmen: gateway held add',
  )
  expect(await desk.theCase()).toMatchObject({ waitsFor: 'vendor' })
  expect(await desk.decide(taken, 'add')).toMatchObject({ ok: true, ticketNumber: undefined })
  expect(await desk.theCase()).toMatchObject({ waitsFor: 'us' })
  expect((await notice(desk, 'vendor-notice')).text).toContain('Bitte F3 prüfen.')
  expect(await desk.decide(taken, 'add')).toMatchObject({ ok: true, repeated: true })
  expect((await desk.theCase()).messages.filter(({ direction }) => direction === 'in')).toHaveLength(1)
})

test('a number that an agent gives is known from then on', async () => {
  const desk = await openVendorDesk()
  await desk.answer('anna', '#referenz RMA-77120')
  expect(await desk.theCase()).toMatchObject({ reference: 'RMA-77120' })
  const taken = await desk.post(service, {
    ...{ to: mailTo('support@example.com'), subject: 'Ihre rma 77120 ist da', text: 'Das Gerät ist da.' },
  })
  expect(taken).toMatchObject({ outcome: 'vendor-mail' })
  await desk.answer('anna', '#referenz ohne')
  expect((await notice(desk, 'vendor-notice')).text).toContain('keine Nummer')
  expect(await desk.theCase()).toMatchObject({ reference: 'RMA-77120' })
})

test('attachments go to the other side only with an answer that holds them', async () => {
  const desk = await openVendorDesk()
  const ours = await caseLetter(desk)
  await desk.post(service, {
    ...{
      to: mailTo(ours.replyTo),
      subject: `AW: ${ours.subject}`,
      text: 'Siehe Anhang.',
      attachments: [attachment],
    },
  })
  const relayed = (kind: string) =>
    desk.database.letter.findMany({ where: { kind }, orderBy: { createdAt: 'asc' }, select: { data: true } })
  expect(JSON.stringify((await relayed('vendor-notice')).at(-1))).toContain('messung.pdf')
  await desk.answer('anna', '#teilen', await notice(desk, 'agent-notice'))
  expect(JSON.stringify(await relayed('agent-answer'))).not.toContain('messung.pdf')
  await desk.post(anna, {
    ...{
      to: mailTo((await notice(desk, 'vendor-notice')).replyTo),
      subject: 'AW: Fall',
      text: 'Unser Protokoll.',
    },
    attachments: [{ ...attachment, filename: 'protokoll.pdf' }],
  })
  expect(JSON.stringify(await relayed('vendor-message'))).toContain('protokoll.pdf')
  expect(JSON.stringify(await relayed('agent-answer'))).not.toContain('protokoll.pdf')
})

test('two cases of two manufacturers go their own ways, and a second one at the same is refused', async () => {
  const acme = { ...vendors.acme, needs: ['fault'] }
  const desk = await openVendorDesk('2026-11-24T09:00', { vendors: { ...vendors, acme } })
  const onTicket = await notice(desk, 'agent-notice')
  await desk.answer('anna', '#hersteller messwerk\nNoch einmal dasselbe.', onTicket)
  expect(squeezed((await notice(desk, 'help')).text)).toContain(`schon ein Fall: ${desk.caseNumber}`)
  await desk.answer('anna', '#hersteller acme\nThe sensor drifts.', onTicket)
  const second = await desk.database.vendorCase.findFirstOrThrow({ where: { vendor: 'acme' } })
  await desk.answer('anna', '#teilen', onTicket)
  const help = squeezed((await notice(desk, 'help')).text)
  expect(help).toContain(`${desk.caseNumber}, ${second.number}`)
  const resolution = async () => (await desk.promises(desk.number)).find(({ kind }) => kind === 'resolution')
  expect((await resolution())?.pausedFor).toBe('vendor')
  await desk.answers('Das Netzteil ist es.')
  // The other one still has to answer.
  expect((await resolution())?.pausedFor).toBe('vendor')
  const [theirs] = await desk.sent('help@acme.example')
  if (!theirs) throw new Error('nothing was written to Acme')
  await desk.reply(theirs, { address: 'help@acme.example', name: 'Acme' }, 'It is the sensor.')
  expect((await resolution())?.pausedFor).toBe(null)
  await desk.answer('anna', '#herstellerende ersetzt 4 Gut.\n#erledigt', onTicket)
  expect((await desk.ticket(desk.number)).ticket.state).toBe('open')
})

test('a ticket with an open case is neither merged nor thrown away, and a reopened one keeps its closed case', async () => {
  const desk = await openVendorDesk()
  const other = await desk.mail(petra, 'Noch etwas', 'Eine zweite Sache.')
  const onTicket = (await desk.lettersTo('anna', 'agent-notice')).find(({ subject }) =>
    subject.includes(desk.number),
  )
  for (const command of [`#zusammenführen ${other.ticketNumber}`, '#spam']) {
    await desk.answer('anna', command, onTicket)
    expect((await notice(desk, 'help')).text).toContain(desk.caseNumber)
    expect((await desk.ticket(desk.number)).ticket.state).toBe('open')
  }
  await desk.answer('anna', '#herstellerende repariert 5 Schnell.\n#erledigt', onTicket)
  expect((await desk.ticket(desk.number)).ticket.state).toBe('resolved')
  const [ours] = await desk.letters(petra.address)
  if (!ours) throw new Error('the customer got no letter')
  await desk.reply(ours, petra, 'Leider geht es wieder nicht mehr, der Fehler kam gestern Abend zurück.')
  expect((await desk.ticket(desk.number)).ticket.state).toBe('open')
  expect(await desk.theCase()).toMatchObject({ state: 'closed', wakeAt: null })
  expect(await desk.answers('Ist alles gut?')).toMatchObject({
    outcome: 'vendor-mail',
    ticketNumber: undefined,
  })
  expect((await notice(desk, 'vendor-notice')).text).toContain('Ist alles gut?')
})

test('a manufacturer that left the configuration gets no words, and the agent hears so', async () => {
  const desk = await openVendorDesk()
  await desk.answers('Wie lautet die Firmware?')
  delete (desk.config.vendors as Record<string, unknown>).messwerk
  const before = (await desk.sent()).length
  await desk.answer('anna', 'Version 4.2.', await notice(desk, 'vendor-notice'))
  const back = squeezed((await notice(desk, 'vendor-notice')).text)
  expect(back).toContain('steht nicht mehr in der Konfiguration')
  expect(back).toContain('Version 4.2.')
  expect(await desk.sent()).toHaveLength(before)
  const ours = await caseLetter(desk)
  expect(await desk.reply(ours, service, 'Hallo?')).toMatchObject({ outcome: 'vendor-mail' })
  await desk.answer(
    'anna',
    '#herstellerende zurückgezogen 2 Es gibt sie nicht mehr.',
    await notice(desk, 'vendor-notice'),
  )
  expect(await desk.theCase()).toMatchObject({ state: 'closed', outcome: 'withdrawn' })
})

test('two gateways that look at the same case at once do so once', async () => {
  const desk = await openVendorDesk()
  const due = new Date(desk.at('09:00').epochMilliseconds)
  await desk.database.vendorCase.updateMany({ data: { wakeAt: due, dueAt: due } })
  const before = (await desk.sent('leitung@messwerk.example')).length
  const woken = await desk.clock.during(Promise.all([1, 2, 3, 4].map(() => wakeVendorCases(desk.deps))))
  expect(woken.reduce((sum, one) => sum + one.woken, 0)).toBe(1)
  expect(await desk.sent('leitung@messwerk.example')).toHaveLength(before + 1)
  expect(await desk.theCase()).toMatchObject({ level: 1 })
})

test('the commands show cases by number, refuse what is none, and explain each manufacturer', async () => {
  const desk = await openVendorDesk()
  const place = placeOf(desk)
  expect((await listVendorCases(place, false)).text).toContain(`${desk.caseNumber} Messwerk AG`)
  expect((await showVendorCase(place, desk.caseNumber.toLowerCase())).text).toContain(
    'Der Verstärker zeigt E 17.',
  )
  await expect(showVendorCase(place, 'H100008')).rejects.toThrow('"H100008" is no case number')
  await expect(showVendorCase(place, desk.number)).rejects.toThrow('is no case number')
  await expect(showVendorCase(place, 'H100018')).rejects.toThrow('There is no case H100018.')
  expect(explainVendors(place).text).toContain('level 2: Geschäftsführung')
  await desk.answer('anna', '#herstellerende repariert 5 Schnell.')
  expect((await listVendorCases(place, false)).text).toBe('No cases.')
  expect((await listVendorCases(place, true)).text).toContain('closed: repaired, 5 of 5')
})
