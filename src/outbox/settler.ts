import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { Letter } from '../store/generated/client.ts'
import type { After } from './clockwork.ts'
import { type Failure, type Outcome, settleLetters } from './settle.ts'

/**
 * Writes outcomes down as soon as may be and as many at once as there are: while one statement is on its way the next
 * batch gathers, so a quiet system settles each letter at once and a busy one dozens per statement. What cannot be
 * written is kept and tried again; if we die before, the letters are doubtful and looked up.
 */
export interface Settler {
  add(outcome: Outcome): void
  /** Something is being written, or about to be; what waits for a retry is not. */
  writing(): boolean
  /** Outcomes that are still to be written. */
  pending(): number
  /** Gives up on what is not written: these letters are doubtful to whoever comes next. */
  halt(): void
}

export interface SettlerDeps {
  readonly database: Database
  readonly claimant: string
  readonly onFailed: (tx: Tx, letter: Letter, failure: Failure) => Promise<void>
  /** Called after a batch, with the outcomes that are now in the database. */
  readonly onSettled: (outcomes: readonly Outcome[]) => Promise<void>
  readonly onTrouble: (error: unknown) => void
  readonly onChange: () => void
  readonly after: After
}

const largestBatch = 100
const retryMilliseconds = 1000

export function openSettler(deps: SettlerDeps): Settler {
  const waiting: Outcome[] = []
  let underWay: readonly Outcome[] = []
  let halted = false
  let running = false
  let resting = false

  /** Given-up letters go one by one, each with its event: a ticket that cannot take one must not hold up the rest. */
  async function write(): Promise<void> {
    const given = underWay.filter(outcome => outcome.failure !== null)
    const plain = underWay.filter(outcome => outcome.failure === null)
    if (plain.length > 0) {
      await settleLetters(
        deps.database,
        deps.claimant,
        plain.map(outcome => outcome.settlement),
      )
      underWay = given
      await deps.onSettled(plain)
    }
    for (const outcome of given) {
      await giveUp(deps, outcome)
      underWay = underWay.filter(other => other !== outcome)
      await deps.onSettled([outcome])
    }
  }

  async function run(): Promise<void> {
    resting = false
    try {
      while (waiting.length > 0 && !halted) {
        underWay = waiting.splice(0, largestBatch)
        await write()
      }
      running = false
      deps.onChange()
    } catch (error) {
      // What is not written goes to the end, so that a letter that cannot be settled does not bar the others.
      waiting.push(...underWay)
      underWay = []
      resting = true
      deps.after(retryMilliseconds, () => void run())
      deps.onTrouble(error)
      deps.onChange()
    }
  }

  return {
    add(outcome) {
      waiting.push(outcome)
      if (running) return
      running = true
      setImmediate(() => void run())
    },
    writing: () => running && !resting,
    pending: () => (halted ? 0 : waiting.length + underWay.length),
    halt() {
      halted = true
      deps.onChange()
    },
  }
}

async function giveUp(deps: SettlerDeps, { letter, settlement, failure }: Outcome): Promise<void> {
  if (failure === null) return
  await inTransaction(deps.database, async tx => {
    const changed = await settleLetters(tx, deps.claimant, [settlement])
    if (changed.has(letter.id)) await deps.onFailed(tx, letter, failure)
  })
}
