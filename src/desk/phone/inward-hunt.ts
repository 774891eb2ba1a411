import type { AgentToRing } from './call-decision.ts'
import { ask, because, goTo, type Move, remember, type Situation, say, tell } from './situation.ts'
import { phrase } from './speech/phrases.ts'

/** Agents are rung one after the other, each for less time than a mailbox waits; then the promise. */

/** Which words the caller agreed to; goes up with every change of 'ask-consent'. */
const consentVersion = 1

/** A recording is asked for where one could be made; silence is no consent. */
export function askConsent(s: Situation): Move {
  const { line, can } = s.facts
  const pointless = !line.recordsCalls || !can.records || !nextAgent(s) || s.memory.consent !== undefined
  if (pointless) return goTo('hunt', s)
  return ask(s, { step: 'consent' }, phrase(s.language, 'ask-consent'))
}

export function hearConsent(s: Situation, digits: string): Move {
  const given = digits === '1'
  const heard = because(
    remember(s, { consent: given }),
    given ? 'the caller agrees to a recording' : 'no recording without consent',
    { kind: 'consent', given, textVersion: `${s.language}-${consentVersion}` },
  )
  return goTo('hunt', say(heard, phrase(s.language, given ? 'consent-given' : 'consent-refused')))
}

/** Rings the next agent, as long as there is one and the hunt has not taken too long. */
export function hunt(s: Situation): Move {
  const { facts, memory } = s
  const { line, now, freshLegId } = facts
  const agent = nextAgent(s)
  const until = memory.huntUntil ?? now.add({ seconds: line.huntSeconds }).toString()
  const over = Temporal.Instant.compare(now, Temporal.Instant.from(until)) >= 0
  if (!agent || over || memory.promiseTold)
    return goTo('promise', because(s, agent ? 'the hunt is over' : 'there is no agent to ring'))
  const rung = memory.rung ?? []
  const waiting = phrase(s.language, rung.length === 0 ? 'connecting' : 'still-trying')
  const ringing = because(
    remember(s, { huntUntil: until, rung: [...rung, agent.key], agentLanguage: agent.language }),
    `${agent.key} is rung`,
    { kind: 'ring', legId: freshLegId, party: 'agent', agent: agent.key, number: agent.phone },
  )
  return tell(say(ringing, waiting), 'hunt', {
    do: 'ring',
    legId: freshLegId,
    party: 'agent',
    number: agent.phone,
    callerId: line.number,
    ringSeconds: line.ringSeconds,
    mostMinutes: line.mostMinutes,
    record: memory.consent === true && facts.can.records && line.recordsCalls,
    language: agent.language,
  })
}

function nextAgent({ facts, memory }: Situation): AgentToRing | undefined {
  return facts.can.accepts ? facts.agents.find(({ key }) => !memory.rung?.includes(key)) : undefined
}
