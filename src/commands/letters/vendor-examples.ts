/** The letters about cases at manufacturers, as examples. */
import type { Language } from '../../desk/ticket.ts'
import type {
  VendorCaseData,
  VendorEscalationData,
  VendorMessageData,
  VendorNoticeData,
} from '../../desk/vendor/notice-data.ts'
import type { Example } from './agent-examples.ts'

const both = (de: string, en: string) => ({ de, en })
const subject = both('MV-400, 40-1178: Anzeige E 17', 'MV-400, 40-1178: display shows E 17')
const fault = both(
  'Der Verstärker zeigt nach dem Einschalten E 17 und reagiert auf keine Taste. Das geschieht an jedem Stromkreis.',
  'After switching on the amplifier shows E 17 and reacts to no key. It does so on every circuit.',
)
const restarted = both(
  'Gerät 10 Minuten vom Netz getrennt: unverändert.',
  'Ten minutes off the mains: no change.',
)
const answer = both(
  'Guten Tag,\n\nE 17 deutet auf das Netzteil. Bitte senden Sie uns das Gerät mit der RMA-Nummer 88121.\n\nService der Messwerk AG',
  'Hello,\n\nE 17 points to the power supply. Please send us the device with RMA number 88121.\n\nMesswerk Service',
)
const reason = both(
  'Die dritte Antwort nennt wieder nur den Neustart, den wir schon am ersten Tag versucht haben.',
  'The third answer again names only the restart that we tried on the first day.',
)
const thanks = both(
  'Guten Tag,\n\ndas Gerät geht heute mit der genannten Nummer an Sie.\n\nMit freundlichen Grüßen\nJana Petersen',
  'Hello,\n\nthe device is on its way to you today, with that number.\n\nKind regards\nJana Petersen',
)
const head = both('Leitung Kundendienst', 'Head of service')

/** `at` is a working day at noon. */
export function vendorExamples(
  language: Language,
  { ticketNumber, office }: { readonly ticketNumber: string; readonly office: string },
  at: string,
): readonly Example[] {
  const thread = {
    ...{ caseNumber: 'H100007', subject: subject[language], office, agentName: 'Jana Petersen' },
    ...{ relayed: null, reference: 'SR-20260815' },
  }
  const described = {
    ...{ product: 'MV-400', serial: '40-1178', fault: fault[language], customerNumber: 'K-55012' },
    measures: [{ of: 'immediate' as const, text: restarted[language] }],
  }
  const opening: VendorCaseData = { ...thread, ...described, reference: '', signature: null }
  const message: VendorMessageData = { ...thread, words: thanks[language], signature: null }
  const late: VendorEscalationData = {
    ...{ ...thread, ...described, levelName: head[language], openedAt: at, reason: '' },
    dueAt: '2026-11-24T12:20:00Z',
  }
  const notice: VendorNoticeData = {
    ...{ event: 'answer', agent: 'jana', caseNumber: 'H100007', ticketNumber, subject: subject[language] },
    ...{ office, vendorName: 'Messwerk AG', reference: 'SR-20260815', levelName: '', openedAt: at },
    ...{ dueAt: null, outcome: null, text: answer[language], author: 'service@messwerk.example' },
    ...{ attachments: [{ filename: 'rma.pdf', size: 48_120 }], relayed: null, done: [], mistakes: [] },
  }
  const silent = { ...notice, text: '', author: '', attachments: [], dueAt: '2026-11-24T12:20:00Z' }
  const mistake = {
    line: { de: '#herstellerstufe', en: '#vendorlevel' }[language],
    code: 'no-vendor-level',
    command: 'vendorlevel',
    detail: '',
  } as const
  return [
    ['vendor-case', 'vendor-case', opening],
    ['vendor-message', 'vendor-message', message],
    ['vendor-escalation-late', 'vendor-escalation', late],
    ['vendor-escalation-reason', 'vendor-escalation', { ...late, dueAt: null, reason: reason[language] }],
    ['vendor-notice-answer', 'vendor-notice', notice],
    [
      'vendor-notice-opened',
      'vendor-notice',
      { ...silent, event: 'opened', reference: '', text: fault[language], author: 'Jana Petersen' },
    ],
    ['vendor-notice-half', 'vendor-notice', { ...silent, event: 'half' }],
    ['vendor-notice-raised', 'vendor-notice', { ...silent, event: 'raised', levelName: head[language] }],
    ['vendor-notice-overdue', 'vendor-notice', { ...silent, event: 'overdue', levelName: head[language] }],
    [
      'vendor-notice-done',
      'vendor-notice',
      {
        ...silent,
        event: 'done',
        done: [
          { what: 'sent', value: '' },
          { what: 'share', value: '' },
        ],
      },
    ],
    [
      'vendor-notice-mistake',
      'vendor-notice',
      { ...silent, event: 'mistake', text: thanks[language], mistakes: [mistake] },
    ],
  ]
}
