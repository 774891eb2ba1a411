import { randomUUID } from 'node:crypto'
import type { Config } from '../../config/schema.ts'
import { type Requested, readKnown, requestTypeOf } from '../../desk/checklist.ts'
import type { Severity } from '../../desk/command-arguments.ts'
import { addOfficeTime, isOpen } from '../../desk/office-hours.ts'
import type { PhoneCall } from '../../desk/phone/call.ts'
import type { CallFacts } from '../../desk/phone/call-decision.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import { ownWords } from '../../desk/phone/call-subject.ts'
import { factsNeeded } from '../../desk/phone/facts-needed.ts'
import type { Capabilities } from '../../desk/phone/instruction.ts'
import { numberRulesOf } from '../../desk/phone/lines.ts'
import type { Tx } from '../../store/database.ts'
import { readAlert } from './alert-effects.ts'
import type { CallDeps } from './call-deps.ts'
import { instantOf } from './call-rows.ts'
import { readCallerHistory } from './caller-history.ts'
import { type LineOfCall, lineFactsOf } from './line-of-call.ts'
import { dutyOfCall } from './place-matter.ts'

/** Of a provider that was taken out of the configuration: of its calls only the clock tells us anything. */
const gone: Capabilities = {
  answers: false,
  speaks: false,
  accepts: false,
  records: false,
  dials: false,
  texts: false,
}

/** What the conversation's rules are told for this event, read in the transaction that holds the call locked. */
export async function readCallFacts(
  deps: CallDeps,
  tx: Tx,
  call: PhoneCall,
  event: CallEvent,
  line: LineOfCall,
  now: Temporal.Instant,
): Promise<CallFacts> {
  const { config, providers } = deps
  const facts = lineFactsOf(deps, line)
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: call.ticketId } })
  const owed = await callbackOf(tx, call)
  const needed = factsNeeded(call, event, owed !== null)
  const history =
    call.number !== null && needed.history
      ? await readCallerHistory(tx, call.number, call.ticketId)
      : undefined
  const duty =
    needed.agents && isOpen(now, facts.office)
      ? await dutyOfCall(tx, deps, line, ticket, { language: call.language, now })
      : undefined
  const alert = await readAlert(tx, deps, call, now)
  const minutes = config.phone?.callback.minutes ?? 120
  return {
    now,
    line: facts,
    can: providers.get(call.provider)?.can ?? gone,
    ticket: {
      number: ticket.number,
      subject: ownWords(ticket.subject),
      customerName: ticket.customerName,
      company: companyOf(ticket, config),
      severity: ticket.severity as Severity | null,
      waitingMinutes: Math.max(0, Math.floor(instantOf(ticket.openedAt).until(now).total('minutes'))),
    },
    openTickets: history?.open ?? [],
    sureOfCaller: history?.sure ?? false,
    owedToNumber: history?.owed ?? 0,
    agents: duty?.toRing ?? [],
    callbackDueAt: owed
      ? instantOf(owed.guarantee.dueAt)
      : addOfficeTime(call.arrivedAt, minutes, facts.office).dueAt,
    promisedNumber: owed?.number ?? null,
    numbers: numberRulesOf(config, line.office),
    freshLegId: randomUUID(),
    ...(alert ? { alert } : {}),
    callback:
      owed && (await isUnderWay(tx, call))
        ? { number: owed.number, dueAt: instantOf(owed.guarantee.dueAt), attempts: owed.attempts }
        : null,
  }
}

/** Of a call of ours the one it is made for, even where nobody is owed it any more; else what the ticket is owed. */
function callbackOf(tx: Tx, { ticketId, memory }: PhoneCall) {
  const where = memory.callbackId === undefined ? { owedFor: ticketId } : { id: memory.callbackId }
  return tx.callback.findUnique({ where, include: { guarantee: true } })
}

/** An attempt that was called off meanwhile must not ring the customer any more. */
async function isUnderWay(tx: Tx, { direction, memory }: PhoneCall): Promise<boolean> {
  if (direction !== 'out' || memory.attemptId === undefined) return false
  const attempt = await tx.callbackAttempt.findUnique({ where: { id: memory.attemptId } })
  return attempt !== null && attempt.activeFor !== null
}

/** For the summary that an agent hears. */
function companyOf(ticket: Requested & { readonly known: unknown }, config: Config): string {
  const fields = Object.entries(requestTypeOf(ticket, config)?.fields ?? {})
  const [key] = fields.find(([, { kind }]) => kind === 'company') ?? []
  return key === undefined ? '' : (readKnown(ticket.known)[key]?.value ?? '')
}
