import type { Language } from '../ticket.ts'

/**
 * Reports by mail: figures of a whole week or month, in the words of their reader. Everything is worded and counted when
 * the letter is written: one that is repeated a day later must say the same.
 */

export type ReportRole = 'team' | 'division' | 'executive'

export interface ReportData {
  /** Which report, of which period: nobody gets the same one twice. */
  readonly key: string
  readonly name: string
  /** In words, such as "23.11.–29.11.2026". */
  readonly period: string
  /** "der Woche", "of the month". */
  readonly every: 'week' | 'month'
  /** Names of the departments that it is about; none where it is about all. */
  readonly about: readonly string[]
  readonly numbers: readonly ReportNumber[]
  readonly sections: readonly ReportSection[]
  /** To the same figures as a page; '' where no public address is configured. */
  readonly link: string
  readonly file: LetterFile
}

/** The data of each kind of letter. */
export type ReportLetters = { readonly [Role in ReportRole as `report-${Role}`]: ReportData }

export interface ReportNumber {
  readonly figure: string
  readonly part: string
  readonly value: string
  readonly before: string
  /** Since the period before; '' where one of both has nothing to count. */
  readonly change: 'better' | 'worse' | 'same' | 'more' | 'less' | ''
}

export interface ReportSection {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly ReportRow[]
  /** Rows that are left out. */
  readonly more: number
}

export interface ReportRow {
  readonly cells: readonly string[]
  /** Percent of the section's longest bar, or null where nothing is drawn. */
  readonly bar: number | null
}

/** A file of ours that is sent along. */
export interface LetterFile {
  readonly filename: string
  readonly contentType: string
  readonly text: string
}

export const reportRoles: readonly ReportRole[] = ['team', 'division', 'executive']

export const roleNames: Readonly<Record<ReportRole, Readonly<Record<Language, string>>>> = {
  team: { de: 'Bericht für das Team', en: 'Team report' },
  division: { de: 'Bericht für die Bereichsleitung', en: 'Report for division management' },
  executive: { de: 'Bericht für die Geschäftsleitung', en: 'Executive report' },
}
