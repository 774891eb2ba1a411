/** What others complained of about replies: they find their ticket, and nobody else's. */
import { expect, it } from 'vitest'
import { onDovecot } from './on-dovecot.ts'
import { agentReply, anna, mailFrom, opened, petra, question, quoted, replyFields } from './people.ts'
import { only, type ServedDesk, servedDesk } from './served-desk.ts'

const kim = 'kim@kunde.example.org'
const tickets = ({ ledger }: ServedDesk) => ledger.database.ticket.findMany({ orderBy: { sequence: 'asc' } })

/** Outlook's name for a conversation, and for an answer in it. */
const conversation = (answers: number) =>
  Buffer.concat([Buffer.alloc(22, 7), Buffer.alloc(answers * 5)]).toString('base64')

/** Petra has asked, and holds our answer in her hands. */
async function asked(desk: ServedDesk, ...args: Parameters<typeof question>) {
  const { ticket } = only(await desk.receive(question(...args)))
  if (!ticket) throw new Error('a question makes a ticket')
  const letters = await desk.outgoing()
  const answer = letters.find(({ letter }) => letter.recipient === petra)
  const notice = letters.find(({ letter }) => letter.recipient === anna)
  if (!answer || !notice) throw new Error('the customer and Anna are told')
  return { ticket, answer: await opened(answer), notice: await opened(notice) }
}

async function close({ ledger, gateway }: ServedDesk, days: number): Promise<void> {
  const closedAt = new Date(gateway.desk.now().subtract({ hours: days * 24 }).epochMilliseconds)
  await ledger.database.ticket.updateMany({ data: { state: 'resolved', closedAt } })
}

onDovecot('a reply finds its ticket and no other', account => {
  it.each([
    ['the number in the subject', ({ Subject = '' }) => ({ Subject })],
    ['the named customer’s mail', () => ({ References: '<question@kunde.example.org>' })],
  ] as readonly (readonly [string, (fields: Record<string, string>) => Record<string, string>])[])(
    'shows a stranger’s mail to the agents and adds it to nobody’s ticket: %s',
    async (_, sign) => {
      const desk = await servedDesk(await account())
      const { answer, ticket } = await asked(desk)
      const fields = sign(replyFields(answer))
      const { outcome } = only(await desk.receive(mailFrom('nosy@elsewhere.example', fields)))
      expect(outcome).toBe('hold')
      expect(await tickets(desk)).toMatchObject([{ id: ticket.id, customerAddress: petra }])
      expect(await desk.outgoingTo('nosy@elsewhere.example')).toEqual([])
    },
  )

  it.each(['AW: ', 'RE: ', 'WG: ', 'Fwd: ', 'FW: ', 'TR: ', 'AW: WG: '])(
    'puts what names the customer’s mail into its ticket, whatever stands before the subject: %s',
    async prefix => {
      const desk = await servedDesk(await account())
      const { ticket } = await asked(desk)
      const fields = {
        Subject: `${prefix}Drucker druckt nicht`,
        References: '<question@kunde.example.org>',
      }
      expect(only(await desk.receive(mailFrom(petra, fields)))).toMatchObject({ ticketId: ticket.id })
    },
  )

  it.each([
    ['the signed address', { keep: ['To'], body: '' }],
    ['the number in the subject', { keep: ['Subject'], body: '' }],
    ['the mark in the quoted letter', { keep: [], body: 'quoted' }],
    ['the named letter', { keep: ['In-Reply-To'], body: '' }],
  ])('needs no more than %s, as of a vendor whose system strips the rest', async (_, { keep, body }) => {
    const desk = await servedDesk(await account())
    const { answer, ticket } = await asked(desk)
    const all = Object.entries(replyFields(answer))
    const fields = Object.fromEntries(all.filter(([name]) => keep.includes(name)))
    const words = `Danke, es brummt weiter.\n\n${body === '' ? '' : quoted(answer)}`
    for (let reply = 0; reply < 3; reply++)
      expect(
        only(await desk.receive(mailFrom(petra, { Subject: `Case ${reply}`, ...fields }, words))),
      ).toMatchObject({ outcome: 'add-entry', ticketId: ticket.id })
  })

  it('keeps a chain in Outlook together that loses every reference on its way', async () => {
    const desk = await servedDesk(await account())
    const { ticket } = await asked(desk, { 'Thread-Index': conversation(0) })
    for (let answers = 1; answers < 4; answers++) {
      const fields = { 'Thread-Index': conversation(answers), Subject: 'AW: Drucker druckt nicht' }
      expect(only(await desk.receive(mailFrom(petra, fields)))).toMatchObject({ ticketId: ticket.id })
    }
    expect(await tickets(desk)).toHaveLength(1)
  })

  it('makes no ticket of what a person in Cc replies to all, however often', async () => {
    const desk = await servedDesk(await account())
    const { answer, ticket } = await asked(desk, { Cc: kim })
    const toAll = { To: `${petra}, support@example.com`, Subject: 'Re: Drucker druckt nicht' }
    const before = { ...toAll, 'In-Reply-To': '<question@kunde.example.org>' }
    const arrived = await desk.receive(
      mailFrom(kim, before),
      mailFrom(kim, before),
      mailFrom(kim, replyFields(answer)),
      mailFrom(kim, { ...toAll, Subject: `Re: [#${ticket.number}]` }),
    )
    // Until Kim shows that Petra passed our letter on, anybody could be Kim.
    expect(arrived.map(({ outcome }) => outcome)).toEqual(['hold', 'hold', 'add-entry', 'add-entry'])
    expect(await tickets(desk)).toHaveLength(1)
    expect(await desk.outgoingTo(kim)).toEqual([])
  })

  it('threads every letter in the customer’s mail program, Outlook included', async () => {
    const desk = await servedDesk(await account())
    const index = { 'Thread-Index': conversation(0), 'Thread-Topic': 'Drucker druckt nicht' }
    const { answer, notice } = await asked(desk, { ...index, References: '<older@kunde.example.org>' })
    await desk.receive(agentReply(notice, 'Bitte neu starten.'))
    const reply = await opened(only(await desk.outgoingTo(petra)))
    for (const { inReplyTo, references } of [answer, reply]) {
      expect(inReplyTo).toBe('<question@kunde.example.org>')
      expect(references).toContain('<older@kunde.example.org>')
      expect(references).toContain('<question@kunde.example.org>')
    }
    const child = /^Thread-Index: (.+?)\r$/im.exec(reply.raw)?.[1] ?? ''
    expect(Buffer.from(child, 'base64')).toHaveLength(27)
    expect(Buffer.from(child, 'base64').subarray(6, 22)).toEqual(Buffer.alloc(16, 7))
  })

  it('merges no unrelated mail into an old ticket because it looks alike', async () => {
    const desk = await servedDesk(await account())
    const { ticket } = await asked(desk)
    const [again, other] = await desk.receive(
      mailFrom(petra, { Subject: 'Drucker druckt nicht' }),
      mailFrom('karl@other.example', { Subject: `Bestellung ${ticket.number}` }),
    )
    expect([again?.outcome, other?.outcome]).toEqual(['open-ticket', 'open-ticket'])
    expect(again?.entries).toMatchObject([{ detail: { likelyBelongsTo: ticket.number } }])
  })

  it('lets no prefixes pile up in the subject', async () => {
    const desk = await servedDesk(await account())
    const { notice, ticket } = await asked(desk, { Subject: 'AW: WG: Re: AW: Fwd: Drucker' })
    await desk.receive(agentReply(notice, 'Bitte neu starten.'))
    const first = await opened(only(await desk.outgoingTo(petra)))
    expect(first.subject).toBe(`[#${ticket.number}] AW: Drucker`)
    await desk.receive(mailFrom(petra, { ...replyFields(first), Subject: `AW: WG: ${first.subject}` }))
    const again = await opened(only(await desk.outgoingTo(anna)))
    expect(again.subject?.match(/(AW|WG|Re|Fwd):/g) ?? []).toEqual([])
    expect(again.subject?.split(ticket.number)).toHaveLength(2)
  })

  it('leads a reply to a merged ticket to where it was merged, and leaves the dead one dead', async () => {
    const desk = await servedDesk(await account())
    const { notice, answer, ticket } = await asked(desk)
    const { ticket: other } = only(await desk.receive(mailFrom(petra, { Subject: 'Noch einmal' })))
    await desk.receive(agentReply(notice, `#merge ${other?.number}`))
    const reply = only(await desk.receive(mailFrom(petra, replyFields(answer))))
    expect(reply.ticket).toMatchObject({ id: other?.id, state: 'open' })
    expect(await tickets(desk)).toMatchObject([
      { id: ticket.id, state: 'resolved', mergedIntoId: other?.id },
      { id: other?.id, state: 'open' },
    ])
  })

  it.each([
    ['opens a closed ticket again for a reply', 3, 1],
    ['gives a late reply a ticket of its own that follows the old one', 30, 2],
  ])('%s', async (_, days, count) => {
    const desk = await servedDesk(await account())
    const { answer, ticket } = await asked(desk)
    await close(desk, days)
    await desk.receive(mailFrom(petra, replyFields(answer)))
    const all = await tickets(desk)
    expect(all).toHaveLength(count)
    expect(all.at(-1)).toMatchObject({ state: 'open', followsId: count === 1 ? null : ticket.id })
  })
})
