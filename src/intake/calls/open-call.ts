import { randomUUID } from 'node:crypto'
import type { Known } from '../../desk/checklist.ts'
import { mergeKnown, requestTypeOf } from '../../desk/checklist.ts'
import { nobody, type Recognised } from '../../desk/customers/recognise.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import { callSubject } from '../../desk/phone/call-subject.ts'
import { readCaller } from '../../desk/phone/numbers.ts'
import { oneLine } from '../../desk/plain-text.ts'
import type { Language } from '../../desk/ticket.ts'
import { ticketNumberFrom } from '../../desk/ticket-number.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { knownFromBooks, languageOf, linkColumns, unclearDetail } from '../customers/from-books.ts'
import { dateOf } from '../mail-rows.ts'
import { promiseWithCall } from '../promises/promises-of-call.ts'
import { routedEntry } from '../promises/routing.ts'
import { takeNumbers } from '../record.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { readCallerHistory } from './caller-history.ts'
import type { LineOfCall } from './line-of-call.ts'
import { placeCall } from './place-matter.ts'

/** A call that we hear of for the first time: its row and its ticket, before anything is asked. */

type FirstNews = Extract<CallEvent, { readonly kind: 'arrived' | 'ended' }>

/** Characters of what a network tells of the caller's name. */
const nameLength = 100

/** Writes call and ticket, and gives the call's id. A call that goes on with another one belongs to its ticket. */
export async function openCall(deps: CallDeps, tx: Tx, event: FirstNews, line: LineOfCall): Promise<string> {
  const caller = readCaller(event.from, line.country)
  const continued = await continuedCall(tx, event)
  if (caller.number !== null) await takeTurn(tx, caller.number)
  const history = caller.number === null ? undefined : await readCallerHistory(tx, caller.number, null)
  const recognised = history?.recognised ?? nobody
  const language = continued?.language ?? history?.language ?? languageOf(recognised) ?? line.language
  const ticketId =
    continued?.ticketId ??
    (await openTicket(deps, tx, event, line, {
      number: caller.number,
      language: language as Language,
      customer: history?.sure ? history.customer : null,
      recognised,
    }))
  const id = randomUUID()
  await tx.call.create({
    data: {
      ...{ id, ticketId, language },
      provider: event.provider,
      providerId: event.providerId,
      direction: 'in',
      line: line.ref,
      number: caller.number,
      rawFrom: event.from.slice(0, 200),
      rawTo: event.to.slice(0, 200),
      callerName: event.kind === 'arrived' ? oneLine(event.callerName).slice(0, nameLength) : '',
      state: 'open',
      step: 'arrived',
      arrivedAt: dateOf(event.at),
    },
  })
  await addCallEntry(tx, {
    ticketId,
    kind: 'call',
    at: event.at,
    detail: { callId: id, number: caller.number, withheld: caller.withheld, line: line.ref },
  })
  if (!continued) await promiseWithCall(tx, deps, ticketId, event.at)
  return id
}

/**
 * Calls of one number begin one after the other, so that of two at the same moment the second finds the ticket of the
 * first, and one matter is not promised twice. Until the transaction ends.
 */
async function takeTurn(tx: Tx, number: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`caller ${number}`}, 0))`
}

/** A transfer, or a forward to a mailbox, is a new call with a new id at some providers; it is one to the customer. */
async function continuedCall(tx: Tx, event: FirstNews) {
  if (event.kind !== 'arrived' || event.continues === null) return undefined
  return tx.call.findUnique({
    where: { provider_providerId: { provider: event.provider, providerId: event.continues } },
  })
}

interface Caller {
  readonly number: string | null
  readonly language: Language
  readonly customer: { readonly address: string; readonly name: string; readonly known: Known } | null
  readonly recognised: Recognised
}

async function openTicket(
  deps: CallDeps,
  tx: Tx,
  { at }: FirstNews,
  line: LineOfCall,
  { number, language, customer, recognised }: Caller,
): Promise<string> {
  const [sequence] = (await takeNumbers(tx, 0, 1)).ticketSequences
  if (sequence === undefined) throw new Error('the database gave no ticket number')
  const id = randomUUID()
  const placed = await placeCall(tx, deps, line, { language, customer: recognised.company }, at)
  await tx.ticket.create({
    data: {
      ...{ id, sequence, language, channel: 'phone' },
      number: ticketNumberFrom(sequence, deps.config.tickets.digits),
      state: 'open',
      subject: callSubject(number, language),
      customerAddress: customer?.address ?? '',
      customerName: customer?.name ?? '',
      customerPhone: number,
      mailbox: line.mailbox,
      group: placed.group,
      assignee: placed.agent,
      office: line.office,
      openedAt: dateOf(at),
      changedAt: dateOf(at),
      level: 1,
      ...linkColumns(recognised),
      known: mergeKnown(
        knownOf(deps, line, number, customer?.known ?? {}),
        knownFromBooks(recognised, line, deps.config),
      ) as unknown as Prisma.InputJsonObject,
    },
  })
  const routed = routedEntry(id, placed, [], { config: deps.config, now: at })
  if (routed) await tx.entry.create({ data: routed })
  if (customer && customer.address !== '')
    await tx.participant.create({
      data: {
        ticketId: id,
        address: customer.address.toLowerCase(),
        name: customer.name,
        role: 'customer',
        since: dateOf(at),
      },
    })
  if (recognised.conflicts.length > 0)
    await addCallEntry(tx, {
      ticketId: id,
      kind: 'customer-unclear',
      at,
      detail: unclearDetail(recognised.conflicts),
    })
  if (number !== null)
    await tx.ticketPhone.create({ data: { ticketId: id, number, source: 'caller', since: dateOf(at) } })
  return id
}

/** Who somebody is stays true from ticket to ticket; which device it is about does not. */
const lastingKinds: readonly string[] = ['name', 'company']

function knownOf({ config }: CallDeps, { mailbox }: LineOfCall, number: string | null, before: Known): Known {
  const fields = Object.entries(requestTypeOf({ mailbox }, config)?.fields ?? {})
  const known = fields.flatMap(([key, { kind }]): [string, Known[string]][] => {
    const earlier = Object.hasOwn(before, key) ? before[key] : undefined
    if (kind === 'phone' && number !== null) return [[key, { value: number, where: 'call' }]]
    return lastingKinds.includes(kind) && earlier ? [[key, earlier]] : []
  })
  return Object.fromEntries(known)
}
