import type { Letter } from '../store/generated/client.ts'
import { openAttempts } from './attempt.ts'
import { claimDue } from './claim.ts'
import type { After } from './clockwork.ts'
import type { DeliveryDeps } from './deliver.ts'
import type { Moment } from './outcome.ts'
import { openPause } from './pause.ts'
import type { Outcome } from './settle.ts'
import type { SendResult } from './smtp-result.ts'

/**
 * Claims letters while others are being sent, so that no connection waits for the database. Few more are claimed than
 * can be under way, because whatever is claimed when the process dies becomes doubtful.
 */
export interface Pipeline {
  /** Claims what is due, unless it is doing so or the server cannot be reached. Cheap to call often. */
  pump(): void
  inFlight(): number
  /** False while something is being claimed or sent, or is known to wait for that. */
  quiet(): boolean
  /** No more claims; what is not being sent yet is handed back. */
  halt(): void
}

export interface PipelineDeps {
  readonly delivery: DeliveryDeps
  readonly mayClaim: () => boolean
  readonly after: After
  readonly moment: () => Moment
  readonly settle: (outcome: Outcome) => void
  readonly onResult: (result: SendResult) => void
  readonly onTrouble: (error: unknown) => void
  readonly onChange: () => void
}

/** Letters in hand per connection: one being sent, the others bridge the time a claim takes. Half as many halve the rate. */
const lettersPerConnection = 8
/** The largest claim: what one statement may lock and one crash may leave in doubt. */
const largestClaim = 50

export function openPipeline(deps: PipelineDeps): Pipeline {
  const { delivery, onChange } = deps
  const { database, locks, config, now } = delivery
  const window = Math.min(lettersPerConnection * config.smtp.connections, largestClaim)
  const pause = openPause()
  const goingOn = (): boolean => !halted
  const onPause = (milliseconds: number): void => void deps.after(milliseconds, pump)
  const attempt = openAttempts({ ...deps, pause, goingOn, onPause })
  let inFlight = 0
  let claiming = false
  let wanted = false
  let halted = false

  function room(): number {
    if (halted || !deps.mayClaim() || pause.remaining(now()) > 0) return 0
    if (pause.probing()) return inFlight === 0 ? 1 : 0
    return inFlight <= window / 2 ? window - inFlight : 0
  }

  async function claim(): Promise<void> {
    claiming = true
    try {
      for (let free = room(); wanted && free > 0; free = room()) {
        wanted = false
        const letters = await claimDue(database, locks.instanceId, now(), free)
        if (letters.length === free) wanted = true
        for (const letter of letters) void carry(letter)
      }
    } catch (error) {
      // The next sweep tries again: a database that is away must not be asked in a circle.
      wanted = false
      deps.onTrouble(error)
    }
    claiming = false
    onChange()
  }

  async function carry(letter: Letter): Promise<void> {
    inFlight += 1
    try {
      deps.settle(await attempt(letter))
    } finally {
      inFlight -= 1
      if (wanted) pump()
      onChange()
    }
  }

  function pump(): void {
    wanted = true
    if (!claiming && room() > 0) void claim()
  }

  return {
    pump,
    inFlight: () => inFlight,
    quiet: () => !claiming && inFlight === 0 && !(wanted && room() > 0),
    halt() {
      halted = true
    },
  }
}
