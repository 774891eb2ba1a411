import { expect, test } from 'vitest'
import { people, petra } from '../promises/desk.ts'
import { mailTo, openVendorDesk, service, type VendorDesk } from './vendor-desk.ts'

/** Every way that was thought of in which the two threads might touch, by mistake or by intent. */

const customerLetter = async (desk: VendorDesk, kind = 'auto-reply') => {
  const letter = (await desk.letters(petra.address)).find(one => one.kind === kind)
  if (!letter) throw new Error(`the customer got no ${kind}`)
  return letter
}
const caseLetter = async (desk: VendorDesk) => {
  const [letter] = await desk.sent()
  if (!letter) throw new Error('nothing was written to the manufacturer')
  return letter
}
const notice = async (desk: VendorDesk, kind: string) => {
  const letter = (await desk.lettersTo('anna', kind)).at(-1)
  if (!letter) throw new Error(`anna got no ${kind}`)
  return letter
}
const anna = { address: people.anna.addresses[0], name: people.anna.name }
const received = async (desk: VendorDesk) =>
  (await desk.theCase()).messages.filter(({ direction }) => direction === 'in').map(({ text }) => text)
const customerWords = async (desk: VendorDesk) =>
  (await desk.ticket(desk.number)).entries.filter(({ kind }) => kind === 'customer-mail')
const told = async (desk: VendorDesk) =>
  JSON.stringify([
    await desk.letters(petra.address),
    await desk.sent(),
    await desk.sent('gf@messwerk.example'),
  ])

test('a manufacturer to whom the customer forwarded our letter is kept out of the ticket', async () => {
  const desk = await openVendorDesk()
  const ours = await customerLetter(desk)
  const taken = await desk.post(service, {
    ...{
      subject: `AW: ${ours.subject}`,
      to: mailTo(ours.replyTo),
      text: 'Wir kennen den Fehler, Wort eins.',
    },
    ...{ inReplyTo: [ours.messageId], references: [ours.messageId] },
  })
  expect(taken).toMatchObject({ outcome: 'hold', rule: 'vendor-on-ticket', ticketNumber: undefined })
  const question = (await notice(desk, 'hold-question')).text.replaceAll(/\s+/g, ' ')
  expect(question).toContain('das hinter seinem Fall steht')
  expect(question).toContain('In den Fall aufnehmen: gateway held add')
  expect(await customerWords(desk)).toHaveLength(1)
  expect((await desk.ticket(desk.number)).participants.map(({ address }) => address)).toEqual([petra.address])
  expect(await desk.decide(taken, 'add')).toMatchObject({ ok: true, ticketNumber: undefined })
  expect(await received(desk)).toEqual(['Wir kennen den Fehler, Wort eins.'])
  expect(JSON.stringify((await desk.ticket(desk.number)).entries)).not.toContain('Wort eins')
})

test('a machine of that manufacturer is noted in the case, and not on the ticket', async () => {
  const desk = await openVendorDesk()
  const ours = await customerLetter(desk)
  const taken = await desk.post(service, {
    ...{ subject: 'Automatische Antwort', to: mailTo(ours.replyTo), text: 'Wir sind im Urlaub, Wort zwei.' },
    ...{ inReplyTo: [ours.messageId], classification: 'auto-reply', autoReplyAllowed: false },
  })
  expect(taken).toMatchObject({ outcome: 'vendor-mail', ticketNumber: undefined })
  expect(await desk.theCase()).toMatchObject({ waitsFor: 'vendor' })
  expect(JSON.stringify((await desk.ticket(desk.number)).entries)).not.toContain('Wort zwei')
})

test('a ticket’s number in a manufacturer’s mail leads to no ticket', async () => {
  const desk = await openVendorDesk()
  const quoted = await desk.post(service, {
    ...{ subject: `Ihre Anfrage [#${desk.number}]`, to: mailTo('support@example.com'), text: 'Wort drei.' },
  })
  expect(quoted).toMatchObject({ outcome: 'hold', rule: 'vendor-on-ticket' })
  const ours = await caseLetter(desk)
  const inThread = await desk.post(service, {
    ...{ subject: `AW: ${ours.subject} [#${desk.number}]`, to: mailTo(ours.replyTo), text: 'Wort vier.' },
  })
  expect(inThread).toMatchObject({ outcome: 'vendor-mail', ticketNumber: undefined })
  expect(await received(desk)).toEqual(['Wort vier.'])
})

test('who shows proofs of both threads is in the sealed one, or held', async () => {
  const desk = await openVendorDesk()
  const [ours, theirs] = [await customerLetter(desk), await caseLetter(desk)]
  const both = {
    inReplyTo: [ours.messageId, theirs.messageId],
    references: [ours.messageId, theirs.messageId],
  }
  const to = mailTo(ours.replyTo, theirs.replyTo)
  const fromVendor = await desk.post(service, { ...both, to, subject: ours.subject, text: 'Wort fünf.' })
  expect(fromVendor).toMatchObject({ outcome: 'vendor-mail', ticketNumber: undefined })
  const fromPetra = await desk.post(petra, { ...both, to, subject: theirs.subject, text: 'Wort sechs.' })
  expect(fromPetra).toMatchObject({ outcome: 'hold', rule: 'vendor-mail', ticketNumber: undefined })
  expect(await received(desk)).toEqual(['Wort fünf.'])
  expect(await customerWords(desk)).toHaveLength(1)
  expect(await desk.decide(fromPetra, 'add')).toMatchObject({ ok: false })
})

test('From of the customer in a manufacturer’s hands opens neither thread', async () => {
  const desk = await openVendorDesk()
  const theirs = await caseLetter(desk)
  const taken = await desk.post(petra, {
    ...{ subject: `AW: ${theirs.subject}`, to: mailTo(theirs.replyTo), text: 'Wort sieben.' },
    ...{ inReplyTo: [theirs.messageId] },
  })
  expect(taken).toMatchObject({ outcome: 'hold' })
  expect(await received(desk)).toEqual([])
  const colleague = { address: 'huber@kunde.example.com', name: 'Huber' }
  const passedOn = await desk.post(colleague, {
    ...{ subject: `AW: ${theirs.subject}`, to: mailTo(theirs.replyTo), text: 'Wort acht.' },
  })
  expect(passedOn).toMatchObject({ outcome: 'hold' })
  expect(await received(desk)).toEqual([])
})

test('a customer in Cc of the manufacturer’s mail gets nothing of ours for it, and answers into the ticket or nowhere', async () => {
  const desk = await openVendorDesk()
  const theirs = await caseLetter(desk)
  const before = (await desk.letters(petra.address)).length
  const answer = await desk.post(service, {
    ...{ subject: `AW: ${theirs.subject}`, to: mailTo(theirs.replyTo), cc: mailTo(petra.address) },
    ...{ messageId: '<cc@messwerk.example>', text: 'Wort neun.', inReplyTo: [theirs.messageId] },
  })
  expect(answer).toMatchObject({ outcome: 'vendor-mail' })
  expect(await desk.letters(petra.address)).toHaveLength(before)
  const toAll = await desk.post(petra, {
    ...{ subject: `AW: ${theirs.subject}`, to: mailTo(service.address, theirs.replyTo), text: 'Wort zehn.' },
    ...{ inReplyTo: ['<cc@messwerk.example>'] },
  })
  expect(toAll).toMatchObject({ outcome: 'hold' })
  const toUs = await desk.post(petra, {
    ...{ subject: `AW: ${theirs.subject}`, to: mailTo('support@example.com'), text: 'Wort elf.' },
    ...{ inReplyTo: ['<cc@messwerk.example>'] },
  })
  expect(toUs.ticketNumber).not.toBe(undefined)
  expect(await received(desk)).toEqual(['Wort neun.'])
  expect(JSON.stringify(await desk.letters(petra.address))).not.toMatch(/Wort (neun|zehn)/)
  expect(JSON.stringify(await desk.sent())).not.toMatch(/Wort (zehn|elf)/)
})

test('an agent who mixes the threads up is asked before anything goes out', async () => {
  const desk = await openVendorDesk()
  await desk.answers('Bitte F3 prüfen.')
  const [onCase, onTicket] = [await notice(desk, 'vendor-notice'), await notice(desk, 'agent-notice')]
  const mixed = [
    { to: mailTo(onCase.replyTo, onTicket.replyTo), inReplyTo: [onCase.messageId] },
    { to: mailTo(onTicket.replyTo), inReplyTo: [onCase.messageId] },
    { to: mailTo(onCase.replyTo), inReplyTo: [onTicket.messageId] },
    { to: mailTo('support@example.com'), inReplyTo: [onCase.messageId] },
  ]
  for (const one of mixed)
    expect(
      await desk.post(anna, { ...one, subject: 'AW: Fall', text: 'Wort zwölf für den einen.' }),
    ).toMatchObject({
      outcome: 'hold',
    })
  expect((await notice(desk, 'hold-question')).text).toContain('Antwortadresse')
  expect(await told(desk)).not.toContain('Wort zwölf')
})

test('an agent’s answer to the customer holds nothing of a notice about the case', async () => {
  const desk = await openVendorDesk()
  await desk.answers('Das Netzteil der Baureihe sieben altert leider schneller als von uns angegeben.')
  // What was written to agents is compared once it has gone out.
  await desk.until('09:05')
  const taken = await desk.answer(
    'anna',
    'Guten Tag, Messwerk schreibt: Das Netzteil der Baureihe sieben altert leider schneller als von uns angegeben.',
    await notice(desk, 'agent-notice'),
  )
  expect(taken).toMatchObject({ outcome: 'hold' })
  expect(await told(desk)).not.toContain('altert')
})

test('a case number in a customer’s subject leads nowhere, and hinders no agent’s answer', async () => {
  const desk = await openVendorDesk()
  const { ticketNumber } = await desk.mail(petra, `Zu ${desk.caseNumber}: Rechnung`, 'Wo bleibt sie?')
  expect(ticketNumber).not.toBe(desk.number)
  const onTicket = await notice(desk, 'agent-notice')
  expect(onTicket.subject).toContain(desk.caseNumber)
  expect(await desk.answer('anna', 'Die Rechnung kommt morgen.', onTicket)).toMatchObject({
    outcome: 'agent-mail',
  })
  const answer = await customerLetter(desk, 'agent-answer')
  expect(answer.text).toContain('Die Rechnung kommt morgen.')
  expect(await received(desk)).toEqual([])
})

test('Outlook’s index of the other thread leads to neither', async () => {
  const desk = await openVendorDesk()
  const threadIndex = 'AdqXY1a1ub7dUlMYSX6cXQG1b2c3dA=='
  const subject = 'MV-400 defekt'
  await desk.post(petra, { subject, threadIndex, to: mailTo('support@example.com'), text: 'Wort dreizehn.' })
  const taken = await desk.post(service, {
    subject,
    threadIndex,
    to: mailTo('support@example.com'),
    text: 'Wort 14.',
  })
  expect(taken).toMatchObject({ outcome: 'open-ticket' })
  expect(JSON.stringify((await desk.ticket(desk.number)).entries)).not.toContain('Wort 14')
  expect(await received(desk)).toEqual([])
})

test('answering machines on both sides end in silence', async () => {
  const desk = await openVendorDesk()
  const auto = { classification: 'auto-reply', autoReplyAllowed: false } as const
  const count = () => desk.database.letter.count({ where: { kind: { not: 'vendor-notice' } } })
  const theirs = await caseLetter(desk)
  await desk.post(service, { ...auto, subject: 'Abwesend', to: mailTo(theirs.replyTo), text: 'Abwesend.' })
  const before = await count()
  for (let round = 0; round < 30; round++) {
    const onCase = await notice(desk, 'vendor-notice')
    await desk.post(service, { ...auto, subject: 'Abwesend', to: mailTo(theirs.replyTo), text: 'Abwesend.' })
    await desk.post(anna, {
      ...auto,
      subject: 'Abwesend',
      to: mailTo(onCase.replyTo),
      text: 'Bin im Urlaub.',
    })
  }
  expect(await count()).toBe(before)
  expect((await desk.lettersTo('anna', 'vendor-notice')).length).toBeLessThan(30)
  expect(await desk.theCase()).toMatchObject({ waitsFor: 'vendor' })
  expect(await told(desk)).not.toContain('Bin im Urlaub.')
})
