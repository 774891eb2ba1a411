import { speakingSeconds } from './phone.ts'
import { receive } from './signal-box.ts'
import type { Next, Stage } from './stage.ts'
import type { Verb } from './twiml-parser.ts'
import { later } from './virtual-clock.ts'

/** How a stretch of time on a line went: it passed, a key was pressed (where that matters), or the party left. */
export type Stretch =
  | { readonly kind: 'passed' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'key'; readonly key: string }

/** Lets time pass on a line. Keys end it only where `keysMatter`; otherwise nobody listens to them. */
export async function stretch({ room, leg }: Stage, seconds: number, keysMatter: boolean): Promise<Stretch> {
  const until = later(room.clock.now(), seconds)
  for (;;) {
    const got = await receive(room.clock, [leg.box], until)
    if (!got) return { kind: 'passed' }
    if (got.signal.kind === 'gone') return { kind: 'gone' }
    if (got.signal.kind === 'key' && keysMatter) return { kind: 'key', key: got.signal.key }
  }
}

/** Say and Play outside of a Gather. */
export async function hear(stage: Stage, verb: Verb): Promise<Next> {
  const went = await utter(stage, verb, false)
  return went.kind === 'gone' ? { next: 'gone' } : { next: 'go-on' }
}

export async function pause(stage: Stage, { attributes }: Verb): Promise<Next> {
  const went = await stretch(stage, Number(attributes.length ?? 1), false)
  return went.kind === 'gone' ? { next: 'gone' } : { next: 'go-on' }
}

/** Says or plays it to the line's party, who may interrupt it with a key where `interruptible`. */
export async function utter(
  stage: Stage,
  { name, attributes, text }: Verb,
  interruptible: boolean,
  told?: () => void,
): Promise<Stretch> {
  const { leg } = stage
  const times = Number(attributes.loop ?? 1)
  for (let time = 0; time < times; time++) {
    if (name === 'Pause') return await stretch(stage, Number(attributes.length ?? 1), interruptible)
    const language = attributes.language ?? ''
    const words =
      name === 'Say' ? text : attributes.digits ? `[keys ${attributes.digits}]` : `[plays ${text}]`
    const seconds = name === 'Say' ? speakingSeconds(text) : 3
    leg.call.transcript.write(leg.phone.name, `hears${name === 'Say' ? ` (${language})` : ''}: ${words}`)
    leg.tell({ kind: 'hears', language, words, seconds })
    told?.()
    const went = await stretch(stage, seconds, interruptible)
    if (went.kind !== 'passed') return went
  }
  return { kind: 'passed' }
}
