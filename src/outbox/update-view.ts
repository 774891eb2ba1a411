/** What the templates of letters see that tell a customer how a matter stands. See letter-view.ts. */

import { oneLine, shortened } from '../desk/plain-text.ts'
import type { PublicFact } from '../desk/promise/progress.ts'
import type { ClosingData, StatusUpdateData } from '../desk/promise/progress-data.ts'
import type { View } from '../template-language.ts'
import { customerView } from './callback-view.ts'
import { askedView, managerLink } from './feedback-view.ts'
import { longestSubject, type ViewSource } from './letter-view.ts'

/** As much as fits on a screen; what is left out is not promised anywhere. */
const mostFacts = 8

export function statusUpdateView(data: StatusUpdateData, source: ViewSource): View {
  const { done, next, facts, again, level, waits, responsible } = data
  return {
    ...customerView({ ...data, line: '' }, source),
    ...{ again, waits, done: done.trim(), next: next.trim() },
    managerLink: managerLink(data.ticketId, source),
    writer: oneLine(data.writer),
    facts: facts
      .filter(fact => !isSaidTwice(fact, facts))
      .slice(-mostFacts)
      .map(factLine),
    responsible: shortened(oneLine(responsible), longestSubject),
    // A level is often called as the group that answers for it.
    level: level === null || level === responsible ? '' : shortened(oneLine(level), longestSubject),
  }
}

/** With a level the group that answers for it often has the same name. */
function isSaidTwice(fact: PublicFact, facts: readonly PublicFact[]): boolean {
  return fact.what === 'group' && facts.some(one => one.what === 'level' && one.name === fact.name)
}

function factLine(fact: PublicFact) {
  const name = 'name' in fact ? shortened(oneLine(fact.name), longestSubject) : ''
  return { what: fact.what, at: fact.at, name }
}

export function closingView(data: ClosingData, source: ViewSource): View {
  return {
    ...customerView({ ...data, line: '' }, source),
    writer: oneLine(data.writer),
    result: data.result.trim(),
    ...askedView(data, source),
    managerLink: managerLink(data.ticketId, source),
  }
}
