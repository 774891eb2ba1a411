import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printDossier } from '../../src/commands/ticket/ticket-dossier.ts'
import { ticketDossier } from '../../src/console/tickets.ts'
import { readAll } from '../../src/figures/report.ts'
import { petra } from '../promises/desk.ts'
import { mailTo, openVendorDesk, service, type VendorDesk } from './vendor-desk.ts'

/**
 * Conversations of a customer, a manufacturer and two agents, in which every author's every sentence holds a word that
 * nobody else has. Whatever order they come in: the customer reads none of the manufacturer's words, nor the agents'
 * words to it, that no agent shared, and the manufacturer none of the customer's or of the agents' words to the customer.
 */
type Turn =
  | 'customer writes'
  | 'customer quotes a case number'
  | 'vendor answers'
  | 'vendor answers an old letter'
  | 'vendor names its reference'
  | 'agent to customer'
  | 'agent to vendor'
  | 'agent notes in the case'
  | 'agent documents'
  | 'agent shares'
  | 'agent raises'
  | 'agent tells how it stands'
  | 'customer forwards our letter to the vendor'
  | 'vendor’s machine answers'
  | 'agent closes both'
  | 'customer to the vendor’s address'
  | 'an hour passes'

const turns: readonly Turn[] = [
  'customer writes',
  'customer quotes a case number',
  'vendor answers',
  'vendor answers an old letter',
  'vendor names its reference',
  'agent to customer',
  'agent to vendor',
  'agent notes in the case',
  'agent documents',
  'agent shares',
  'agent raises',
  'agent tells how it stands',
  'customer forwards our letter to the vendor',
  'vendor’s machine answers',
  'agent closes both',
  'customer to the vendor’s address',
  'an hour passes',
]

type Author = 'customer' | 'vendor' | 'to-customer' | 'to-vendor' | 'measure' | 'inside' | 'evaluation'

class Canaries {
  readonly said: { readonly author: Author; readonly word: string }[] = []
  #count = 0

  /** A sentence with a word of its own. */
  by(author: Author): string {
    const word = `kanari${author.replace('-', '')}${'abcdefghij'[this.#count % 10]}${this.#count++}x`
    this.said.push({ author, word })
    return `Hier steht ${word} mitten im Satz.`
  }

  of(...authors: Author[]): readonly string[] {
    return this.said.filter(({ author }) => authors.includes(author)).map(({ word }) => word)
  }
}

async function play(desk: VendorDesk, canaries: Canaries, turn: Turn): Promise<void> {
  const newest = async (kind: string) => (await desk.lettersTo('anna', kind)).at(-1)
  const figures = JSON.stringify(await figuresOf(desk))
  for (const { word, author } of canaries.said) if (author !== 'measure') expect(figures).not.toContain(word)
  const inCase = await newest('vendor-notice')
  const onTicket = await newest('agent-notice')
  const [first] = await desk.sent()
  const reply = (await desk.letters(petra.address)).at(-1)
  switch (turn) {
    case 'customer writes':
      if (reply) await desk.reply(reply, petra, canaries.by('customer'))
      return
    case 'customer quotes a case number':
      await desk.mail(petra, `${desk.caseNumber} [#${desk.number}]`, canaries.by('customer'))
      return
    case 'vendor answers':
      await desk.answers(canaries.by('vendor'))
      return
    case 'vendor answers an old letter':
      if (first) await desk.reply(first, service, canaries.by('vendor'))
      return
    case 'vendor names its reference':
      await desk.answers(`${canaries.by('vendor')} Vorgangsnummer: MW-2026-00815`)
      return
    case 'agent to customer':
      await desk.answer('anna', canaries.by('to-customer'), onTicket)
      return
    case 'agent to vendor':
      await desk.answer('anna', canaries.by('to-vendor'), inCase)
      return
    case 'agent notes in the case':
      await desk.answer('anna', `#intern ${canaries.by('inside')}`, inCase)
      return
    case 'agent documents':
      await desk.answer('anna', `#korrektur ${canaries.by('measure')}`, onTicket)
      return
    case 'agent tells how it stands':
      await desk.answer('anna', `#stand ${canaries.by('to-customer')}`, onTicket)
      return
    case 'customer forwards our letter to the vendor':
      if (reply) await desk.reply(reply, service, canaries.by('vendor'))
      return
    case 'vendor’s machine answers': {
      const auto = { classification: 'auto-reply', autoReplyAllowed: false } as const
      const to = mailTo((Math.max(canaries.said.length % 2, 0) === 0 ? reply : first)?.replyTo ?? '')
      await desk.post(service, { ...auto, to, subject: 'Abwesend', text: canaries.by('vendor') })
      return
    }
    case 'agent closes both':
      await desk.answer(
        'anna',
        `#herstellerende ersetzt 4 ${canaries.by('evaluation')}\n#ergebnis ${canaries.by('to-customer')}\n#erledigt`,
        onTicket,
      )
      return
    case 'agent shares':
      await desk.answer('anna', '#teilen', inCase)
      return
    case 'agent raises':
      await desk.answer('anna', `#herstellerstufe ${canaries.by('to-vendor')}`, inCase)
      return
    case 'customer to the vendor’s address':
      if (first) await desk.reply(first, petra, canaries.by('customer'))
      return
    case 'an hour passes': {
      const now = desk.deps.now().toZonedDateTimeISO('Europe/Berlin')
      await desk.runUntil(now.add({ hours: 1 }).toInstant())
    }
  }
}

/** Its letters and figures are places as well in which words might turn up. */
const config = { feedback: { manager: 'heads', quietDays: 0 } }

const vendorAddresses = [service.address, 'leitung@messwerk.example', 'gf@messwerk.example']

test('no word crosses between the thread with the customer and the one with the manufacturer unless an agent shares it', {
  timeout: 400_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...turns), { minLength: 6, maxLength: 14 }),
      async conversation => {
        const desk = await openVendorDesk('2026-11-24T09:00', config)
        const canaries = new Canaries()
        for (const turn of conversation) await play(desk, canaries, turn)
        await expectSealed(desk, canaries)
      },
    ),
    { numRuns: Number(process.env.SEALED_RUNS ?? 12) },
  )
})

async function expectSealed(desk: VendorDesk, canaries: Canaries): Promise<void> {
  const shared = await desk.database.vendorMessage.findMany({ where: { sharedAt: { not: null } } })
  const mayCross = (word: string) => shared.some(({ text }) => text.includes(word))
  const toCustomer = JSON.stringify(await desk.letters(petra.address))
  for (const word of canaries.of('vendor', 'to-vendor', 'inside', 'measure', 'evaluation'))
    if (!mayCross(word)) expect(toCustomer).not.toContain(word)
  const toVendor = JSON.stringify(await Promise.all(vendorAddresses.map(address => desk.letters(address))))
  for (const word of canaries.of('customer', 'to-customer', 'inside', 'evaluation'))
    expect(toVendor).not.toContain(word)
  expect(toVendor).not.toContain(petra.address)
  expect(toVendor).not.toContain(desk.number)
  for (const { number } of await desk.database.ticket.findMany({ select: { number: true } })) {
    const { entries, participants } = (await ticketDossier(desk.database, number)) ?? {}
    for (const word of canaries.of('vendor', 'to-vendor', 'inside'))
      if (!mayCross(word)) expect(JSON.stringify(entries)).not.toContain(word)
    expect(JSON.stringify(participants)).not.toContain('messwerk')
    const pages = JSON.stringify(
      await Promise.all([dossierOf(desk, number, 'de'), dossierOf(desk, number, 'en')]),
    )
    for (const word of canaries.of('vendor', 'to-vendor', 'inside'))
      if (!mayCross(word)) expect(pages).not.toContain(word)
  }
  const inCase = JSON.stringify((await desk.database.vendorMessage.findMany()).map(({ text }) => text))
  for (const word of canaries.of('customer', 'to-customer')) expect(inCase).not.toContain(word)
}

const dossierOf = async (desk: VendorDesk, number: string, language: 'de' | 'en') => {
  const { config: of, databaseUrl } = desk
  const place = { config: of, databaseUrl, data: of.data, ticketFormat: of.tickets.format, timeZone: 'UTC' }
  return (await printDossier(place, number, language)).text
}

/** What reports are made of. */
const figuresOf = async (desk: VendorDesk) => {
  const from = Temporal.PlainDate.from('2026-11-23')
  const period = { from, to: from.add({ days: 7 }), timeZone: 'Europe/Berlin' }
  return readAll(desk.database, desk.deps, { period })
}
