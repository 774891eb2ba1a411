/** What others complained of about agents in their own mail clients: all of the work, none of the leaks. */
import { expect, it } from 'vitest'
import { onDovecot } from './on-dovecot.ts'
import {
  agentReply,
  anna,
  bernd,
  genuine,
  mailFrom,
  type Opened,
  opened,
  petra,
  question,
  quoted,
  replyFields,
} from './people.ts'
import { only, type ServedDesk, servedDesk } from './served-desk.ts'

const secrets = 'Der Kunde zahlt schlecht.'

/** A desk with one ticket, and Anna's notice of it. */
async function noticed(desk: ServedDesk): Promise<Opened> {
  await desk.receive(question())
  const notices = (await desk.outgoing()).filter(({ letter }) => letter.recipient === anna)
  return opened(only(notices))
}

const words = 'Bitte schalten Sie den Drucker aus.\n\nWarten Sie zwei Minuten, dann wieder ein.'

/** The header block that Outlook writes above a mail that is answered, without marks on the lines of it. */
const block = (notice: Opened) =>
  `Von: Support <support@example.com>\nGesendet: Montag, 2. März 2026 10:00\nAn: Anna Fink <${anna}>\nBetreff: ${notice.subject}\n\n${notice.text}`

onDovecot('agents work from their mail client', account => {
  it.each([
    ['Thunderbird', (notice: Opened) => `${words}\n\n${quoted(notice)}`],
    ['Thunderbird, below the quote', (notice: Opened) => `${quoted(notice)}\n${words}\n`],
    ['Outlook', (notice: Opened) => `${words}\n\n${block(notice)}`],
    ['old Outlook', (notice: Opened) => `${words}\n\n-----Ursprüngliche Nachricht-----\n${block(notice)}`],
    ['Outlook on the web', (notice: Opened) => `${words}\n\n${'_'.repeat(32)}\n${block(notice)}`],
  ])('send the customer all of their words and nothing else: %s', async (_, body) => {
    const desk = await servedDesk(await account())
    const notice = await noticed(desk)
    const mail = mailFrom(`Anna Fink <${anna}>`, { ...replyFields(notice), ...genuine() }, body(notice))
    expect(only(await desk.receive(mail))).toMatchObject({ outcome: 'agent-mail' })
    const answer = await opened(only(await desk.outgoingTo(petra)))
    expect(answer.from).toMatchObject({ name: 'Anna Fink (Support)', address: 'support@example.com' })
    expect(answer.text?.slice(0, words.length)).toBe(words)
    expect(answer.text).not.toMatch(/Von:|Gesendet:|schrieb|Ursprüngliche|Anfrage von|intern/i)
  })

  it.each([
    ['a second address', `Anna Fink <a.fink@example.com>`],
    ['capital letters', `"FINK, Anna" <ANNA@EXAMPLE.COM>`],
    ['no name', anna],
  ])('may write with %s', async (_, From) => {
    const desk = await servedDesk(await account())
    await desk.receive(agentReply(await noticed(desk), words, { From }))
    expect((await desk.outgoingTo(petra)).map(({ letter }) => letter.kind)).toEqual(['agent-answer'])
  })

  it.each([
    ['from an address that is not theirs', { From: 'Anna Fink <anna.fink@private.example>' }],
    ['without proof of the sender', { 'Authentication-Results': '' }],
    ['to the desk instead of the reply address', { To: 'support@example.com' }],
  ])('are asked in their own language about a mail %s, which goes to no customer', async (_, fields) => {
    const desk = await servedDesk(await account())
    const notice = await noticed(desk)
    expect(only(await desk.receive(agentReply(notice, words, fields)))).toMatchObject({ outcome: 'hold' })
    const letters = await desk.outgoing()
    expect(letters.map(({ letter }) => [letter.kind, letter.recipient])).toEqual([['hold-question', anna]])
    const asked = await opened(only(letters))
    expect(asked.text).toContain('eine E-Mail wurde zurückgehalten')
    expect(asked.text).toContain('> Bitte schalten Sie den Drucker aus.')
  })

  it.each([
    ['in its subject', { Subject: 'WG: Neues Ticket' }, secrets],
    ['with the customer in To beside the desk', { Cc: petra }, secrets],
    ['with a supplier in Cc', { Cc: 'repair@vendor.example.net' }, secrets],
  ])('never send a customer what was forwarded: %s', async (_, fields, text) => {
    const desk = await servedDesk(await account())
    const notice = await noticed(desk)
    expect(only(await desk.receive(agentReply(notice, text, fields)))).toMatchObject({ outcome: 'hold' })
    expect(await desk.outgoingTo(petra)).toEqual([])
  })

  it('never send a customer the text of a notice, however it got into their own words', async () => {
    const desk = await servedDesk(await account())
    const notice = await noticed(desk)
    const mail = { ...replyFields(notice), ...genuine() }
    const lines = notice.text?.split('\n').filter(line => /^(Anfrage von|Verlauf|Warum)/.test(line)) ?? []
    expect(lines).toHaveLength(3)
    for (const line of lines) await desk.receive(mailFrom(anna, mail, `${words}\n${line}`))
    expect(await desk.outgoingTo(petra)).toEqual([])
    expect(await desk.ledger.database.held.findMany()).toMatchObject(
      lines.map(() => ({ reason: 'internal-text', state: 'held' })),
    )
  })

  it('are told by the customer’s reply to their answer, on the same ticket', async () => {
    const desk = await servedDesk(await account())
    await desk.receive(agentReply(await noticed(desk), words))
    const answer = await opened(only(await desk.outgoingTo(petra)))
    await desk.receive(mailFrom(petra, replyFields(answer), 'Danke, es geht wieder.'))
    expect((await opened(only(await desk.outgoingTo(anna)))).text).toContain('Danke, es geht wieder.')
    expect(await desk.ledger.database.ticket.count()).toBe(1)
  })

  it.each([
    ['#erledigt', { state: 'resolved' }],
    ['#close', { state: 'resolved' }],
    ['#übernehmen', { assignee: 'anna' }],
    ['#zuweisen Bernd Ohm', { assignee: 'bernd' }],
    ['#spam', { state: 'resolved' }],
    ['#warten 2d', { state: 'waiting' }],
  ])('say %s, see that it was done, and the customer hears nothing', async (command, change) => {
    const desk = await servedDesk(await account())
    await desk.receive(agentReply(await noticed(desk), `${command}\n\n-- \nAnna Fink\nExample GmbH`))
    expect(await desk.ledger.database.ticket.findMany()).toMatchObject([change])
    const letters = (await desk.outgoing()).map(({ letter }) => `${letter.kind} ${letter.recipient}`)
    expect(letters).toContain(`receipt ${anna}`)
    expect(letters.filter(letter => ![anna, bernd].some(agent => letter.endsWith(agent)))).toEqual([])
  })

  it('close a ticket together with the answer, which is sent first', async () => {
    const desk = await servedDesk(await account())
    await desk.receive(agentReply(await noticed(desk), `#close\n\n${words}`))
    expect((await opened(only(await desk.outgoingTo(petra)))).text?.startsWith(words)).toBe(true)
    expect(await desk.ledger.database.ticket.findMany()).toMatchObject([{ state: 'resolved' }])
    expect(await desk.ledger.database.guarantee.findMany()).toMatchObject([{ state: 'kept' }])
  })
})
