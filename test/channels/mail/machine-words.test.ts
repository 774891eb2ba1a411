import { describe, expect, it } from 'vitest'
import { readMail } from '../../../src/channels/mail/read-mail.ts'
import { mailSource, multipart } from './mail-source.ts'

/** What machine mail says, from its bytes: which letter of ours it is about, when somebody is back, when a meeting is. */

function report(type: string, part: string, returned = '') {
  const parts = [
    'Content-Type: text/plain\n\nIhre Nachricht wurde gelesen.',
    `Content-Type: message/${type}\n\n${part}`,
    ...(returned === '' ? [] : [`Content-Type: message/rfc822\n\n${returned}`]),
  ]
  const { body = '' } = multipart('report', parts)
  return mailSource({ fields: { 'Content-Type': `multipart/report; report-type=${type}; boundary=b` }, body })
}

const ours = 'Message-ID: <0a1b.autoreply@example.com>\nFrom: support@example.com\nSubject: x\n\nGuten Tag'

describe('a report is tied to the letter it is about', () => {
  it('a read receipt by the Message-ID that it states', async () => {
    const receipt = report(
      'disposition-notification',
      'Final-Recipient: rfc822; a@example.net\nOriginal-Message-ID: <0a1b.autoreply@example.com>\nDisposition: manual-action/MDN-sent-manually; displayed',
    )
    expect(await readMail(receipt)).toMatchObject({
      classification: 'auto-reply',
      bounce: { kind: null, recipients: [], originalMessageId: '<0a1b.autoreply@example.com>' },
    })
  })

  it('a complaint by the mail that it encloses', async () => {
    const complaint = report('feedback-report', 'Feedback-Type: abuse\nVersion: 1', ours)
    expect(await readMail(complaint)).toMatchObject({
      classification: 'spam-report',
      bounce: { originalMessageId: '<0a1b.autoreply@example.com>' },
    })
  })

  it('a delivery report keeps its recipients apart: each has its own verdict', async () => {
    const bounce = report(
      'delivery-status',
      'Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@example.net\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; c@example.net\nAction: delivered\nStatus: 2.0.0',
      ours,
    )
    const { bounce: read } = await readMail(bounce)
    expect(read?.recipients.map(({ recipient, kind }) => [recipient, kind])).toEqual([
      ['a@example.net', 'hard'],
      ['b@example.net', 'soft'],
      ['c@example.net', null],
    ])
  })
})

describe('an absence note', () => {
  const body =
    'Guten Tag,\n\nich bin bis einschließlich 13. März nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Bernd Ohm (bernd@example.net).'
  const fields = { 'Auto-Submitted': 'auto-replied', 'Content-Type': 'text/plain; charset=utf-8' }

  it('tells the last day and the deputy', async () => {
    const { absence } = await readMail(mailSource({ fields, body }))
    expect(absence?.until?.toString()).toBe('2026-03-13')
    expect(absence?.deputies).toEqual([{ address: 'bernd@example.net', name: 'Bernd Ohm' }])
  })

  it('is not read into the mail of a person, nor into that of another gateway', async () => {
    expect(
      await readMail(mailSource({ fields: { ...fields, 'Auto-Submitted': '' }, body })),
    ).not.toHaveProperty('absence')
    const theirs = { ...fields, 'X-Intake-Gateway': 'other; kind=auto-reply' }
    expect(await readMail(mailSource({ fields: theirs, body }))).not.toHaveProperty('absence')
  })
})

it('an invitation from a person is a customer’s mail with the start of the meeting', async () => {
  const calendar = [
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:1',
    'SUMMARY:Vor-Ort-Termin',
    'DTSTART;TZID=Europe/Berlin:20260310T140000',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\n')
  const source = multipart('alternative', [
    'Content-Type: text/plain\n\nPasst Ihnen Dienstag?',
    `Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n${calendar}`,
  ])
  expect(await readMail(mailSource(source))).toMatchObject({
    classification: 'customer',
    autoReplyAllowed: true,
    text: 'Passt Ihnen Dienstag?',
    calendar: { method: 'REQUEST', summary: 'Vor-Ort-Termin', startAt: '2026-03-10T13:00:00Z' },
  })
})
