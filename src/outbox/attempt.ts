import type { Letter } from '../store/generated/client.ts'
import type { DeliveryDeps, DeliveryStep } from './deliver.ts'
import { afterAttempt, type Moment, notComposed, notTried } from './outcome.ts'
import type { Pause } from './pause.ts'
import type { Outcome } from './settle.ts'
import type { OutgoingMail } from './smtp.ts'
import type { SendResult } from './smtp-result.ts'
import { openTurns } from './turns.ts'

export interface AttemptDeps {
  readonly delivery: DeliveryDeps
  readonly pause: Pause
  readonly moment: () => Moment
  /** False once the delivery stops: what waits for its turn is handed back. */
  readonly goingOn: () => boolean
  readonly onResult: (result: SendResult) => void
  /** The server cannot be reached now; the delivery is held back for this long. */
  readonly onPause: (milliseconds: number) => void
}

/**
 * One attempt: render, wait for a connection's turn, send, judge. Turns are taken here and not in nodemailer's queue,
 * because a letter that has not been handed to it yet can still be handed back: with a refused login, every letter
 * that waited there would be one more failed login, and accounts get locked for that.
 */
export function openAttempts(deps: AttemptDeps): (letter: Letter) => Promise<Outcome> {
  const { delivery, pause, moment } = deps
  const inTurn = openTurns(delivery.config.smtp.connections)

  const step = async (name: DeliveryStep, letter: Letter): Promise<void> => {
    if (delivery.step) await delivery.step(name, letter)
  }

  let sending = 0

  /** Many letters are claimed before the server has shown what it thinks of the first. */
  const mayGo = (): boolean =>
    deps.goingOn() && pause.remaining(delivery.now()) === 0 && (sending === 0 || !pause.probing())

  async function send(letter: Letter): Promise<Outcome> {
    const mail = await composed(letter, delivery)
    if (mail instanceof Error) return notComposed(letter, mail, moment())
    if (!mayGo()) return notTried(letter, delivery.now())
    sending += 1
    try {
      return await handOver(letter, mail)
    } finally {
      sending -= 1
    }
  }

  async function handOver(letter: Letter, mail: OutgoingMail): Promise<Outcome> {
    await step('before-send', letter)
    const mayMove = (): boolean => deps.goingOn() && pause.remaining(delivery.now()) === 0
    const result = await delivery.transport.send(mail, mayMove)
    await step('after-send', letter)
    learn(result)
    return afterAttempt(letter, result, { subject: mail.subject, text: mail.text }, moment())
  }

  function learn(result: SendResult): void {
    deps.onResult(result)
    const { now, jitter } = moment()
    if (result.kind !== 'unreachable') {
      pause.answered(now)
      return
    }
    const before = pause.remaining(now)
    pause.failed(result.code, now, jitter)
    const milliseconds = pause.remaining(now)
    if (milliseconds === before) return
    delivery.log.warn({ code: result.code, milliseconds }, 'no mail can be sent now: delivery pauses')
    deps.onPause(milliseconds)
  }

  return async letter => {
    await step('claimed', letter)
    // Composed within the turn: attachments are in memory only for as many letters as there are connections.
    return inTurn(() => send(letter))
  }
}

async function composed(letter: Letter, { compose, log }: DeliveryDeps): Promise<OutgoingMail | Error> {
  try {
    return await compose(letter)
  } catch (error) {
    log.error({ letter: letter.id, template: letter.template, err: error }, 'letter cannot be composed')
    return error instanceof Error ? error : new Error(String(error))
  }
}
