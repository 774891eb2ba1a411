/** `gateway policy explain`: what would be promised, where it would begin, and which rows of the policy say so. */
import { officesOf } from '../../config/office-calendar.ts'
import type { Config } from '../../config/schema.ts'
import { addOfficeTime, type DerivationStep, type Office } from '../../desk/office-hours.ts'
import { derivationLines } from '../../desk/promise/derivation-words.ts'
import { fits, type When } from '../../desk/promise/fits.ts'
import type { LevelVerdict, Matter, PromiseKind, Targets } from '../../desk/promise/matter.ts'
import { dateTimeWords } from '../../desk/promise-words.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns } from '../terminal.ts'
import { type AskedMatter, matterAsked } from './asked-matter.ts'
import { judged, policyTable } from './policy-table.ts'
import { policyTableText } from './policy-table-text.ts'

export interface PolicyQuestion extends AskedMatter {
  /** Whose hours are counted; without it those of the first mailbox. */
  readonly office?: string
  /** When it comes in. */
  readonly at: Temporal.Instant
}

/**
 * About one matter where anything of it is named, with due times as if it came in at `at`; else the whole table. Throws
 * CommandFailed for words that the configuration does not know.
 */
export function explainPolicy(config: Config, question: PolicyQuestion): Answer {
  const { at, office: _, ...asked } = question
  if (Object.values(asked).every(word => word === undefined)) return wholeTable(config)
  const office = officeAsked(config, question)
  const matter = matterAsked(config, asked)
  const { targets, level } = judged(config, matter)
  const dues = Object.entries(targets).map(([kind, { minutes, row }]) => ({
    ...{ kind: kind as PromiseKind, minutes, row, ...addOfficeTime(at, minutes, office) },
  }))
  const trail = targetTrail(config, matter, targets)
  return {
    text: [
      columns(matterRows(matter)),
      section(
        `Promised, if it came in ${dateTimeWords(at, office.timeZone, 'en')}`,
        dues.flatMap(due => dueLines(due, office, at)),
      ),
      section('Level', levelLines(level)),
      section('Rows of policy.targets', trail.map(trailLine)),
      section('Rows of policy.levels', level.trail.map(trailLine)),
    ].join('\n\n'),
    data: {
      ...{ matter, level, office: office.key, at: at.toString(), trail },
      targets: dues.map(due => ({ ...due, dueAt: due.dueAt.toString() })),
    },
  }
}

function wholeTable(config: Config): Answer {
  const rows = policyTable(config)
  return { text: policyTableText(config, rows), data: rows }
}

function officeAsked(config: Config, { office, at }: PolicyQuestion): Office {
  const key = office ?? Object.values(config.mailboxes)[0]?.office ?? Object.keys(config.offices)[0] ?? ''
  const found = officesOf(config, at).get(key)
  if (found) return found
  throw new CommandFailed(`--office ${key}: allowed are ${Object.keys(config.offices).join(', ')}.`)
}

function matterRows(matter: Matter): readonly (readonly [string, string])[] {
  const { severity, impact, entitlement, area, group, customer, broken, endangered } = matter
  const happened = [...broken.map(kind => `${kind} broken`), ...endangered.map(kind => `${kind} endangered`)]
  return [
    ['severity', severity ?? 'unclassified'],
    ['impact', impact ?? 'normal'],
    ['contract', entitlement.kind === 'contract' ? entitlement.contract : entitlement.kind],
    ['area', area ?? '(none)'],
    ['group', group],
    ...(customer ? [['customer', customer.name] as const] : []),
    ...(happened.length > 0 ? [['so far', happened.join(', ')] as const] : []),
  ]
}

interface Due {
  readonly kind: PromiseKind
  readonly minutes: number
  readonly row: string
  readonly dueAt: Temporal.Instant
  readonly derivation: readonly DerivationStep[]
}

function dueLines(
  { kind, minutes, row, ...due }: Due,
  office: Office,
  at: Temporal.Instant,
): readonly string[] {
  const counted = derivationLines({ ...due, startedAt: at }, office)
  return [
    `${kind}: ${minutes} office minutes, due ${dateTimeWords(due.dueAt, office.timeZone, 'en')} (${row})`,
    ...counted.map(line => `  ${line}`),
  ]
}

function levelLines({ level, because, row }: LevelVerdict): readonly string[] {
  return [row === null ? `${level}: no row raises it` : `${level}: ${because} (${row})`]
}

interface TrailLine {
  readonly row: string
  readonly hit: boolean
  readonly because: string
}

/** A row that fits may still say nothing new: what stands above it was asked first. */
function targetTrail({ policy }: Config, matter: Matter, targets: Targets): readonly TrailLine[] {
  return policy.targets.map(({ when }: { when: When }, index) => {
    const row = `policy.targets row ${index + 1}`
    const fit = fits(when, matter)
    if (!fit.fits) return { row, hit: false, because: fit.because }
    const gives = Object.entries(targets).flatMap(([kind, target]) => (target.row === row ? kind : []))
    const because = gives.length > 0 ? `gives ${gives.join(', ')}` : 'rows above it have said everything'
    return { row, hit: true, because }
  })
}

const trailLine = ({ row, hit, because }: TrailLine): string => `${hit ? '+' : '-'} ${row}: ${because}`

function section(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.length === 0 ? '  none' : lines.map(line => `  ${line}`).join('\n')}`
}
