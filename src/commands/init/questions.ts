/** How the answers of `gateway init` are judged, and what is assumed where somebody just presses Enter. */
import { nearest } from '../../config/suggest.ts'
import { address, language, text } from '../../config/words.ts'
import { type Answers, type Flag, flags } from './flags.ts'
import { officePresets } from './office-presets.ts'

export interface Question extends Flag {
  /** The answer of who just presses Enter; undefined where there must be one. */
  readonly fallback: (given: Partial<Answers>) => string | undefined
  /** What is wrong with an answer, or undefined. */
  readonly fault: (answer: string, given: Partial<Answers>) => string | undefined
}

const none = () => undefined

function line(answer: string): string | undefined {
  return text.safeParse(answer).success ? undefined : 'write some text, on one line'
}

function mailAddress(answer: string): string | undefined {
  return address.safeParse(answer).success ? undefined : 'write an e-mail address such as name@example.com'
}

/** "imap.example.com" or "imap.example.com:143" */
function server(answer: string): string | undefined {
  const [, port = '1'] = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::([1-9]\d{0,4}))?$/i.exec(answer) ?? ['', '0']
  return Number(port) > 0 && Number(port) <= 65535
    ? undefined
    : 'write a host name, and a port if it is not the usual one, such as mail.example.com:143'
}

function office(answer: string): string | undefined {
  const known = Object.keys(officePresets)
  if (known.includes(answer)) return undefined
  const near = nearest(answer, known)
  return near
    ? `did you mean "${near}"?`
    : `choose one of ${known.join(', ')}; every detail can be changed afterwards`
}

const domainOf = (given: Partial<Answers>) => given.address?.slice(given.address.indexOf('@') + 1) ?? ''

const judgements: Readonly<Record<keyof Answers, Pick<Question, 'fallback' | 'fault'>>> = {
  company: { fallback: none, fault: line },
  address: { fallback: none, fault: mailAddress },
  office: { fallback: () => 'hamburg', fault: office },
  language: {
    fallback: given => officePresets[given.office ?? '']?.language,
    fault: answer => (language.safeParse(answer).success ? undefined : 'write de or en'),
  },
  phone: { fallback: () => '', fault: answer => (answer === '' ? undefined : line(answer)) },
  imap: { fallback: given => `imap.${domainOf(given)}`, fault: server },
  imapUser: { fallback: given => given.address, fault: line },
  smtp: {
    fallback: given => given.imap?.replace(/:.*/, '').replace(/^imap\./, 'smtp.'),
    fault: server,
  },
  smtpUser: { fallback: given => given.imapUser, fault: line },
  agent: { fallback: none, fault: line },
  agentAddress: {
    fallback: none,
    fault: (answer, given) =>
      mailAddress(answer) ??
      (answer.toLowerCase() === given.address?.toLowerCase()
        ? 'use another address than the support address'
        : undefined),
  },
}

export const questions: readonly Question[] = flags.map(flag => ({ ...flag, ...judgements[flag.id] }))
