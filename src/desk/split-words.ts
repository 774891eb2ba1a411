import { continuation } from './command-lines.ts'
import {
  type CommandEntry,
  type CommandName,
  commandEntry,
  commandNamed,
  commandText,
} from './command-words.ts'

/** What of an agent's mail is for us, and what is for whoever reads the answer. */

/** Commands stand above the first line that is none; what they mean is for desk/commands.ts to say. */
export function splitWords(replyText: string): { commandLines: readonly string[]; words: string } {
  const lines = replyText.split('\n')
  let end = 0
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    if (line.trim() !== '' && !isCommandLine(line)) break
    end += continuation(commandText(line), lines.slice(end + 1)).length
  }
  return {
    commandLines: lines.slice(0, end).filter(line => line.trim() !== ''),
    words: lines.slice(end).join('\n').trim(),
  }
}

function isCommandLine(line: string): boolean {
  return /^#\p{L}/u.test(commandText(line))
}

export function staysInside(line: string): boolean {
  return entryIn(line)?.keepsInside === true
}

export function reachesCustomer(line: string): boolean {
  return entryIn(line)?.reachesCustomer === true
}

/** The command of a line that begins with one we know. */
export function commandIn(line: string): CommandName | undefined {
  return commandNamed(/#(\p{L}[\p{L}\p{M}]*)/u.exec(commandText(line))?.[1] ?? '')
}

function entryIn(line: string): CommandEntry | undefined {
  const command = commandIn(line)
  return command && commandEntry(command)
}
