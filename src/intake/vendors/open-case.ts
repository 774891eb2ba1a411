import { randomUUID } from 'node:crypto'
import { caseNumberFrom } from '../../desk/vendor/case-number.ts'
import { type CaseDescription, measuresTold, subjectOf } from '../../desk/vendor/description.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { measuresOf } from '../promises/measures.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { relayedFrom, signatureBelow, tellAgents, vendorLines, writeToVendor } from './case-letters.ts'
import { addMessage, addVendorEntry, beginWaiting, readCase } from './case-rows.ts'
import type { VendorOrder } from './vendor-orders.ts'

/** Opens a case at a manufacturer: its row, the letter that describes the fault, both clocks. Gives its number. */
export async function openCase(
  tx: Tx,
  deps: PromiseDeps,
  order: Extract<VendorOrder, { readonly kind: 'open' }>,
  now: Temporal.Instant,
): Promise<string> {
  const { config } = deps
  const vendor = config.vendors[order.vendor]
  if (!vendor) throw new Error(`manufacturer "${order.vendor}" was there when the command was understood`)
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: order.ticketId } })
  const measures = (await measuresOf(tx, ticket.id)).filter(({ of }) => measuresTold.includes(of))
  const description: CaseDescription = {
    ...order.device,
    fault: order.told.words,
    measures: measures.map(({ of, text }) => ({ of, text })),
  }
  const [next] = await tx.$queryRaw<{ sequence: bigint }[]>`
    select nextval(pg_get_serial_sequence('vendor_case', 'sequence')) as sequence`
  if (!next) throw new Error('the database gave no number for a case')
  const id = randomUUID()
  const number = caseNumberFrom(BigInt(next.sequence))
  await tx.vendorCase.create({
    data: {
      ...{
        id,
        number,
        ticketId: ticket.id,
        sequence: next.sequence,
        vendor: order.vendor,
        agent: order.agent,
      },
      ...{ subject: subjectOf(description), state: 'open', language: vendor.language },
      mailbox: vendor.mailbox ?? ticket.mailbox,
      description: description as unknown as Prisma.InputJsonObject,
      ...{ waitsFor: 'us', since: dateOf(now), openedAt: dateOf(now) },
    },
  })
  const opened = await readCase(tx, deps, id)
  const { words } = order.told
  const data = {
    ...{ ...vendorLines(deps, opened, order.agent), ...description, relayed: relayedFrom(order.told) },
    signature: signatureBelow(config, order.agent, words),
  }
  const letter = await writeToVendor(tx, deps, opened, { kind: 'vendor-case', data }, now)
  await addMessage(tx, {
    ...{ caseId: id, direction: 'out', kind: 'case', at: now, author: order.agent, text: words },
    detail: { ...description, attachments: order.told.attachments.length },
    ...{ inboundId: order.inboundId, letterId: letter?.id ?? null },
  })
  await addVendorEntry(tx, opened, 'vendor-opened', now, { author: order.agent })
  await beginWaiting(tx, deps, opened, now)
  const waiting = await readCase(tx, deps, id)
  const told = { event: 'opened', text: words, author: config.agents[order.agent]?.name ?? '' } as const
  await tellAgents(tx, deps, waiting, [order.agent], told, now)
  return number
}
