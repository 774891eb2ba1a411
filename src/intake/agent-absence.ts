import type { Config } from '../config/schema.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Mailbox } from '../desk/mail-content.ts'
import type { Tx } from '../store/database.ts'
import type { Prisma } from '../store/generated/client.ts'
import { dateOf } from './mail-rows.ts'
import type { PlanContext } from './plan.ts'

/**
 * Agents' own absence notes, as answers to our notices. From alone is believed here: all that a forger gains is that a
 * colleague of the same company reads the notices as well.
 */

export type AbsenceRow = Prisma.AbsenceCreateManyInput

function agentKeyOf(config: Config, address: string): string | undefined {
  const wanted = address.toLowerCase()
  return Object.entries(config.agents).find(([, agent]) =>
    agent.addresses.some(own => own.toLowerCase() === wanted),
  )?.[0]
}

/** The first named deputy who is an agent: by address, else by the name as the configuration has it. */
function deputyAmongAgents(config: Config, deputies: readonly Mailbox[]): string | undefined {
  for (const { address, name } of deputies) {
    const byName = Object.entries(config.agents).find(
      ([, agent]) => name !== '' && agent.name.toLowerCase() === name.toLowerCase(),
    )
    const key = agentKeyOf(config, address) ?? byName?.[0]
    if (key !== undefined) return key
  }
  return undefined
}

/** The row of an absence note that an agent's mailbox wrote; days are those of the mailbox's office. */
export function absenceOfAgent(
  { content, position, receivedAt }: InboundMail,
  inboundId: bigint,
  { config }: PlanContext,
): AbsenceRow | undefined {
  const { absence, from } = content
  const agent = from ? agentKeyOf(config, from.address) : undefined
  if (!absence || agent === undefined) return undefined
  const office = config.offices[config.mailboxes[position.mailbox]?.office ?? '']
  const timeZone = office?.timeZone ?? 'UTC'
  const startOf = (day: Temporal.PlainDate) => dateOf(day.toZonedDateTime(timeZone).toInstant())
  const today = receivedAt.toZonedDateTimeISO(timeZone).toPlainDate()
  return {
    agent,
    fromAt: startOf(absence.from ?? today),
    untilAt: absence.until ? startOf(absence.until.add({ days: 1 })) : null,
    deputy: deputyAmongAgents(config, absence.deputies) ?? null,
    inboundId,
  }
}

/** Writes the absences of a batch; a later note about the same absence takes the place of an earlier one. */
export async function recordAbsences(tx: Tx, absences: readonly AbsenceRow[]): Promise<void> {
  for (const absence of absences) {
    const { agent, fromAt, ...rest } = absence
    await tx.absence.upsert({
      where: { agent_fromAt: { agent, fromAt } },
      create: absence,
      update: rest,
    })
  }
}
