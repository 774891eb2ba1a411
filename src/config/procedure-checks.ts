/** Kinds of request whose procedure would stand still for ever: a step that nobody may do, or a letter nobody named. */
import { type ConfigDraft, type Draft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import type { StepConfig } from './policy-schema.ts'
import { reference, sharedWords } from './references.ts'
import type { Path } from './shape.ts'

export function procedureFaults(config: ConfigDraft): readonly Fault[] {
  const types = entriesOf(config.requestTypes)
  return [
    ...types.flatMap(([key, { area, steps }]) => [
      ...reference(['requestTypes', key, 'area'], area, 'a service area', Object.keys(config.areas ?? {})),
      ...entriesOf<Draft<StepConfig>>(steps).flatMap(([name, step]) =>
        stepFaults(config, ['requestTypes', key, 'steps', name], step),
      ),
    ]),
    ...sharedWords('requestTypes', types),
  ]
}

const whoDoes = {
  approve: 'name the agent or the group who may approve it',
  task: 'name the agent or the group who does it',
  queue: 'name the group that gets the ticket',
} as const

function stepFaults(config: ConfigDraft, path: Path, { kind, by, letter, skipBy }: Draft<StepConfig>) {
  const groups = Object.keys(config.groups ?? {})
  const agents = Object.keys(config.agents ?? {})
  const people = [...agents, ...groups]
  const faults: Fault[] = [...reference([...path, 'skipBy'], skipBy, 'an agent or a group', people)]
  if (kind === 'approve' || kind === 'task' || kind === 'queue') {
    if (by === undefined) faults.push({ path: [...path, 'by'], says: `is missing; ${whoDoes[kind]}` })
    const [what, known] = kind === 'queue' ? ['a group', groups] : ['an agent or a group', people]
    faults.push(...reference([...path, 'by'], by, String(what), [...known]))
  } else if (by !== undefined) {
    faults.push({
      path: [...path, 'by'],
      says: `is "${by}", but nobody of ours does a step of the kind ${kind}; leave it out, or use task`,
    })
  }
  if (kind === 'letter' && letter === undefined) {
    faults.push({ path: [...path, 'letter'], says: 'is missing; name the template of the letter' })
  }
  return faults
}
