import type { AgentWeek, Counts, WeekReport } from './report.ts'

/** The report of a week for people. Pure. */
export function weekText(report: WeekReport): string {
  const { options, workingDays, calls, abandonedAt, promises, brokenByAgent, punctuality } = report
  const { start, days, agents, seed } = options
  const total = sum(calls)
  return [
    `${days === 1 ? '1 day' : `${days} days`} from ${start} (working days: ${workingDays}), ${agents} agents, ${total} calls, seed ${seed}`,
    section('Calls', [
      [`put through ${shareOf(calls.connected ?? 0, total)}`, calls.connected ?? 0],
      ...waitLines(report),
      [`promised a call ${shareOf(calls.promised ?? 0, total)}`, calls.promised ?? 0],
      [`without a number to ring ${shareOf(calls.unreachable ?? 0, total)}`, calls.unreachable ?? 0],
      [`hung up before that ${shareOf(calls.abandoned ?? 0, total)}`, calls.abandoned ?? 0],
      ...Object.entries(abandonedAt).map(([step, count]) => [`  at the step "${step}"`, count] as const),
    ]),
    section('Promises to ring back', [
      ...Object.entries(promises),
      ...Object.entries(brokenByAgent).map(
        ([agent, count]) => [`  broken, in the hands of ${agent}`, count] as const,
      ),
    ]),
    section('Minutes left when a promise was kept', Object.entries(punctuality)),
    section('Attempts', Object.entries(report.attempts)),
    section('Letters about callbacks to agents', Object.entries(report.letters)),
    section('Escalation', [
      ['handed over to another agent', report.handOvers],
      ...Object.entries(report.levels).map(([level, count]) => [`tickets at level ${level}`, count] as const),
    ]),
    `Agents\n${report.agents.map(agentLine).join('\n')}`,
    section('Mails and texts', [...Object.entries(report.mails), ['text messages', report.texts]]),
    managerLine(report),
    ...(report.faults > 0 ? [`The provider would have refused ${report.faults} of our answers.`] : []),
  ].join('\n\n')
}

/** One sentence for whoever decides how many people the desk needs. */
export function managerLine({ options: { agents }, promises, calls, wait }: WeekReport): string {
  const of = (state: string) =>
    sum(Object.fromEntries(Object.entries(promises).filter(([name]) => name.startsWith(state))))
  const kept = of('kept')
  const ended = kept + of('broken')
  const waited = wait ? `, who waited ${wait.meanSeconds} s on average` : ''
  const keeping = ended === 0 ? 'promised nobody a call' : `kept ${shareOf(kept, ended)} of ${ended} promises`
  return `${agents} agents ${keeping}, and spoke at once with ${shareOf(calls.connected ?? 0, sum(calls))} of the callers${waited}.`
}

function waitLines({ wait }: WeekReport): readonly (readonly [string, string])[] {
  return wait
    ? [
        ['  seconds until an agent, on average', String(wait.meanSeconds)],
        ['  nine out of ten within', String(wait.p90Seconds)],
      ]
    : []
}

function agentLine({ name, calls, callbacks, phoneMinutes, phoneShare, misses }: AgentWeek): string {
  const share = `${(phoneShare * 100).toFixed(1)} %`
  return `  ${name.padEnd(12)} ${calls} calls, ${callbacks} callbacks, ${phoneMinutes} min on the phone (${share} of office time), ${misses} missed`
}

function section(title: string, rows: readonly (readonly [name: string, value: string | number])[]): string {
  if (rows.length === 0) return `${title}\n  none`
  const wide = Math.max(...rows.map(([name]) => name.length))
  return `${title}\n${rows.map(([name, value]) => `  ${name.padEnd(wide)}  ${String(value).padStart(5)}`).join('\n')}`
}

const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0)

function shareOf(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${Math.round((part / whole) * 100)} %`
}
