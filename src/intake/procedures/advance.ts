import { requestTypeOf } from '../../desk/checklist.ts'
import { nextSteps } from '../../desk/procedures/next-steps.ts'
import type { StepAction, StepState } from '../../desk/procedures/procedure.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import { passOn } from '../promises/pass-on.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { customerLetter, tellAgents } from './step-letters.ts'
import { addEntry, lockTicket, type ProcedureTicket, readSteps, type StepRow } from './ticket-of.ts'

/** A procedure goes on: what ends at once is done here, and whoever has to act next gets a letter. */

export interface Advance {
  readonly ticketId: string
  readonly now: Temporal.Instant
  /**
   * False where the customer's mail allows no automatic answer, or the loop budget is used up: then agents have to write.
   * Later steps need not ask: there are only so many of them.
   */
  readonly mayWrite?: boolean
}

/**
 * Carries out what follows from the steps of a ticket as they are now. Nothing is done twice: a step that began is open,
 * and a closed ticket's procedure rests until the ticket is reopened and somebody takes its step further.
 */
export async function advance(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, now, mayWrite = true }: Advance,
): Promise<void> {
  const ticket = await lockTicket(tx, ticketId)
  if (!ticket || ticket.state === 'resolved') return
  const steps = await readSteps(tx, ticketId)
  if (steps.length === 0) return
  const { actions, state } = nextSteps(steps, requestTypeOf(ticket, deps.config)?.steps ?? {})
  for (const action of actions) await carryOut(tx, deps, ticket, action, { now, mayWrite })
  if (state === 'done') await addEntry(tx, { ticketId, kind: 'procedure-done', at: now, author: '' })
}

async function carryOut(
  tx: Tx,
  deps: PromiseDeps,
  ticket: ProcedureTicket,
  action: StepAction,
  at: Required<Omit<Advance, 'ticketId'>>,
): Promise<void> {
  const { now } = at
  switch (action.kind) {
    case 'ask':
      return write(tx, deps, ticket, action, 'open', at)
    case 'send':
      return write(tx, deps, ticket, action, 'done', at)
    case 'tell':
      return tell(tx, deps, ticket, action, now)
    case 'pass-on': {
      const { key, group } = action
      await setStep(tx, ticket.id, key, { state: 'done', now })
      const type = requestTypeOf(ticket, deps.config)
      const reason = type?.steps[key]?.name[ticket.language] ?? key
      await addEntry(tx, {
        ...{ ticketId: ticket.id, kind: 'step-done', at: now, author: '' },
        detail: { step: key, group },
      })
      await passOn(tx, deps, { ticketId: ticket.id, group, reason, by: null, now })
    }
  }
}

/** A letter to the customer; where none can be written the agents hear that they have to do it in another way. */
async function write(
  tx: Tx,
  deps: PromiseDeps,
  ticket: ProcedureTicket,
  action: Extract<StepAction, { readonly kind: 'ask' | 'send' }>,
  state: 'open' | 'done',
  { now, mayWrite }: Required<Omit<Advance, 'ticketId'>>,
): Promise<void> {
  const letter = mayWrite ? customerLetter(ticket, action, deps, now) : undefined
  if (!letter) return tell(tx, deps, ticket, { ...action, by: null, want: 'no-address' }, now)
  await setStep(tx, ticket.id, action.key, { state, now })
  await enqueue(tx, [letter])
  await addEntry(tx, {
    ...{ ticketId: ticket.id, kind: state === 'open' ? 'step-begun' : 'step-done', at: now, author: '' },
    ...{ letterId: letter.id, detail: { step: action.key, letter: letter.template } },
  })
}

async function tell(
  tx: Tx,
  deps: PromiseDeps,
  ticket: ProcedureTicket,
  { key, by, want }: { key: string; by: string | null; want: 'approve' | 'task' | 'no-address' },
  now: Temporal.Instant,
): Promise<void> {
  await setStep(tx, ticket.id, key, { state: 'open', now })
  const steps: readonly StepRow[] = await readSteps(tx, ticket.id)
  const told = await tellAgents(tx, deps, ticket, steps, { about: want, by, key }, now)
  const { optional = false, skipBy } = requestTypeOf(ticket, deps.config)?.steps[key] ?? {}
  if (optional && skipBy !== undefined)
    await tellAgents(tx, deps, ticket, steps, { about: 'may-skip', by: skipBy, key, without: told }, now)
  await addEntry(tx, {
    ...{ ticketId: ticket.id, kind: 'step-begun', at: now, author: '' },
    detail: { step: key, agents: [...told] },
  })
}

interface StepChange {
  readonly state: StepState
  /** Key of an agent. */
  readonly doneBy?: string | null
  readonly remark?: string
  readonly now: Temporal.Instant
}

/** A step that is waited for keeps when it began; one that ends without waiting begins and ends now. */
export async function setStep(
  tx: Tx,
  ticketId: string,
  key: string,
  { state, doneBy = null, remark = '', now }: StepChange,
): Promise<void> {
  const at = dateOf(now)
  await tx.$executeRaw`
    update procedure_step set state = ${state}, done_by = ${doneBy}, remark = ${remark},
      opened_at = coalesce(opened_at, ${at}::timestamptz),
      ended_at = ${state === 'open' ? null : at}::timestamptz
    where ticket_id = ${ticketId}::uuid and key = ${key}`
}
