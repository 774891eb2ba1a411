/** One line of `gateway check`: what was tested, whether it will do, what was found, and what to do about it. */
import { indented } from '../terminal.ts'

export interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly found: string
  /** Only where something is to be done. */
  readonly advice?: string
}

export function findingText({ what, ok, found, advice }: Finding): string {
  const head = `${ok ? '✓' : '✗'} ${what}: ${indented(found, 2).trimStart()}`
  return advice === undefined ? head : `${head}\n  → ${advice}`
}
