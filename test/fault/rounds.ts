import { seededRandom } from '../../bench/corpus.ts'
import type { World } from './world.ts'

/** Every moment at which a crash could lose or double something, on the way from the server to the recipient. */
export const crashSteps = [
  'listed',
  'fetched',
  'stored',
  'read',
  'facts-read',
  'recorded',
  'rows-committed',
  'taken-in',
  'claimed',
  'before-send',
  'after-send',
  'marked',
] as const

/** What goes wrong beside the gateway, now and then. */
const accidents = [
  'none',
  'none',
  'none',
  'database',
  'smtp-cut',
  'imap-cut',
  'imap-stall',
  'smtp-down',
] as const

export interface RoundReport {
  readonly step: string
  readonly accident: string
  /** The gateway reached the step and died there. */
  readonly crashed: boolean
}

/**
 * One round: mails arrive, something may go wrong with a server, the gateway starts and dies at a chosen step; if it
 * does not reach the step within `patienceSeconds` it is killed where it stands.
 */
export async function crashRound(
  world: World,
  step: string,
  passes: number,
  accident: string,
  random: () => number,
  patienceSeconds = 6,
): Promise<RoundReport> {
  world.deliver(1 + Math.floor(random() * 3))
  if (accident === 'smtp-cut') world.smtp.cutAfter(Math.floor(random() * 1500))
  if (accident === 'imap-cut') world.imap.cutAfter(Math.floor(random() * 4000))
  if (accident === 'smtp-down') world.smtp.down()
  world.startGateway(`${step}:${passes}`)
  if (accident === 'database') await world.killDatabase()
  if (accident === 'imap-stall') world.imap.stall()
  const exit = await world.exit(patienceSeconds)
  if (!exit) await world.killGateway()
  world.smtp.mend()
  return { step, accident, crashed: exit !== undefined }
}

/** Rounds until `crashes` crashes have happened, all from one seed; at most three times as many. */
export async function crashRounds(
  world: World,
  seed: number,
  crashes: number,
  onRound: (report: RoundReport) => void = () => {},
): Promise<readonly RoundReport[]> {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const reports: RoundReport[] = []
  for (let left = crashes * 3; left > 0; left--) {
    if (reports.filter(report => report.crashed).length >= crashes) break
    const report = await crashRound(
      world,
      pick(crashSteps) ?? 'read',
      Math.floor(random() * 2),
      pick(accidents) ?? 'none',
      random,
    )
    reports.push(report)
    onRound(report)
  }
  return reports
}
