/** What programs write to a desk: delivery reports, and replies that say nowhere that a program wrote them. */
import { mailSource } from '../channels/mail/mail-source.ts'
import type { Post } from '../intake/postman.ts'

type Report = (letter: Post) => Buffer

const daemon = { From: 'MAILER-DAEMON@mx.example.net', 'Return-Path': '<>' }

/** RFC 3464, with the whole letter behind it. */
const standard: Report = ({ letter, raw }) =>
  mailSource({
    fields: {
      ...daemon,
      'Auto-Submitted': 'auto-replied',
      Subject: 'Undelivered Mail Returned to Sender',
      'Message-ID': `<report.${letter.id}@mx.example.net>`,
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    },
    body: [
      '--b\nContent-Type: text/plain\n\nYour mail could not be delivered.',
      `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; ${letter.recipient}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown`,
      `--b\nContent-Type: message/rfc822\n\n${raw.toString('latin1')}\n--b--\n`,
    ].join('\n'),
    bytes: 'latin1',
  })

const inWords: Report = ({ letter, raw }) =>
  mailSource({
    fields: {
      ...daemon,
      Subject: 'failure notice',
      'Message-ID': `<words.${letter.id}@mx.example.net>`,
    },
    body: `Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<${letter.recipient}>:\nRemote host said: 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\n${raw.toString('latin1')}`,
    bytes: 'latin1',
  })

export const reports: readonly (readonly [string, Report])[] = [
  ['as the standard wants it', standard],
  ['in words only', inWords],
]
