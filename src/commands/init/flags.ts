/** What `gateway init` asks, in this order. Each question is also a flag; how answers are judged is in questions.ts. */
export interface Answers {
  readonly company: string
  readonly address: string
  readonly office: string
  readonly language: string
  readonly phone: string
  readonly imap: string
  readonly imapUser: string
  readonly smtp: string
  readonly smtpUser: string
  readonly agent: string
  readonly agentAddress: string
  /** none, twilio or cti; what follows is '' where it is not asked. */
  readonly hotline: string
  readonly hotlineNumber: string
  readonly publicUrl: string
  readonly accountSid: string
  readonly agentPhone: string
}

export interface Flag {
  readonly id: keyof Answers
  readonly flag: string
  readonly asks: string
}

export const flags: readonly Flag[] = [
  { id: 'company', flag: '--company <name>', asks: 'Company, as customers know it' },
  { id: 'address', flag: '--address <address>', asks: 'Support address' },
  { id: 'office', flag: '--office <place>', asks: 'Office (decides time zone, holidays and usual hours)' },
  { id: 'language', flag: '--language <de|en>', asks: "Language where a customer's cannot be told (de, en)" },
  { id: 'phone', flag: '--phone <number>', asks: 'Telephone number for letters (empty: none)' },
  { id: 'imap', flag: '--imap <host[:port]>', asks: 'IMAP server' },
  { id: 'imapUser', flag: '--imap-user <name>', asks: 'Login name at the IMAP server' },
  { id: 'smtp', flag: '--smtp <host[:port]>', asks: 'SMTP server' },
  { id: 'smtpUser', flag: '--smtp-user <name>', asks: 'Login name at the SMTP server' },
  { id: 'agent', flag: '--agent <name>', asks: 'Name of the first agent' },
  { id: 'agentAddress', flag: '--agent-address <address>', asks: "The agent's own address" },
  { id: 'hotline', flag: '--hotline <kind>', asks: 'Who carries calls to the hotline (none, twilio, cti)' },
  { id: 'hotlineNumber', flag: '--hotline-number <number>', asks: 'Number of the hotline' },
  {
    id: 'publicUrl',
    flag: '--public-url <url>',
    asks: 'Address under which this gateway is reached from outside',
  },
  { id: 'accountSid', flag: '--account-sid <sid>', asks: 'Account SID at Twilio' },
  { id: 'agentPhone', flag: '--agent-phone <number>', asks: "The agent's telephone (empty: is never rung)" },
]
