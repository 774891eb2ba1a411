/** What others complained of about who is who, and about what the first answer says of the time. */
import { expect, it } from 'vitest'
import { trustedServer } from './gateway.ts'
import { onDovecot } from './on-dovecot.ts'
import { agentReply, anna, mailFrom, opened, petra, question, replyFields } from './people.ts'
import { only, type ServedDesk, servedDesk } from './served-desk.ts'

const pass = 'dmarc=pass header.from=example.com'
const reportsOf = (...reports: readonly string[]) => ({
  // One field of the name in the table; the others follow it in the order of the mail.
  'Authentication-Results': reports.join('\nAuthentication-Results: '),
})

async function noticed(desk: ServedDesk) {
  await desk.receive(question())
  return opened(only((await desk.outgoing()).filter(({ letter }) => letter.recipient === anna)))
}

onDovecot('nobody is believed to be somebody else', account => {
  it.each([
    ['no report at all', reportsOf('')],
    ['a report by a server that is not ours', reportsOf(`mx.attacker.example; ${pass}`)],
    ['a report by a server with a longer name', reportsOf(`${trustedServer}.attacker.example; ${pass}`)],
    [
      'a report in which ours is only mentioned',
      reportsOf(`mx.attacker.example (${trustedServer}); ${pass}`),
    ],
    [
      'a forged report above the one of our server',
      reportsOf(`mx.attacker.example; ${pass}`, `${trustedServer}; dmarc=fail header.from=example.com`),
    ],
    ['a report about another domain', reportsOf(`${trustedServer}; dmarc=pass header.from=attacker.example`)],
    ['two senders', { From: `${anna}, eve@attacker.example`, ...reportsOf(`${trustedServer}; ${pass}`) }],
    ['another Sender', { Sender: 'eve@attacker.example', ...reportsOf(`${trustedServer}; ${pass}`) }],
  ])('lets nobody speak for an agent with the agent’s reply address and %s', async (_, fields) => {
    const desk = await servedDesk(await account())
    const mail = agentReply(await noticed(desk), 'Bitte zahlen Sie auf dieses Konto.', fields)
    expect(only(await desk.receive(mail))).toMatchObject({ outcome: 'hold' })
    expect(await desk.outgoingTo(petra)).toEqual([])
  })

  it('lets an agent speak whom our own server vouches for', async () => {
    const desk = await servedDesk(await account())
    const fields = reportsOf(`${trustedServer}; ${pass}`, `mx.attacker.example; dmarc=fail`)
    await desk.receive(agentReply(await noticed(desk), 'Bitte neu starten.', fields))
    expect(await desk.outgoingTo(petra)).toHaveLength(1)
  })

  it('lets no forged customer into a ticket', async () => {
    const desk = await servedDesk(await account())
    const { ticket } = only(await desk.receive(question()))
    const forged = { Subject: `AW: [#${ticket?.number}]`, Sender: petra, 'Reply-To': petra }
    const mail = mailFrom(`"${petra}" <eve@attacker.example>`, forged)
    expect(only(await desk.receive(mail))).toMatchObject({ outcome: 'hold' })
  })

  it('answers to Reply-To, and never shows it as the sender', async () => {
    const desk = await servedDesk(await account())
    const mail = mailFrom('Web form <form@shop.example.net>', { 'Reply-To': petra })
    const { ticket } = only(await desk.receive(mail))
    expect(ticket).toMatchObject({ customerAddress: 'form@shop.example.net' })
    const letters = await desk.outgoing()
    expect(letters.filter(({ letter }) => letter.kind === 'auto-reply')).toMatchObject([
      { letter: { recipient: petra } },
    ])
    const notice = await opened(only(letters.filter(({ letter }) => letter.recipient === anna)))
    expect(notice.text).toContain('form@shop.example.net')
  })

  it('does not make a reader in Bcc who replies the customer', async () => {
    const desk = await servedDesk(await account())
    const { ticket } = only(await desk.receive(question()))
    const answer = await opened(only(await desk.outgoingTo(petra)))
    await desk.receive(mailFrom('bcc@kunde.example.org', replyFields(answer)))
    expect(await desk.ledger.database.ticket.findMany()).toMatchObject([
      { id: ticket?.id, customerAddress: petra },
    ])
    const notice = await opened(only(await desk.outgoingTo(anna)))
    await desk.receive(agentReply(notice, 'Bitte neu starten.'))
    const told = (await desk.outgoing()).map(({ letter }) => `${letter.kind} ${letter.recipient}`)
    expect(told.filter(letter => letter.startsWith('agent-answer'))).toEqual([`agent-answer ${petra}`])
    expect(told.filter(letter => letter.endsWith('bcc@kunde.example.org'))).toEqual([])
  })

  it.each([
    ['in office hours', '2026-03-02T10:00', ''],
    ['at night', '2026-03-02T22:00', 'Dienstag, 3. März'],
    ['at the weekend', '2026-03-07T10:00', 'Montag, 9. März'],
    ['on a public holiday', '2026-04-03T10:00', 'Dienstag, 7. April'],
  ])('tells the customer when there will be somebody: %s', async (_, written, opening) => {
    const now = Temporal.PlainDateTime.from(written).toZonedDateTime('Europe/Berlin').toInstant()
    const desk = await servedDesk(await account(), { now: () => now })
    await desk.receive(question())
    const { text = '' } = await opened(only(await desk.outgoingTo(petra)))
    const plain = text.replaceAll(/\s+/g, ' ')
    expect(plain.includes('Unser Büro ist zurzeit geschlossen')).toBe(opening !== '')
    expect(plain).toContain(opening)
  })
})
