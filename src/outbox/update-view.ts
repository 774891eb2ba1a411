/** What the templates of letters see that tell a customer how a matter stands. See letter-view.ts. */

import { oneLine, shortened } from '../desk/plain-text.ts'
import type { PublicFact } from '../desk/promise/progress.ts'
import type { ClosingData, StatusUpdateData } from '../desk/promise/progress-data.ts'
import type { View } from '../template-language.ts'
import { customerView } from './callback-view.ts'
import { longestSubject, type ViewSource } from './letter-view.ts'

/** As much as fits on a screen; what is left out is not promised anywhere. */
const mostFacts = 8

export function statusUpdateView(data: StatusUpdateData, source: ViewSource): View {
  const { done, next, facts, again, level, waits } = data
  return {
    ...customerView({ ...data, line: '' }, source),
    ...{ again, waits, done: done.trim(), next: next.trim() },
    writer: oneLine(data.writer),
    facts: facts.slice(-mostFacts).map(factLine),
    responsible: shortened(oneLine(data.responsible), longestSubject),
    level: level === null ? '' : shortened(oneLine(level), longestSubject),
  }
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
  }
}
