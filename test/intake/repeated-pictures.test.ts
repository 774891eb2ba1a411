import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Attachment } from '../../src/desk/mail-content.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { arrival, openDesk, type TestDesk } from './desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

const picture = (sha256: string): Attachment => ({
  filename: `${sha256}.png`,
  contentType: 'image/png',
  size: 4_000,
  sha256: sha256.repeat(64).slice(0, 64),
  contentId: `${sha256}@x`,
  disposition: 'inline',
})
const from = (address: string) => ({ from: { address, name: '' } })

/** Names of the attachments in the notice about the mail with this UID. */
async function shown(uid: number): Promise<string[]> {
  const { id } = await desk.database.inbound.findFirstOrThrow({ where: { uid } })
  const notices = await desk.database.letter.findMany({
    where: { kind: 'agent-notice', recipient: 'anna@example.com' },
  })
  const data = notices.map(
    notice => notice.data as unknown as { inboundHint: string; attachments: { filename: string }[] },
  )
  return data
    .filter(one => one.inboundHint === String(id))
    .flatMap(one => one.attachments.map(file => file.filename))
}

it('shows a sender’s logo once, and flags it in the entry from its second mail on', async () => {
  await takeIn(desk.deps, [arrival(1, { ...from('Petra@kunde.example.com'), attachments: [picture('a')] })])
  await takeIn(desk.deps, [
    arrival(2, { ...from('petra@kunde.example.com'), attachments: [picture('a'), picture('b')] }),
    arrival(3, { ...from('petra@kunde.example.com'), attachments: [picture('b')] }),
    arrival(4, { ...from('karl@other.example.com'), attachments: [picture('a')] }),
  ])
  expect(await Promise.all([1, 2, 3, 4].map(shown))).toEqual([['a.png'], ['b.png'], [], ['a.png']])
  const entries = await desk.database.entry.findMany({
    where: { kind: 'customer-mail' },
    orderBy: { inboundId: 'asc' },
  })
  expect(entries.map(({ detail }) => (detail as { repeatedPictures?: string[] }).repeatedPictures)).toEqual([
    undefined,
    ['a'.repeat(64)],
    ['b'.repeat(64)],
    undefined,
  ])
})
