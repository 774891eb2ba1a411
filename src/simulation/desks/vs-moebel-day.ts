/** An ordinary Tuesday at a hotline with four levels and a manufacturer: E1 to E8, C1 to C5. */
import { postMatter, recordInPerson } from './day-doors.ts'
import type { DeskDay } from './desk-day.ts'
import type { Tickets } from './stories.ts'
import { isThere, presses, ringBack, ticketOfCall } from './telephone-deeds.ts'
import { outsideWords } from './vs-moebel-outside.ts'
import { agentWords } from './vs-moebel-words.ts'

const hotline = 'iawsupport@vs-moebel.de'

/** Customers of the books below examples/vs-moebel/customers, and people at their manufacturer. */
export const vsMoebelPeople = {
  petra: { name: 'Petra Lindner', address: 'petra.lindner@lindenschule.example.org' },
  markus: {
    ...{ name: 'Markus Ernst', address: 'markus.ernst@stadtwerke.example.org' },
    phone: '+491713920050',
  },
  sabine: { name: 'Sabine Thoma', address: 'sabine.thoma@klinikum.example.org' },
  jens: { name: 'Jens Sommer', address: 'jens.sommer@buerohaus.example.org' },
  grace: { name: 'Grace Harlow', address: 'grace.harlow@harrow.example.org' },
  service: { name: 'PrismaTec Service', address: 'service@prismatec.example.net' },
  head: { name: 'Leitung Kundendienst', address: 'leitung.service@prismatec.example.net' },
} as const

const { petra, markus, sabine, jens, grace, service, head } = vsMoebelPeople

export async function vsMoebelDay(day: DeskDay): Promise<Tickets> {
  const morning = await inTheMorning(day)
  const noon = await untilNoon(day, morning)
  await afterLunch(day, { ...morning, ...noon })
  const afternoon = await inTheAfternoon(day, { ...morning, ...noon })
  await votes(day)
  return { ...morning, ...noon, ...afternoon }
}

/** A fault of level 1, an outage that begins on level 2 and rises, and a call that nobody can take. */
async function inTheMorning(day: DeskDay) {
  const { until, mail, answer, answerAs, page, letterTo, ring } = day
  const agents = agentWords(day.say)
  const outside = outsideWords(day.say)
  await until('07:40')
  const { ticketNumber: panel = '' } = await mail(petra, hotline, outside.panel.subject, outside.panel.text)
  await until('07:52')
  await answer('jana', agents.firstHelp, 'agent-notice')
  await until('08:05')
  const { ticketNumber: outage = '' } = await mail(
    sabine,
    hotline,
    outside.outage.subject,
    outside.outage.text,
  )
  await until('08:09')
  await page(await letterTo('birgit.hoffmann@example.com', 'escalation'), /\/ack\/[\w-]+/, {})
  await until('08:14')
  await answer('birgit', agents.outageTaken, 'escalation')
  await until('08:20')
  await answerAs(petra, outside.stillDark, 'agent-answer')
  await until('08:40')
  await answer('birgit', agents.outageLoss, 'escalation')
  await until('08:50')
  await answer('volker', agents.divisionTakes, 'escalation')
  await until('09:00')
  const english = { hears: /For English/, presses: '9', bargesIn: true } as const
  const steps = [presses.hindered, presses.thisNumber]
  const call = ring(markus, 'hotline', day.language === 'en' ? [english, ...steps] : steps)
  await until('09:25')
  const called = await ticketOfCall(day, call)
  const { agent = '' } = await day.database.callback.findFirstOrThrow({ where: { state: 'owed' } })
  await ringBack(day, markus)
  await until('09:40')
  await answer(agent ?? '', agents.calledBack, 'callback-task')
  return { panel, outage, called }
}

/** The manufacturer is asked, with everything it needs; a delivery; an assembly that nobody answers for. */
async function untilNoon(day: DeskDay, { panel = '', outage = '' }: Tickets) {
  const { until, mail, answer, answerAs } = day
  const agents = agentWords(day.say)
  const outside = outsideWords(day.say)
  await until('09:50')
  await answer('jana', agents.vendorTooLittle, { about: panel })
  await until('09:55')
  await answer('jana', agents.vendorCase, { kind: 'agent-notice', about: panel })
  await until('10:00')
  const { ticketNumber: delivery = '' } = await mail(
    jens,
    hotline,
    outside.delivery.subject,
    outside.delivery.text,
  )
  await until('10:30')
  await answerAs(service, outside.vendorFirst)
  await until('10:40')
  await answer('jana', agents.vendorMore, 'vendor-notice')
  await answer('ruben', agents.delivery, { about: delivery })
  await until('11:00')
  const assembly = await postMatter(day, 'website', {
    ...outside.assembly,
    customer: { name: grace.name, email: grace.address },
  })
  await until('11:30')
  await answer('volker', agents.tooEarly, { about: outage })
  await until('11:36')
  await answer('volker', agents.documented, { kind: 'escalation', about: outage })
  await until('12:55')
  return { delivery, assembly }
}

/** What was silent too long: the manufacturer's next level has been written to, and the assembly rises. */
async function afterLunch(day: DeskDay, { panel = '', assembly = '', delivery = '' }: Tickets) {
  const { until, answer, answerAs } = day
  const agents = agentWords(day.say)
  const outside = outsideWords(day.say)
  isThere(day, 'birgit')
  await until('13:05')
  await answerAs(head, outside.vendorReplaces)
  await until('13:12')
  await answer('jana', agents.share, { kind: 'agent-notice', about: panel })
  await until('13:26')
  await answer('gesine', agents.assembly, { about: assembly })
  await until('13:40')
  await answerAs(jens, outside.notDelivered, { about: delivery })
  await until('13:48')
  await answer('konrad', agents.toTheBoard, { kind: 'escalation', about: delivery })
  await until('14:40')
  await answerAs(petra, outside.works, { about: panel })
  await until('14:50')
  await answer('jana', agents.vendorDone, 'vendor-notice')
  await answer('jana', agents.panelDone, { kind: 'agent-notice', about: panel })
}

/** A formal escalation, a complaint in person, and the ends with what their customers say to them. */
async function inTheAfternoon(day: DeskDay, { delivery = '' }: Tickets) {
  const { until, mail, answer } = day
  const agents = agentWords(day.say)
  const outside = outsideWords(day.say)
  await answer('karin', agents.boardTakes, { kind: 'escalation', about: delivery })
  await until('15:00')
  const { ticketNumber: formal = '' } = await mail(
    markus,
    hotline,
    outside.formal.subject,
    outside.formal.text,
  )
  await until('15:10')
  await answer('birgit', agents.formal, { about: formal })
  await until('15:20')
  const counter = await recordInPerson(day, 'timo', {
    ...outside.counter,
    customer: { name: markus.name, email: markus.address },
  })
  await until('15:50')
  await answer('timo', agents.counter, { about: counter })
  await answer('karin', agents.redress, { kind: 'escalation', about: delivery })
  return { formal, counter }
}

/** A vote by the link, one in a line of an answer, and one of somebody whom the manager has to ring. */
async function votes({ until, page, letterTo, answer, answerAs, say }: DeskDay) {
  const agents = agentWords(say)
  const { praise, blame, suggestion, voteInWords } = outsideWords(say)
  const link = /\/feedback\/s[\w-]+/
  await until('16:00')
  const happy = { do: 'vote', score: '5', solved: 'yes', words: praise }
  await page(await letterTo(sabine.address, 'closing'), link, happy)
  await answerAs(petra, voteInWords, 'closing')
  await until('16:05')
  const angry = { do: 'vote', score: '2', solved: 'yes', words: blame, suggestion, manager: 'yes' }
  await page(await letterTo(jens.address, 'closing'), link, angry)
  await until('16:25')
  await answer('birgit', agents.manager, 'feedback-task')
  await until('17:00')
}
