import { expect, it } from 'vitest'
import { calendarOf } from '../../src/desk/calendar-mail.ts'

const calendar = (method: string, event: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'BEGIN:VTIMEZONE',
    'TZID:W. Europe Standard Time',
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:040000008200E00074C5@example.com',
    ...event,
    'BEGIN:VALARM',
    'TRIGGER:-PT15M',
    'DESCRIPTION:Reminder',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')

it('reads the invitation of an Outlook: folded lines, its own names of zones, escaped text', () => {
  const part = calendar('REQUEST', [
    'SUMMARY;LANGUAGE=de-DE:Vor-Ort-Termin\\, Drucker im\r\n  2. Stock',
    'DTSTART;TZID="W. Europe Standard Time":20261130T140000',
    'DTEND;TZID="W. Europe Standard Time":20261130T150000',
    'LOCATION:Hamburg\\; Raum 3',
  ])
  expect(calendarOf(part)).toEqual({
    method: 'REQUEST',
    uid: '040000008200E00074C5@example.com',
    summary: 'Vor-Ort-Termin, Drucker im 2. Stock',
    startAt: '2026-11-30T13:00:00Z',
    endAt: '2026-11-30T14:00:00Z',
    location: 'Hamburg; Raum 3',
    answer: null,
  })
})

it.each([
  ['20261130T140000Z', '2026-11-30T14:00:00Z'],
  ['20261130', '2026-11-30'],
  ['20261130T140000', '2026-11-30T14:00:00'],
  ['20261330T140000Z', null],
  ['tomorrow', null],
])('a start of %s is %s', (value, startAt) => {
  expect(calendarOf(calendar('REQUEST', [`DTSTART:${value}`]))?.startAt).toBe(startAt)
})

it('keeps a time in a zone that nobody knows to itself', () => {
  const part = calendar('REQUEST', ['DTSTART;TZID=Mars/Olympus:20261130T140000'])
  expect(calendarOf(part)?.startAt).toBeNull()
})

it.each([
  ['ACCEPTED', 'accepted'],
  ['DECLINED', 'declined'],
  ['TENTATIVE', 'tentative'],
  ['NEEDS-ACTION', null],
])('an attendee who answers %s', (partstat, answer) => {
  const part = calendar('REPLY', [`ATTENDEE;PARTSTAT=${partstat};CN="Lindner; Petra":mailto:p@example.com`])
  expect(calendarOf(part)).toMatchObject({ method: 'REPLY', answer })
})

it('believes the Content-Type before the part, and gives nothing without any method', () => {
  expect(calendarOf(calendar('REQUEST', []), 'counter')?.method).toBe('COUNTER')
  expect(calendarOf('BEGIN:VCALENDAR\nEND:VCALENDAR')).toBeUndefined()
  expect(calendarOf('', 'reply')).toMatchObject({ method: 'REPLY', uid: null, summary: '' })
})
