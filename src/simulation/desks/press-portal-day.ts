import { writeDigest } from '../../intake/digest.ts'
import { unreachable } from '../../sandbox/telephone/actors.ts'
import { postMatter } from './day-doors.ts'
import type { DeskDay } from './desk-day.ts'
import { aDeletion, aLegalThreat, aTechnicalProblem } from './press-portal-matters.ts'
import { portal, portalCustomers } from './press-portal-people.ts'
import type { Tickets } from './stories.ts'
import { isThere, presses, ringBack, ticketOfCall } from './telephone-deeds.ts'

/** A Tuesday at a press portal, P1 to P8: who has what by product and language, four extensions, three procedures. */

export async function pressPortalDay(day: DeskDay): Promise<Tickets> {
  await theRosterOfTomorrow(day)
  const questions = await questionsByProduct(day)
  const calls = await fourExtensions(day)
  const technical = await aTechnicalProblem(day)
  const deletion = await aDeletion(day)
  await theLateAnswer(day, questions.influma)
  const threat = await aLegalThreat(day)
  const invoice = await aMatterFromTheForm(day)
  await howItWent(day, deletion)
  await day.until('17:00')
  return { ...questions, ...calls, technical, deletion, threat, invoice }
}

/** Tomorrow nobody is in accounting. */
async function theRosterOfTomorrow(day: DeskDay): Promise<void> {
  await day.until('07:30')
  day.note('the daily letter to the administrators is due')
  await day.clock.during(writeDigest(day.database, day.config, day.clock.now(), day.deps.offices))
}

async function questionsByProduct(day: DeskDay) {
  const { uwe, laura, jette } = portalCustomers
  await day.until('09:10')
  const { ticketNumber: german = '' } = await day.mail(
    uwe,
    portal.support,
    'Frage zu Blog2Social',
    'Guten Tag,\n\nwie plane ich in Blog2Social einen Beitrag für nächste Woche?\n\nMit freundlichen Grüßen\nUwe Sommerfeld',
    'de',
  )
  const { ticketNumber: english = '' } = await day.mail(
    laura,
    portal.support,
    'Question about Blog2Social',
    'Hello,\n\nhow do I schedule a post in Blog2Social for next week?\n\nKind regards\nLaura Bennett',
    'en',
  )
  const { ticketNumber: influma = '' } = await day.mail(
    jette,
    portal.support,
    day.say('Suche in Influma', 'Searching in Influma'),
    day.say(
      'Guten Tag,\n\nkann ich in Influma nach Orten suchen?\n\nMit freundlichen Grüßen\nJette Lorenz',
      'Hello,\n\ncan I search by place in Influma?\n\nKind regards\nJette Lorenz',
    ),
  )
  await day.until('09:40')
  await day.answer(
    'dorian',
    day.say(
      '#erledigt\n\nGuten Tag Herr Sommerfeld,\n\nklicken Sie im Beitrag auf „Planen“ und wählen Sie Tag und Uhrzeit.',
      '#close\n\nGuten Tag Herr Sommerfeld,\n\nklicken Sie im Beitrag auf „Planen“ und wählen Sie Tag und Uhrzeit.',
    ),
    { about: german },
  )
  await day.answer(
    'sofie',
    day
      .say('#erledigt', '#close')
      .concat('\n\nDear Ms Bennett,\n\nopen the post, click "Schedule" and choose the day and the time.'),
    { about: english },
  )
  return { german, english, influma }
}

/** Accounting, support, sales and the switchboard; nobody of accounting is at the telephone. */
async function fourExtensions(day: DeskDay): Promise<Tickets> {
  const { carolin, laura, uwe, lawyer } = portalCustomers
  await day.until('09:45')
  for (const one of ['nils', 'amira', 'klara', 'luis']) isThere(day, one)
  for (const one of ['lina', 'kadia']) day.phoneOf(one, unreachable(one, 'never'))
  const support = day.ring(carolin, 'house/266', [presses.minor, presses.thisNumber])
  await day.until('09:55')
  const sales = day.ring(laura, 'house/277', [presses.minor, presses.thisNumber])
  await day.until('10:05')
  const switchboard = day.ring(lawyer, 'house/140', [presses.minor, presses.thisNumber])
  await day.until('10:15')
  const accounting = day.ring(uwe, 'house/195', [presses.minor, presses.thisNumber])
  await day.until('10:25')
  await ringBack(day, uwe)
  await day.until('10:35')
  return {
    support: await ticketOfCall(day, support),
    sales: await ticketOfCall(day, sales),
    switchboard: await ticketOfCall(day, switchboard),
    accounting: await ticketOfCall(day, accounting),
  }
}

/** The question about Influma was left lying: its time is over at ten past one. */
async function theLateAnswer(day: DeskDay, ticket: string): Promise<void> {
  await day.until('13:20')
  const told = await day.letterTo('philine.roth@example.com', { kind: 'escalation', about: ticket })
  await day.page(told, /\/ack\/[\w-]+/, {})
  await day.until('13:40')
  await day.answer(
    'dorian',
    day.say(
      'Guten Tag Frau Lorenz,\n\nentschuldigen Sie die späte Antwort. Ja: Wählen Sie unter „Filter“ den Ort.',
      'Dear Ms Lorenz,\n\nI am sorry for the late answer. Yes: choose the place under "Filters".',
    ),
    { about: ticket },
  )
}

async function aMatterFromTheForm(day: DeskDay): Promise<string> {
  await day.until('15:00')
  const { name, address } = portalCustomers.laura
  const invoice = await postMatter(day, 'contactform', {
    subject: day.say('Rechnung PW-118', 'Invoice PW-118'),
    text: day.say(
      'Bitte senden Sie uns die Rechnung PW-118 noch einmal.',
      'Please send us invoice PW-118 once more.',
    ),
    customer: { name, email: address },
  })
  await day.until('15:15')
  await day.answer(
    'lina',
    day
      .say('#erledigt\n\nGuten Tag, ', '#close\n\nHello, ')
      .concat(day.say('die Rechnung liegt in Ihrem Kundenkonto.', 'the invoice is in your account.')),
    { about: invoice },
  )
  return invoice
}

/** A vote on the page, one by a line of mail, and one of somebody who is not content, of which the deciders hear. */
async function howItWent(day: DeskDay, deletion: string): Promise<void> {
  const { laura, carolin, uwe } = portalCustomers
  await day.until('15:30')
  const closing = await day.letterTo(uwe.address, { kind: 'closing', about: deletion })
  await day.page(closing, /\/feedback\/s[\w-]+/, { do: 'vote', score: '4', solved: 'yes' })
  await day.answerAs(laura, day.say('5 Danke, schnell', '5 Thanks, quick'), 'closing')
  await day.answerAs(carolin, day.say('2 leider langsam', '2 slow'), 'closing')
  await day.until('15:50')
  await day.answer(
    'philine',
    day.say(
      'Guten Tag Frau Eckert,\n\ndas hat zu lange gedauert. Die Grenze prüfen wir künftig vor jeder Freigabe.',
      'Dear Ms Eckert,\n\nthis took too long. From now on we check the limit before each release.',
    ),
    'feedback-task',
  )
}
