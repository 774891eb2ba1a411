/** What the templates of letters about cases at manufacturers get to see. See letter-view.ts. */
import { helpLine } from '../desk/command-words.ts'
import { bareSubject, oneLine, shortened } from '../desk/plain-text.ts'
import type { CaseDescription } from '../desk/vendor/description.ts'
import type {
  VendorCaseData,
  VendorEscalationData,
  VendorMessageData,
  VendorNoticeData,
} from '../desk/vendor/notice-data.ts'
import { vendorCommands } from '../desk/vendor/vendor-commands.ts'
import type { View } from '../template-language.ts'
import { agentCommonView } from './agent-view.ts'
import { attachmentsView, commonView, longestSubject, officeOf, type ViewSource } from './letter-view.ts'

const kinds = ['vendor-case', 'vendor-message', 'vendor-escalation', 'vendor-notice'] as const
type VendorLetter = (typeof kinds)[number]

export function isVendorLetter(template: string): template is VendorLetter {
  return kinds.some(kind => kind === template)
}

export function vendorView(template: VendorLetter, source: ViewSource): View {
  switch (template) {
    case 'vendor-case': {
      const data = source.data as VendorCaseData
      return { ...toVendor(data, source), ...faultView(data), ...signed(data) }
    }
    case 'vendor-message': {
      const data = source.data as VendorMessageData
      return { ...toVendor(data, source), ...signed(data), words: data.words.trim() }
    }
    case 'vendor-escalation': {
      const data = source.data as VendorEscalationData
      const { levelName, openedAt, dueAt, reason } = data
      return {
        ...{ ...toVendor(data, source), ...faultView(data), openedAt, dueAt },
        ...{ levelName: oneLine(levelName), reason: reason.trim() },
      }
    }
    case 'vendor-notice':
      return noticeView(source.data as VendorNoticeData, source)
  }
}

function toVendor(data: VendorMessageData | VendorCaseData | VendorEscalationData, source: ViewSource): View {
  const { config } = source
  const { phone = null } = config.offices[data.office] ?? {}
  return {
    ...commonView(source, officeOf(data.office, source)),
    ...{ caseNumber: data.caseNumber, phone },
    subject: shortened(bareSubject(data.subject), longestSubject),
    reference: oneLine(data.reference),
    customerNumber: 'customerNumber' in data ? oneLine(data.customerNumber) : '',
    agentName: oneLine(data.agentName),
  }
}

function faultView({ product, serial, fault, measures }: CaseDescription) {
  return {
    ...{ product: oneLine(product), serial: oneLine(serial), fault: fault.trim() },
    measures: measures.map(({ of, text }) => ({ of, text: text.trim() })),
  }
}

function signed({ signature }: { readonly signature: string | null }) {
  return { signature: signature?.trim() ?? '' }
}

function noticeView(data: VendorNoticeData, source: ViewSource): View {
  const { language } = source
  return {
    ...agentCommonView(data, source),
    ...attachmentsView(data.attachments),
    ...{ event: data.event, caseNumber: data.caseNumber, openedAt: data.openedAt, dueAt: data.dueAt },
    ...{ vendorName: oneLine(data.vendorName), reference: oneLine(data.reference) },
    ...{ levelName: oneLine(data.levelName), author: oneLine(data.author), text: data.text.trim() },
    attached: data.relayed?.parts.length ?? 0,
    done: data.done.map(({ what, value }) => ({ what, value: oneLine(value), level: 0 })),
    mistakes: data.mistakes.map(({ line, code, detail }) => ({
      ...{ line: oneLine(line), code, detail: oneLine(detail) },
    })),
    commands: data.event === 'mistake' ? caseCommands.map(name => helpLine(name, language)) : [],
    mayReply: source.mailbox.replyAddress !== undefined,
  }
}

/** Those that make sense in a case. */
const caseCommands = [
  ...(Object.keys(vendorCommands) as (keyof typeof vendorCommands)[]).filter(name => name !== 'vendor'),
  'note',
  'help',
] as const
