import { type RoutingFacts, route } from '../../desk/routing.ts'
import type { Tx } from '../../store/database.ts'
import { Load } from '../promises/load.ts'
import { type Placed, placeRouted } from '../promises/routing.ts'
import type { CallDeps } from './call-deps.ts'
import { type Duty, type DutyRequest, readAbsences, readDuty } from './duty.ts'
import type { LineOfCall } from './line-of-call.ts'

/**
 * The group of a call's ticket, and whom the row names. Nobody is chosen by load: who picks up has it, and a callback
 * finds its own agent.
 */
export async function placeCall(
  tx: Tx,
  { config }: Pick<CallDeps, 'config'>,
  { ref, group, office }: LineOfCall,
  { language, customer }: Pick<RoutingFacts, 'language' | 'customer'>,
  now: Temporal.Instant,
): Promise<Placed> {
  const nothing = { mailbox: null, product: null, area: null, requestType: null }
  const routed = route({ ...nothing, line: ref, language, customer, group }, config)
  if (routed.agent === null)
    return { ...routed, because: routed.row ?? 'no row of the routing fits, so it is the group of the line' }
  const absences = await readAbsences(tx, now)
  return placeRouted(routed, language, office, { config, absences, now, load: new Load() })
}

/**
 * Who is there for a call. At a desk that routes it is the group that has the ticket, whoever it names first; where
 * nobody of it can be rung, the line's own group takes the call rather than nobody.
 */
export async function dutyOfCall(
  tx: Tx,
  { config }: Pick<CallDeps, 'config'>,
  line: LineOfCall,
  { group, assignee }: { readonly group: string; readonly assignee: string | null },
  { language, now }: Pick<DutyRequest, 'language' | 'now'>,
): Promise<Duty> {
  const ask = (of: string) => readDuty(tx, { group: of, office: line.office, language, now, config })
  if (config.routing.length === 0 || !config.groups[group]) return ask(line.group)
  const own = await ask(group)
  if (own.toRing.length === 0 && group !== line.group) return ask(line.group)
  const isNamed = ({ key }: { readonly key: string }) => key === assignee
  return { ...own, toRing: own.toRing.toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a))) }
}
