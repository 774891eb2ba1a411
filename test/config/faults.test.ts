import { describe, expect, it } from 'vitest'
import { changed, type FaultTable, faultsIn } from './faults-in.ts'
import { soundConfig } from './sound-config.ts'

describe('one fault, one sentence', () => {
  const imap = 'mailboxes.support.imap'
  const table: FaultTable = [
    [
      'an unknown key with a neighbour',
      changed('host: imap', 'hots: imap'),
      `${imap}.host (line 24, column 5) is missing; use text on one line`,
      `${imap}.hots (line 25, column 7) is no known key; did you mean "host"?`,
    ],
    [
      'an unknown key in another spelling',
      changed('user: support', 'user: support\n      poll_seconds: 30'),
      `${imap}.poll_seconds (line 27, column 7) is no known key; did you mean "pollSeconds"?`,
    ],
    [
      'an unknown key like no other',
      changed('host: smtp', 'zzzzzzzz: 1\n  host: smtp'),
      'smtp.zzzzzzzz (line 29, column 3) is no known key; known here: host, port, tls, user, password, auth, connections, proof, unsureSeconds',
    ],
    [
      'a misspelt password is not shown',
      changed('password: geheim', 'pasword: geheim'),
      `${imap}.password (line 24, column 5) is missing; set IMAP_SUPPORT_PASSWORD or IMAP_SUPPORT_PASSWORD_FILE in the environment`,
      `${imap}.pasword (line 27, column 7) is no known key; did you mean "password"?`,
    ],
    [
      'text for a number',
      changed('user: support', 'port: imaps\n      user: support'),
      `${imap}.port (line 26, column 7) is "imaps"; use a whole number from 1 to 65535`,
    ],
    [
      'a number out of range',
      changed('user: support', 'port: 99999\n      user: support'),
      `${imap}.port (line 26, column 7) is 99999; use a whole number from 1 to 65535`,
    ],
    [
      'a number for text',
      changed('name: Hamburg', 'name: 4711'),
      'offices.hamburg.name (line 5, column 5) is 4711; use text on one line, in quotes',
    ],
    [
      'a list for a section',
      changed(
        'imap:\n      host: imap.example.com\n      user: support\n      password: geheim',
        'imap: [a, b]',
      ),
      `${imap} (line 24, column 5) is a list; use a section with keys of its own`,
    ],
    [
      'a choice that does not exist',
      changed('user: support', 'tls: ssl\n      user: support'),
      `${imap}.tls (line 26, column 7) is "ssl"; use "implicit", "starttls" or "none"`,
    ],
    [
      'a variant that does not exist',
      changed('group: support', 'group: support\n    after: { action: delete }'),
      'mailboxes.support.after.action (line 24, column 14) is "delete"; use "leave", "flag" or "move"',
    ],
    [
      'a key of another variant',
      changed('group: support', 'group: support\n    after: { action: leave, folder: Done }'),
      'mailboxes.support.after.folder (line 24, column 29) is no known key; known here: action',
    ],
    [
      'a flag that would delete',
      changed('group: support', "group: support\n    after: { action: flag, flag: '\\Deleted' }"),
      'mailboxes.support.after.flag (line 24, column 28) is "\\\\Deleted"; use a keyword such as $Taken, or \\Seen, \\Flagged or \\Answered',
    ],
    [
      'a key that is no key',
      changed('  hamburg:', '  Hamburg_1:').replace('office: hamburg', 'office: hamburg'),
      'offices.Hamburg_1 (line 4, column 3) is no possible key; use lower-case letters, digits and hyphens, beginning with a letter',
      'mailboxes.support.office (line 22, column 5) is "hamburg", which is not an office; did you mean "Hamburg_1"?',
    ],
    [
      'no address',
      changed('address: support@example.com', 'address: support'),
      'mailboxes.support.address (line 20, column 5) is "support"; use an e-mail address such as name@example.com',
    ],
    [
      'a secret too short is not shown',
      changed('secret: 0123456789abcdef0123456789abcdef', 'secret: changeme'),
      'secret (line 2, column 1) is hidden (8 characters); use at least 32 random characters',
    ],
    [
      'a key with nothing behind it',
      changed('company: Muster GmbH', 'company:'),
      'company (line 1, column 1) is missing; use text on one line',
    ],
    [
      'a day that is no day',
      changed('name: Muster Support', 'name: Muster Support\n    since: 2026-02-30'),
      'mailboxes.support.since (line 22, column 5) is "2026-02-30"; use a day such as 2026-12-24',
    ],
    [
      'a span in other words',
      changed('"08:30-12:00"', '"8.30-12"'),
      'offices.hamburg.hours.mon row 1 (line 9, column 13) is "8.30-12"; use a span such as "08:30-17:00"',
    ],
    [
      'a reply address without token',
      changed('group: support', 'group: support\n    replyAddress: support@example.com'),
      'mailboxes.support.replyAddress (line 24, column 5) is "support@example.com"; use an address with {token} once in its local part, such as "support+{token}@example.com"',
    ],
    [
      'a line break in a header',
      changed('name: Muster Support', 'name: "Muster\\r\\nBcc: x@example.org"'),
      'mailboxes.support.name (line 21, column 5) is "Muster\\r\\nBcc: x@example.org"; use text on one line',
    ],
  ]
  it.each(table)('%s', async (_name, text, ...faults) => {
    expect(await faultsIn(text)).toEqual(faults)
  })
})

it('tells everything at once, in the order of the file', async () => {
  const text = soundConfig
    .replace('company: Muster GmbH', 'compny: Muster GmbH')
    .replace('office: hamburg', 'office: bremen')
    .replace('host: smtp.example.com', 'port: many')
  expect(await faultsIn(text, { IMAP_SUPPORT_PASSWORD: '', SMTP_PASSWORD_FILE: '/nowhere/at/all' })).toEqual([
    'compny (line 1, column 1) is no known key; did you mean "company"?',
    'mailboxes.support.office (line 22, column 5) is "bremen", which is not an office; known here: hamburg',
    'smtp.password (line 28, column 1) SMTP_PASSWORD_FILE names /nowhere/at/all, which cannot be read (ENOENT)',
    'smtp.host (line 28, column 1) is missing; use text on one line',
    'smtp.port (line 29, column 3) is "many"; use a whole number from 1 to 65535',
    'company is missing; use text on one line',
  ])
})
