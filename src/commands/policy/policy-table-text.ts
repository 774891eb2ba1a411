/** The policy's table for a terminal: a line for each matter, and what may raise it later. */
import type { Config } from '../../config/schema.ts'
import type { PromiseKind } from '../../desk/promise/matter.ts'
import type { Part, PolicyRow } from './policy-table.ts'

const kinds: readonly PromiseKind[] = ['first-response', 'callback', 'status-update', 'resolution']

export function policyTableText({ policy }: Config, rows: readonly PolicyRow[]): string {
  const [first] = rows
  const parts = Object.keys(first?.words ?? {}) as Part[]
  const head = [...parts, ...kinds, 'level']
  const body = rows.map(({ words, targets, level }) => [
    ...parts.map(part => words[part] ?? '(other)'),
    ...kinds.map(kind => minutesText(targets[kind])),
    `${level.level}${level.row === null ? '' : ` [${shortRow(level.row)}]`}`,
  ])
  const later = policy.levels.flatMap(({ when, level, because }, index) => {
    const { broken, endangered, reopened, ...rest } = when
    const needs = [
      ...Object.entries(rest).map(([part, words]) => `${part} is ${words?.join(' or ')}`),
      ...(broken ? [`${broken.join(' or ')} broken`] : []),
      ...(endangered ? [`${endangered.join(' or ')} endangered`] : []),
      ...(reopened === undefined ? [] : [`reopened ${reopened} times`]),
    ]
    if (!(broken || endangered) && reopened === undefined) return []
    return [`[${index + 1}] to level ${level} when ${needs.join(' and ')}: ${because}`]
  })
  return [
    'Office minutes of each promise [row of policy.targets] and the level it begins on [row of policy.levels].',
    'A dash: nothing is promised. (other): whatever no row names.',
    '',
    ...grid([head, ...body]),
    ...(later.length === 0 ? [] : ['', 'Later it rises:', ...later.map(line => `  ${line}`)]),
  ].join('\n')
}

function minutesText(target: PolicyRow['targets'][PromiseKind]): string {
  if (!target) return '-'
  return target.row === 'usual time' ? `${target.minutes}` : `${target.minutes} [${shortRow(target.row)}]`
}

/** "policy.targets row 3" is told by its number; which of the two tables it is of, the column says. */
function shortRow(row: string): string {
  return row.replace(/^.* row /, '')
}

function grid(lines: readonly (readonly string[])[]): readonly string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map(line => (line[column] ?? '').length)),
  )
  return lines.map(line =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
