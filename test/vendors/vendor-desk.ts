/** The desk with two manufacturers, one of them with levels. */
import { createHash } from 'node:crypto'
import type { InboundMail } from '../../src/desk/inbound.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { decideHeld, type Released } from '../../src/intake/held.ts'
import { type TakenIn, takeIn } from '../../src/intake/take-in.ts'
import type { DeskLetter } from '../../src/simulation/virtual-desk.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { arrival } from '../intake/desk.ts'
import { openDesk, petra, policy, type TestDesk } from '../promises/desk.ts'

export const service = { address: 'service@messwerk.example', name: 'Messwerk Service' } as const

export const vendors = {
  messwerk: {
    name: 'Messwerk AG',
    address: service.address,
    alsoFrom: ['@messwerk.example'],
    language: 'de',
    customerNumber: 'K-55012',
    needs: ['fault', 'measures'],
    answerMinutes: 240,
    levels: [
      { name: 'Leitung Kundendienst', address: 'leitung@messwerk.example', answerMinutes: 120 },
      { name: 'Geschäftsführung', address: 'gf@messwerk.example' },
    ],
  },
  acme: { name: 'Acme Sensors', address: 'help@acme.example', language: 'en', needs: ['serial', 'fault'] },
}

export interface VendorDesk extends TestDesk {
  /** Petra's ticket with a case at Messwerk that Anna opened. */
  readonly number: string
  readonly caseNumber: string
  /** Letters to the manufacturer, oldest first. */
  sent(address?: string): Promise<readonly DeskLetter[]>
  /** The manufacturer answers its newest letter. */
  answers(text: string): Promise<TakenIn>
  /** A mail with any header at all; proven unless told otherwise. */
  post(from: { readonly address: string; readonly name: string }, content: Posted): Promise<TakenIn>
  /** What a human decides about a mail that was posted and held. */
  decide(taken: TakenIn, decision: 'add' | 'new' | 'discard'): Promise<Released>
  theCase(): Promise<Awaited<ReturnType<typeof caseWith>>>
}

export type Posted = Partial<MailContent> & { readonly text: string; readonly to: MailContent['to'] }

export const mailTo = (...addresses: string[]) => addresses.map(address => ({ address, name: '' }))

const caseWith = ({ database }: Pick<TestDesk, 'database'>) =>
  database.vendorCase.findFirstOrThrow({
    include: { messages: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
    orderBy: { openedAt: 'asc' },
  })

/** Mails with headers that no customer of the virtual desk writes. */
function openDoor(desk: TestDesk) {
  const deps = takeInDepsOf(desk.config, {
    ...{ database: desk.database, now: desk.deps.now, log: desk.deps.log, nudge: desk.deps.nudge },
    callbacksChanged: async () => {},
  })
  const posted = new Map<bigint, InboundMail>()
  let uid = 100_000
  return {
    async post(from: { readonly address: string; readonly name: string }, content: Posted): Promise<TakenIn> {
      uid += 1
      const domain = from.address.split('@')[1] ?? null
      const proven = { from: [from.address], fromDomain: domain, sender: [], results: [], internal: false }
      const written = {
        ...{ messageId: `<posted${uid}@mail.example>`, from, replyText: content.text, language: 'de' },
        authentication: { ...proven, dkim: 'pass' },
        ...content,
      } as const
      const mail = arrival(uid, written as Partial<MailContent>)
      const digest = createHash('sha256').update(`posted ${uid}`).digest('hex')
      const whole = { ...mail, rawSha256: digest, fingerprint: digest, receivedAt: desk.deps.now() }
      const [taken] = await desk.clock.during(takeIn(deps, [whole]))
      if (!taken) throw new Error('a mail at a new position is always taken in')
      posted.set(taken.inboundId, whole)
      desk.deps.wake()
      return taken
    },
    async decide({ inboundId }: TakenIn, decision: 'add' | 'new' | 'discard'): Promise<Released> {
      const mail = posted.get(inboundId)
      if (!mail) throw new Error('it was not posted')
      return desk.clock.during(decideHeld(deps, inboundId, decision, mail, 'anna'))
    },
  }
}

export const opening =
  '#sofort Netzteil getauscht, ohne Erfolg.\n#hersteller messwerk\nDer Verstärker zeigt E 17.'

export async function openVendorDesk(start = '2026-11-24T09:00', config: object = {}): Promise<VendorDesk> {
  const desk = await openDesk(start, { config: { vendors, policy: { ...policy, levels: [] }, ...config } })
  const { ticketNumber = '' } = await desk.mail(
    petra,
    'MV-400 defekt',
    'Guten Tag, unser MV-400 meldet E 17, mein Chef Huber tobt schon.',
  )
  await desk.answer('anna', opening)
  const [row] = await desk.database.vendorCase.findMany()
  const sent = (address: string = service.address) => desk.letters(address)
  return {
    ...desk,
    ...openDoor(desk),
    theCase: () => caseWith(desk),
    ...{ number: ticketNumber, caseNumber: row?.number ?? '', sent },
    async answers(text) {
      const letter = (await sent()).at(-1)
      if (!letter) throw new Error('nothing was written to the manufacturer')
      return desk.reply(letter, service, text)
    },
  }
}
