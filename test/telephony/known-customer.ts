/** A customer whom the desk knows by mail, and the letters that leave, as they arrive. */
import { randomUUID } from 'node:crypto'
import PostalMime, { type Email } from 'postal-mime'
import { withAudio } from '../../src/outbox/audio-part.ts'
import { composeLetter, mimeOf } from '../../src/outbox/letter.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'
import type { HotlineTest } from './hotline.ts'

const templates = await loadTemplates([builtInTemplates])

interface KnownCustomer {
  readonly number: string
  readonly subject?: string
  readonly language?: 'de' | 'en'
  readonly state?: 'open' | 'resolved'
}

export const eva = { name: 'Eva Lang', address: 'eva@example.org' }

/** Eva Lang wrote to us once, and this number stood below her mail. Gives the number of that ticket. */
export async function knowsEva(
  { database, clock }: HotlineTest,
  { number, subject = 'Waage', language = 'de', state = 'resolved' }: KnownCustomer,
): Promise<string> {
  const id = randomUUID()
  const at = new Date(clock.now().epochMilliseconds - 86_400_000)
  await database.ticket.create({
    data: {
      ...{ id, number: '1000704', state, subject, language },
      ...{ customerAddress: eva.address, customerName: eva.name, customerPhone: number },
      ...{ mailbox: 'support', group: 'support', office: 'hamburg', level: 1 },
      ...{ openedAt: at, changedAt: at, closedAt: state === 'resolved' ? at : null },
      known: { name: { value: eva.name, where: 'from' } },
    },
  })
  await database.ticketPhone.create({ data: { ticketId: id, number, source: 'mail', since: at } })
  return '1000704'
}

export interface Arrived extends Email {
  readonly kind: string
  readonly recipient: string
  /** The bytes of the mail. */
  readonly raw: string
}

/** Every letter to this address, oldest first, read as a mail program reads it. */
export async function mailTo(hotline: HotlineTest, recipient: string): Promise<readonly Arrived[]> {
  const { config, deps, database, blobs } = hotline
  const rows = await database.letter.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } })
  return Promise.all(
    rows.map(async row => {
      const letter = composeLetter(row, config, templates, deps.offices)
      const whole = await withAudio(letter, row.data, sha256 => blobs.get(sha256))
      const bytes = await mimeOf(whole)
      const read = await PostalMime.parse(bytes)
      return { ...read, kind: row.kind, recipient, raw: bytes.toString('latin1') }
    }),
  )
}
