import type { InboundMail } from '../desk/inbound.ts'
import { decideHeld, type HeldDecision, type Released } from '../intake/held.ts'
import { keptMail } from '../intake/release.ts'
import type { TakeInDeps } from '../intake/take-in.ts'
import type { Held, Inbound } from '../store/generated/client.ts'
import { becauseOf } from './tickets.ts'

/** A mail that waits for a human, with enough of it to decide. */
export interface WaitingMail {
  readonly inboundId: string
  /** The ticket that it speaks of. */
  readonly ticketNumber: string | null
  readonly reason: string
  readonly because: string
  readonly from: string | null
  readonly subject: string
  readonly text: string
  readonly receivedAt: string
}

/** For pages: the mails that wait for a decision, and deciding. */
export interface HeldMails {
  /** The oldest first: somebody waits for an answer. */
  list(limit: number): Promise<readonly WaitingMail[]>
  /** Refuses, as a value, what was never held or was decided otherwise. `by` is for the ticket's history. */
  decide(inboundId: bigint, decision: HeldDecision, by: string): Promise<Released>
}

/** Reads a mail again from its bytes; the console does not know how mails are parsed. */
export type ReadKept = (rawSha256: string) => Promise<Pick<InboundMail, 'content' | 'fingerprint'>>

const mostText = 600

export function openHeldMails(deps: TakeInDeps, read: ReadKept): HeldMails {
  const { held, inbound } = deps.database
  const texts = new Map<string, string>()

  /** A mail never changes, and lists are asked for again and again. */
  async function textOf(rawSha256: string): Promise<string> {
    const known = texts.get(rawSha256)
    if (known !== undefined) return known
    const { content } = await read(rawSha256)
    const text = (content.replyText || content.text).slice(0, mostText).toWellFormed()
    texts.set(rawSha256, text)
    return text
  }

  return {
    async list(limit) {
      const rows = await held.findMany({
        where: { state: 'held' },
        orderBy: [{ heldAt: 'asc' }, { inboundId: 'asc' }],
        take: limit,
        include: { ticket: { select: { number: true } } },
      })
      const mails = await inbound.findMany({ where: { id: { in: rows.map(row => row.inboundId) } } })
      const shown = new Set(mails.map(mail => mail.rawSha256))
      for (const sha256 of texts.keys()) if (!shown.has(sha256)) texts.delete(sha256)
      const waiting = rows.flatMap(row => {
        const mail = mails.find(({ id }) => id === row.inboundId)
        return mail ? [waitingMail(row, row.ticket?.number ?? null, mail, textOf)] : []
      })
      return Promise.all(waiting)
    },
    async decide(inboundId, decision, by) {
      const row = await inbound.findUnique({ where: { id: inboundId } })
      if (!row) return { ok: false, because: `mail ${inboundId} was never held` }
      const kept = keptMail(row)
      const mail = { kind: 'mail', ...kept, ...(await read(kept.rawSha256)) } as const
      return decideHeld(deps, inboundId, decision, mail, by)
    },
  }
}

async function waitingMail(
  { inboundId, reason, detail }: Held,
  ticketNumber: string | null,
  mail: Inbound,
  textOf: (rawSha256: string) => Promise<string>,
): Promise<WaitingMail> {
  return {
    inboundId: String(inboundId),
    ticketNumber,
    reason,
    because: becauseOf(detail),
    from: mail.fromAddress,
    subject: mail.subject,
    text: await textOf(mail.rawSha256),
    receivedAt: mail.receivedAt.toISOString(),
  }
}
