/** What the templates of procedures get to see. See letter-view.ts. */

import { bareSubject, oneLine, shortened } from '../desk/plain-text.ts'
import type { ProcedureLetterData, ProcedureTaskData } from '../desk/procedures/notice-data.ts'
import { hoursWords } from '../desk/promise-words.ts'
import { salutationName } from '../desk/salutation.ts'
import { ticketMarker } from '../desk/ticket-marker.ts'
import type { View } from '../template-language.ts'
import { agentCommonView, mostKnown } from './agent-view.ts'
import { commonView, longestSubject, officeOf, type ViewSource } from './letter-view.ts'

export function procedureTaskView(data: ProcedureTaskData, source: ViewSource): View {
  const { about, step, past, next, known } = data
  return {
    ...agentCommonView(data, source),
    about,
    customerName: oneLine(data.customerName),
    customerAddress: data.customerAddress,
    customer: oneLine(data.customerName) || data.customerAddress,
    requestType: data.requestType,
    stepKey: step?.key ?? '',
    stepName: step?.name ?? '',
    optional: step?.optional ?? false,
    past: past.map(one => ({ ...one, by: oneLine(one.by), remark: shortened(oneLine(one.remark), 200) })),
    // A refusal ends the procedure.
    next: about === 'refused' ? [] : next,
    excerpt: data.excerpt,
    known: known
      .slice(0, mostKnown)
      .map(({ label, value }) => ({ label, value: shortened(oneLine(value), 200) })),
    mayNote: source.mailbox.replyAddress !== undefined,
  }
}

/** Also what the letters of a desk's own procedures can rely on; see docs/procedures.md. */
export function procedureLetterView(data: ProcedureLetterData, source: ViewSource): View {
  const { config, language } = source
  const office = officeOf(data.office, source)
  return {
    ...commonView(source, office),
    ticketNumber: data.ticketNumber,
    marker: ticketMarker(config.secret, data.ticketNumber),
    subject: shortened(bareSubject(data.subject), longestSubject),
    salutation: salutationName(data.customerName),
    requestType: data.requestType,
    step: data.step,
    missing: data.missing,
    officeName: config.offices[data.office]?.name ?? '',
    phone: config.offices[data.office]?.phone ?? null,
    openingHours: hoursWords(office, language),
  }
}
