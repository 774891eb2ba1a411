import { isOnlyClosing } from '../closing.ts'
import { folded } from '../command-words.ts'
import type { MailContent } from '../mail-content.ts'
import { visibleAttachments } from '../visible-attachments.ts'
import type { Vote } from './vote.ts'

/**
 * "4 Danke, hat geklappt": a vote in the first line of a reply. What is read wrongly as a vote would be a question that
 * nobody answers, what is read wrongly as a mail only opens a ticket once more; so whatever is not plainly a vote is a
 * customer's mail.
 */
export type ReplyVote =
  | { readonly kind: 'vote'; readonly vote: Vote; readonly because: string }
  | { readonly kind: 'mail'; readonly because: string }

/** What the rules hand on of it. */
export interface MailedVote {
  readonly surveyId: string
  readonly score: number | null
  readonly solved: boolean | null
  readonly words: string
}

const longestLine = 120
const scored =
  /^([1-5])(?!\s*[.,–-]?\s*\d)\s*(\/\s*5\b|(?:von|of|out of|aus) (?:5|fuenf|five)\b)?[\s.,:;!)–-]*/u
const unitOfScore = /^(?:punkte?n?|sterne?n?|points?|stars?)(?![\p{L}\d])[\s.,:;!)–-]*/u
const notSolved =
  /(?<!\p{L})(?:nicht (?:mehr )?(?:geloest|erledigt|behoben|geklappt|funktioniert)|ungeloest|(?:funktioniert|funktionierte|geht|ging|klappt|klappte) (?:\p{L}+ ){0,2}nicht|(?:not|never) (?:been )?(?:solved|resolved|fixed|worked|working)|unsolved|unresolved|(?:does not|doesn.?t|did not|didn.?t) work)(?!\p{L})/u
const solved =
  /(?<!\p{L})(?:geloest|erledigt|behoben|geklappt|funktioniert|solved|resolved|fixed|works|worked|working)(?!\p{L})/u
/** "Hat schlecht geklappt", "not really working": not plainly solved, whatever word for it stands there. */
const doubtful =
  /(?<!\p{L})(?:nicht|nie|nichts|kein\p{L}*|kaum|schlecht\p{L}*|halb\p{L}*|teil\p{L}*|fast|beinahe|nur|bedingt|selten|manchmal|weder|nein|schwer|not|never|no|nothing|hardly|barely|scarcely|badly|poorly|partly|partially|half|almost|nearly|only|sometimes|rarely|\p{L}+n['’´`]t|isnt|wasnt)(?!\p{L})/u
/** The whole line without a number: "Leider noch nicht gelöst." */
const onlyNotSolved =
  /^(?:(?:leider|sorry|unfortunately|es ist|das ist|das problem ist|it is|it.?s|the problem is|immer|noch|still)[\s,]+){0,4}(?:nicht (?:geloest|erledigt|behoben)|ungeloest|not (?:solved|resolved|fixed)|unsolved|unresolved)(?: yet)?[\s.!]*$/u
/** More is to come: a question, a wish, a thing that is still open. */
const goesOn =
  /\?|(?<!\p{L})(?:aber|jedoch|allerdings|trotzdem|dennoch|noch|weiterhin|wieder|bitte|wann|koennen sie|but|however|still|though|yet|again|please|when|could you|can you)(?!\p{L})/u
const praiseOrBlame =
  /(?<!\p{L})(?:danke|vielen dank|besten dank|dankeschoen|merci|thanks?|thank you|cheers|gute?[rsnm]?|gut gemacht|sehr gut|super|prima|toll|klasse|perfekt|bestens|hervorragend|ausgezeichnet|top|schnell\p{L}*|freundlich\p{L}*|zufrieden|unzufrieden|okay|ok|passt|schlecht\p{L}*|langsam|enttaeuschend|enttaeuscht|mangelhaft|ungenuegend|ausreichend|befriedigend|great|good|fine|excellent|perfect|brilliant|quick|fast|friendly|helpful|well done|satisfied|dissatisfied|unhappy|happy|bad|badly|poor|poorly|slow|disappointing|disappointed|terrible|awful)(?!\p{L})/u

/** The writer's own name below it does not count as words. */
export function readReplyVote(
  content: Pick<MailContent, 'replyText' | 'replyConfidence' | 'attachments' | 'enclosed' | 'from'>,
): ReplyVote {
  const mail = (because: string): ReplyVote => ({ kind: 'mail', because })
  if (content.replyConfidence === 'unsure') return mail('it is not sure which words are new')
  if (visibleAttachments(content).some(({ disposition }) => disposition === 'attachment'))
    return mail('something is attached')
  const [first = '', ...rest] = content.replyText
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (first === '') return mail('it has no words')
  if (rest.length > 0 && !isOnlyClosing(rest.join('\n'), content.from?.name ?? ''))
    return mail('more than one line was written')
  if (first.length > longestLine) return mail('its line is longer than a vote')
  return readLine(first)
}

function readLine(line: string): ReplyVote {
  const mail = (because: string): ReplyVote => ({ kind: 'mail', because })
  const words = line.toWellFormed()
  const text = folded(line)
  const number = scored.exec(text)
  if (!number)
    return onlyNotSolved.test(text)
      ? voteOf(null, false, words, 'its line says that the matter is not solved')
      : mail('its first line does not begin with a number from 1 to 5')
  const [whole, digit = '', marked] = number
  const after = text.slice(whole.length)
  const unit = unitOfScore.exec(after)
  const said = after.slice(unit?.[0].length ?? 0)
  const isSolved = solvedAsSaid(said)
  const score = Number(digit)
  const because = `its line is a vote: ${score} of 5`
  if (said === '') return voteOf(score, null, '', because)
  const open = said
    .replace(notSolved, '')
    .replace(/(?<!\p{L})(?:immer noch|noch|still|yet)(?!\p{L})/gu, found => (isSolved === false ? '' : found))
  if (goesOn.test(open)) return mail('its line begins with a number and goes on with something else')
  const isPlain = marked !== undefined || unit !== null || isSolved !== null || praiseOrBlame.test(said)
  return isPlain
    ? voteOf(score, isSolved, words.replace(/^[1-5][\s.,:;!)–-]*/u, ''), because)
    : mail('its line begins with a number, and what follows is no plain judgement')
}

/** Only what is plainly said: a doubt beside the word leaves it unknown. */
function solvedAsSaid(said: string): boolean | null {
  if (notSolved.test(said)) return false
  return solved.test(said) && !doubtful.test(said) ? true : null
}

function voteOf(score: number | null, solved: boolean | null, words: string, because: string): ReplyVote {
  return { kind: 'vote', vote: { score, solved, words, wantsManager: false }, because }
}
