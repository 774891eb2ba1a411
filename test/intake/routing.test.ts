import { describe, expect, it, onTestFinished } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { type TakenIn, takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from './desk.ts'

/** Mails find their people: Blog2Social in German and English is different people's, the rest is shared out. */

const label = (name: string) => ({ de: name, en: name })
const field = (kind: string, name: string) => ({ kind, label: label(name) })

function routedConfig(more: object = {}) {
  return configSchema.parse({
    ...deskConfig,
    groups: {
      support: { name: 'Support', agents: ['anna', 'bernd', 'emma'] },
      accounting: { name: 'Buchhaltung', agents: ['carla'] },
    },
    agents: {
      anna: { name: 'Anna Fink', addresses: ['anna@example.com'], deputy: 'bernd' },
      bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'] },
      emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en' },
      carla: { name: 'Carla Behn', addresses: ['carla@example.com'] },
    },
    areas: { billing: { name: label('Rechnungen'), words: ['Rechnung', 'invoice'] } },
    products: { b2s: { name: 'Blog2Social', words: ['B2S'] } },
    requestTypes: {
      malfunction: { name: label('Störung'), fields: { phone: field('phone', 'Telefon') } },
      deletion: {
        name: label('Löschung'),
        words: ['Löschung'],
        area: 'billing',
        urgent: true,
        fields: { link: field('text', 'Adresse des Artikels') },
      },
    },
    routing: [
      { when: { product: 'b2s', language: 'de' }, group: 'support', agent: 'anna' },
      { when: { product: 'b2s', language: 'en' }, group: 'support', agent: 'emma' },
      { when: { area: 'billing' }, group: 'accounting' },
      { when: {}, group: 'support' },
    ],
    ...more,
  })
}

async function openRouted(more: object = {}): Promise<TestDesk> {
  const desk = await openDesk(() => noon, routedConfig(more))
  onTestFinished(() => desk.close())
  return desk
}

let uid = 0
function mail(subject: string, changes: Partial<MailContent> = {}) {
  uid++
  const from = { address: `kunde${uid}@kunde.example.com`, name: 'Petra Lindner' }
  return arrival(uid, { from, subject, replyText: subject, text: subject, language: 'de', ...changes })
}

async function ticketOf({ database }: TestDesk, taken: TakenIn | undefined) {
  return database.ticket.findUniqueOrThrow({ where: { number: taken?.ticketNumber ?? '' } })
}

async function toldOf({ database }: TestDesk, ticketId: string) {
  const letters = await database.letter.findMany({
    where: { ticketId, kind: 'agent-notice' },
    orderBy: { recipient: 'asc' },
  })
  return letters.map(({ recipient }) => recipient.split('@')[0])
}

async function bring(desk: TestDesk, ...mails: ReturnType<typeof mail>[]) {
  const taken = await takeIn(desk.deps, mails)
  return Promise.all(taken.map(one => ticketOf(desk, one)))
}

describe('a mail goes to who knows the product and speaks the language', () => {
  it('German to Anna, English to Emma, and nobody else is woken', async () => {
    const desk = await openRouted()
    const [german, english] = await bring(
      desk,
      mail('Blog2Social postet nicht mehr'),
      mail('B2S does not post any more', { language: 'en' }),
    )
    expect(german).toMatchObject({ product: 'b2s', group: 'support', assignee: 'anna', language: 'de' })
    expect(english).toMatchObject({ product: 'b2s', group: 'support', assignee: 'emma', language: 'en' })
    expect(await toldOf(desk, german?.id ?? '')).toEqual(['anna'])
    expect(await toldOf(desk, english?.id ?? '')).toEqual(['emma'])
  })

  it('her deputy gets it while she is away, and both read what the customer adds', async () => {
    const { anna, ...others } = routedConfig().agents
    const desk = await openRouted({
      agents: {
        ...others,
        anna: {
          ...anna,
          absences: [{ from: '2026-11-23', to: '2026-11-27' }],
        },
      },
    })
    const first = mail('Blog2Social postet nicht mehr')
    const [ticket] = await bring(desk, first)
    expect(ticket).toMatchObject({ assignee: 'bernd' })
    expect(await toldOf(desk, ticket?.id ?? '')).toEqual(['bernd'])
    await desk.database.ticket.update({ where: { id: ticket?.id ?? '' }, data: { assignee: 'anna' } })
    await bring(
      desk,
      mail('Blog2Social postet nicht mehr', {
        ...(first.content.from ? { from: first.content.from } : {}),
        inReplyTo: [first.content.messageId ?? ''],
      }),
    )
    expect(await toldOf(desk, ticket?.id ?? '')).toEqual(['anna', 'bernd', 'bernd'])
  })

  it('an absence note counts as well, and without a deputy the others share her mail', async () => {
    const desk = await openRouted()
    const [note] = await takeIn(desk.deps, [mail('Hallo')])
    for (const agent of ['anna', 'bernd'])
      await desk.database.absence.create({
        data: {
          agent,
          fromAt: new Date(noon.epochMilliseconds - 1000),
          untilAt: new Date(noon.epochMilliseconds + 86_400_000),
          inboundId: note?.inboundId ?? 0n,
        },
      })
    const [ticket] = await bring(desk, mail('Blog2Social postet nicht mehr'))
    expect(ticket).toMatchObject({ assignee: 'emma' })
  })
})

describe('what no row gives to a person', () => {
  it('goes to whoever speaks the language and has the fewest open tickets, within a batch as well', async () => {
    const desk = await openRouted()
    const tickets = await bring(desk, ...Array.from({ length: 4 }, () => mail('Frage zum Vertrag')))
    expect(tickets.map(({ assignee }) => assignee)).toEqual(['anna', 'bernd', 'anna', 'bernd'])
    await desk.database.ticket.updateMany({ where: { assignee: 'anna' }, data: { state: 'waiting' } })
    const [next] = await bring(desk, mail('Noch eine Frage'))
    expect(next).toMatchObject({ assignee: 'anna' })
  })

  it('goes by its area to another department, with the row that says so in its history', async () => {
    const desk = await openRouted()
    const [ticket] = await bring(desk, mail('Rechnung vom Oktober'))
    expect(ticket).toMatchObject({ area: 'billing', group: 'accounting', assignee: 'carla' })
    const [routed] = await desk.database.entry.findMany({ where: { kind: 'routed' } })
    expect(routed?.detail).toMatchObject({
      ...{ group: 'accounting', agent: 'carla', row: 'routing row 3' },
      because: 'routing row 3: speaks de, fewest open tickets (0)',
    })
  })

  it('of an urgent kind everybody in the group hears, and its own checklist is asked for', async () => {
    const desk = await openRouted({
      groups: { ...routedConfig().groups, accounting: { name: 'Recht', agents: ['carla', 'bernd'] } },
    })
    const [ticket] = await bring(desk, mail('Löschung meines Artikels'))
    expect(ticket).toMatchObject({ requestType: 'deletion', area: 'billing', assignee: 'carla' })
    expect(await toldOf(desk, ticket?.id ?? '')).toEqual(['bernd', 'carla'])
    const reply = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
    expect(reply.data).toMatchObject({ missing: ['Adresse des Artikels'] })
  })
})

describe('a desk that routes nothing', () => {
  it('tells the whole group and assigns nobody, as ever', async () => {
    const desk = await openDesk()
    onTestFinished(() => desk.close())
    const [ticket] = await bring(desk, mail('Blog2Social postet nicht mehr'))
    expect(ticket).toMatchObject({ group: 'support', assignee: null, area: null, product: null })
    expect(await toldOf(desk, ticket?.id ?? '')).toEqual(['anna', 'bernd'])
    expect(await desk.database.entry.count({ where: { kind: 'routed' } })).toBe(0)
  })
})
