/**
 * What a command has found out: as a text for people and as data for `--json`. Commands return answers and print
 * nothing, so that they can be tested and so that everything printed passes through one place.
 */
import { safeJson, safeText } from './terminal.ts'

export interface Answer {
  readonly text: string
  readonly data: unknown
  /** The question was answered, but the answer is bad news: exit code 1. */
  readonly failed?: boolean
}

/** Prints the answer and returns the exit code. */
export function print({ text, data, failed = false }: Answer, json: boolean): number {
  process.stdout.write(json ? `${safeJson(data)}\n` : `${safeText(text).trimEnd()}\n`)
  return failed ? 1 : 0
}

/** Something asked for does not exist or makes no sense: one sentence to stderr, exit code 1. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}
