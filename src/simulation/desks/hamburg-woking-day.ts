import { mailbox, unreachable } from '../../sandbox/telephone/actors.ts'
import { decideSuggestion, recordInPerson, recordSurvey } from './day-doors.ts'
import type { DeskDay } from './desk-day.ts'
import type { Tickets } from './stories.ts'
import { isThere, presses, ringBack, ticketOfCall } from './telephone-deeds.ts'

/**
 * A help desk in Hamburg and Woking on the day before Ascension Day, G1 to G9: Hamburg is closed on Thursday, and on the
 * bridge day after it, Woking is not. Each office speaks its language whatever that of the day is.
 */

export const helpDesks = { hamburg: 'hamburg@helpdesk.example.com', woking: 'woking@helpdesk.example.com' }

/** Of the books below examples/hamburg-woking/customers. */
export const helpDeskCustomers = {
  jens: {
    name: 'Jens Albers',
    address: 'jens.albers@hafenspeicher.example.org',
    phone: '+491713920021',
  },
  ute: { name: 'Ute Sander', address: 'ute.sander@hafenspeicher.example.org', phone: '+494066969202' },
  grace: { name: 'Grace Pemberton', address: 'grace.pemberton@thamesgate.example.org' },
  birgit: { name: 'Birgit Thomsen', address: 'birgit.thomsen@alsterkontor.example.net' },
  neil: { name: 'Neil Ashworth', address: 'neil.ashworth@surreygarden.example.net', phone: '+447400123456' },
} as const

const surveyLink = /\/feedback\/s[\w-]+/

export async function hamburgWokingDay(day: DeskDay): Promise<Tickets> {
  const morning = await theMorning(day)
  const passed = await aMatterForSales(day)
  const kept = await aCallKept(day)
  await aDissatisfiedCustomer(day)
  const inPerson = await aMatterInPerson(day)
  await afterwards(day, kept)
  const evening = await beforeTheHoliday(day)
  return { ...morning, passed, kept, inPerson, ...evening }
}

async function theMorning(day: DeskDay): Promise<Tickets> {
  const { until, answer, answerAs } = day
  const { jens, grace } = helpDeskCustomers
  await until('08:40')
  for (const one of ['anke', 'jonas']) isThere(day, one)
  const called = day.ring(jens, 'hamburg', [presses.hindered], { talks: 240 })
  await until('08:50')
  const connected = await ticketOfCall(day, called)

  // In Woking it is 8:20, ten minutes before the office opens.
  await until('09:20')
  const { ticketNumber: warranty = '' } = await day.mail(
    grace,
    helpDesks.woking,
    'Label printer does not print',
    'Hello,\n\nour ED-300, serial number EW2600201, has not printed since yesterday evening; the display says E-14.\n\nKind regards\nGrace Pemberton\nThamesgate Foods Ltd\nPhone +44 20 7946 0201',
    'en',
  )
  await until('10:05')
  await answer(
    'emily',
    '#take\n#immediate Talked through the cleaning of the print head\n\nDear Ms Pemberton,\n\nE-14 means that the print head is dirty. Please open the cover, wipe the head with the cloth that came with the printer, and switch it on again.',
  )
  await until('10:50')
  await answerAs(grace, 'Thank you, it prints again.')
  await until('11:00')
  await answer(
    'emily',
    '#cause Paper dust on the print head\n#result The print head was cleaned, and the printer works.\n#close',
  )
  // A filter opens the link first, which is no vote.
  await until('11:05')
  const closing = await day.letterTo(grace.address, 'closing')
  await day.page(closing, surveyLink)
  await day.page(closing, surveyLink, {
    ...{ do: 'vote', score: '5', solved: 'yes', words: 'Quick and friendly.' },
    suggestion: 'Please print the meaning of E-14 in the manual.',
  })
  await until('11:10')
  await answer(
    'anke',
    '#ursache Falsches Etikettenformat eingestellt\n#ergebnis Das Etikettenformat ist richtig eingestellt, der Drucker druckt.\n#erledigt',
    'agent-notice',
  )
  return { connected, warranty }
}

/** Neither contract nor warranty: the agents see it, and the matter goes to another department. */
async function aMatterForSales(day: DeskDay): Promise<string> {
  const { until, answer } = day
  await until('11:20')
  const { ticketNumber = '' } = await day.mail(
    helpDeskCustomers.birgit,
    helpDesks.hamburg,
    'ED-300 druckt nicht',
    'Guten Tag,\n\nunser Etikettendrucker ED-300 (Seriennummer EW2400301) druckt nicht mehr. Können Sie uns auch ohne Vertrag helfen?\n\nMit freundlichen Grüßen\nBirgit Thomsen\nAlsterkontor Versand KG\nTelefon 040 66969 203',
    'de',
  )
  await until('11:35')
  await answer('jonas', '#weiter Vertrieb Weder Wartungsvertrag noch Gewährleistung; Angebot gewünscht')
  await until('11:55')
  await answer(
    'tobias',
    'Guten Tag Frau Thomsen,\n\ngern helfen wir Ihnen. Die Reparatur kostet pauschal 180 Euro; mit einem Wartungsvertrag ist sie enthalten. Das Angebot sende ich Ihnen heute Nachmittag.',
  )
  return ticketNumber
}

/** Nobody can be put through at this moment: a specialist rings back within two hours. */
async function aCallKept(day: DeskDay): Promise<string> {
  const { neil } = helpDeskCustomers
  await day.until('12:35')
  day.phoneOf('emily', unreachable('Emily Hart', 'busy'))
  day.phoneOf('oliver', mailbox('the mailbox of Oliver Finch'))
  const call = day.ring(neil, 'woking', [presses.hindered, presses.thisNumber])
  await day.until('13:50')
  await ringBack(day, neil)
  await day.until('14:05')
  const ticket = await ticketOfCall(day, call)
  await day.answer(
    'emily',
    '#called\n#cause The scanner had lost its radio base\n#result The scanner and its base are paired again.\n#close',
    { about: ticket },
  )
  return ticket
}

/** One line to the closing letter is a vote; the Technical Support Manager hears of it and writes himself. */
async function aDissatisfiedCustomer(day: DeskDay): Promise<void> {
  await day.until('14:20')
  await day.answerAs(helpDeskCustomers.jens, '2 schlecht, erst beim zweiten Anruf', 'closing')
  await day.until('15:10')
  await day.answer(
    'henrik',
    'Guten Tag Herr Albers,\n\ndas tut mir leid. Ich habe Ihren Anruf mit Frau Brodersen durchgesehen; Sie erreichen mich jederzeit auch selbst.',
    'feedback-task',
  )
}

/** A customer stands at the counter, and Anke writes it down. */
async function aMatterInPerson(day: DeskDay): Promise<string> {
  const { name, address } = helpDeskCustomers.ute
  await day.until('15:20')
  const ticket = await recordInPerson(day, 'anke', {
    language: 'de',
    subject: 'HS-120',
    text: 'Der Handscanner HS-120 (Seriennummer EW2600102) lädt nicht mehr.',
    customer: { name, email: address },
  })
  await day.until('15:40')
  await day.answer(
    'anke',
    '#ursache Kontakte der Ladeschale verschmutzt\n#ergebnis Die Kontakte sind gereinigt, der Scanner lädt.\n#ausgleich Eine Ladeschale zum Tausch\n#erledigt',
    { about: ticket },
  )
  return ticket
}

/** Some are rung and asked how it went; what customers propose is decided on. */
async function afterwards(day: DeskDay, kept: string): Promise<void> {
  await day.until('16:00')
  await recordSurvey(day, 'oliver', kept, { score: 5, solved: true, words: 'Rang back before two.' })
  await day.until('16:10')
  await decideSuggestion(day, 'henrik', { state: 'adopted', remark: 'In the next edition.' })
}

async function beforeTheHoliday(day: DeskDay): Promise<Tickets> {
  const { ute, neil } = helpDeskCustomers
  await day.until('16:30')
  for (const one of ['anke', 'jonas', 'emily', 'oliver']) day.phoneOf(one, unreachable(one, 'never'))
  const hamburg = day.ring(ute, 'hamburg', [presses.hindered, presses.thisNumber])
  const woking = day.ring(neil, 'woking', [presses.hindered, presses.thisNumber])
  // Hamburg has its holiday. In Woking the call that was due at nine, ten o'clock in Hamburg, was not made.
  await day.until('2026-05-14 10:12')
  await day.answer('katrin', '#übernehme', 'escalation')
  await day.until('2026-05-14 10:30')
  await ringBack(day, neil)
  await day.until('2026-05-18 08:50')
  await ringBack(day, ute)
  await day.until('2026-05-18 09:30')
  return { bridged: await ticketOfCall(day, hamburg), late: await ticketOfCall(day, woking) }
}
