import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { arrival, openDesk, type TestDesk } from './desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

beforeEach(async () => {
  await desk.database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor cascade`
})

const words = (replyText: string): Partial<MailContent> => ({ replyText, text: replyText })
const lettersOf = async (kind: string, recipient: string) =>
  (await desk.database.letter.findMany({ where: { kind, recipient }, orderBy: { createdAt: 'asc' } })).map(
    ({ data }) => data as { missing?: string[]; known?: { label: string; value: string }[]; text?: string },
  )
const answerTo = (uid: number) => ({ inReplyTo: [`<mail${uid}@kunde.example.com>`] })

describe('what is missing', () => {
  it('is asked for once, in the automatic answer, and only what the mail does not say', async () => {
    await takeIn(desk.deps, [arrival(1, words('Guten Tag,\nder Drucker druckt nicht.\nSeriennummer: 4711'))])
    await takeIn(desk.deps, [arrival(2, { ...words('Firma: Lindner GmbH'), ...answerTo(1) })])
    expect(await lettersOf('auto-reply', 'petra@kunde.example.com')).toMatchObject([
      {
        missing: ['Firma', 'Telefonnummer für Rückfragen', 'Produkt'],
        known: [
          { label: 'Name', value: 'Petra Lindner' },
          { label: 'Seriennummer', value: '4711' },
        ],
      },
    ])
  })

  it('is ticked off as answers come in, and agents see what is left', async () => {
    await takeIn(desk.deps, [arrival(1, words('Der Drucker druckt seit gestern nicht mehr.'))])
    await takeIn(desk.deps, [
      arrival(2, { ...words('Seriennummer: 4711'), ...answerTo(1) }),
      arrival(3, { ...words('Tel.: 040 55501234\nSeriennummer: 9999'), ...answerTo(1) }),
    ])
    const { known } = await desk.database.ticket.findFirstOrThrow()
    expect(known).toMatchObject({
      name: { value: 'Petra Lindner', where: 'from' },
      serial: { value: '4711', where: 'text' },
      phone: { value: '+49 40 55501234', where: 'text' },
    })
    await takeIn(desk.deps, [arrival(4, { ...words('Gerät: DL-9'), ...answerTo(1) })])
    expect((await lettersOf('agent-notice', 'bernd@example.com')).at(-1)).toMatchObject({
      missing: ['Company'],
      known: [
        { label: 'Name', value: 'Petra Lindner' },
        { label: 'Phone number for any questions', value: '+49 40 55501234' },
        { label: 'Product', value: 'DL-9' },
        { label: 'Serial number', value: '4711' },
      ],
    })
  })

  it('is not asked for where the configuration has no checklist', async () => {
    const config = { ...desk.config, requestTypes: {} }
    await takeIn({ ...desk.deps, config }, [arrival(1, words('Kaputt.'))])
    expect(await lettersOf('auto-reply', 'petra@kunde.example.com')).toMatchObject([
      { missing: [], known: [] },
    ])
  })
})

describe('answers between quoted lines', () => {
  it('reach agents with the quoted lines, because it is not sure which words are new', async () => {
    const text = '> Seit wann?\nSeit gestern.\n> Welche Firmware?\n4.2'
    await takeIn(desk.deps, [
      arrival(1, { text, replyText: 'Seit gestern.\n\n4.2', replyConfidence: 'unsure' }),
      arrival(2, { text: 'Neu.\n> Alt.', replyText: 'Neu.', replyConfidence: 'sure' }),
    ])
    const notices = await lettersOf('agent-notice', 'anna@example.com')
    expect(notices.map(notice => notice.text).toSorted()).toEqual([text, 'Neu.'].toSorted())
  })
})
