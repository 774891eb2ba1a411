/** `gateway routing explain`: where a mail or a call would go, and which rows of the routing say so. */
import type { Config } from '../../config/schema.ts'
import { responsibleFor } from '../../desk/assignment.ts'
import type { TrailStep } from '../../desk/decide.ts'
import { effectiveLine } from '../../desk/phone/lines.ts'
import { type RecognisedMatter, recogniseMatter } from '../../desk/recognise-area.ts'
import { type RoutingFacts, route } from '../../desk/routing.ts'
import type { Language } from '../../desk/ticket.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, oneLine } from '../terminal.ts'

export interface RoutingQuestion {
  readonly mailbox?: string
  readonly line?: string
  readonly subject?: string
  readonly text?: string
  readonly language?: string
  readonly customer?: string
  /** Keys of the configuration that stand above what the words say, as an agent's commands do. */
  readonly area?: string
  readonly product?: string
  /** Says whose absences of the configuration count. */
  readonly now: Temporal.Instant
}

/**
 * Absence notes and the load of the moment are the ledger's and not looked at: of several agents who could get it the
 * first of the configuration is shown. Throws CommandFailed for words that the configuration does not know.
 */
export function explainRouting(config: Config, question: RoutingQuestion): Answer {
  const { subject = '', text = '', customer, line, now } = question
  if (line !== undefined && question.mailbox !== undefined)
    throw new CommandFailed('A matter comes in by a mailbox or by a line: name one of the two.')
  const place = line === undefined ? mailboxAsked(config, question.mailbox) : lineAsked(config, line)
  const said = line === undefined ? recogniseMatter({ subject, text, known: {} }, config) : nothing
  const recognised = withNamed(said, config, question)
  const requestType = recognised.requestType ?? place.requestType
  const language = languageAsked(question.language) ?? place.language
  const facts: RoutingFacts = {
    ...{ language, requestType, group: place.group, line: place.line, mailbox: place.mailbox },
    ...{ area: recognised.area, product: recognised.product },
    customer: customer === undefined ? null : { name: customer, number: customer },
  }
  const routed = route(facts, config)
  const timeZone = config.offices[place.office]?.timeZone ?? 'UTC'
  const who = responsibleFor(routed, language, { config, absences: [], timeZone, now, openOf: () => 0 })
  const agent = line === undefined || routed.agent !== null ? who.agent : null
  const because = agent === null && line !== undefined ? 'whoever of the group takes the call' : who.because
  return {
    text: [
      columns([
        ['comes in by', place.line ?? place.mailbox ?? ''],
        ['language', language],
        ['request type', requestType ?? 'not recognised'],
        ['product', recognised.product ?? 'not recognised'],
        ['area', recognised.area ?? 'not recognised'],
        ['goes to', `group ${routed.group}${routed.row === null ? ', as no row fits' : ` by ${routed.row}`}`],
        ['responsible', oneLine(`${agent ?? 'the whole group'} (${because})`)],
      ]),
      section('Recognised', recognised.trail),
      section('Rows', routed.trail),
    ].join('\n\n'),
    data: {
      ...{ facts, group: routed.group, agent, because, row: routed.row },
      trail: [...recognised.trail, ...routed.trail],
    },
  }
}

const nothing: RecognisedMatter = { area: null, product: null, requestType: null, trail: [] }

/** A product brings the area it belongs to, unless that is named as well. */
function withNamed(
  said: RecognisedMatter,
  { areas, products }: Config,
  { area, product }: RoutingQuestion,
): RecognisedMatter {
  keyAmong(areas, area, '--area')
  keyAmong(products, product, '--product')
  const byProduct = product === undefined ? undefined : products[product]?.area
  const named = { area: area ?? byProduct, product }
  const replaced = new Set(Object.entries(named).flatMap(([rule, key]) => (key === undefined ? [] : [rule])))
  const trail = said.trail.filter(({ rule }) => !replaced.has(rule))
  const step = (rule: string, key: string, because: string) => ({
    rule,
    hit: true,
    because: `${key}: ${because}`,
  })
  return {
    requestType: said.requestType,
    area: named.area ?? said.area,
    product: product ?? said.product,
    trail: [
      ...trail,
      ...(product === undefined ? [] : [step('product', product, 'named with --product')]),
      ...(named.area === undefined
        ? []
        : [step('area', named.area, area ? 'named with --area' : `the product ${product} belongs to it`)]),
    ],
  }
}

function keyAmong(known: Readonly<Record<string, unknown>>, key: string | undefined, option: string): void {
  if (key === undefined || Object.hasOwn(known, key)) return
  const all = Object.keys(known).join(', ') || 'none, the configuration has none'
  throw new CommandFailed(`${option} ${key}: allowed are ${all}.`)
}

interface Place {
  readonly mailbox: string | null
  readonly line: string | null
  readonly group: string
  readonly office: string
  readonly language: Language
  readonly requestType: string | null
}

function mailboxAsked({ mailboxes }: Config, asked: string | undefined): Place {
  const key = asked ?? Object.keys(mailboxes)[0] ?? ''
  const found = Object.hasOwn(mailboxes, key) ? mailboxes[key] : undefined
  if (!found) throw new CommandFailed(`--mailbox ${key}: allowed are ${Object.keys(mailboxes).join(', ')}.`)
  const { group, office, language, requestType = null } = found
  return { mailbox: key, line: null, group, office, language, requestType }
}

function lineAsked({ phone }: Config, asked: string): Place {
  const [key = '', extension] = asked.split('/')
  const lines = phone?.lines ?? {}
  const line = Object.hasOwn(lines, key) ? lines[key] : undefined
  if (!line || (extension !== undefined && !Object.hasOwn(line.extensions, extension))) {
    const all = Object.entries(lines).flatMap(([one, { extensions }]) => [
      one,
      ...Object.keys(extensions).map(digits => `${one}/${digits}`),
    ])
    throw new CommandFailed(`--line ${asked}: allowed are ${all.join(', ') || 'none, there is no hotline'}.`)
  }
  const { group, office, language } = effectiveLine(line, extension ?? null)
  return { mailbox: null, line: asked, group, office, language, requestType: null }
}

function languageAsked(asked: string | undefined): Language | undefined {
  if (asked === undefined || asked === 'de' || asked === 'en') return asked
  throw new CommandFailed(`--language ${asked}: allowed are de and en.`)
}

function section(title: string, trail: readonly TrailStep[]): string {
  const lines = trail.map(({ rule, hit, because }) => `  ${hit ? 'yes' : 'no '} ${rule}: ${oneLine(because)}`)
  return [title, ...(lines.length === 0 ? ['  none'] : lines)].join('\n')
}
