/** What the declarations of all commands share. */
import type { Command } from 'commander'
import { type Answer, print } from './answer.ts'

/** Options that commands have in common. */
export interface Common {
  readonly config?: string
  readonly json?: boolean
}

/** Told the exit code of the command that ran. */
export type Done = (exitCode: number) => void

/** Makes a command one that answers: `answer` gets the arguments and all options, and its answer is printed. */
export type Answering = (command: Command, answer: (...args: never[]) => Promise<Answer>) => void

export function answeringWith(done: Done): Answering {
  return (command, answer) => {
    command.option('--json', 'print the answer as JSON')
    command.action(async (...args: unknown[]) => {
      const options = command.optsWithGlobals<Common>()
      // commander appends the command's own options and the command to the arguments.
      const given = [...args.slice(0, -2), options] as never[]
      done(print(await answer(...given), options.json === true))
    })
  }
}

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map(line => `  $ ${line}`).join('\n')}`
}
