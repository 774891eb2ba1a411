import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { freshFolder, given, imapClient, openWorld, smtpClient, sourcesOf } from './world.ts'

async function write(world: Sandbox, ...subjects: string[]): Promise<void> {
  const smtp = smtpClient(world, 'petra')
  for (const subject of subjects)
    await smtp.sendMail({ from: 'petra.lindner@example.org', to: 'support@example.com', subject, text: 'x' })
}

async function look(
  world: Sandbox,
): Promise<{ uidValidity: bigint; uidNext: number; uids: number[]; flags: string[][] }> {
  const client = await imapClient(world, 'support')
  const { uidValidity, uidNext } = await client.mailboxOpen('INBOX')
  const mails = await client.fetchAll('1:*', { uid: true, flags: true })
  await client.logout()
  return {
    uidValidity,
    uidNext,
    uids: mails.map(mail => mail.uid),
    flags: mails.map(mail => [...(mail.flags ?? [])]),
  }
}

const at = (iso: string) => () => Temporal.Instant.from(iso)

describe('a restart', () => {
  test('keeps UIDVALIDITY, UIDs, flags and the bytes; a removed UID is never given again', async () => {
    const folder = freshFolder()
    const first = await startSandbox({ folder, imapPort: 0, smtpPort: 0 })
    await write(first, 'one', 'two', 'three')
    const client = await imapClient(first, 'support')
    await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd('1', ['\\Seen', '$Taken'], { uid: true })
    await client.messageDelete('3', { uid: true })
    const sources = await sourcesOf(client, 'INBOX')
    const before = await look(first)
    await first.stop()

    const second = await openWorld(folder)
    expect(await look(second)).toEqual(before)
    expect(before).toMatchObject({ uidNext: 4, uids: [1, 2], flags: [['\\Seen', '$Taken'], []] })
    expect(await sourcesOf(await imapClient(second, 'support'), 'INBOX')).toEqual(sources)
    await write(second, 'four')
    expect((await look(second)).uids).toEqual([1, 2, 4])
  })

  test('with the mails lost gives a new UIDVALIDITY', async () => {
    const folder = freshFolder()
    const first = await startSandbox({ folder, imapPort: 0, smtpPort: 0, now: at('2026-11-23T09:00:00Z') })
    const before = await look(first)
    await first.stop()
    rmSync(join(folder, 'mail'), { recursive: true })
    const after = await look(await openWorld(folder, at('2026-11-23T09:00:07Z')))
    expect(after.uidValidity).toBe(before.uidValidity + 7n)
  })

  test('with only the journal lost keeps the mails under a new UIDVALIDITY', async () => {
    const folder = freshFolder()
    const first = await startSandbox({ folder, imapPort: 0, smtpPort: 0, now: at('2026-11-23T09:00:00Z') })
    await write(first, 'one', 'two')
    const before = await look(first)
    await first.stop()
    rmSync(join(folder, 'mail/support@example.com/INBOX/journal.jsonl'))
    const after = await look(await openWorld(folder, at('2026-11-23T10:00:00Z')))
    expect(after.uids).toEqual([1, 2])
    expect(after.uidValidity).not.toBe(before.uidValidity)
  })

  test('after a crash in the middle of a delivery has the mail, once', async () => {
    const folder = freshFolder()
    const first = await startSandbox({ folder, imapPort: 0, smtpPort: 0 })
    await write(first, 'one')
    await first.stop()
    const inbox = join(folder, 'mail/support@example.com/INBOX')
    writeFileSync(join(inbox, '2.eml'), 'Subject: two\r\n\r\nwithout its line in the journal\r\n')
    writeFileSync(join(inbox, 'incoming.tmp'), 'Subject: thr')
    appendFileSync(join(inbox, 'journal.jsonl'), '{"uid":1,"at":"2026-11-2')
    expect(await look(await openWorld(folder))).toMatchObject({ uids: [1, 2], uidNext: 3 })
  })

  test('keeps the secret, so that signed reply addresses stay valid', async () => {
    const folder = freshFolder()
    const first = await startSandbox({ folder, imapPort: 0, smtpPort: 0 })
    await first.stop()
    const second = await openWorld(folder)
    expect(second.config.secret).toBe(first.config.secret)
    expect(second.config.secret).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the gateway can live here', () => {
  test('its configuration passes the schema', async () => {
    const world = await openWorld()
    const parsed = configSchema.parse(world.config)
    expect(parsed.mailboxes.support?.imap).toMatchObject({
      host: '127.0.0.1',
      port: world.imap.port,
      folder: 'INBOX',
    })
  })

  test('a port that is taken gives way to a free one', async () => {
    const first = await openWorld()
    const second = await startSandbox({
      folder: freshFolder(),
      imapPort: first.imap.port,
      smtpPort: first.smtp.port,
    })
    expect([second.imap.port, second.smtp.port]).not.toContain(first.imap.port)
    await second.stop()
  })

  test('IDLE hears of a new mail at once, and MOVE into a folder that was just made says where it went', async () => {
    const world = await openWorld()
    const client = await imapClient(world, 'support')
    await client.mailboxOpen('INBOX')
    const heard = new Promise<number>(resolve => client.once('exists', ({ count }) => resolve(count)))
    const idling = client.idle()
    await write(world, 'one')
    expect(await heard).toBe(1)
    await client.mailboxCreate('Processed')
    await idling
    const moved = given(await client.messageMove('1', 'Processed', { uid: true }))
    expect(moved.uidMap).toEqual(new Map([[1, 1]]))
    expect(await sourcesOf(client, 'Processed')).toHaveLength(1)
    expect(await sourcesOf(client, 'INBOX')).toHaveLength(0)
  })

  test('a mail client can file a draft with APPEND', async () => {
    const world = await openWorld()
    const client = await imapClient(world, 'agent', 'sandbox', 'LOGIN')
    const draft = Buffer.from('Subject: Entwurf\r\n\r\nGr\xfc\xdfe\r\n', 'latin1')
    const filed = given(await client.append('Sent', draft, ['\\Draft'], new Date('2026-11-20T08:00:00Z')))
    expect(filed.uid).toBe(1)
    expect(await sourcesOf(client, 'Sent')).toEqual([draft])
    const mail = given(await client.fetchOne('1', { internalDate: true, flags: true }))
    expect(mail.internalDate).toEqual(new Date('2026-11-20T08:00:00Z'))
    expect([...(mail.flags ?? [])]).toEqual(['\\Draft'])
  })
})
