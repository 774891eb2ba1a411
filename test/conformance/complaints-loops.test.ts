/** What others complained of about machines that answer machines: every exchange must come to rest by itself. */
import { expect, it } from 'vitest'
import type { Post } from '../intake/postman.ts'
import { reports } from './machines.ts'
import { onDovecot } from './on-dovecot.ts'
import { agentReply, anna, bernd, mailFrom, opened, petra, question, replyFields } from './people.ts'
import { only, type ServedDesk, servedDesk } from './served-desk.ts'

/** More rounds than any loop may make. */
const endless = 30

/** Lets somebody answer all that they get until nothing comes any more; the number of rounds that took. */
async function exchange(desk: ServedDesk, address: string, answer: (got: Post) => Promise<Buffer>) {
  for (let round = 0; round < endless; round++) {
    const got = await desk.outgoingTo(address)
    if (got.length === 0) return round
    await desk.receive(...(await Promise.all(got.map(answer))))
  }
  return endless
}

const outcomes = async ({ ledger }: ServedDesk) =>
  (await ledger.database.inbound.findMany({ orderBy: { id: 'asc' } })).map(({ outcome }) => outcome)

onDovecot('no machine is talked to without end', account => {
  it.each([
    ['Abwesenheitsnotiz: Ihr Ticket', { 'Auto-Submitted': 'auto-replied' }],
    ['Automatische Antwort: Ihr Ticket', { 'X-Auto-Response-Suppress': 'All' }],
    ['Automatic reply: your ticket', {}],
    ['Out of Office: your ticket', { Precedence: 'auto_reply' }],
  ])('opens no ticket for an absence note and does not answer it: %s', async (Subject, fields) => {
    const desk = await servedDesk(await account())
    await desk.receive(question())
    const rounds = await exchange(desk, petra, async got => {
      const { inReplyTo: _, ...letter } = await opened(got)
      return mailFrom(petra, { ...replyFields(letter), Subject, ...fields }, 'Ich bin bis Montag nicht da.')
    })
    expect(rounds).toBe(1)
    expect(await outcomes(desk)).toEqual(['open-ticket', 'note-machine-mail'])
  })

  it('takes in what a no-reply box writes, and never answers it', async () => {
    const desk = await servedDesk(await account())
    const { ticket } = only(await desk.receive(mailFrom('no-reply@shop.example.net')))
    expect(ticket).toMatchObject({ state: 'open' })
    expect(await desk.outgoingTo('no-reply@shop.example.net')).toEqual([])
  })

  it.each(reports)(
    'notes on the ticket that its letter bounced, and writes no other: %s',
    async (_, report) => {
      const desk = await servedDesk(await account())
      await desk.receive(question())
      const answer = only(await desk.outgoingTo(petra))
      const { entries } = only(await desk.receive(report(answer)))
      expect(entries).toMatchObject([{ kind: 'letter-bounced', detail: { recipient: petra } }])
      expect(await desk.outgoingTo(petra)).toEqual([])
      await desk.receive(mailFrom(petra))
      expect(await desk.outgoingTo(petra)).toEqual([])
    },
  )

  it.each(['agent-notice', 'hold-question', 'agent-answer'])(
    'does not answer the bounce of a letter of kind %s to whom it bounced',
    async kind => {
      const desk = await servedDesk(await account())
      const { ticket } = only(await desk.receive(question()))
      const first = await desk.outgoing()
      const notice = first.find(({ letter }) => letter.recipient === anna)
      if (!notice) throw new Error('Anna is told of a new ticket')
      await desk.receive(
        mailFrom('kim@elsewhere.example', { Subject: `AW: [#${ticket?.number}]` }),
        agentReply(await opened(notice), 'Bitte neu starten.'),
      )
      const all = [...first, ...(await desk.outgoing())]
      const bounced = all.find(({ letter }) => letter.kind === kind)
      if (!bounced) throw new Error(`there is a letter of kind ${kind}`)
      for (const [, report] of reports) await desk.receive(report(bounced))
      expect(await desk.outgoingTo(bounced.letter.recipient)).toEqual([])
      expect(await desk.ledger.database.ticket.count()).toBe(1)
    },
  )

  it('does not go on for ever with an agent’s mailbox that answers every question about its own mails', async () => {
    const desk = await servedDesk(await account())
    await desk.receive(question())
    const rounds = await exchange(desk, anna, async got =>
      mailFrom(anna, replyFields(await opened(got)), 'Ihre Nachricht wird bearbeitet.'),
    )
    expect(rounds).toBeGreaterThan(1)
    expect(rounds).toBeLessThanOrEqual(11)
    expect(await desk.ledger.database.letter.count({ where: { recipient: petra } })).toBe(1)
  })

  it('reopens nothing when its own notice is answered by a machine, so that no notice follows', async () => {
    const desk = await servedDesk(await account())
    await desk.receive(question())
    const notices = (await desk.outgoing()).filter(({ letter }) => letter.kind === 'agent-notice')
    await desk.ledger.database.ticket.updateMany({
      data: { state: 'resolved', closedAt: new Date(desk.gateway.desk.now().epochMilliseconds) },
    })
    for (const notice of notices) {
      const fields = { ...replyFields(await opened(notice)), 'Auto-Submitted': 'auto-replied' }
      await desk.receive(mailFrom(notice.letter.recipient, fields), notice.raw)
    }
    expect(await desk.outgoing()).toEqual([])
    expect(await desk.ledger.database.ticket.findMany()).toMatchObject([{ state: 'resolved' }])
  })

  it.each([
    ['answers in the thread', true, 1],
    ['opens a case of its own each time', false, 3],
  ])('comes to rest with another ticket system that hides what it is and %s', async (_, threads, most) => {
    const desk = await servedDesk(await account())
    const other = 'help@vendor.example.net'
    await desk.receive(mailFrom(other))
    let cases = 0
    const rounds = await exchange(desk, other, async got => {
      const fields = threads ? replyFields(await opened(got)) : {}
      return mailFrom(other, { ...fields, Subject: `Case C-${++cases}: received` })
    })
    expect(rounds).toBe(most)
    expect(await desk.ledger.database.letter.count({ where: { recipient: bernd } })).toBeLessThanOrEqual(5)
  })
})
