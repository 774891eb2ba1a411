import type { Config } from '../../config/schema.ts'
import type { Severity } from '../../desk/command-arguments.ts'
import { maySpeakFor, peopleOnDuty } from '../../desk/duty.ts'
import type { StandIn } from '../../desk/on-duty.ts'
import type { LevelFacts } from '../../desk/promise/escalation.ts'
import type { Tx } from '../../store/database.ts'
import { readAbsences } from '../calls/duty.ts'
import { officeNamed, type PromiseDeps } from './promise-deps.ts'

/** Who answers for a level at a moment, out of configuration, roster and absence notes. */

export type LevelDeps = Pick<PromiseDeps, 'config' | 'offices'>

export const highestLevel = 4

export type LevelKey = keyof NonNullable<Config['levels']>

/** Undefined where levels are only numbers, and for a number that is none. */
export function levelConfigOf({ levels }: Pick<Config, 'levels'>, level: number) {
  return levels?.[String(level) as LevelKey]
}

export interface ReadLevel {
  readonly facts: LevelFacts
  readonly people: readonly StandIn[]
}

/** The level as the rules see it; `office`: key of the ticket's, for levels without one of their own. */
export async function readLevel(
  tx: Tx,
  { config, offices }: LevelDeps,
  level: number,
  officeKey: string,
  now: Temporal.Instant,
): Promise<ReadLevel | undefined> {
  const settings = levelConfigOf(config, level)
  if (!settings) return undefined
  const office = officeNamed({ offices }, settings.office ?? officeKey)
  const absences = await readAbsences(tx, now)
  const people = peopleOnDuty(settings.group, config, absences, office.timeZone, now)
  const { ways, acknowledgeMinutes, anyTime } = settings
  return {
    people,
    facts: {
      ...{ level, ways, acknowledgeMinutes, office },
      people: people.map(({ agent }) => agent),
      anyTime: anyTime as readonly (Severity | 'unclassified')[],
    },
  }
}

/** Whether the agent is one of the level's people, or of their deputies. */
export async function isOfLevel(
  tx: Tx,
  { config, offices }: LevelDeps,
  level: number,
  agent: string,
  officeKey: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const settings = levelConfigOf(config, level)
  if (!settings) return false
  const { timeZone } = officeNamed({ offices }, settings.office ?? officeKey)
  return maySpeakFor(settings.group, agent, config, await readAbsences(tx, now), timeZone, now)
}
