import { describe, expect, it } from 'vitest'
import { changed, type FaultTable, faultsIn } from './faults-in.ts'
import { soundConfig } from './sound-config.ts'

describe('what does not fit together', () => {
  const table: FaultTable = [
    [
      'no mailbox',
      `${soundConfig.slice(0, soundConfig.indexOf('mailboxes:'))}mailboxes: {}\nsmtp: { host: smtp.example.com }\n`,
      'mailboxes (line 18, column 1) is empty; describe at least one mailbox',
    ],
    [
      'an unknown group',
      changed('group: support', 'group: suport'),
      'mailboxes.support.group (line 23, column 5) is "suport", which is not a group; did you mean "support"?',
    ],
    [
      'an unknown agent',
      changed('agents: [anna]', 'agents: [anna, bert]'),
      'groups.support.agents row 2 (line 13, column 20) is "bert", which is not an agent; known here: anna',
    ],
    [
      'an unknown mailbox',
      `${soundConfig}  proof: { kind: sent-folder, mailbox: sales }\n`,
      'smtp.proof.mailbox (line 30, column 31) is "sales", which is not a mailbox; known here: support',
    ],
    [
      'the mark of a Microsoft 365 tenant on another server',
      changed(
        'group: support',
        'group: support\n    authentication: { tenant: 8f3c1a52-7d40-4f0e-9c55-2b6f0a1d7e34 }',
      ),
      'mailboxes.support.authentication.tenant (line 24, column 23) is set, but imap.example.com is not a server of Microsoft 365; name your mail servers under "trusted" instead',
    ],
    [
      'plain text over the network',
      `${soundConfig}  tls: none\n`,
      'smtp.tls (line 30, column 3) is "none", but smtp.example.com is not this machine; use "implicit" or "starttls"',
    ],
    [
      'a host that only looks like this machine',
      changed('host: imap.example.com', 'tls: none\n      host: 127.0.0.1.example.com'),
      'mailboxes.support.imap.tls (line 25, column 7) is "none", but 127.0.0.1.example.com is not this machine; use "implicit" or "starttls"',
    ],
    [
      'an unknown time zone',
      changed('Europe/Berlin', 'Europe/Hambourg'),
      'offices.hamburg.timeZone (line 6, column 5) is "Europe/Hambourg", which is no IANA time zone; did you mean "Europe/Luxembourg"?',
    ],
    [
      'a bare offset',
      changed('Europe/Berlin', '"+01:00"'),
      'offices.hamburg.timeZone (line 6, column 5) is "+01:00", which is no IANA time zone; use a place such as Europe/Berlin',
    ],
    [
      'an unknown state',
      changed('DE-HH', 'GB-LON'),
      'offices.hamburg.holidays (line 7, column 5) is "GB-LON", which is no region of date-holidays; known here: GB-ALD, GB-ENG, GB-NIR, GB-SCT, GB-WLS',
    ],
    [
      'an unknown country',
      changed('DE-HH', 'UK'),
      'offices.hamburg.holidays (line 7, column 5) is "UK", which is no region of date-holidays; use a code such as DE-HH or GB-ENG',
    ],
    [
      'an office that is never open',
      changed('mon: ["08:30-12:00", "13:00-17:00"]', 'mon: []'),
      'offices.hamburg.hours (line 8, column 5) leaves the office closed for ever; open it on at least one weekday',
    ],
    [
      'a span that runs backward',
      changed('13:00-17:00', '17:00-13:00'),
      'offices.hamburg.hours.mon row 2 (line 9, column 28) is "17:00-13:00", which ends before it begins; use "13:00-17:00"?',
    ],
    [
      'spans that overlap',
      changed('13:00-17:00', '11:30-17:00'),
      'offices.hamburg.hours.mon row 2 (line 9, column 28) is "11:30-17:00", which overlaps "08:30-12:00"; make one span of them',
    ],
    [
      'a closure twice',
      changed(
        'groups:',
        '    closures:\n      - { date: 2026-12-24, reason: a }\n      - { date: 2026-12-24, reason: b }\ngroups:',
      ),
      'offices.hamburg.closures row 2, date (line 12, column 11) is "2026-12-24", which is in the list already; keep one',
    ],
    [
      'an agent behind the support address',
      changed('[anna@example.com]', '[anna@example.com, Support@Example.com]'),
      'agents.anna.addresses row 2 (line 17, column 35) is "Support@Example.com", as is mailboxes.support.address; an address belongs to one mailbox or one agent',
    ],
    [
      'an alarm that comes back in',
      `${soundConfig}alarms:\n  to: [support@example.com]\n`,
      'alarms.to row 1 (line 31, column 8) is "support@example.com", as is mailboxes.support.address; use an address that is not read by this gateway',
    ],
    [
      'a reply address elsewhere',
      changed('group: support', 'group: support\n    replyAddress: support+{token}@exmaple.com'),
      'mailboxes.support.replyAddress (line 24, column 5) is "support+{token}@exmaple.com", at another domain than the mailbox; use example.com, or add an alias at exmaple.com',
    ],
    [
      'a reply address too long for other servers',
      changed('group: support', `group: support\n    replyAddress: ${'x'.repeat(40)}{token}@example.com`),
      `mailboxes.support.replyAddress (line 24, column 5) is "${'x'.repeat(40)}{token}@example.com", 65 characters before the @ once the token is in; 64 are allowed`,
    ],
    [
      'two readers of one folder',
      changed(
        'smtp:\n',
        '  second:\n    address: second@example.com\n    name: Second\n    office: hamburg\n    group: support\n    imap: { host: IMAP.example.com, user: support, password: x, folder: inbox }\nsmtp:\n',
      ),
      'mailboxes.second.imap (line 33, column 5) reads the same account and folder as mailboxes.support.imap; one mailbox may read it',
    ],
    [
      'a move into itself',
      changed('group: support', 'group: support\n    after: { action: move, folder: Inbox }'),
      'mailboxes.support.after.folder (line 24, column 28) is "Inbox", the folder that is read; use another folder',
    ],
    [
      'a login name without password',
      `${soundConfig}  user: me\n`,
      'smtp.password (line 28, column 1) is missing, but smtp.user is set; set SMTP_PASSWORD or SMTP_PASSWORD_FILE in the environment',
    ],
    [
      'half an access key',
      `${soundConfig}storage: { kind: s3, bucket: mail, accessKeyId: AK }\n`,
      'storage (line 30, column 1) has one half of an access key; set both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither',
    ],
  ]
  it.each(table)('%s', async (_name, text, ...faults) => {
    expect(await faultsIn(text)).toEqual(faults)
  })
})
