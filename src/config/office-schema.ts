/** The shape of one office: where it is, when it is open and whom a customer may call there. */
import { z } from 'zod'
import { day, span, text } from './words.ts'

const weekday = z
  .array(span)
  .describe('Spans of this weekday; two make a lunch break, an empty list is a closed day.')

export const office = z.strictObject({
  name: text.describe('How the office is called in letters.'),
  timeZone: text
    .meta({ allowed: 'an IANA time zone such as Europe/Berlin' })
    .describe('Time zone of the opening hours and of every time in a letter.'),
  holidays: text
    .meta({ allowed: 'a region code of the date-holidays library such as DE-HH or GB-ENG' })
    .describe('Region whose public holidays are closed days.'),
  hours: z
    .strictObject({
      mon: weekday,
      tue: weekday,
      wed: weekday,
      thu: weekday,
      fri: weekday,
      sat: weekday,
      sun: weekday,
    })
    .partial()
    .describe("Opening hours by weekday, in the office's wall time. A day left out is closed."),
  closures: z
    .array(
      z.strictObject({
        date: day.describe('The day that differs.'),
        hours: z.array(span).default([]).describe('What is open that day all the same; empty: closed.'),
        reason: text.describe('Why, as it is shown, such as "bridge day".'),
      }),
    )
    .default([])
    .describe('Bridge days, company holidays and shortened days.'),
  phone: text.optional().describe('The number a customer may call, as it is printed in letters.'),
})
