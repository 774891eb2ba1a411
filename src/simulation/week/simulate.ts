import { isOpen } from '../../desk/office-hours.ts'
import { hangUpCalls } from '../../intake/calls/after-event.ts'
import { openLog } from '../../log.ts'
import { type Chance, openChance } from '../../sandbox/telephone/chance.ts'
import { openBlobStore } from '../../store/blobs.ts'
import { takeInDepsOf } from '../../take-in-deps.ts'
import { exampleDesk, lineNumbers } from '../example-desk.ts'
import { openLetterBox } from '../read-letters.ts'
import type { ThrowAwayPlace } from '../throw-away-place.ts'
import { openVirtualHotline, type VirtualHotline } from '../virtual-hotline.ts'
import { connectAgents } from './agents.ts'
import { arrivals } from './arrivals.ts'
import { type Customer, callScript, customersOf } from './customers.ts'
import { openDeskWork } from './desk-work.ts'
import { openPostbox, type Postbox } from './mails.ts'
import { agentsOf, timeZone, type WeekOptions } from './options.ts'
import { readWeek, type WeekReport } from './report.ts'

/**
 * A week at the desk: callers, mails and agents as they are in life, and between them the real gateway, on a database
 * of its own, in a time of its own. The same options give the same report.
 */

/** Nobody is owed a call for ever: what is still owed then is told. */
const mostDaysAfter = 10

export async function simulateWeek(options: WeekOptions, place: ThrowAwayPlace): Promise<WeekReport> {
  const start = options.start.toZonedDateTime({ timeZone })
  const hotline = await openVirtualHotline({
    ...{ seed: options.seed, databaseUrl: place.databaseUrl, folder: place.folder, compareMinutes: 60 },
    start: start.toInstant(),
    blobs: await openBlobStore({ kind: 'files' }, place.folder),
    log: openLog('silent'),
    configure: addresses => exampleDesk(deskOf(options), addresses),
  })
  try {
    const postbox = await people(hotline, options)
    for (let day = 1; day <= options.days + mostDaysAfter; day++) {
      await hotline.runUntil(start.add({ days: day }).toInstant())
      if (day >= options.days && (await isDone(hotline))) break
    }
    return await readWeek(hotline, options, postbox.count())
  } finally {
    await hotline.close()
  }
}

/** The second agent is away on the second day, and the first one is the deputy. */
function deskOf(options: WeekOptions) {
  const { start, holidays, ringSeconds, minutes } = options
  const agents = agentsOf(options)
  const away = start.add({ days: 1 }).toString()
  const entries = agents.map(({ key, name, address, phone }, index) => [
    key,
    {
      ...{ name, addresses: [address] as const, phone, languages: ['de', 'en'] as const },
      breaks: [index % 2 === 0 ? '12:00-12:30' : '12:30-13:00'],
      ...(index === 1 ? { deputy: agents[0]?.key, absences: [{ from: away, to: away }] } : {}),
    },
  ])
  return {
    agents: Object.fromEntries(entries),
    holidays,
    phone: {
      ...(ringSeconds === undefined ? {} : { ringSeconds }),
      ...(minutes === undefined ? {} : { callback: { minutes } }),
    },
  }
}

/** Everybody who is going to do something; it happens when the clock gets there. */
async function people(hotline: VirtualHotline, options: WeekOptions): Promise<Postbox> {
  const { network, clock, deps, config, database } = hotline
  const chance = openChance(`week ${options.seed}`)
  const office = deps.offices.get('hamburg')
  if (!office) throw new Error('the desk has an office')
  const customers = customersOf(chance, Math.max(1, Math.ceil(options.calls * 0.8)))
  for (const { number, rings } of customers) network.connect(number, ...rings.map(({ party }) => party))
  const agents = agentsOf(options)
  connectAgents(network, chance, agents, customers)
  const isWorkingDay = (day: Temporal.PlainDate) =>
    isOpen(day.toZonedDateTime({ timeZone, plainTime: '10:00' }).toInstant(), office)
  const times = arrivals(chance.row('calls'), options.calls, options, isWorkingDay)
  planCalls(hotline, chance, customers, times)
  const postbox = openPostbox(
    takeInDepsOf(config, {
      ...{ database, now: deps.now, log: deps.log, nudge: () => {} },
      callbacksChanged(hangUps) {
        deps.wake()
        hangUpCalls(deps, hangUps)
      },
    }),
  )
  for (const at of arrivals(chance.row('mails'), options.mails, options, isWorkingDay)) {
    const row = chance.row(`mail ${at}`)
    const who = customers[Math.floor(row.between(0, customers.length))]
    if (who) clock.at(at, () => void clock.during(postbox.post(mailOf(who))))
  }
  openDeskWork({ hotline, office, agents, letters: await openLetterBox(hotline), postbox, chance })
  return postbox
}

function planCalls(
  { network, clock }: VirtualHotline,
  chance: Chance,
  customers: readonly Customer[],
  times: readonly Temporal.Instant[],
): void {
  const known = new Set<string>()
  for (const [index, at] of times.entries()) {
    const row = chance.row(`call ${index}`)
    const who = customers[Math.floor(row.between(0, customers.length))]
    if (!who) continue
    const script = callScript(row, who, known.has(who.shows))
    if (who.shows !== 'anonymous') known.add(who.shows)
    clock.at(at, () => void network.call(script, lineNumbers.hotline))
  }
}

function mailOf({ name, address, speaks }: Customer) {
  return speaks === 'de'
    ? {
        ...{ from: { name, address }, to: 'support@example.com', language: speaks },
        subject: 'Auftragsliste bleibt leer',
        text: 'Guten Tag,\n\nseit heute Morgen bleibt die Auftragsliste leer. Was können wir tun?',
      }
    : {
        ...{ from: { name, address }, to: 'support@example.com', language: speaks },
        subject: 'Order list stays empty',
        text: 'Hello,\n\nsince this morning the list of orders has been empty. What can we do?',
      }
}

async function isDone({ database }: VirtualHotline): Promise<boolean> {
  return (await database.callback.count({ where: { owedFor: { not: null } } })) === 0
}
