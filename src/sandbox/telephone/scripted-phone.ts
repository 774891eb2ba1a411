import type { PartyScript, Step } from './actors.ts'
import type { ChanceRow } from './chance.ts'
import type { Line, Phone, PhoneEvent, Reach } from './phone.ts'
import { speakingSeconds } from './phone.ts'
import { type Appointment, later, type NetworkClock } from './virtual-clock.ts'

export interface ScriptedPhone extends Phone {
  /** Steps whose words were never heard. */
  left(): readonly Step[]
}

/** A telephone in the hands of a script, for one call. */
export function scriptedPhone(script: PartyScript, clock: NetworkClock, chance: ChanceRow): ScriptedPhone {
  const steps = [...script.steps]
  const appointments = new Set<Appointment>()
  let talking: Appointment | undefined
  let patience: Appointment | undefined
  let joined = false
  let heard = ''
  /** An interruption is on its way: the question it answers is not answered again at its end. */
  let answering = false

  function soon(seconds: number, work: () => void): Appointment {
    const appointment = clock.at(later(clock.now(), seconds), () => {
      appointments.delete(appointment)
      work()
    })
    appointments.add(appointment)
    return appointment
  }

  function take(step: Step, line: Line): void {
    steps.shift()
    heard = ''
    const seconds = step.after ?? chance.between(0.6, 2)
    if ('waits' in step) return
    answering = true
    soon(seconds, () => {
      answering = false
      act(step, line)
    })
  }

  function act(step: Step, line: Line): void {
    if ('presses' in step) line.press(step.presses)
    if ('hangsUp' in step) line.hangUp()
    if (!('says' in step)) return
    const seconds = step.seconds ?? speakingSeconds(step.says)
    line.say(step.says, seconds)
    const { afterwards } = step
    if (afterwards === undefined) return
    soon(seconds, () =>
      afterwards === 'hangs-up' ? line.hangUp() : line.press(afterwards.slice('presses '.length)),
    )
  }

  /** The next step, if its words have been heard and it is of a kind that fits now. */
  function due(fits: (step: Step) => boolean): Step | undefined {
    const step = steps[0]
    return step && !answering && fits(step) && step.hears.test(heard) ? step : undefined
  }

  function hear(words: string, line: Line): void {
    heard = `${heard} ${words}`.trim()
    // In a conversation nobody waits to be asked.
    const step = due(one => 'hangsUp' in one || (joined && 'presses' in one && one.bargesIn === true))
    if (step) take(step, line)
  }

  function opened(line: Line): void {
    if (script.hangsUpAfter === undefined || patience) return
    patience = soon(script.hangsUpAfter, () => line.hangUp())
  }

  function told(event: PhoneEvent, line: Line): void {
    switch (event.kind) {
      case 'ringing':
        if (script.pickUp === 'declines') soon(chance.between(3, 6), () => line.decline())
        else if (typeof script.pickUp === 'object') soon(script.pickUp.after, () => line.answer())
        return
      case 'dialling':
      case 'answered':
        opened(line)
        return
      case 'hears':
        hear(event.words, line)
        return
      case 'asked': {
        const message = event.wants === 'message'
        const step = due(one => {
          if ('hangsUp' in one) return false
          if ('presses' in one && one.bargesIn) return !message
          if (!event.spoken) return false
          if ('says' in one) return event.wants !== 'keys'
          return !message || 'waits' in one
        })
        if (step) take(step, line)
        return
      }
      case 'joined':
        joined = true
        if (script.greeting) line.say(script.greeting, speakingSeconds(script.greeting))
        if (script.talks !== undefined) talking = soon(script.talks, () => line.hangUp())
        return
      case 'parted':
        joined = false
        talking?.cancel()
        return
      case 'ended':
        for (const appointment of appointments) appointment.cancel()
        appointments.clear()
    }
  }

  return { name: script.name, told, left: () => steps }
}

/** What the network meets when it rings this party. */
export function reachOf({ pickUp }: PartyScript): Reach {
  return pickUp === 'busy' || pickUp === 'off' || pickUp === 'unknown-number' ? pickUp : 'free'
}
