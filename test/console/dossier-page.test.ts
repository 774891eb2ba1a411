import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import { dossierPage } from '../../src/console/dossier-page.ts'
import { valueWords } from '../../src/console/dossier-words.ts'
import { html } from '../../src/console/html.ts'
import { openTicketReader } from '../../src/console/tickets.ts'
import { commandTable } from '../../src/desk/command-words.ts'
import type { Language } from '../../src/desk/ticket.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import type { Prisma } from '../../src/store/generated/client.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { insertTicket } from './ticket-rows.ts'

let clone: TestDatabase
let db: Database
let config: Config
const at = Temporal.Instant.from('2026-11-20T15:30:00Z')
const dateOf = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds)
const hours = (count: number) => dateOf(at.add({ hours: count }))
const number = '1000011'
const hostile = '</style><script>alert("x")</script>'

beforeAll(async () => {
  const loaded = await loadConfig({
    file: new URL('../../examples/gateway.yaml', import.meta.url).pathname,
    env: {
      ...{ GATEWAY_SECRET: 'x'.repeat(32), IMAP_SUPPORT_PASSWORD: 'a', IMAP_WOKING_PASSWORD: 'b' },
      ...{ SMTP_PASSWORD: 'c', PHONE_CARRIER_AUTH_TOKEN: 'd', PHONE_EXCHANGE_TOKEN: 'e'.repeat(24) },
      ...{ API_WEBFORM_TOKEN: 'f'.repeat(32), API_CRM_TOKEN: 'g'.repeat(32) },
    },
  })
  if (loaded === 'sandbox') throw new Error('a file was named')
  config = loaded.config
  clone = await cloneDatabase()
  db = openDatabase(clone.url, 2)
  await insertTicket(db, {
    ...{
      number,
      subject: 'Messverstärker zeigt E 17',
      language: 'de',
      at,
      dueAt: at.add({ hours: 65, minutes: 30 }),
      uid: 1,
    },
    customerName: 'Petra Lindner',
    customerAddress: 'petra.lindner@example.org',
    text: `Guten Tag,\n\nseit heute Morgen steht unsere Prüflinie. Das Gerät zeigt nur noch „E 17“.\n\n${hostile}`,
    letters: [
      {
        ...{ kind: 'auto-reply', recipient: 'petra.lindner@example.org', state: 'sent' },
        ...{
          subject: '[#1000011] Messverstärker zeigt E 17',
          text: 'Guten Tag Frau Lindner,\n\nIhre Nachricht ist bei uns.',
        },
      },
      {
        kind: 'agent-notice',
        recipient: 'anna@example.com',
        state: 'sent',
        subject: 'Neues Ticket',
        text: 'nur für uns',
      },
    ],
  })
  await furnish()
})

async function furnish(): Promise<void> {
  const { id: ticketId } = await db.ticket.findUniqueOrThrow({ where: { number } })
  const [companyId, contactId, contractId, deviceId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ]
  await db.company.create({
    data: { id: companyId, number: 'K-1001', name: 'Lindner & Söhne <Prüftechnik>' },
  })
  await db.contact.create({ data: { id: contactId, companyId, name: 'Petra Lindner' } })
  await db.contactPoint.create({ data: { kind: 'phone', value: '+4940555123', contactId } })
  await db.contract.create({
    data: {
      id: contractId,
      number: 'WV-4711',
      companyId,
      kind: 'premium',
      validFrom: new Date('2026-01-01'),
    },
  })
  await db.device.create({
    data: {
      id: deviceId,
      serial: 'HM-2023/0417',
      serialKey: 'HM20230417',
      product: 'MV-400',
      companyId,
      contractId,
    },
  })
  await db.ticket.update({
    where: { id: ticketId },
    data: {
      ...{
        companyId,
        contactId,
        deviceId,
        severity: 'stopped',
        customerSeverity: 'stopped',
        impact: 'financial-loss',
      },
      ...{ level: 3, area: 'amplifiers', product: 'mv-400', requestType: 'malfunction', assignee: 'mara' },
      nextStep: 'Ein Techniker kommt am Dienstag.',
    },
  })
  await db.guarantee.updateMany({
    where: { ticketId },
    data: {
      ...{ state: 'broken', endedAt: hours(67), minutes: 120, policy: 'policy.targets row 4' },
      derivation: [
        { date: '2026-11-20', from: '16:30', to: '17:00', minutes: 30 },
        { date: '2026-11-21', closed: 'closed on Saturdays' },
        { date: '2026-11-23', from: '08:30', to: '10:00', minutes: 90 },
      ],
    },
  })
  await db.escalation.createMany({
    data: [
      {
        ...{
          id: randomUUID(),
          ticketId,
          fromLevel: 1,
          level: 2,
          cause: 'policy',
          reason: 'business has stopped',
        },
        ...{ state: 'passed-on', fromAgent: 'anna', openedAt: dateOf(at), endedAt: hours(1) },
      },
      {
        ...{ id: randomUUID(), ticketId, fromLevel: 2, level: 3, cause: 'unacknowledged', reason: '' },
        ...{
          state: 'acknowledged',
          acknowledgedBy: 'mara',
          acknowledgedHow: 'link',
          openedAt: hours(1),
          endedAt: hours(2),
        },
      },
    ],
  })
  const measures = [
    ['cause', 'Netzteil der Charge 7 altert.'],
    ['immediate', 'Leihgerät verschickt.'],
    ['preventive', 'Charge 7 wird zurückgerufen.'],
    ['result', `Gerät getauscht. ${hostile}`],
  ]
  const given = (
    kind: string,
    hour: number,
    author: string,
    text: string,
    detail: Prisma.InputJsonObject,
  ) => ({
    ...{ id: randomUUID(), ticketId, kind, at: hours(hour), author, text, detail },
  })
  await db.entry.createMany({
    data: [
      given('routed', 0, '', '', {
        group: 'support',
        agent: null,
        because: 'routing row 2: nobody is there',
      }),
      given('command-take', 1, 'Anna Fink', '', { value: 'anna' }),
      given('passed-on', 2, 'Anna Fink', 'braucht das Messlabor', {
        ...{ fromGroup: 'support', fromAgent: 'anna', group: 'specialists', agent: 'mara' },
      }),
    ],
  })
  await db.entry.createMany({
    data: measures.map(([of, text], i) => ({
      ...{ id: randomUUID(), ticketId, kind: 'measure', at: hours(70 + i), author: 'mara', text: text ?? '' },
      detail: { of: of ?? '' },
    })),
  })
}

afterAll(async () => {
  await db?.$disconnect()
  await clone?.drop()
})

async function page(language: Language): Promise<string> {
  const reader = openTicketReader(db)
  const dossier = await reader.dossier(number)
  const matter = await reader.matter(number)
  if (!dossier || !matter) throw new Error('there is no ticket')
  const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
  const options = { language, timeZone: 'Europe/Berlin', format: '[#{number}]', now }
  const written = dossierPage({ dossier, matter, config, ...options })
  return written
}

/** What a reader sees: no markup, and white space as one. */
const read = (written: string) =>
  written
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('the printed dossier', () => {
  test('tells whose matter it is, what was promised with its derivation, who was told, and what was done', async () => {
    const told = read(await page('de'))
    for (const words of [
      'Ticketakte [#1000011]',
      'Lindner &amp; Söhne &lt;Prüftechnik&gt;',
      'Kundennummer K-1001',
      'Wartungsvertrag Premium (Nr. WV-4711)',
      'MV-400, Seriennummer HM-2023/0417',
      'betriebsverhindernd',
      'finanzieller Schaden',
      'seit heute Morgen steht unsere Prüflinie',
      'Stufe: 3 – Fachgruppe mit Bereitschaft',
      'business has stopped',
      'Mara Lindqvist, Laboratory engineer, über den Link',
      '30 Min. am Freitag',
      '90 Min. am Montag ab 8:30',
      'nicht gehalten',
      '120 Büromin',
      'Ursache Montag, 23. November 2026, 14:30 Uhr (MEZ), Mara Lindqvist Netzteil der Charge 7 altert.',
      'Ihre Nachricht ist bei uns.',
      'Ein Techniker kommt am Dienstag.',
    ])
      expect(told).toContain(words)
    expect(told).not.toContain('nur für uns')
  })

  test('says who was responsible from when to when, and who passed it on for what reason', async () => {
    const told = read(await page('de'))
    expect(told).toContain(
      'Freitag, 20. November 2026, 17:30 Uhr (MEZ) bis Freitag, 20. November 2026, 18:30 Uhr (MEZ) Anna',
    )
    expect(told).toMatch(
      /18:30 Uhr \(MEZ\) bis jetzt Mara Lindqvist, Laboratory engineer .{0,40}weitergegeben, Anna Fink braucht das Messlabor/,
    )
    expect(told).toContain('beim Eingang zugeordnet')
    // Machine-made reasons are English; a German reader is told what happened instead.
    expect(told).not.toContain('nobody is there')
    const english = read(await page('en'))
    expect(english).toContain('until now Mara Lindqvist')
    expect(english).toContain('passed on, Anna Fink')
  })

  test('calls severities what letters and commands call them', async () => {
    for (const language of ['de', 'en'] as const) {
      const partial = await readFile(
        new URL(`../../templates/${language}/_severity.hbs`, import.meta.url),
        'utf8',
      )
      for (const severity of ['stopped', 'hindered', 'minor'])
        expect(partial).toContain(`'${severity}')~}}${valueWords(severity, language)}{{`)
    }
    for (const severity of ['stopped', 'hindered', 'minor'])
      expect(commandTable.severity.form?.de).toContain(valueWords(severity, 'de'))
  })

  test('has the same sections in English', async () => {
    const heads = (written: string) => [...written.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, head]) => head)
    expect(heads(await page('en'))).toEqual([
      'Customer',
      'Matter',
      'What was reported',
      'Who was responsible',
      'Levels and escalations',
      'Promises',
      'Conversations and attempts',
      'Cause, measures and result',
      'Messages sent',
    ])
    expect(heads(await page('de'))).toHaveLength(9)
    expect(read(await page('en'))).toContain('30 min on Friday, 90 min on Monday from 8:30, due Mon 10:00')
  })

  test('runs nothing and fetches nothing, whatever somebody wrote', async () => {
    const written = await page('de')
    expect(written).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|url\(|https?:/i)
    expect(written.match(/<\/style>/g)).toHaveLength(1)
    expect(written).toContain('&lt;/style&gt;&lt;script&gt;')
  })
})

test('only our own markup stands in a page as it is', () => {
  const nested = html`<b>${'<i>'}</b>`
  expect(html`<p title="${'"&\''}">${nested}${null}${[nested, 3]}</p>`.markup).toBe(
    '<p title="&quot;&amp;&#39;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>3</p>',
  )
})
