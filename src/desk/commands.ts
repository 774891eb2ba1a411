import { type Callback, readCallback } from './callback-arguments.ts'
import {
  type CommandContext,
  type Escalation,
  type MistakeCode,
  type Read,
  readAddress,
  readAgent,
  readEscalation,
  readImpact,
  readSeverity,
  readStatus,
  readTicketNumber,
  readWait,
  type Severity,
  type StatusWords,
} from './command-arguments.ts'
import { continuation, rejoined } from './command-lines.ts'
import { type CommandName, commandEntry, commandNamed, commandText } from './command-words.ts'
import { type FeedbackCommand, isFeedbackCommand, readFeedbackCommand } from './feedback/feedback-commands.ts'
import {
  isProcedureCommand,
  type ProcedureCommand,
  readProcedureCommand,
} from './procedures/procedure-commands.ts'
import type { Impact } from './promise/matter.ts'
import type { MeasureKind } from './promise/measure.ts'
import { readRoutingCommand } from './routing-arguments.ts'
import { isRoutingCommand, type RoutingCommand } from './routing-commands.ts'
import { isVendorCommand, readVendorCommand, type VendorCommand } from './vendor/vendor-commands.ts'

/** What an agent wants done, read from the lines that begin with # at the top of a reply. */
export type AgentCommand =
  | {
      readonly name: 'close' | 'take' | 'spam' | 'why' | 'help' | 'send'
    }
  /** `remark` is what stood on the line itself; '' where nothing did. */
  | { readonly name: 'note' | 'called'; readonly remark: string }
  | { readonly name: 'wait'; readonly until: Temporal.Instant }
  | { readonly name: 'assign'; readonly agent: string }
  /** Forced with "!": although the checklist is not complete. */
  | ({ readonly name: 'escalate'; readonly forced?: true } & Escalation)
  | { readonly name: 'severity' | 'customer-severity'; readonly severity: Severity }
  | { readonly name: 'impact'; readonly impact: Impact }
  | { readonly name: MeasureKind; readonly text: string }
  | ({ readonly name: 'status' } & StatusWords)
  /** Forced with "!": although the number is none that we ring unless a human allows it. */
  | ({ readonly name: 'callback'; readonly forced?: true } & Callback)
  | { readonly name: 'address'; readonly address: string }
  | { readonly name: 'merge'; readonly number: string }
  | ProcedureCommand
  | RoutingCommand
  | VendorCommand
  | FeedbackCommand

/** A line that could not be understood. With one of them nothing at all is done: half a reply may be the wrong half. */
export interface Mistake {
  /** As it was written. */
  readonly line: string
  readonly code: MistakeCode
  /** The command that was meant, for its line of help; undefined where no such command exists. */
  readonly command: CommandName | undefined
  /** What the code alone does not say, such as what is missing. */
  readonly detail?: string
}

export interface ParsedCommands {
  readonly commands: readonly AgentCommand[]
  readonly mistakes: readonly Mistake[]
  /** What the agent wrote below the commands, without the empty lines around it. */
  readonly rest: string
}

/** More lines of commands than this are no reply but a list, or an attempt to keep us busy. */
const mostCommands = 20
/** A command is a # and a letter: "#1 restart it" and "# Steps" are words to the customer. */
const commandLine = /^\s*#(\p{L}[\p{L}\p{M}]{0,30})(?:[:.!]?(?:\s+|$)(.*))?$/su

/**
 * Reads the commands at the top of `lines` and gives the rest as it stands. A known command further down is a mistake
 * as well: it was certainly not meant for the customer to read.
 */
export function parseCommands(lines: readonly string[], context: CommandContext): ParsedCommands {
  const commands: AgentCommand[] = []
  const mistakes: Mistake[] = []
  let at = 0
  for (; at < lines.length; at++) {
    const line = commandText(lines[at] ?? '')
    if (line === '') continue
    if (!/^#\p{L}/u.test(line)) break
    if (commands.length + mistakes.length >= mostCommands) break
    const more = continuation(line, lines.slice(at + 1))
    at += more.length
    const read = readLine(line, more, context)
    const mistake = 'code' in read ? read : clash(read, line, commands)
    if (mistake) mistakes.push(mistake)
    else if (!('code' in read)) commands.push(read)
  }
  const below = lines.slice(at)
  for (const line of below) {
    const command = commandNamed(commandLine.exec(commandText(line))?.[1] ?? '')
    if (command) mistakes.push({ line: shown(line), code: 'not-at-top', command })
  }
  return { commands, mistakes: mistakes.slice(0, mostCommands), rest: trimmed(below) }
}

const shown = (line: string): string => commandText(line).slice(0, 200).toWellFormed()

const trimmed = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()

function readLine(line: string, more: readonly string[], context: CommandContext): AgentCommand | Mistake {
  const [, word = '', argument = ''] = commandLine.exec(line) ?? []
  const command = commandNamed(word)
  const mistake = (code: MistakeCode): Mistake => ({ line: shown(line), code, command })
  if (!command) return mistake('unknown-command')
  const text = rejoined([argument.trim(), ...more.map(one => one.trim())])
  const { argument: wanted } = commandEntry(command)
  if (wanted === 'needed' && text === '') return mistake('needs-argument')
  if (wanted === 'none' && text !== '') return mistake('takes-no-argument')
  const forced = /^#\p{L}[\p{L}\p{M}]*!/u.test(line)
  const read = readArgument(command, text, forced, context)
  return 'mistake' in read ? mistake(read.mistake) : read.value
}

function readArgument(
  name: CommandName,
  text: string,
  forced: boolean,
  context: CommandContext,
): Read<AgentCommand> {
  if (isRoutingCommand(name)) return readRoutingCommand(name, text, context)
  if (isProcedureCommand(name)) return readProcedureCommand(name, text)
  if (isFeedbackCommand(name)) return readFeedbackCommand(name, text)
  if (isVendorCommand(name)) return readVendorCommand(name, text, context.vendors ?? [])
  switch (name) {
    case 'wait':
      return mapped(readWait(text, context), until => ({ name, until }))
    case 'assign':
      return mapped(readAgent(text, context), agent => ({ name, agent }))
    case 'escalate':
      return mapped(readEscalation(text, context), escalation => ({
        ...{ name, ...escalation },
        ...(forced ? { forced } : {}),
      }))
    case 'severity':
    case 'customer-severity':
      return mapped(readSeverity(text), severity => ({ name, severity }))
    case 'impact':
      return mapped(readImpact(text), impact => ({ name, impact }))
    case 'status':
      return mapped(readStatus(text), words => ({ name, ...words }))
    case 'cause':
    case 'immediate':
    case 'corrective':
    case 'preventive':
    case 'redress':
    case 'result':
      return { value: { name, text } }
    case 'callback':
      return mapped(readCallback(text, context), callback => ({
        ...{ name, ...callback },
        ...(forced ? { forced } : {}),
      }))
    case 'address':
      return mapped(readAddress(text), address => ({ name, address }))
    case 'merge':
      return mapped(readTicketNumber(text, context), number => ({ name, number }))
    case 'note':
    case 'called':
      return { value: { name, remark: text } }
    default:
      return { value: { name } }
  }
}

function mapped<T>(read: Read<T>, to: (value: T) => AgentCommand): Read<AgentCommand> {
  return 'mistake' in read ? read : { value: to(read.value) }
}

/** The same command twice, or two that exclude each other. */
function clash({ name }: AgentCommand, line: string, earlier: readonly AgentCommand[]): Mistake | undefined {
  if (!commandEntry(name).repeats && earlier.some(one => one.name === name))
    return { line: shown(line), code: 'twice', command: name }
  const group = commandEntry(name).excludes
  const rival = group && earlier.some(one => commandEntry(one.name).excludes === group)
  return rival ? { line: shown(line), code: 'contradicts', command: name } : undefined
}
