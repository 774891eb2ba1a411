import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openSentFolder, type SentFolder } from '../../src/outbox/sent-lookup.ts'
import { type SentFolderPeer, startSentFolder } from './sent-folder.ts'
import { testConfig } from './test-config.ts'

/** Looking for a letter in a real IMAP folder. */

const proof = (folder: string) => ({
  port: 25,
  proof: { kind: 'sent-folder', mailbox: 'support', folder } as const,
})

let peer: SentFolderPeer

beforeEach(async () => {
  peer = await startSentFolder()
  return () => peer.stop()
})

function folder(name = 'Sent'): SentFolder {
  const sent = openSentFolder(testConfig(proof(name), peer.port))
  onTestFinished(() => sent.close())
  return sent
}

const mail = (messageId: string) => ({
  raw: Buffer.from(`Message-ID: ${messageId}\r\nSubject: x\r\n\r\nGuten Tag\r\n`),
})

describe('the Sent folder', () => {
  it('proves what it holds', async () => {
    peer.file(mail('<a1.autoreply@example.com>'))
    expect(await folder().lookUp('<a1.autoreply@example.com>')).toBe('sent')
  })

  it('does not take a longer Message-ID for the one it was asked for', async () => {
    peer.file(mail('<xa1.autoreply@example.com>'))
    expect(await folder().lookUp('<a1.autoreply@example.com>')).toBe('absent')
  })

  it('sees what is filed after the folder was opened, over the same session', async () => {
    const sent = folder()
    expect(await sent.lookUp('<a2.autoreply@example.com>')).toBe('absent')
    peer.file(mail('<a2.autoreply@example.com>'))
    expect(await sent.lookUp('<a2.autoreply@example.com>')).toBe('sent')
    expect(peer.sessions()).toBe(1)
  })

  it('says that it cannot look when the server is away, and looks again when it is back', async () => {
    const sent = folder()
    await sent.lookUp('<a3.autoreply@example.com>')
    const { port } = peer
    await peer.stop()
    await expect(sent.lookUp('<a3.autoreply@example.com>')).rejects.toMatchObject({
      name: 'TransientFailure',
      code: 'network',
    })
    peer = await startSentFolder(port)
    peer.file(mail('<a3.autoreply@example.com>'))
    expect(await sent.lookUp('<a3.autoreply@example.com>')).toBe('sent')
  })

  it('never calls a letter absent because the folder is missing', async () => {
    await expect(folder('Gesendet').lookUp('<a4@example.com>')).rejects.toMatchObject({
      code: 'missing-folder',
    })
  })

  it('knows nothing where no place is configured', async () => {
    expect(await openSentFolder(testConfig({ port: 25 })).lookUp('<a5@example.com>')).toBe('unknown')
  })
})
