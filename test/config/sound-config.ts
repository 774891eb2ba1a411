/** A small configuration without a fault, as text, for tests that then break one thing about it. */
export const soundConfig = `company: Muster GmbH
secret: 0123456789abcdef0123456789abcdef
offices:
  hamburg:
    name: Hamburg
    timeZone: Europe/Berlin
    holidays: DE-HH
    hours:
      mon: ["08:30-12:00", "13:00-17:00"]
groups:
  support:
    name: Support
    agents: [anna]
agents:
  anna:
    name: Anna Petersen
    addresses: [anna@example.com]
mailboxes:
  support:
    address: support@example.com
    name: Muster Support
    office: hamburg
    group: support
    imap:
      host: imap.example.com
      user: support
      password: geheim
smtp:
  host: smtp.example.com
`

/** The same with a hotline, put behind it. */
export const soundPhone = `phone:
  publicUrl: https://gateway.example.com
  providers:
    carrier:
      kind: twilio
      accountSid: AC0123456789abcdef0123456789abcdef
      authToken: geheim
  lines:
    hotline:
      provider: carrier
      number: "+4934188880"
      office: hamburg
      group: support
      mailbox: support
      extensions:
        "195": { name: Buchhaltung, group: support, language: en }
`

/** A sound configuration with a hotline whose agent can be rung. */
export const soundPhoneConfig =
  soundConfig.replace(
    'addresses: [anna@example.com]',
    'addresses: [anna@example.com]\n    phone: "+491713920099"',
  ) + soundPhone
