/** Cases at manufacturers for a terminal. */
import {
  type CaseDossier,
  type CaseLine,
  type CaseMessage,
  caseDossier,
  listCases,
} from '../../console/vendor-cases.ts'
import { showTicketNumber } from '../../desk/ticket-number.ts'
import { isCaseNumber } from '../../desk/vendor/case-number.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { indented, oneLine, wallTime } from '../terminal.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { standing } from './case-text.ts'

export async function listVendorCases(place: Place, all: boolean): Promise<Answer> {
  const cases = await withDatabase(place, db => listCases(db, all))
  const lines = cases.map(one => lineText(one, place))
  return { text: lines.length === 0 ? 'No cases.' : lines.join('\n'), data: cases }
}

/** Throws CommandFailed for a number that is none or belongs to no case. */
export async function showVendorCase(place: Place, argument: string): Promise<Answer> {
  const number = argument.toUpperCase()
  if (!isCaseNumber(number))
    throw new CommandFailed(`"${argument}" is no case number; they look like H100007.`)
  const found = await withDatabase(place, db => caseDossier(db, number))
  if (!found) throw new CommandFailed(`There is no case ${number}.`)
  return { text: caseText(found, place), data: found }
}

export function explainVendors({ config }: Place): Answer {
  const vendors = Object.entries(config?.vendors ?? {})
  const text = vendors
    .map(([key, { name, address, needs, answerMinutes, levels, reference }]) =>
      [
        `${name} (#vendor ${key}): ${address}, an answer within ${answerMinutes} office minutes`,
        `  a case must say: ${['fault', ...needs.filter(need => need !== 'fault')].join(', ')}`,
        `  its numbers: ${reference ?? 'learned from its first answer'}`,
        ...levels.map(
          (level, i) =>
            `  level ${i + 1}: ${level.name}, ${level.address}, ${level.answerMinutes ?? answerMinutes} office minutes`,
        ),
        `  then: a task for the people of the ticket's level`,
      ].join('\n'),
    )
    .join('\n\n')
  return { text: text || 'No manufacturers are configured.', data: config?.vendors ?? {} }
}

function lineText(one: CaseLine, place: Place): string {
  const ticket = showTicketNumber(one.ticketNumber, place.ticketFormat)
  const head = `${one.number} ${nameOf(one, place)}, ${ticket}: ${oneLine(one.subject, 60)}`
  return `${head}\n  ${standing(one, timeZoneOf(place, one.office))}`
}

function nameOf({ vendor }: CaseLine, { config }: Place): string {
  return config?.vendors[vendor]?.name ?? vendor
}

function caseText(one: CaseDossier, place: Place): string {
  const timeZone = timeZoneOf(place, one.office)
  const lines = [
    `opened ${wallTime(one.openedAt, timeZone)} (${timeZone}) by ${one.agent}`,
    `its own number: ${one.reference ?? 'not known yet'}`,
    ...(one.evaluation === '' ? [] : [`evaluation: ${oneLine(one.evaluation, 400)}`]),
  ]
  const thread = one.messages.map(message => messageText(message, timeZone))
  return [`${lineText(one, place)}\n${indented(lines.join('\n'), 2)}`, ...thread].join('\n\n')
}

const kinds: Readonly<Record<string, string>> = {
  case: 'the case was described',
  'agent-words': 'wrote to the manufacturer',
  escalation: 'the next level was written to',
  'vendor-mail': 'the manufacturer wrote',
  'machine-mail': 'a machine of the manufacturer wrote',
  'letter-hard': 'a letter came back',
  'letter-soft': 'a letter is late',
  'letter-none': 'a letter was delivered',
  'letter-failed': 'a letter could not be sent',
  reference: 'its number became known',
  note: 'a note',
  overdue: 'no answer came, and there is no further level',
  'not-told': 'nobody was told: the budget of letters was used up',
  closed: 'the case was closed',
}

function messageText({ kind, at, author, text, sharedAt, sharedBy }: CaseMessage, timeZone: string): string {
  const shared = sharedAt === null ? '' : ` (shared ${wallTime(sharedAt, timeZone)} by ${sharedBy})`
  const head = `${wallTime(at, timeZone)} ${author || 'gateway'}: ${kinds[kind] ?? kind}${shared}`
  return text.trim() === '' ? head : `${head}\n${indented(text.trim(), 2)}`
}
