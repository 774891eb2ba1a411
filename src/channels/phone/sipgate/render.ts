import type { Instruction, Utterance } from '../../../desk/phone/instruction.ts'
import { type PromptPiece, promptPieces } from '../clips/prompt.ts'
import type { CallPlace, SipgateAddresses } from './addresses.ts'
import { type SipgateAction, sipgateXml } from './xml.ts'

/**
 * Our instructions in what sipgate can do, which is one thing at a time.
 *
 * - Everything that is said before a question is one recording with it: an answer holds one Play.
 * - A Play by itself tells us nothing when it is over, and the call stays open. To say something and then hang up, it is
 *   played inside a Gather that nobody has to answer; what comes of it is answered by Hangup. A caller who presses a key
 *   meanwhile ends it early.
 * - There is no key that ends an entry: one that `#` ends takes a digit more, and the silence after the last one ends it.
 * - Waiting is silence in the recording.
 * - Recording, ringing somebody and joining do not exist here; the provider's capabilities keep rules from asking for it.
 */
export interface Rendering {
  readonly addresses: SipgateAddresses
  /** sipgate's id of the call. */
  readonly providerId: string
  readonly place: CallPlace
  /** Makes the address of a prompt. */
  readonly promptName: (pieces: readonly PromptPiece[]) => string
}

/** Silence after which a goodbye is over. */
const afterGoodbyeMs = 500

export function renderSipgate(answer: readonly Instruction[], rendering: Rendering): string {
  const { addresses, providerId, place } = rendering
  const here = addresses.turn(providerId, place)
  return sipgateXml({ onAnswer: here, onHangup: here, action: actionOf(answer, rendering) })
}

function actionOf(
  answer: readonly Instruction[],
  { addresses, providerId, place, promptName }: Rendering,
): SipgateAction | null {
  const says: Utterance[] = []
  const play = () => {
    const pieces = promptPieces(says)
    return pieces.length === 0 ? null : addresses.prompt(promptName(pieces))
  }
  for (const instruction of answer) {
    switch (instruction.do) {
      case 'say':
        says.push(instruction.says)
        break
      case 'wait':
        says.push({ language: 'de', pieces: [{ pauseMs: instruction.seconds * 1000 }] })
        break
      case 'ask': {
        says.push(...instruction.says)
        return {
          kind: 'gather',
          onData: addresses.turn(providerId, place),
          play: play(),
          maxDigits: instruction.mostDigits + (instruction.endsWith === null ? 0 : 1),
          timeoutMs: Math.round(instruction.seconds * 1000),
        }
      }
      case 'refuse':
        return { kind: 'reject', reason: 'rejected' }
      case 'hang-up':
        return goodbye(play(), addresses)
      default:
        throw new RangeError(`sipgate cannot ${instruction.do}, and its capabilities say so`)
    }
  }
  // Nothing said and nothing to do: the call goes where the account sends it.
  return says.length === 0 ? null : goodbye(play(), addresses)
}

function goodbye(play: string | null, { bye }: SipgateAddresses): SipgateAction {
  return play === null
    ? { kind: 'hangup' }
    : { kind: 'gather', onData: bye, play, maxDigits: 1, timeoutMs: afterGoodbyeMs }
}
