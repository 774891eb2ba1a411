/** The letters that tell how a matter stands and how it ended, as examples. */
import type { HelpData, ReceiptData } from '../../desk/agent-notice.ts'
import type { AgentNoticeData } from '../../desk/notice.ts'
import type { ClosingData, StatusUpdateData } from '../../desk/promise/progress-data.ts'
import type { Language } from '../../desk/ticket.ts'
import { whyNot } from '../../desk/why-not-told.ts'
import type { Example } from './agent-examples.ts'

interface Ticket {
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly office: string
}

const done = {
  de: 'Wir haben das Fehlerprotokoll Ihres MV-400 ausgewertet: Die Eingangskarte meldet einen Speicherfehler. Eine Ersatzkarte ist bestellt.',
  en: 'We have analysed the fault log of your MV-400: the input card reports a memory fault. A replacement card is on order.',
}
const next = {
  de: 'Sobald die Karte bei uns ist, voraussichtlich am Montag, vereinbaren wir mit Ihnen den Termin für den Einbau.',
  en: 'As soon as we have the card, which should be on Monday, we will arrange with you when to fit it.',
}
const result = {
  de: 'Die Eingangskarte Ihres MV-400 ist getauscht, und das Gerät hat den Abgleich bestanden. Die Rechnung entfällt: Der Schaden fällt unter die Gewährleistung.',
  en: 'The input card of your MV-400 has been replaced, and the amplifier has passed its calibration. There is no invoice: the fault is covered by the warranty.',
}

/** On a working day at noon. */
export function progressExamples(
  language: Language,
  ticket: Ticket,
  notice: AgentNoticeData,
): readonly Example[] {
  const written: StatusUpdateData = {
    ...ticket,
    ...{ done: done[language], next: next[language], facts: [], waits: false },
    writer: 'Jana Petersen',
    responsible: 'Service',
    level: null,
    again: '2026-11-23T11:00:00Z',
  }
  const facts: StatusUpdateData = {
    ...written,
    ...{ done: '', writer: '' },
    level: { de: 'Leitung der Hotline', en: 'Head of the hotline' }[language],
    facts: [
      { what: 'spoken', at: '2026-11-20T09:12:00Z' },
      { what: 'immediate', at: '2026-11-20T10:40:00Z' },
      {
        what: 'level',
        name: { de: 'Leitung der Hotline', en: 'Head of the hotline' }[language],
        at: '2026-11-20T12:20:00Z',
      },
    ],
  }
  const nothing: StatusUpdateData = { ...facts, facts: [], next: '', level: null }
  const closing: ClosingData = { ...ticket, writer: 'Jana Petersen', result: result[language] }
  return [
    ['status-update-written', 'status-update', written],
    ['status-update-facts', 'status-update', facts],
    ['status-update-nothing-new', 'status-update', nothing],
    ['status-update-bare', 'status-update', { ...nothing, subject: '', customerName: '', again: null }],
    ['status-update-waiting', 'status-update', { ...nothing, waits: true, again: null }],
    ['closing', 'closing', closing],
    ['agent-notice-customer-not-told', 'agent-notice', untold(language, notice)],
    ['receipt-documented', 'receipt', documented(language, ticket)],
    ['help-closing', 'help', refused(language, ticket)],
  ]
}

function untold(language: Language, notice: AgentNoticeData): AgentNoticeData {
  return {
    ...notice,
    ...{ event: 'customer-not-told', customerAddress: '', dueAt: null },
    phone: { de: '+4930231251234', en: '+442079460123' }[language],
    ...{ attachments: [], inboundHint: notice.ticketNumber },
    text: '',
    untold: { noMail: whyNot('no-address'), noText: whyNot('no-mobile') },
  }
}

function documented(language: Language, { ticketNumber, subject, office }: Ticket): ReceiptData {
  return {
    ...{ ticketNumber, subject, office, agent: 'jana', sentTo: null, isTold: true },
    done: [
      { what: 'cause' },
      { what: 'immediate' },
      { what: 'corrective' },
      { what: 'preventive' },
      { what: 'redress' },
      { what: 'result' },
      { what: 'impact', value: 'financial-loss' },
      { what: 'customer-severity', value: 'stopped' },
      { what: 'status', value: done[language] },
      { what: 'facts-told' },
      { what: 'result-told' },
    ],
  }
}

function refused(language: Language, { ticketNumber, subject, office }: Ticket): HelpData {
  return {
    ...{ ticketNumber, subject, office, agent: 'jana' },
    mistakes: [
      { line: { de: '#erledigt', en: '#close' }[language], code: 'no-cause', command: 'cause' },
      { line: '', code: 'no-preventive', command: 'preventive' },
    ],
    words: { de: 'Das Gerät läuft wieder.', en: 'The amplifier works again.' }[language],
  }
}
