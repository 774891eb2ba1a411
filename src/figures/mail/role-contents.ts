import type { ReportRole } from '../../desk/reports/report-data.ts'
import type { Dimension, FigureKey } from '../figure.ts'

/** What each role reads: who works on tickets their own ones, who leads where they differ, the board how it goes on. */

export interface RoleContents {
  /** Each with its main number and the one before. */
  readonly numbers: readonly FigureKey[]
  /** A figure told apart by something, with a bar for each slice. */
  readonly apart: readonly (readonly [FigureKey, Dimension])[]
  /** Figures all of whose numbers are shown. */
  readonly whole: readonly FigureKey[]
  /** Figures with their course over the last weeks or months. */
  readonly trends: readonly FigureKey[]
  readonly tickets: boolean
  readonly training: boolean
}

/** So many weeks or months, the reported one included. */
export const trendUnits = 6

export const roleContents: Readonly<Record<ReportRole, RoleContents>> = {
  team: {
    numbers: ['throughput', 'first-response', 'callback-punctuality', 'promises', 'reopened', 'mails-held'],
    apart: [],
    whole: [],
    trends: [],
    ...{ tickets: true, training: false },
  },
  division: {
    numbers: [
      ...(['throughput', 'first-response', 'callback-punctuality', 'promises', 'cycle-time'] as const),
      ...(['reopened', 'escalations', 'vendor-waiting', 'satisfaction'] as const),
    ],
    apart: [
      ['throughput', 'group'],
      ['first-response', 'group'],
      ['promises', 'group'],
      ['throughput', 'area'],
      ['reopened', 'area'],
      ['causes', 'area'],
      ['satisfaction', 'group'],
    ],
    whole: ['callback-punctuality', 'escalations'],
    trends: [],
    ...{ tickets: false, training: true },
  },
  executive: {
    numbers: [
      ...(['throughput', 'first-response', 'callback-punctuality', 'promises'] as const),
      ...(['escalations', 'satisfaction'] as const),
    ],
    apart: [],
    whole: [],
    trends: ['throughput', 'promises', 'escalations', 'satisfaction'],
    ...{ tickets: false, training: true },
  },
}
