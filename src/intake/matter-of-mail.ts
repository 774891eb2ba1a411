import type { Config } from '../config/schema.ts'
import type { Known } from '../desk/checklist.ts'
import type { Recognised } from '../desk/customers/recognise.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { type RecognisedMatter, recogniseMatter } from '../desk/recognise-area.ts'
import type { RoutingFacts } from '../desk/routing.ts'
import { customerInBooks } from './customers/customers-of-mails.ts'
import { foundIn } from './known-of-mail.ts'
import type { PlanContext } from './plan.ts'
import { Load } from './promises/load.ts'
import { type Placed, placeMatter } from './promises/routing.ts'

/** What a mail that opens a ticket is about, and where it goes. */

export interface MatterOfMail extends RecognisedMatter {
  /** By the checklist of the kind of request that was recognised. */
  readonly known: Known
}

/** Where no words say which kind of request it is, it is the one that the mailbox is there for. */
export function matterOfMail({ content, position }: InboundMail, config: Config): MatterOfMail {
  const { mailbox } = position
  const { subject, replyText } = content
  const usual = foundIn(content, { mailbox }, config)
  const recognised = recogniseMatter({ subject, text: replyText, known: usual }, config)
  const requestType = recognised.requestType ?? config.mailboxes[mailbox]?.requestType ?? null
  const known = recognised.requestType === null ? usual : foundIn(content, { mailbox, requestType }, config)
  return { ...recognised, requestType, known }
}

/** Whoever gets the matter is chosen among those who are there now, with what the batch gave out so far. */
export function placeMail(
  mail: InboundMail,
  matter: Pick<RoutingFacts, 'area' | 'product' | 'requestType' | 'language' | 'group'>,
  office: string,
  context: PlanContext,
  caller?: Recognised,
): Placed {
  const { config, surroundings, now, load = new Load() } = context
  const customer = customerInBooks(mail, context) ?? caller?.company ?? null
  const facts: RoutingFacts = { ...matter, line: null, mailbox: mail.position.mailbox, customer }
  return placeMatter(facts, office, { config, absences: surroundings.absences, now, load })
}
