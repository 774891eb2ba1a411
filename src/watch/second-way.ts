import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Config } from '../config/schema.ts'
import type { Language } from '../desk/ticket.ts'
import type { DueAlarms } from './alarm-book.ts'

/**
 * The alarm's own way out: another mail account, and nothing of what it tells of. No outbox, no template, no pool; one
 * connection when there is something to tell.
 */
export type SecondWay = (due: DueAlarms) => Promise<void>

type Second = NonNullable<Config['alarms']['second']>

const patienceMs = 30_000

const words: Readonly<
  Record<Language, Readonly<Record<'alarm' | 'allClear' | 'begun' | 'over' | 'since' | 'from', string>>>
> = {
  de: {
    alarm: 'ALARM',
    allClear: 'Entwarnung',
    begun: 'Was jetzt Aufmerksamkeit braucht:',
    over: 'Vorbei ist:',
    since: 'seit',
    from: 'Diese Nachricht kommt vom Intake Gateway über den zweiten Weg (alarms.second). Einzelheiten zeigt /readyz.',
  },
  en: {
    alarm: 'ALARM',
    allClear: 'All clear',
    begun: 'What needs attention now:',
    over: 'What is over:',
    since: 'since',
    from: 'The intake gateway sent this by its second way (alarms.second). /readyz shows the details.',
  },
}

/** Rejects with what nodemailer rejects with; its message holds no secret. */
export function openSecondWay(second: Second, instance: string): SecondWay {
  return async due => {
    const transport = createTransport({
      host: second.host,
      port: second.port,
      secure: second.tls === 'implicit',
      requireTLS: second.tls === 'starttls',
      ignoreTLS: second.tls === 'none',
      ...(second.user === undefined ? {} : { auth: { user: second.user, pass: second.password ?? '' } }),
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    try {
      await transport.sendMail(alarmLetter(due, second, instance))
    } finally {
      transport.close()
    }
  }
}

/** All that is due in one mail: a burning house sends one, not ten. */
export function alarmLetter(due: DueAlarms, second: Second, instance: string): SendMailOptions {
  const { language } = second
  const own = words[language]
  const line = ({ says, since }: DueAlarms['begun'][number]) =>
    `- ${says[language]} (${own.since} ${since.slice(0, 16).replace('T', ' ')} UTC)`
  const part = (title: string, list: DueAlarms['begun']) =>
    list.length === 0 ? [] : [title, ...list.map(line), '']
  const [first] = [...due.begun, ...due.over]
  const more = due.begun.length + due.over.length - 1
  const title = due.begun.length > 0 ? own.alarm : own.allClear
  return {
    from: { name: `Intake Gateway ${instance}`, address: second.from },
    to: second.to.map(address => ({ name: '', address })),
    subject: `[${instance}] ${title}: ${first?.says[language] ?? ''}${more > 0 ? ` (+${more})` : ''}`.slice(
      0,
      200,
    ),
    text: [...part(own.begun, due.begun), ...part(own.over, due.over), own.from, ''].join('\n'),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
      'X-Intake-Gateway': `${instance}; kind=alarm`,
    },
    priority: due.begun.length > 0 ? 'high' : 'normal',
    textEncoding: 'quoted-printable',
    xMailer: false,
  }
}
