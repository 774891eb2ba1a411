import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { attachmentOf } from '../../../src/desk/matters/posted-file.ts'
import { postedFilesOf } from '../../../src/intake/erasure/posted-files.ts'
import { openMatter } from '../../../src/intake/matters/open-matter.ts'
import { promiseDepsOf } from '../../../src/intake/promises/promise-deps.ts'
import { openDesk } from '../desk.ts'

it('names the files that only the tickets of a person have', async () => {
  const desk = await openDesk()
  const told = async (...digests: readonly string[]) => {
    const file = { filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('x') }
    const { ticketId } = await openMatter(promiseDepsOf(desk.deps), {
      ...{ channel: 'form', mailbox: 'support', subject: '', text: `Frage ${randomUUID()}`, language: null },
      ...{ area: null, product: null, requestType: null, known: {}, reference: '', serial: null },
      ...{ severity: null, customerSeverity: null, by: { client: 'web' }, confirm: false },
      customer: { name: 'Petra', address: null, phone: null, handle: '' },
      receivedAt: desk.deps.now(),
      files: digests.map(digest => attachmentOf(file, digest)),
    })
    return ticketId
  }
  const [own, shared] = ['a'.repeat(64), 'b'.repeat(64)]
  const hers = await told(own, shared)
  const plain = await told()
  const other = await told(shared)
  expect(await postedFilesOf(desk.database, [hers, plain])).toEqual([own])
  expect((await postedFilesOf(desk.database, [hers, other])).toSorted()).toEqual([own, shared])
  await desk.close()
})
