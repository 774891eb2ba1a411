/** How the answers of `gateway init` are judged, and what is assumed where somebody just presses Enter. */

import { isLoopback } from '../../config/login-checks.ts'
import { usualGuard } from '../../config/phone-schema.ts'
import { nearest } from '../../config/suggest.ts'
import { address, language, text } from '../../config/words.ts'
import { judgeNumber } from '../../desk/phone/destination.ts'
import { readCaller } from '../../desk/phone/numbers.ts'
import { type Answers, type Flag, flags } from './flags.ts'
import { officePresets } from './office-presets.ts'

export interface Question extends Flag {
  /** The answer of who just presses Enter; undefined where there must be one. */
  readonly fallback: (given: Partial<Answers>) => string | undefined
  /** What is wrong with an answer, or undefined. */
  readonly fault: (answer: string, given: Partial<Answers>) => string | undefined
  /** Is it asked at all? The answer is '' otherwise. */
  readonly applies?: (given: Partial<Answers>) => boolean
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

function hotlineNumber(answer: string): string | undefined {
  return /^\+[1-9]\d{5,14}$/.test(answer) && readCaller(answer, 'DE').number !== null
    ? undefined
    : 'write a number that exists, in international form such as +4940669690'
}

function publicUrl(answer: string): string | undefined {
  const right = 'write an address such as https://gateway.example.com'
  if (!URL.canParse(answer)) return right
  const { protocol, hostname, search, hash, username } = new URL(answer)
  const safe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return safe && search === '' && hash === '' && username === '' ? undefined : right
}

function agentPhone(answer: string, given: Partial<Answers>): string | undefined {
  if (answer === '') return undefined
  const { countries, kinds } = usualGuard
  const never = given.hotlineNumber === undefined ? [] : [given.hotlineNumber]
  const judged = judgeNumber(answer, { country: 'DE', countries, kinds, never })
  if (judged.allowed && judged.number === answer) return undefined
  return !judged.allowed && judged.reason === 'own'
    ? 'use another number than the hotline'
    : `write the agent's own number, in international form such as +491713920011, of one of ${countries.join(', ')}`
}

const hasHotline = (given: Partial<Answers>) => given.hotline !== 'none'
const hasTwilio = (given: Partial<Answers>) => given.hotline === 'twilio'

const domainOf = (given: Partial<Answers>) => given.address?.slice(given.address.indexOf('@') + 1) ?? ''

const judgements: Readonly<Record<keyof Answers, Omit<Question, keyof Flag>>> = {
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
  hotline: {
    fallback: () => 'none',
    fault: answer => (['none', 'twilio', 'cti'].includes(answer) ? undefined : 'write none, twilio or cti'),
  },
  hotlineNumber: { fallback: none, fault: hotlineNumber, applies: hasHotline },
  publicUrl: {
    fallback: given => `https://gateway.${domainOf(given)}`,
    fault: publicUrl,
    applies: hasHotline,
  },
  accountSid: {
    fallback: none,
    fault: answer =>
      /^AC[0-9a-zA-Z]{32}$/.test(answer) ? undefined : 'write AC and the 32 characters that follow',
    applies: hasTwilio,
  },
  agentPhone: { fallback: () => '', fault: agentPhone, applies: hasTwilio },
}

export const questions: readonly Question[] = flags.map(flag => ({ ...flag, ...judgements[flag.id] }))
