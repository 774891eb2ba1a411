import { describe, expect, it } from 'vitest'
import { reviewGuarantees } from '../../src/commands/guarantees/review.ts'
import { configSchema } from '../../src/config/schema.ts'
import { type HotlineTest, hamburg, openHotline, phones, woking } from './hotline.ts'
import { ring } from './promised.ts'

/** Promises and calendars, as callers hear them: rows 25 to 29 of the list of failure modes. */

const day = ['08:30-17:00']
const hours = { mon: day, tue: day, wed: day, thu: day, fri: day }
const offices = (closures: readonly object[] = []) => ({
  hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays: 'DE-HH', hours, closures },
  woking: { name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours },
})
const bridgeDay = { date: '2026-05-15', reason: 'bridge day' }

/** Every time that the caller heard. */
function timesIn(heard: string): readonly string[] {
  const german = [...heard.matchAll(/Wir rufen Sie (bis .*?)(?: unter der Nummer.*?)? zurück\./g)]
  const english = [...heard.matchAll(/We will call you back (by .*?)(?: on (?:zero|plus|one).*?)?\./g)]
  return [...new Set([...german, ...english].map(([, time]) => time ?? ''))]
}

interface Promised {
  readonly start: string
  readonly spoken: string
  readonly due: string
}

async function expectPromise(
  { start, spoken, due }: Promised,
  to: string,
  more: object = {},
): Promise<string> {
  const hotline = await openHotline(start, { more })
  const { heard, callbackDueAt } = await ring(hotline, phones.mobile, to)
  expect(timesIn(heard)).toEqual([spoken])
  expect(callbackDueAt).toBe(due)
  return heard
}

describe('a call at the end of the week', () => {
  it('row 25: on a Friday at half past four uses half an hour of Friday and is due on Monday at ten', async () => {
    await expectPromise(
      { start: '2026-11-20T16:30', spoken: 'bis Montag 10 Uhr', due: '2026-11-23T09:00:00Z' },
      hamburg,
    )
  })
})

describe('a call at the edge of the office hours', () => {
  it.each<[string, Promised, 'open' | 'closed']>([
    [
      'some minutes before the opening counts from it',
      { start: '2026-11-24T08:20', spoken: 'bis heute 10 Uhr 30', due: '2026-11-24T09:30:00Z' },
      'closed',
    ],
    [
      'at the opening is due two hours later',
      { start: '2026-11-24T08:30', spoken: 'bis heute 10 Uhr 30', due: '2026-11-24T09:30:00Z' },
      'open',
    ],
    [
      'two hours before the end is due at the end',
      { start: '2026-11-24T15:00', spoken: 'bis heute 17 Uhr', due: '2026-11-24T16:00:00Z' },
      'open',
    ],
    [
      'a minute after that is due the next morning',
      { start: '2026-11-24T15:01', spoken: 'bis morgen 8 Uhr 31', due: '2026-11-25T07:31:00Z' },
      'open',
    ],
    [
      'at the very end is out of hours',
      { start: '2026-11-24T17:00', spoken: 'bis morgen 10 Uhr 30', due: '2026-11-25T09:30:00Z' },
      'closed',
    ],
    [
      'at the end of a Friday is due on Monday',
      { start: '2026-11-20T17:00', spoken: 'bis Montag 10 Uhr 30', due: '2026-11-23T09:30:00Z' },
      'closed',
    ],
    [
      'on a Saturday is due on Monday',
      { start: '2026-11-21T11:15', spoken: 'bis Montag 10 Uhr 30', due: '2026-11-23T09:30:00Z' },
      'closed',
    ],
  ])('row 26: %s', async (_, promised, office) => {
    const heard = await expectPromise(promised, hamburg)
    expect(heard.includes('Sie rufen außerhalb unserer Servicezeiten an.')).toBe(office === 'closed')
  })

  it('row 26: in the last minute before the opening counts from it, whatever happens on the line meanwhile', async () => {
    await expectPromise(
      { start: '2026-11-24T08:29', spoken: 'bis heute 10 Uhr 30', due: '2026-11-24T09:30:00Z' },
      hamburg,
    )
  })

  it('row 26: is the edge of the office that was called, in its own wall time', async () => {
    const promised = { start: '2026-11-24T17:30', spoken: 'by 10 am tomorrow', due: '2026-11-25T10:00:00Z' }
    const heard = await expectPromise(promised, woking)
    expect(heard).toContain('nobody is free')
  })
})

describe('a holiday of one office', () => {
  const more = { offices: offices([bridgeDay]) }

  async function both(start: string): Promise<{ readonly de: string; readonly en: string }> {
    const hotline = await openHotline(start, { more })
    const german = await ring(hotline, phones.mobile, hamburg)
    const english = await ring(hotline, phones.company, woking)
    const [de = ''] = timesIn(german.heard)
    const [en = ''] = timesIn(english.heard)
    expect(german.heard.includes('außerhalb unserer Servicezeiten')).toBe(!isOpen(german.heard))
    return { de: `${german.callbackDueAt}, ${de}`, en: `${english.callbackDueAt}, ${en}` }
  }
  const isOpen = (heard: string) => heard.includes('Leider ist im Moment niemand frei')

  it('row 27: on the day before Ascension Day Hamburg promises Monday, over the bridge day, and Woking tomorrow', async () => {
    expect(await both('2026-05-13T16:30')).toEqual({
      de: '2026-05-18T08:00:00Z, bis Montag 10 Uhr',
      en: '2026-05-14T08:06:00Z, by 9 oh 6 am tomorrow',
    })
  })

  it('row 27: on Ascension Day Hamburg is closed, and Woking calls back today', async () => {
    expect(await both('2026-05-14T10:00')).toEqual({
      de: '2026-05-18T08:30:00Z, bis Montag 10 Uhr 30',
      en: '2026-05-14T10:06:00Z, by 11 oh 6 am today',
    })
  })

  it('row 27: on the bridge day as well', async () => {
    expect(await both('2026-05-15T10:00')).toEqual({
      de: '2026-05-18T08:30:00Z, bis Montag 10 Uhr 30',
      en: '2026-05-15T10:06:00Z, by 11 oh 6 am today',
    })
  })

  it.each([
    ['2026-05-04', 'the early May bank holiday', '05'],
    ['2026-08-31', 'the summer bank holiday', '09'],
  ])('row 27: on %s, %s, it is the other way round', async (date, _, month) => {
    const next = month === '05' ? '2026-05-05' : '2026-09-01'
    expect(await both(`${date}T10:00`)).toEqual({
      de: `${date}T10:00:00Z, bis heute 12 Uhr`,
      en: `${next}T09:30:00Z, by 10 30 am tomorrow`,
    })
  })

  it('row 27: on Whit Monday both are closed', async () => {
    expect(await both('2026-05-25T10:00')).toEqual({
      de: '2026-05-26T08:30:00Z, bis morgen 10 Uhr 30',
      en: '2026-05-26T09:30:00Z, by 10 30 am tomorrow',
    })
  })

  it('row 27: where Boxing Day is a Saturday England has Monday off instead', async () => {
    expect(await both('2026-12-24T16:30')).toEqual({
      de: '2026-12-28T09:00:00Z, bis Montag 10 Uhr',
      en: '2026-12-29T09:06:00Z, by 9 oh 6 am on Tuesday',
    })
  })
})

describe('Christmas Eve and New Year’s Eve', () => {
  const closures = [
    { date: '2026-12-24', hours: ['08:30-12:00'], reason: 'Christmas Eve' },
    { date: '2026-12-31', reason: "New Year's Eve" },
  ]

  it.each<[string, Promised]>([
    ['24', { start: '2026-12-24T11:00', spoken: 'bis heute 13 Uhr', due: '2026-12-24T12:00:00Z' }],
    ['31', { start: '2026-12-31T11:00', spoken: 'bis heute 13 Uhr', due: '2026-12-31T12:00:00Z' }],
  ])('row 28: are working days where the company says nothing (%s December)', async (_, promised) => {
    await expectPromise(promised, hamburg)
  })

  it.each<[string, Promised]>([
    ['half', { start: '2026-12-24T11:00', spoken: 'bis Montag 9 Uhr 30', due: '2026-12-28T08:30:00Z' }],
    ['closed', { start: '2026-12-31T11:00', spoken: 'bis Montag 10 Uhr 30', due: '2027-01-04T09:30:00Z' }],
  ])('row 28: are what the company’s own closures say (%s)', async (_, promised) => {
    await expectPromise(promised, hamburg, { offices: offices(closures) })
  })
})

describe('a holiday that is added after promises were made', () => {
  /** Ascension Day is known; that the company closes on the Friday after it is not. */
  const promisedForFriday = { start: '2026-05-13T16:30', due: '2026-05-15T08:00:00Z' }
  const afterwards = '2026-05-18T08:00:00Z'

  async function openPromised(who: string) {
    const hotline = await openHotline(promisedForFriday.start, { more: { offices: offices() } })
    const rung = await ring(hotline, who, hamburg)
    expect(rung.callbackDueAt).toBe(promisedForFriday.due)
    return { hotline, rung }
  }

  async function review({ config, databaseUrl, clock }: HotlineTest, apply: boolean) {
    const changed = configSchema.parse({ ...config, offices: offices([bridgeDay]) })
    const place = {
      ...{ config: changed, databaseUrl, data: '.' },
      ...{ ticketFormat: '[#{number}]', timeZone: 'Europe/Berlin' },
    }
    return (await reviewGuarantees(place, clock.now(), apply)).text
  }

  const dueOf = async ({ database }: HotlineTest) =>
    (await database.guarantee.findMany()).map(({ dueAt, state }) => [dueAt.toISOString(), state])

  it('row 29: is listed, and changes nothing by itself', async () => {
    const { hotline, rung } = await openPromised(phones.mobile)
    const listed = await review(hotline, false)
    expect(listed).toContain(`[#${rung.ticketNumber}] callback: due Fri 2026-05-15 10:00`)
    expect(listed).toContain('would be Mon 2026-05-18 10:00')
    expect(listed).toContain('2026-05-15: closed (bridge day)')
    expect(await dueOf(hotline)).toEqual([['2026-05-15T08:00:00.000Z', 'open']])
    await hotline.settle()
    expect(hotline.network.texts()).toHaveLength(1)
  })

  it('row 29: moves the promise when a human says so, and the customer gets a text with the new time', async () => {
    const { hotline, rung } = await openPromised(phones.mobile)
    const said = await review(hotline, true)
    expect(said).toContain(`the customer is told by text to ${phones.mobile}`)
    expect(said).not.toContain('To tell:')
    await hotline.runUntil(hotline.clock.now().add({ minutes: 1 }))
    expect(await dueOf(hotline)).toEqual([[`${afterwards.slice(0, -1)}.000Z`, 'open']])
    const texts = hotline.network.texts()
    expect(texts).toHaveLength(2)
    expect(texts[1]).toMatchObject({ to: phones.mobile, status: 'delivered' })
    expect(texts[1]?.body).toContain(`Ticket ${rung.ticketNumber}: Unser Rückruf verschiebt sich`)
    expect(texts[1]?.body).toContain('Wir rufen Sie bis Montag, 18. Mai, 10:00 Uhr an.')
    expect(await review(hotline, true)).toBe('Every open promise is as the calendar has it.')
    await hotline.settle()
    expect(hotline.network.texts()).toHaveLength(2)
  })

  it('row 29: says who cannot be told, and a customer who rings again hears the new time', async () => {
    const { hotline } = await openPromised(phones.company)
    expect(await review(hotline, true)).toMatch(/the customer could not be told \(.+\)\. Please ring\.$/)
    expect(await hotline.database.entry.findFirst({ where: { kind: 'no-confirmation' } })).not.toBeNull()
    const again = await ring(
      hotline,
      {
        ...{ name: 'caller', from: phones.company, pickUp: { after: 0 } },
        steps: [{ hears: /drücken Sie die 0/, presses: '1' }],
      },
      hamburg,
    )
    expect(timesIn(again.heard)).toEqual(['bis Montag 10 Uhr'])
    expect(again.callbackDueAt).toBe(afterwards)
  })
})
