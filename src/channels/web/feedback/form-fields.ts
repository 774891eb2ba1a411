import { longestWords, type Vote } from '../../../desk/feedback/vote.ts'
import type { PageFeedback } from '../../../intake/feedback/act-on-page.ts'

/** What the forms of the page send. Pure: nothing of it is trusted, all of it may be missing. */

/** Undefined where nothing was filled in at all: that is no vote. */
export function actIn(fields: ReadonlyMap<string, string>): PageFeedback | undefined {
  switch (fields.get('do')) {
    case 'vote': {
      const vote = voteIn(fields)
      const reopens = fields.get('reopen') === 'yes'
      const suggestion = wordsIn(fields, 'suggestion')
      const says = vote.score !== null || vote.solved !== null || vote.wantsManager || reopens
      const tells = vote.words !== '' || suggestion !== ''
      return says || tells ? { kind: 'vote', vote, suggestion, reopens } : undefined
    }
    case 'reopen':
      return { kind: 'reopen' }
    case 'manager':
      return { kind: 'manager', words: wordsIn(fields, 'words') }
    default:
      return undefined
  }
}

/** The number that a link of the mail has chosen already; null for anything else. */
export function scoreIn(text: unknown): number | null {
  return typeof text === 'string' && /^[1-5]$/.test(text) ? Number(text) : null
}

function voteIn(fields: ReadonlyMap<string, string>): Vote {
  const solved = fields.get('solved')
  return {
    score: scoreIn(fields.get('score')),
    solved: solved === 'yes' ? true : solved === 'no' ? false : null,
    words: wordsIn(fields, 'words'),
    wantsManager: fields.get('manager') === 'yes',
  }
}

/** Cut rather than refused: whoever wrote so much shall not have to write it again. */
function wordsIn(fields: ReadonlyMap<string, string>, name: string): string {
  return (fields.get(name) ?? '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
    .toWellFormed()
    .trim()
    .slice(0, longestWords)
    .toWellFormed()
}
