import type { Read } from '../command-arguments.ts'
import type { CommandEntry } from '../command-words.ts'
import { type NamedProblem, readProblem } from './known-problem.ts'

/** The commands about procedures and known problems; part of the table in command-words.ts. */
export const procedureCommands = {
  step: {
    words: { de: ['schritt'], en: ['step'] },
    argument: 'needed',
    form: { de: 'schritt [bemerkung]', en: 'step [remark]' },
    does: {
      de: 'meldet einen Schritt des Ablaufs als erledigt; der nächste beginnt',
      en: 'reports a step of the procedure as done; the next one begins',
    },
  },
  approve: {
    words: { de: ['genehmigt', 'genehmigen'], en: ['approve', 'approved'] },
    argument: 'optional',
    form: { de: '[bemerkung]', en: '[remark]' },
    does: {
      de: 'genehmigt den Schritt, der auf Genehmigung wartet',
      en: 'approves the step that waits for approval',
    },
    excludes: 'verdict',
  },
  refuse: {
    words: { de: ['abgelehnt', 'ablehnen'], en: ['refuse', 'refused'] },
    argument: 'needed',
    form: { de: 'grund', en: 'reason' },
    does: {
      de: 'lehnt den Schritt ab, der auf Genehmigung wartet; der Ablauf endet damit',
      en: 'refuses the step that waits for approval, which ends the procedure',
    },
    excludes: 'verdict',
  },
  skip: {
    words: { de: ['überspringen'], en: ['skip'] },
    argument: 'needed',
    form: { de: 'grund', en: 'reason' },
    does: {
      de: 'überspringt den laufenden Schritt, wo der Ablauf das erlaubt',
      en: 'skips the current step, where the procedure allows it',
    },
    excludes: 'verdict',
  },
  kind: {
    words: { de: ['art', 'anfrageart'], en: ['kind'] },
    argument: 'needed',
    form: { de: 'art der anfrage', en: 'kind of request' },
    does: {
      de: 'legt die Art der Anfrage fest und beginnt deren Ablauf',
      en: 'sets the kind of request and begins its procedure',
    },
  },
  known: {
    words: { de: ['bekannt'], en: ['known'] },
    argument: 'needed',
    form: { de: 'kürzel [titel]', en: 'key [title]' },
    does: {
      de: 'ordnet das Ticket einem bekannten Problem zu; beim ersten Mal mit Titel',
      en: 'links the ticket to a known problem; with a title the first time',
    },
  },
  solved: {
    words: { de: ['gelöst'], en: ['solved'] },
    argument: 'needed',
    form: { de: 'kürzel lösung', en: 'key solution' },
    does: {
      de: 'löst ein bekanntes Problem: alle Kunden erfahren die Lösung, ihre Tickets werden geschlossen',
      en: 'solves a known problem: all its customers hear of the solution, their tickets are closed',
    },
    goesOn: true,
  },
} satisfies Record<string, CommandEntry>

export type ProcedureCommandName = keyof typeof procedureCommands

/** What such a command says, as it was read; whether it is possible is judged with the facts of the ledger. */
export type ProcedureCommand =
  | { readonly name: 'step'; readonly key: string; readonly remark: string }
  | { readonly name: 'approve' | 'refuse' | 'skip'; readonly remark: string }
  /** Key or name of a request type. */
  | { readonly name: 'kind'; readonly requestType: string }
  | ({ readonly name: 'known' | 'solved' } & NamedProblem)

export function isProcedureCommand(name: string): name is ProcedureCommandName {
  return Object.hasOwn(procedureCommands, name)
}

export function readProcedureCommand(name: ProcedureCommandName, text: string): Read<ProcedureCommand> {
  const remark = text.slice(0, 2000).toWellFormed()
  switch (name) {
    case 'step': {
      const [, key = '', rest = ''] = /^(\S+)(?:\s+(.*))?$/su.exec(remark) ?? []
      return { value: { name, key: key.toLowerCase().replace(/[:.,]$/, ''), remark: rest.trim() } }
    }
    case 'kind':
      return { value: { name, requestType: remark } }
    case 'known':
    case 'solved': {
      const read = readProblem(text)
      return 'mistake' in read ? read : { value: { name, ...read.value } }
    }
    default:
      return { value: { name, remark } }
  }
}
