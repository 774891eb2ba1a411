import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { showTicket } from '../../src/commands/ticket/ticket-show.ts'
import { workRecordings } from '../../src/intake/calls/recordings.ts'
import { agent, type CallerScript, caller } from '../../src/sandbox/telephone/actors.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'
import { eva, knowsEva, mailTo } from './known-customer.ts'
import { ring, toldOf } from './promised.ts'

/** What is missing, what is hostile, and what does not arrive: rows 30 to 33 of the list of failure modes. */

/** Nobody is there, so that nothing but the call itself happens. */
const closed = '2026-11-24T18:00'

/** Behind a switchboard nobody is known by the number alone. */
const aboutHerTicket = caller(phones.company, [{ hears: /drücken Sie die 0/, presses: '1' }])

/** Beside line breaks. */
const controls = (text = '') => text.replace(/[\r\n\t]/g, '').match(/\p{Cc}/gu) ?? []

const shown = async ({ config, databaseUrl }: HotlineTest, number: string) =>
  (
    await showTicket(
      { config, databaseUrl, data: '.', ticketFormat: '[#{number}]', timeZone: 'Europe/Berlin' },
      number,
      true,
    )
  ).text

const entriesOf = ({ database }: HotlineTest, ...kinds: readonly string[]) =>
  database.entry.findMany({ where: { kind: { in: [...kinds] } }, orderBy: { kind: 'desc' } })

describe('a call that leaves questions open', () => {
  it('row 30: lists for the agent what is missing, and its time is the usual one', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const { callbackDueAt, ticketNumber } = await ring(hotline, phones.mobile, hamburg)
    expect(callbackDueAt).toBe('2026-11-24T11:00:00Z')
    const [task] = [
      ...(await mailTo(hotline, 'anna@example.com')),
      ...(await mailTo(hotline, 'bernd@example.com')),
    ]
    expect(task?.kind).toBe('callback-task')
    expect(task?.subject).toContain(ticketNumber)
    for (const label of ['Name', 'Firma', 'Produkt', 'Seriennummer', 'Was genau geschieht'])
      expect(task?.text).toContain(label)
    // The number is known: it rang us.
    const [, missing = ''] = task?.text?.split('Was noch fehlt') ?? []
    expect(missing.split('Was wir wissen')[0]).not.toContain('Telefonnummer')
  })

  it('row 30: asks the customer for what is missing in the confirmation, and not for what is known', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    await knowsEva(hotline, { number: phones.company, state: 'open' })
    const { callbackDueAt } = await ring(hotline, aboutHerTicket, hamburg)
    expect(callbackDueAt).toBe('2026-11-24T11:00:00Z')
    const [confirmation, ...more] = await mailTo(hotline, eva.address)
    expect(more).toEqual([])
    expect(confirmation?.kind).toBe('call-confirmation')
    expect(confirmation?.text).toContain('heute bis 12:00 Uhr')
    const [, asked = ''] = confirmation?.text?.split('benötigen wir noch:') ?? []
    const [missing = '', known = ''] = asked.split('Notiert haben wir')
    expect(missing).toContain('- Seriennummer')
    expect(missing).toContain('- Produkt')
    expect(missing).not.toMatch(/- (Name|Telefonnummer)/)
    expect(known).toMatch(/- Name: Eva Lang\s+- Telefonnummer für Rückfragen: \+494066969900/)
  })

  it('row 30: keys that nobody asked for are no answer, and leave the classification open', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const garbled = caller(phones.mobile, [
      { hears: /drücken Sie die 3/, presses: '7' },
      { hears: /drücken Sie die 3/, presses: '*' },
    ])
    const { heard, callbackDueAt } = await ring(hotline, garbled, hamburg)
    expect(heard).toContain('Ihre Meldung ist ohne Einstufung aufgenommen.')
    expect(callbackDueAt).toBe('2026-11-24T11:00:00Z')
  })
})

describe('hostile words', () => {
  const markup = '</Say><Dial>+4990012345</Dial><Say>"&\'<script>alert(1)</script>'
  const control = '\u0007\u0001\u001B[31m\u202E'

  it('row 31: of a subject are read aloud without their markup, and every answer stays XML', async () => {
    const hotline = await openHotline(closed)
    await knowsEva(hotline, {
      number: phones.mobile,
      state: 'open',
      subject: `Waage ${markup}${control} defekt`,
    })
    const { heard, call } = await ring(hotline, phones.mobile, hamburg)
    expect(heard).toContain('Wenn Sie wegen des Tickets')
    expect(heard).toMatch(/Waage .*defekt/)
    expect(heard).not.toMatch(/[<>]/)
    expect(controls(heard)).toEqual([])
    expect(hotline.network.calls().map(({ sid }) => sid)).toEqual([call.sid])
    expect(hotline.network.faults).toEqual([])
  })

  it('row 31: of a caller’s name and number reach no mail and no screen as they are', async () => {
    const hotline = await openHotline(closed)
    const hostile = caller(`"><img src=x onerror=alert(1)>${control}`, [], {
      callerName: `${markup}${control}`,
    })
    const { ticketNumber, callId } = await ring(hotline, hostile, hamburg)
    const { callerName, number } = await hotline.database.call.findUniqueOrThrow({ where: { id: callId } })
    expect(callerName).not.toMatch(/\p{Cc}/u)
    expect(number).toBeNull()
    const mails = await mailTo(hotline, 'anna@example.com')
    expect(mails.length).toBeGreaterThan(0)
    for (const { html = '', subject = '', raw } of mails) {
      expect(html).not.toMatch(/<script>alert|<img src=x|<Dial>/)
      expect(controls(`${subject}${raw}`)).toEqual([])
    }
    const screen = await shown(hotline, ticketNumber)
    expect(controls(screen)).toEqual([])
    expect(screen).not.toContain('\u202E')
  })

  it('row 31: of a transcript are escaped in the agent’s mail, and its control characters are gone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'transcriber-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const transcriber = join(folder, 'transcriber')
    await writeFile(transcriber, `#!/bin/sh\nprintf '%s' '${markup.replaceAll("'", '')}${control}'\n`)
    await chmod(transcriber, 0o755)
    const hotline = await openHotline(closed, { phone: { recording: { transcriber } } })
    const { ticketNumber } = await ring(hotline, speaks(), hamburg)
    const notice = (await mailTo(hotline, 'anna@example.com')).find(({ html }) => html?.includes('alert(1)'))
    expect(notice?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(notice?.html).not.toContain('<script>alert')
    expect(controls(notice?.raw)).toEqual([])
    expect(controls(await shown(hotline, ticketNumber))).toEqual([])
  })

  it('row 31: keys that are no number are asked for again and never rung', async () => {
    const hotline = await openHotline(closed)
    const hostile = caller('anonymous', [
      { hears: /mit der Vorwahl/, presses: '**0*1*2#' },
      { hears: /mit der Vorwahl/, presses: '00000000000000000#' },
    ])
    const { heard, callbackDueAt } = await ring(hotline, hostile, hamburg)
    expect(heard.match(/Wir haben keine vollständige Rufnummer erhalten/g)).toHaveLength(2)
    expect(heard).toContain('ist ein Rückruf leider nicht möglich')
    expect(callbackDueAt).toBeNull()
    expect(hotline.network.calls()).toHaveLength(1)
  })
})

describe('a text that does not arrive', () => {
  it('row 32: is followed by a mail where we know an address', async () => {
    const hotline = await openHotline(closed)
    hotline.network.knobs.undeliverable.add(phones.mobile)
    await knowsEva(hotline, { number: phones.mobile })
    const { ticketNumber } = await ring(hotline, phones.mobile, hamburg)
    expect(hotline.network.texts()).toMatchObject([{ to: phones.mobile, status: 'undelivered' }])
    const mails = await mailTo(hotline, eva.address)
    expect(mails.map(({ kind, subject }) => [kind, subject?.includes(ticketNumber)])).toEqual([
      ['call-confirmation', true],
    ])
  })

  it('row 32: is seen at the ticket where no other way is open', async () => {
    const hotline = await openHotline(closed)
    hotline.network.knobs.undeliverable.add(phones.mobile)
    const { ticketNumber, callbackDueAt } = await ring(hotline, phones.mobile, hamburg)
    expect(await entriesOf(hotline, 'text-failed', 'no-confirmation')).toMatchObject([
      { kind: 'text-failed', detail: { to: phones.mobile } },
      { kind: 'no-confirmation' },
    ])
    expect(await shown(hotline, ticketNumber)).toContain('The confirmation of the call could not be sent.')
    expect(callbackDueAt).not.toBeNull()
    expect(await hotline.database.textMessage.findMany()).toMatchObject([
      { state: 'failed', failure: expect.stringContaining('30003') },
    ])
  })

  it('row 32: is not sent to a landline at all: the mail goes at once, or it is seen that none can', async () => {
    const hotline = await openHotline(closed)
    await knowsEva(hotline, { number: phones.company, state: 'open' })
    await ring(hotline, aboutHerTicket, hamburg)
    const unknown = await ring(hotline, '+494066969955', hamburg)
    expect(hotline.network.texts()).toEqual([])
    expect(await mailTo(hotline, eva.address)).toHaveLength(1)
    expect(await entriesOf(hotline, 'no-confirmation')).toMatchObject([{ ticketId: unknown.ticketId }])
  })
})

const words = 'Guten Tag, hier ist Eva Lang, unsere Waage steht.'

function speaks(afterwards: 'hangs-up' | 'presses #' = 'hangs-up'): CallerScript {
  return caller(phones.mobile, [
    { hears: /eine Nachricht zu hinterlassen/, presses: '3' },
    { hears: /nach dem Signalton/, says: words, seconds: 9, afterwards },
  ])
}

describe('a message after the tone', () => {
  /** The message's mail, its row, and what the provider has left. */
  async function kept(hotline: HotlineTest) {
    const rows = await hotline.database.recording.findMany()
    const mails = await mailTo(hotline, 'anna@example.com')
    return {
      rows: rows.map(({ state, of, seconds, goneAtProvider }) => [
        state,
        of,
        seconds,
        goneAtProvider !== null,
      ]),
      mails: mails.filter(({ attachments }) => attachments.length > 0),
      atProvider: hotline.network.recordings().length,
    }
  }
  const once = [['stored', 'message', 10, true]]

  it.each<[string, (hotline: HotlineTest) => void]>([
    ['after the news that it was spoken', () => {}],
    [
      'before the news that it was spoken',
      ({ network }) => network.knobs.webhooks.next('record', { do: 'delay', seconds: 6 }),
    ],
    [
      'twice at the same moment',
      ({ network }) => network.knobs.webhooks.next('recording', { do: 'duplicate', concurrently: true }),
    ],
    ['never', ({ network }) => network.knobs.webhooks.next('recording', { do: 'drop' }, 9)],
  ])('row 33: reaches the agents once where the file is told of %s', async (_, disturb) => {
    const hotline = await openHotline(closed)
    disturb(hotline)
    const { ticketNumber } = await ring(hotline, speaks(), hamburg, 12)
    const { rows, mails, atProvider } = await kept(hotline)
    expect(rows).toEqual(once)
    expect(atProvider).toBe(0)
    expect(mails).toHaveLength(1)
    const [mail] = mails
    expect(mail?.subject).toContain(ticketNumber)
    expect(mail?.attachments).toMatchObject([{ mimeType: expect.stringMatching(/^audio\//) }])
  })

  it('row 33: is kept as well when its caller ends it by a key and hears the time once more', async () => {
    const hotline = await openHotline(closed)
    const { heard } = await ring(hotline, speaks('presses #'), hamburg)
    expect(heard).toContain('Ihre Nachricht ist aufgezeichnet.')
    expect(heard.split('Ihre Nachricht ist aufgezeichnet.')[1]).toContain(
      'Wir rufen Sie bis morgen 10 Uhr 30',
    )
    expect((await kept(hotline)).rows).toEqual(once)
  })

  it('row 33: in which nothing was said is no message, and the caller hears so', async () => {
    const hotline = await openHotline(closed)
    const silent = caller(phones.mobile, [{ hears: /eine Nachricht zu hinterlassen/, presses: '3' }])
    const { heard } = await ring(hotline, silent, hamburg)
    expect(heard).toContain('Wir haben leider keine Nachricht gehört.')
    const { rows, mails } = await kept(hotline)
    expect(rows.filter(([state]) => state !== 'absent')).toEqual([])
    expect(mails).toEqual([])
  })

  it('row 33: stays at the provider until it is safe with us', async () => {
    const hotline = await openHotline(closed)
    const { rest } = hotline.network.knobs
    rest.always('recordings.media', { do: 'html', status: 503 })
    const { call } = await ring(hotline, speaks(), hamburg, 15)
    expect(await kept(hotline)).toMatchObject({ mails: [], atProvider: 1 })
    rest.clear()
    await hotline.runUntil(hotline.clock.now().add({ hours: 1 }))
    expect(await kept(hotline)).toMatchObject({
      rows: once,
      mails: [{ kind: 'agent-notice' }],
      atProvider: 0,
    })
    expect((await toldOf(hotline, call)).callbackDueAt).not.toBeNull()
  })

  it('row 33: is deleted after its time, and the ticket says so', async () => {
    const hotline = await openHotline(closed, { phone: { recording: { keepDays: 30 } } })
    const { ticketNumber } = await ring(hotline, speaks(), hamburg)
    expect((await kept(hotline)).rows).toEqual(once)
    const { sha256 } = await hotline.database.recording.findFirstOrThrow()
    const hoursLater = (hours: number) => () => hotline.clock.now().add({ hours })
    await workRecordings({ ...hotline.deps, blobs: hotline.blobs, now: hoursLater(29 * 24) })
    expect(await hotline.blobs.has(sha256 ?? '')).toBe(true)
    await workRecordings({ ...hotline.deps, blobs: hotline.blobs, now: hoursLater(30 * 24) })
    expect(await hotline.blobs.has(sha256 ?? '')).toBe(false)
    expect(await hotline.database.recording.findMany()).toMatchObject([{ state: 'deleted' }])
    expect(await entriesOf(hotline, 'recording-deleted')).toHaveLength(1)
    expect(await shown(hotline, ticketNumber)).toContain('deleted')
  })

  it('row 33: that an agent takes is never recorded without the caller’s key', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { phone: { recording: { calls: true } } })
    hotline.network.connect(phones.anna, agent('anna'))
    const { heard } = await ring(hotline, phones.mobile, hamburg)
    expect(heard).toContain('Dürfen wir das Gespräch aufzeichnen')
    expect(heard).toContain('Das Gespräch wird nicht aufgezeichnet.')
    expect(hotline.network.recordings()).toEqual([])
    expect(await hotline.database.recording.count()).toBe(0)
  })
})
