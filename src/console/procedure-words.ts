import { z } from 'zod'
import type { ProcedureEntryKind } from '../intake/procedures/ticket-of.ts'

/** What the lines that procedures and known problems leave in a ticket's history say, in English, without a full stop. */

const words = z.string().catch('')
const list = z.array(z.string()).catch([])
const shape = z.object({
  ...{ step: words, group: words, letter: words, requestType: words, key: words, title: words },
  ...{ agents: list, missing: list, closed: z.boolean().catch(true) },
})
type Detail = z.output<typeof shape>

const told: Record<ProcedureEntryKind, (detail: Detail, nameOf: (agent: string) => string) => string> = {
  'procedure-begun': ({ requestType }) => `The procedure "${requestType}" begins`,
  'procedure-left': () => 'The former procedure is left',
  'procedure-done': () => 'The procedure is at its end',
  'step-begun': ({ step, letter, agents }, nameOf) =>
    letter === ''
      ? `Step "${step}" waits for ${agents.map(nameOf).join(', ') || 'somebody'}`
      : `Step "${step}" waits for the customer's answer to ${letter}`,
  'step-done': ({ step, group, letter }) =>
    `Step "${step}" is done${group && `: passed on to ${group}`}${letter && `: ${letter} is on its way`}`,
  'step-refused': ({ step }) => `Step "${step}" was refused, which ends the procedure`,
  'step-skipped': ({ step }) => `Step "${step}" was skipped`,
  urgent: ({ requestType, agents }, nameOf) =>
    `Urgent (${requestType}): told at once to ${agents.map(nameOf).join(', ') || 'nobody, as nobody is on duty'}`,
  'known-problem': ({ key, title }) => `It is a case of the known problem ${key}: ${title}`,
  'known-problem-told': ({ key }) => `News of the known problem ${key} for all its customers`,
  'known-problem-solved': ({ key, closed, missing }) =>
    `The known problem ${key} is solved${closed ? '' : `; not closed yet, as this is missing: ${missing.join(', ')}`}`,
}

export const procedureEntryKinds: readonly string[] = Object.keys(told)

/** Undefined for a line of another kind. What another version wrote in another shape is left out of the sentence. */
export function procedureEntryWords(
  kind: string,
  detail: unknown,
  nameOf: (agent: string) => string,
): string | undefined {
  if (!isProcedureKind(kind)) return undefined
  return told[kind](shape.parse(typeof detail === 'object' && detail !== null ? detail : {}), nameOf)
}

function isProcedureKind(kind: string): kind is ProcedureEntryKind {
  return procedureEntryKinds.includes(kind)
}
