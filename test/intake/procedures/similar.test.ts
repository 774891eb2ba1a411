import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queriesFor, similarSql, similarTickets } from '../../../src/intake/procedures/similar.ts'
import { writeWords } from '../../../src/intake/procedures/ticket-words.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../../database.ts'

let database: Database
let clone: TestDatabase

/** Words of 20,000 invented matters, each with its own few rare ones and many that all of them share. */
const fillSql = `
insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox, "group", office, opened_at, changed_at, words)
select gen_random_uuid(), 'x' || n, 'open', 'Anfrage zu Modul ' || n, 'kunde' || (n % 4000) || '@example.org', '', 'de', 'support', 'support',
  'hamburg', now() - n * interval '1 minute', now(),
  to_tsvector('german', 'Guten Tag, vielen Dank für Ihre Hilfe. Anfrage Gerät Problem Störung Kunde seit heute. modul' || n || ' baugruppe' || (n % 700) || ' halle' || (n % 900))
from generate_series(1, 20000) n`

beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  await database.$executeRawUnsafe(fillSql)
  await database.$executeRawUnsafe('vacuum analyze ticket')
}, 240_000)
afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
})

let count = 0
async function ticket(
  subject: string,
  text: string,
  more: { serial?: string; product?: string; address?: string; language?: 'de' | 'en' } = {},
): Promise<string> {
  const { serial = null, product = null, address = `a${++count}@example.net`, language = 'de' } = more
  const id = crypto.randomUUID()
  await database.ticket.create({
    data: {
      ...{
        id,
        number: `t${count}-${id.slice(0, 4)}`,
        state: 'open',
        subject,
        customerAddress: address,
        customerName: '',
        language,
      },
      ...{
        mailbox: 'support',
        group: 'support',
        office: 'hamburg',
        openedAt: new Date(),
        changedAt: new Date(),
      },
    },
  })
  await writeWords(database, [{ ticketId: id, language, subject, text, serial, product }])
  return id
}

const polite = 'Guten Tag, vielen Dank für Ihre Hilfe. Wir haben seit heute eine Störung.'

describe('has this happened before?', () => {
  it('finds the same matter in other words of the same sort, and says how many customers have it', async () => {
    await ticket(
      'Spektrometer zeigt Kalibrierfehler',
      `${polite} Nach dem Firmwareupdate verweigert das Spektrometer die Kalibrierung.`,
    )
    await ticket('Kalibrierfehler am Spektrometer', 'Seit dem Firmwareupdate: Kalibrierung verweigert.', {
      address: 'zwei@example.net',
    })
    const id = await ticket(
      'Spektrometer: Kalibrierfehler',
      `${polite} Kalibrierung seit Firmwareupdate verweigert.`,
      { address: 'zwei@example.net' },
    )
    const similar = await similarTickets(database, id, 5)
    expect(similar).toMatchObject({ tickets: 2, customers: 1, problem: null })
    expect(similar.nearest.map(({ ownCustomer }) => ownCustomer).toSorted()).toEqual([false, true])
  })

  it('does not call polite words a similarity', async () => {
    const id = await ticket('Bitte um Hilfe', polite)
    expect(await similarTickets(database, id, 5)).toMatchObject({ tickets: 0, since: null })
  })

  it('knows a device again however its serial number is written, whatever else was said', async () => {
    await ticket('Waage steht', 'Display dunkel', { serial: 'MV-400 / 17-B' })
    const id = await ticket('Ganz anderes Anliegen', 'Rechnungskopie erbeten', { serial: 'mv400-17b' })
    expect((await similarTickets(database, id, 5)).nearest).toMatchObject([{ why: 'serial', score: 1 }])
  })

  it('finds with fewer words what is about the same product', async () => {
    const words = 'Einzugswalze Papierstau Duplexeinheit Trommelwechsel Heizelement Walzenreiniger'
    await ticket('Presse', `${words}`, { product: 'presse-x' })
    const asked = 'Einzugswalze Papierstau Netzwerkkonfiguration Zugangsdaten Passwortwechsel'
    const other = await ticket('Presse', asked, { product: 'other' })
    const same = await ticket('Presse', asked, { product: 'presse-x' })
    expect((await similarTickets(database, other, 5)).nearest.map(({ why }) => why)).not.toContain('product')
    expect((await similarTickets(database, same, 5)).nearest.map(({ why }) => why)).toContain('product')
  })

  it('takes quotation marks and operators of a mail for words', async () => {
    const id = await ticket(
      `O'Brien & Söhne: "a | b" <-> !c`,
      `'); drop table ticket; -- \\ : * & | ! () O''Neill rückwärts ausgeliefert`,
    )
    await expect(similarTickets(database, id, 5)).resolves.toMatchObject({ tickets: expect.any(Number) })
  })

  it('looks at the index and not at all tickets', async () => {
    const id = await ticket('Anfrage zu Modul', `${polite} baugruppe17 halle33 modul4711`)
    const queries = await queriesFor(database, id)
    if (!queries) throw new Error('three rare words are enough to compare')
    expect(queries[0]).not.toMatch(/gut|dank|stor/)
    const [plan] = await database.$queryRawUnsafe<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
      `explain (analyze, format json) ${similarSql}`,
      ...[id, ...queries],
    )
    const nodes = flat(plan?.['QUERY PLAN'][0].Plan)
    expect(nodes.map(node => node['Index Name'])).toContain('ticket_words_idx')
    expect(
      nodes.filter(node => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'ticket'),
    ).toEqual([])
    const read = nodes.filter(node => node['Relation Name'] === 'ticket').map(node => node['Actual Rows'])
    expect(Math.max(...read)).toBeLessThan(200)
  })
})

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly Plans?: readonly PlanNode[]
}

function flat(node: PlanNode | undefined): readonly PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(flat)] : []
}
