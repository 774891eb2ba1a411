/**
 * One letter of every kind for every situation that changes its wording. They are what a company reads before it lets
 * the gateway write to customers, so the data looks like theirs; the ticket numbers carry true check digits.
 */

import { type Config, configSchema } from '../../config/schema.ts'
import type { DigestData } from '../../desk/digest.ts'
import type { AgentNoticeData, AlarmData, AutoReplyData, Notice } from '../../desk/notice.ts'
import { agentExamples } from './agent-examples.ts'
import { booksExample } from './books-examples.ts'
import { callAlarms, callExamples } from './call-examples.ts'
import { feedbackExamples } from './feedback-examples.ts'
import { eventOf, failed, noticeEvents, toldInPerson } from './notice-events.ts'
import { progressExamples } from './progress-examples.ts'
import { promiseExamples } from './promise-examples.ts'
import { reportExamples } from './report-examples.ts'
import { vendorExamples } from './vendor-examples.ts'

/** A configuration for whoever has none yet. */
export function exampleConfig(): Config {
  const day = ['08:30-17:00']
  return configSchema.parse({
    company: 'Nordlicht Messtechnik GmbH',
    secret: 'only-for-examples-never-for-real-letters',
    offices: {
      hamburg: {
        name: 'Hamburg',
        timeZone: 'Europe/Berlin',
        holidays: 'DE-HH',
        hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
        phone: '+49 40 5550 1234',
      },
    },
    groups: { service: { name: 'Service', agents: ['jana'] } },
    agents: { jana: { name: 'Jana Petersen', addresses: ['jana.petersen@example.com'] } },
    mailboxes: {
      support: {
        address: 'support@example.com',
        name: 'Nordlicht Kundenservice',
        office: 'hamburg',
        group: 'service',
        replyAddress: 'support+{token}@example.com',
        imap: { host: 'imap.example.com', user: 'support@example.com', password: 'example' },
      },
    },
    smtp: { host: 'smtp.example.com' },
    feedback: { manager: 'jana' },
    phone: {
      publicUrl: 'https://gateway.example.com',
      providers: { system: { kind: 'cti', token: 'only-for-examples-never-used' } },
      lines: {
        hotline: {
          provider: 'system',
          number: '+494066969123',
          office: 'hamburg',
          group: 'service',
          mailbox: 'support',
        },
      },
    },
  })
}

export interface ExampleLetter {
  readonly name: string
  readonly notice: Pick<Notice, 'kind' | 'language' | 'data'>
  readonly createdAt: string
}

const duringHours = '2026-11-20T12:20:04Z'
const atNight = '2026-11-20T19:47:31Z'

const words = {
  de: `Guten Tag,

unser Messverstärker MV-400 zeigt seit heute Morgen nur noch „E 17“ und reagiert auf keine Taste mehr. Aus- und Wiedereinschalten hat nichts geändert; gestern lief er noch einwandfrei.

Wir brauchen das Gerät am Montag für eine Abnahme beim Kunden. Können Sie uns helfen?

Mit freundlichen Grüßen
Anna Schmidt`,
  en: `Hello,

since this morning our MV-400 amplifier has shown nothing but “E 17” and does not respond to any key. Switching it off and on again made no difference; it worked perfectly yesterday.

We need it on Monday for an acceptance test at a customer's site. Can you help?

Kind regards
Anna Smith`,
}

const digest: DigestData = {
  since: '2026-11-20T06:30:00Z',
  until: '2026-11-23T06:30:00Z',
  sections: [
    {
      topic: 'quarantined',
      count: 1,
      lines: [
        {
          at: atNight,
          who: 'scan@example.org',
          what: 'unparseable: The structure of the mail ends in the middle of part 3.',
          ticketNumber: null,
          command: 'gateway quarantine show 118',
        },
      ],
    },
    {
      topic: 'over-budget',
      count: 23,
      lines: [
        {
          at: duringHours,
          who: 'alarmanlage@example.org',
          what: 'Meldung Linie 4',
          ticketNumber: '1004711',
          command: 'gateway why 121',
        },
      ],
    },
    {
      topic: 'suppressed',
      count: 1,
      lines: [
        {
          at: duringHours,
          who: 'anna@example.org',
          what: '5.1.1 Recipient address rejected: User unknown',
          ticketNumber: null,
          command: 'gateway why 124',
        },
      ],
    },
  ],
}

/** Every example in German and English, for the office of this key. */
export function exampleLetters(office: string): readonly ExampleLetter[] {
  return (['de', 'en'] as const).flatMap(language => {
    const customer = { de: 'Anna Schmidt', en: 'Anna Smith' }[language]
    const ticket = {
      ticketNumber: '1004711',
      subject: { de: 'AW: Messverstärker zeigt E 17', en: 'Re: Amplifier shows E 17' }[language],
      customerName: customer,
      office,
    }
    const attachments = [
      { filename: { de: 'Anzeige Gerät 2.jpg', en: 'display unit 2.jpg' }[language], size: 1_204_311 },
      { filename: 'log.txt', size: 8_120 },
    ]
    const checklist = {
      known: [
        { label: { de: 'Produkt', en: 'Product' }[language], value: 'MV-400' },
        {
          label: { de: 'Firma', en: 'Company' }[language],
          value: { de: 'Schmidt Prüftechnik', en: 'Smith Testing' }[language],
        },
      ],
      missing: [{ de: 'Seriennummer', en: 'Serial number' }[language]],
    }
    const autoReply: AutoReplyData = {
      ...ticket,
      excerpt: words[language],
      excerptCut: false,
      attachments,
      receivedAt: duringHours,
      dueAt: '2026-11-20T14:20:00Z',
      officeOpen: true,
      oversized: false,
      ...checklist,
    }
    const notice: AgentNoticeData = {
      ...ticket,
      event: 'new-ticket',
      customerAddress: 'anna@example.org',
      text: words[language],
      attachments,
      receivedAt: duringHours,
      dueAt: '2026-11-20T14:20:00Z',
      inboundHint: '118',
      agent: 'jana',
      severity: 'hindered',
      level: 2,
      assignee: 'jana',
      earlier: { count: 7, numbers: ['1004535', '1003990', '1003124', '1002891', '1001177'] },
      books: booksExample(language),
      ...checklist,
    }
    const alarm: AlarmData = {
      event: 'quarantine',
      mailbox: 'support',
      code: 'unparseable',
      detail: 'The structure of the mail ends in the middle of part 3.',
      command: 'gateway quarantine show 118',
      at: atNight,
    }
    const monday = { receivedAt: atNight, dueAt: '2026-11-23T09:30:00Z' }
    const one = (name: string, kind: Notice['kind'], data: Notice['data'], createdAt = duringHours) => ({
      name: `${name}.${language}`,
      notice: { kind, language, data } as Pick<Notice, 'kind' | 'language' | 'data'>,
      createdAt,
    })
    return [
      one('auto-reply', 'auto-reply', autoReply),
      one(
        'auto-reply-closed',
        'auto-reply',
        { ...autoReply, ...monday, officeOpen: false, excerptCut: true, missing: [], known: [] },
        atNight,
      ),
      one('auto-reply-bare', 'auto-reply', {
        ...autoReply,
        subject: '',
        customerName: '',
        excerpt: '',
        attachments: [],
        oversized: true,
        known: [],
      }),
      ...noticeEvents.map(event =>
        one(
          `agent-notice-${event}`,
          'agent-notice',
          event === 'letter-failed' ? failed(notice) : eventOf(notice, event),
        ),
      ),
      one('agent-notice-told', 'agent-notice', toldInPerson(notice)),
      ...agentExamples(language, ticket, duringHours).map(([name, kind, data]) => one(name, kind, data)),
      ...callExamples(language, ticket, checklist, notice).map(([name, kind, data]) => one(name, kind, data)),
      ...progressExamples(language, ticket, notice).map(([name, kind, data]) => one(name, kind, data)),
      ...promiseExamples(language, ticket, checklist).map(example => one(...example)),
      ...vendorExamples(language, ticket, duringHours).map(example => one(...example)),
      ...feedbackExamples(language, ticket).map(example => one(...example)),
      one('alarm', 'alarm', alarm, atNight),
      ...callAlarms({ ...alarm, at: duringHours }, ticket.ticketNumber).map(example => one(...example)),
      one('digest', 'digest', digest, '2026-11-23T06:30:00Z'),
      ...reportExamples(language).map(([name, kind, data]) => one(name, kind, data, '2026-11-23T07:30:00Z')),
      one('sign-in', 'sign-in', { agent: 'jana', name: 'Jana Petersen' }),
    ]
  })
}
