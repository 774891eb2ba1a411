import { describe, expect, test } from 'vitest'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { arrival } from '../intake/desk.ts'
import { openPage, type PageWorld } from './page-world.ts'

const rawMail = (number: string, uid: number) =>
  [
    `Message-ID: <nosy${uid}@elsewhere.example>`,
    'From: Nosy <nosy@elsewhere.example>',
    'To: support@example.com',
    `Subject: Re: [#${number}] <b>state</b>`,
    `Date: ${new Date().toUTCString()}`,
    '',
    `What is the <i>state</i> of ${uid}?`,
    '',
  ].join('\r\n')

/** A ticket, and a stranger's mail with its number: the number and the held mail's id. */
async function holdOne({ takeInDeps, blobs }: PageWorld): Promise<{ number: string; id: string }> {
  const [first] = await takeIn(takeInDeps, [{ ...arrival(1), receivedAt: takeInDeps.now() }])
  const number = first?.ticketNumber ?? ''
  const raw = Buffer.from(rawMail(number, 2))
  const rawSha256 = await blobs.put(raw)
  const content = await readMail(raw)
  const fingerprint = fingerprintOf(content, rawSha256)
  const receivedAt = takeInDeps.now()
  const mail = { ...arrival(2), rawSha256, size: raw.length, content, fingerprint, receivedAt }
  const [held] = await takeIn(takeInDeps, [mail])
  return { number, id: String(held?.inboundId) }
}

async function get({ origin }: PageWorld, path: string): Promise<string> {
  return (await fetch(origin + path)).text()
}

async function post(
  { origin }: PageWorld,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; html: string }> {
  const response = await fetch(origin + path, { method: 'POST', headers })
  return { status: response.status, html: await response.text() }
}

describe('a mail that waits for a decision', () => {
  test('is shown with its reason and its words, as text', async () => {
    const world = await openPage()
    const { number, id } = await holdOne(world)
    const html = await get(world, '/sandbox/tickets')
    expect(html).toContain('Waiting for a decision <span class="count">1</span>')
    expect(html).toContain('its sender does not take part in')
    expect(html).toContain('What is the &lt;i&gt;state&lt;/i&gt; of 2?')
    expect(html).toContain(`hx-post="/sandbox/held/${id}/add"`)
    expect(html).toContain(`Add to #${number}`)
    expect(await get(world, `/sandbox/tickets/${number}`)).toContain('It waits for a decision.')
  })

  test('is added by a press of a button, and its sender takes part from then on', async () => {
    const world = await openPage()
    const { number, id } = await holdOne(world)
    const { html } = await post(world, `/sandbox/held/${id}/add`)
    expect(html).toContain('The mail was added to its ticket.')
    expect(html).not.toContain('Waiting for a decision')
    const dossier = await get(world, `/sandbox/tickets/${number}`)
    expect(dossier).toContain('added the held mail of nosy@elsewhere.example')
    expect(dossier).toContain('Nosy &lt;nosy@elsewhere.example&gt;, guest')
  })

  test('is given a ticket of its own', async () => {
    const world = await openPage()
    const { number, id } = await holdOne(world)
    const { html } = await post(world, `/sandbox/held/${id}/new`)
    expect(html).toContain('The mail was given a ticket of its own.')
    const [newest] = await world.db.ticket.findMany({ orderBy: { sequence: 'desc' } })
    expect(newest?.number).not.toBe(number)
    expect(await get(world, `/sandbox/tickets/${number}`)).toContain(
      `gave the held mail of nosy@elsewhere.example a ticket of its own, #${newest?.number}`,
    )
  })

  test('is decided once: another decision afterwards is refused and told', async () => {
    const world = await openPage()
    const { id } = await holdOne(world)
    expect((await post(world, `/sandbox/held/${id}/discard`)).html).toContain('left aside; it is kept')
    expect((await post(world, `/sandbox/held/${id}/add`)).html).toContain('was decided already: discard')
    expect(await world.db.ticket.count()).toBe(1)
  })

  test('is not decided by a form of another site, nor by what is no decision', async () => {
    const world = await openPage()
    const { id } = await holdOne(world)
    const foreign = { origin: 'https://evil.example.com', 'sec-fetch-site': 'cross-site' }
    expect((await post(world, `/sandbox/held/${id}/add`, foreign)).status).toBe(403)
    expect((await post(world, `/sandbox/held/${id}/send`)).status).toBe(404)
    expect((await post(world, '/sandbox/held/1e3/add')).status).toBe(404)
    expect((await post(world, '/sandbox/held/999/add')).html).toContain('was never held')
    expect(await world.db.held.findMany({ select: { state: true } })).toEqual([{ state: 'held' }])
  })
})

describe('a mail without a ticket', () => {
  test('is listed beneath them, folded, with what became of it', async () => {
    const world = await openPage()
    const mail = arrival(1)
    const machine = { ...mail.content, classification: 'auto-reply' } as const
    await takeIn(world.takeInDeps, [
      { ...mail, kind: 'mail', content: machine, receivedAt: world.takeInDeps.now() },
    ])
    const html = await get(world, '/sandbox/tickets')
    expect(html).toMatch(/<details class="aside" id="aside"><summary>Mails without a ticket/)
    expect(html).toContain('note machine mail, read as auto-reply')
    expect(html).toContain('No tickets yet.')
  })
})
