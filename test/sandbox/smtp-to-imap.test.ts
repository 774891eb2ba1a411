import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { given, imapClient, openWorld, smtpClient, sourcesOf } from './world.ts'

const head = 'From: petra.lindner@example.org\r\nTo: support@example.com\r\nSubject: bytes\r\n\r\n'

describe('what is submitted over SMTP is read over IMAP byte for byte', () => {
  test.each([
    ['8-bit text', Buffer.from(`${head}Grüße aus Köln — ✓\r\n`)],
    [
      'octets that are no UTF-8',
      Buffer.concat([
        Buffer.from(head),
        Buffer.from([...Array(256).keys()].filter(b => b !== 10 && b !== 13)),
        Buffer.from('\r\n'),
      ]),
    ],
    ['lines that begin with dots', Buffer.from(`${head}.\r\n..\r\n.hidden\r\nend\r\n`)],
    ['NUL', Buffer.from(`${head}a\0b\0\0c\r\n`)],
    ['a line of 200,000 octets', Buffer.from(`${head}${'x'.repeat(200_000)}\r\n`)],
    ['5 MB', Buffer.from(`${head}${`${'0123456789'.repeat(7)}\r\n`.repeat(70_000)}`)],
    ['a literal in the text', Buffer.from(`${head}A1 APPEND INBOX {12}\r\n* 5 FETCH (BODY[] {3}\r\n`)],
  ])('%s', async (_name, raw) => {
    const world = await openWorld()
    await smtpClient(world).sendMail({
      envelope: { from: 'petra.lindner@example.org', to: 'support@example.com' },
      raw,
    })
    const [source = Buffer.alloc(0)] = await sourcesOf(await imapClient(world, 'support'), 'INBOX')
    expect(source.subarray(-raw.length).equals(raw)).toBe(true)
    const trace = source.subarray(0, source.length - raw.length).toString('latin1')
    expect(trace).toMatch(
      /^Return-Path: <petra\.lindner@example\.org>\r\nDelivered-To: support@example\.com\r\nX-Original-To: support@example\.com\r\nAuthentication-Results: sandbox\.example\.com; dmarc=none header\.from=example\.org\r\nReceived: from \S+ .*\r\n\t.*; .*\+0000\r\n$/,
    )
  })

  test('a mail of lone CRs does not hold up its reader', async () => {
    const world = await openWorld()
    const raw = Buffer.from(`${head}${'y'.repeat(2_000_000)}\r${'z'.repeat(100)}\r\n`)
    await smtpClient(world).sendMail({ envelope: { from: 'a@example.org', to: 'support@example.com' }, raw })
    const client = await imapClient(world, 'support')
    await client.mailboxOpen('INBOX')
    const mail = given(await client.fetchOne('*', { envelope: true, bodyStructure: true, size: true }))
    expect(mail.envelope?.subject).toBe('bytes')
    expect(mail.size).toBeGreaterThan(raw.length)
  })
})

describe('where a mail goes', () => {
  test('an address with a token is the support mailbox, and the mail says which address it was', async () => {
    const world = await openWorld()
    await smtpClient(world, 'petra').sendMail({
      from: 'petra.lindner@example.org',
      to: 'support+t1004711-abc@example.com',
      subject: 'x',
      text: 'y',
    })
    const [source] = await sourcesOf(await imapClient(world, 'support'), 'INBOX')
    expect(String(source)).toContain('X-Original-To: support+t1004711-abc@example.com\r\n')
    expect(String(source)).toContain('Delivered-To: support@example.com\r\n')
  })

  test('a stranger gets a mailbox of his own', async () => {
    const world = await openWorld()
    await smtpClient(world, 'support').sendMail({
      from: 'support@example.com',
      to: 'Someone.New@firma.example.net',
      subject: 'hello',
      text: 'y',
    })
    const sources = await sourcesOf(await imapClient(world, 'someone.new@firma.example.net'), 'INBOX')
    expect(sources).toHaveLength(1)
  })

  test('what a user submits is in Sent and found there by its Message-ID', async () => {
    const world = await openWorld()
    const smtp = smtpClient(world, 'support')
    for (const n of [1, 2, 3])
      await smtp.sendMail({
        from: 'support@example.com',
        to: 'james.whitfield@example.net',
        messageId: `<letter-${n}.auto-reply@example.com>`,
        text: 'y',
      })
    const client = await imapClient(world, 'support')
    await client.mailboxOpen('Sent')
    expect(
      await client.search({ header: { 'Message-ID': '<letter-2.auto-reply@example.com>' } }, { uid: true }),
    ).toEqual([2])
    expect(
      await client.search({ header: { 'message-id': 'letter-9.auto-reply@example.com' } }, { uid: true }),
    ).toEqual([])
    expect((await client.list()).find(folder => folder.path === 'Sent')?.specialUse).toBe('\\Sent')
  })

  test('mail without a login is taken, and leaves no copy', async () => {
    const world = await openWorld()
    await smtpClient(world).sendMail({
      from: 'petra.lindner@example.org',
      to: 'support@example.com',
      text: 'y',
    })
    expect(await sourcesOf(await imapClient(world, 'petra'), 'Sent')).toEqual([])
  })
})

describe('what is refused', () => {
  test.each([
    ['unknown@example.org', 550, '5.1.1'],
    ['busy@example.org', 450, '4.2.1'],
    ['anna@nowhere.invalid', 550, '5.1.2'],
  ])('%s', async (to, responseCode, status) => {
    const world = await openWorld()
    const sending = smtpClient(world, 'support').sendMail({ from: 'support@example.com', to, text: 'y' })
    await expect(sending).rejects.toMatchObject({ responseCode, response: expect.stringContaining(status) })
    expect(await sourcesOf(await imapClient(world, 'support'), 'Sent')).toEqual([])
  })

  test('a wrong password, over SMTP and over IMAP by either method', async () => {
    const world = await openWorld()
    await expect(smtpClient(world, 'support', 'guess').verify()).rejects.toMatchObject({ responseCode: 535 })
    await expect(imapClient(world, 'support', 'guess')).rejects.toMatchObject({ authenticationFailed: true })
    await expect(imapClient(world, 'support', 'guess', 'LOGIN')).rejects.toMatchObject({
      authenticationFailed: true,
    })
  })

  test('a command before the login that does not end', async () => {
    const world = await openWorld()
    const socket = connect(world.imap.port, world.imap.host)
    socket.on('error', () => undefined)
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.write(`A1 LOGIN ${'x'.repeat(100_000)}`)
    await closed
    await imapClient(world, 'support')
  })

  test('a command that names a file', async () => {
    const world = await openWorld()
    const socket = connect(world.imap.port, world.imap.host)
    const answer = new Promise<string>(resolve => {
      let heard = ''
      socket.on('data', chunk => {
        heard += chunk
        if (heard.includes('A1 ')) resolve(heard)
      })
    })
    socket.write('A1 ../../../package\r\n')
    expect(await answer).toMatch(/A1 BAD/)
    socket.destroy()
  })
})
