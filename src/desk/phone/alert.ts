import { shortened } from '../plain-text.ts'
import type { PhoneCall } from './call.ts'
import type { CallDecision, CallFacts } from './call-decision.ts'
import type { CallEvent } from './call-event.ts'
import type { Instruction, Spoken } from './instruction.ts'
import {
  because,
  decision,
  remember,
  type Situation,
  say,
  situationOf,
  tell,
  unanswered,
} from './situation.ts'
import { heardWords } from './speech/heard-words.ts'
import { speakNumber } from './speech/numbers.ts'
import { phrase } from './speech/phrases.ts'

/**
 * A call to one of our own people about an escalation: who it is about, how bad, and the key that takes it. Only that
 * key counts. Whatever else happens, also a mailbox that records us, leaves the matter with whoever is asked next.
 */

const hangUp: Instruction = { do: 'hang-up' }
const questionSeconds = 10
const subjectCharacters = 60
const stop: Spoken = { pauseMs: 500 }

/** Words of the moment: whoever rings out can speak them, so that no recording is needed. */
const words = {
  de: {
    escalation: (level: number, name: string) => `Eskalation, Stufe ${level}, ${name}.`,
    standsInFor: (name: string) => `Sie vertreten ${name}.`,
    keys: 'Mit der 1 bestätigen Sie, dass Sie übernehmen.',
    noted:
      'Vielen Dank. Sie haben die Sache übernommen; alles Weitere steht in Ihrer E-Mail. Auf Wiederhören.',
    notNoted: 'Es wurde nichts bestätigt. Alles Weitere steht in Ihrer E-Mail. Auf Wiederhören.',
    over: 'Diese Eskalation wartet nicht mehr auf Sie. Vielen Dank und auf Wiederhören.',
  },
  en: {
    escalation: (level: number, name: string) => `Escalation, level ${level}, ${name}.`,
    standsInFor: (name: string) => `You are standing in for ${name}.`,
    keys: 'Press 1 to confirm that you are taking it.',
    noted: 'Thank you. The matter is yours now; everything else is in your email. Goodbye.',
    notNoted: 'Nothing has been confirmed. Everything else is in your email. Goodbye.',
    over: 'This escalation is no longer waiting for you. Thank you, and goodbye.',
  },
}

/** Pure; every event may come at every step, more than once, or never. */
export function decideAlert(call: PhoneCall, event: CallEvent, facts: CallFacts): CallDecision {
  const s = situationOf(call, facts)
  switch (event.kind) {
    case 'leg-answered':
      return event.legId === 'agent' ? answered(s, event.mailbox) : unanswered(s)
    case 'keys':
      return keys(s, event.digits)
    case 'ended':
    case 'settle':
      return over(s, event.kind === 'settle' ? 'its end was never told' : 'the call is over')
    case 'progress':
    case 'leg-progress':
    case 'leg-ended':
    case 'arrived':
    case 'picked-up':
    case 'recorded':
    case 'recording':
      return unanswered(s)
  }
}

function answered(s: Situation, mailbox: boolean): CallDecision {
  const { alert } = s.facts
  if (s.call.step !== 'offer') return unanswered(because(s, 'somebody has answered already'))
  if (mailbox) return tell(because(s, 'a mailbox picked up'), 'goodbye', hangUp)
  if (!alert) return farewell(because(s, 'it waits for nobody any more'), 'over')
  const { ticket, language } = s
  const { customerName, company, subject } = s.facts.ticket
  const say = words[language]
  const pieces: readonly Spoken[] = [
    { words: say.escalation(alert.level, alert.levelName) },
    ...(alert.standsInFor === '' ? [] : [{ words: say.standsInFor(alert.standsInFor) }]),
    ...heardWords(customerName, company),
    stop,
    phrase(language, `agent-${ticket.severity ?? 'open'}`),
    ...heardWords(shortened(subject, subjectCharacters)),
    stop,
    { words: say.keys },
    phrase(language, 'agent-ticket'),
    ...speakNumber(ticket.number, language),
    stop,
  ]
  return decision(because(s, 'somebody hears what it is about'), 'offer', [
    { do: 'ask', says: [{ language, pieces }], mostDigits: 1, endsWith: null, seconds: questionSeconds },
  ])
}

function keys(s: Situation, digits: string): CallDecision {
  if (s.call.step !== 'offer') return unanswered(because(s, 'nothing was asked'))
  if (!s.facts.alert) return farewell(because(s, 'it waits for nobody any more'), 'over')
  if (digits !== '1')
    return farewell(
      because(s, digits === '' ? 'nobody pressed a key' : 'another key was pressed'),
      'notNoted',
    )
  const agent = s.memory.alertAgent ?? ''
  return farewell(because(s, 'the key that takes it', { kind: 'acknowledged', agent }), 'noted')
}

/** Told once, however often and in whichever order its end is told. */
function over(s: Situation, why: string): CallDecision {
  if (s.call.state === 'ended' || s.memory.alertOver)
    return decision(s, s.call.step, null, { state: 'ended' })
  const ended = because(remember(s, { alertOver: true }), why, { kind: 'alert-ended' })
  return decision(ended, s.call.step, null, { state: 'ended' })
}

function farewell(s: Situation, id: 'noted' | 'notNoted' | 'over'): CallDecision {
  return tell(say(s, { words: words[s.language][id] }), 'goodbye', hangUp)
}
