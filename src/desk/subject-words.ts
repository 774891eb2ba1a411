import { wordList } from './word-list.ts'

/**
 * What subjects give away, language by language. Data; all lower case and anchored at the start: a word in the middle
 * of a subject is what a customer writes about. A subject alone never makes a machine mail, it supports other signs.
 */
export const replyPrefixes = wordList(`
  aw | antw | antwort | re | sv | vs | odp | r | rif | res | ynt | ref | réf | ответ | 回复 | 答复 | 回覆
`)

export const forwardPrefixes = wordList(`
  wg | weitergeleitet | wtrlt | wtr | fwd | fw | tr | i | enc | rv | vb | vl | doorst | doorgestuurd |
  pd | vs: fwd | továbbítva | пересл | ilet | 转发 | 轉寄
`)

/** Titles that only an absence assistant writes. Believed when the mail answers another or is short and says so. */
export const absenceTitles = wordList(`
  abwesenheitsnotiz | automatische antwort | automatische abwesenheitsnotiz | automatische rückantwort |
  automatische rückmeldung | abwesenheitsmeldung | abwesenheitsbenachrichtigung |
  abwesenheitsassistent | abwesenheitsagent | nicht im büro | nicht im haus | außer haus | ausser haus |
  autoantwort | auto-antwort | automatisch generierte antwort | abwesend | automatic reply |
  automated reply | automatic response | automated response | out of office | out of the office |
  out-of-office | ooo | autoreply | auto response | auto-response | autoresponse | auto-reply |
  auto reply | autoresponder | away from my mail | i am out of | i am currently out of |
  vacation reply | vacation response | réponse automatique | message d'absence | absence du bureau |
  absent du bureau | risposta automatica | fuori sede | fuori ufficio | respuesta automática |
  fuera de la oficina | fuera de oficina | resposta automática | automatisch antwoord |
  afwezigheidsbericht | automatische antwoord | autosvar | automatisk svar | automatiskt svar |
  frånvaro | fravær | odpowiedź automatyczna | automatyczna odpowiedź | autoodpowiedź |
  automatická odpověď | automaattinen vastaus | automatikus válasz | автоответ | автоматический ответ |
  otomatik yanıt | răspuns automat | αυτόματη απάντηση | 自动答复 | 自动回复 | 自動回覆 | 自動応答
`)

/** Words that people write as well: they count only beside a machine's header. */
export const absenceHints = wordList(`
  abwesenheit | ich bin abwesend | nicht am arbeitsplatz | im urlaub | bin im urlaub |
  ich bin im urlaub | urlaub | urlaubsvertretung | elternzeit | in elternzeit | mutterschutz |
  nicht mehr im unternehmen | nicht mehr bei | auto: | on vacation | on holiday | on leave |
  annual leave | vacation | away | i am away | i am out | i am currently out | no longer with |
  no longer at | no longer employed | maternity leave | parental leave | absent | absence | assenza |
  ausencia | ausência | afwezig | ikke til stede | poissa | 不在
`)

/** What may follow such a title: a colon, a date, a dash; in "Abwesenheitsnotiz funktioniert nicht" it is a request. */
export const absenceFollowers = [
  ':',
  '：',
  '-',
  '–',
  '—',
  '(',
  '[',
  '/',
  '!',
  '.',
  ',',
  '|',
  're',
  'aw',
  'bis',
  'vom',
  'von',
  'ab',
  'until',
  'till',
  'from',
  'auf',
  'to',
  'zu',
  'for',
  'für',
  'message',
  'reply',
  'autoreply',
  'notification',
  'today',
  'heute',
  'this week',
  'am',
  'on',
  'response',
  'assistant',
  'wg',
  'fw',
]

/** Read and delivery receipts of Exchange and Outlook. */
export const receiptSubjects = wordList(`
  gelesen | nicht gelesen | ungelesen gelöscht | lesebestätigung | lesebestätigung (angezeigt) |
  empfangsbestätigung (angezeigt) | return receipt | read receipt | return receipt (displayed) | read |
  not read | lu | non lu | leído | no leído | letto | gelezen | läst | læst | lest | przeczytano |
  accusé de réception
`)

export const bounceSubjects = wordList(`
  email delivery failure | mail failure | unzustellbar | unzustellbare nachricht | unzustellbare mail | unzustellbare e-mail |
  nicht zustellbar | nicht zugestellt | zustellung fehlgeschlagen | zustellungsfehler | zustellfehler |
  zustellungsbenachrichtigung | fehler bei der zustellung | fehler bei der nachrichtenzustellung |
  übermittlung fehlgeschlagen | benachrichtigung zum übermittlungsstatus |
  benachrichtigung über den zustellstatus | nachricht verzögert | verzögert | verzögerte zustellung |
  e-mail konnte nicht zugestellt werden | nachricht konnte nicht zugestellt werden |
  ihre nachricht konnte nicht zugestellt werden | ihre e-mail konnte nicht zugestellt werden |
  rückläufer | weitergeleitet (übermittlung) | zugestellt | zustellstatus | undeliverable |
  undelivered | undelivered mail | undeliverable mail | undeliverable message | undeliverable: |
  delivery status notification | delivery status | delivery failure | delivery failed | delivery failure report |
  delivery report | delivery delayed | delivery delay | delayed mail | delayed | mail delivery failed |
  mail delivery failure | mail delivery system | mail delivery status | mail delivery problem |
  mail delivery error | mail delivery deferred | message delivery failure | message delivery failed |
  message delivery delayed | message could not be delivered | mail could not be delivered |
  email could not be delivered | could not deliver | couldn't be delivered | nondeliverable mail |
  non-delivery | nondelivery | non delivery | returned mail | returned to sender | mail returned |
  returning message to sender | failure notice | failure delivery | failed mail | failed delivery |
  notification of delivery | delivery notification | warning: message | warning: could not send |
  warning: e-mail | mail system error | mail not delivered | message not delivered |
  message undeliverable | message status - undeliverable | user unknown | unable to deliver | bounce |
  rejected mail | email rejected | mail rejected | successful mail delivery report | relayed |
  delivered | expanded | delivery confirmation | dsn: | permanent delivery failure |
  there was an error sending your mail | error sending | mailbox full | postmaster notify |
  considered unsolicited bulk email | your message to | your mail to | non remis | non délivrable |
  échec de la remise | échec de remise | notification d'état de remise | non distribuable |
  no se puede entregar | no entregado | error de entrega | mancato recapito | non recapitabile |
  notifica dello stato | onbestelbaar | niet bezorgd | kan inte levereras | olevererbart |
  kunne ikke leveres | uleverbar | niedostarczalne | niedostarczona | nedoručitelné | não entregue |
  falha na entrega | не удается доставить | недоставленное | 配信不能 | 投递失败 | 退信
`)

/** First words of another ticket system that has got our mail. People write them as well, so they only support other signs. */
export const confirmationTitles = wordList(`
  eingangsbestätigung | automatische eingangsbestätigung | bestätigung ihrer anfrage |
  bestätigung des eingangs | empfangsbestätigung | ihre anfrage ist bei uns eingegangen |
  ihre anfrage ist eingegangen | wir haben ihre anfrage erhalten | wir haben ihre nachricht erhalten |
  we have received your request | we have received your message | we received your request |
  your request has been received | request received | ticket received | case received |
  ticket created | support request received | thank you for contacting | acknowledgement of receipt
`)

/** Outlook's wish to take a mail back. "Rückruf:" is also how people ask to be called. */
export const recallSubjects = ['rückruf', 'recall']
export const recallWords = wordList(`
  would like to recall the message | möchte die nachricht | möchte die folgende nachricht zurückrufen |
  möchte folgende nachricht zurückrufen
`)

/** Answers to an invitation. */
export const meetingSubjects = wordList(`
  zugesagt | mit vorbehalt | abgelehnt | abgesagt | neue zeit vorgeschlagen | neuer terminvorschlag |
  accepted | tentative | tentatively accepted | declined | canceled | cancelled | new time proposed |
  accepté | accettato | aceptada | geaccepteerd
`)

/** Prefix run of a subject: "AW: WG: [EXT] Re[2]: Bett" → ["aw", "wg", "re"], with what is left. */
export function subjectPrefixes(subject: string): {
  readonly prefixes: readonly string[]
  readonly rest: string
} {
  const prefixes: string[] = []
  let rest = subject.trim()
  for (let i = 0; i < 20; i++) {
    const tag = /^\[[^\]]{1,30}\]\s*/.exec(rest)
    const match = /^(\p{L}{1,15})\s?(?:[[(^]\d{1,3}[\])]?)?\s?[:：]\s*/u.exec(
      tag ? rest.slice(tag[0].length) : rest,
    )
    const word = match?.[1]?.toLowerCase() ?? ''
    if (!match || !(replyPrefixes.includes(word) || forwardPrefixes.includes(word))) break
    prefixes.push(word)
    rest = rest.slice((tag?.[0].length ?? 0) + match[0].length)
  }
  return { prefixes, rest }
}

/** The outermost prefix says it is a forward: "WG: AW: Bett" is one, "AW: WG: Bett" an answer to one. */
export function isForwardSubject(subject: string): boolean {
  const [first] = subjectPrefixes(subject).prefixes
  return first !== undefined && forwardPrefixes.includes(first)
}

/** What stands behind the first matching word at the start of the subject, undefined when none matches as a whole. */
export function afterOneOf(subject: string, words: readonly string[]): string | undefined {
  const text = subject.trim().toLowerCase()
  let longest: string | undefined
  for (const word of words) {
    if (
      text.startsWith(word) &&
      !/^[\p{L}\d]/u.test(text.slice(word.length)) &&
      word.length > (longest?.length ?? 0)
    )
      longest = word
  }
  return longest === undefined ? undefined : text.slice(longest.length).trim()
}

export function startsWithOneOf(subject: string, words: readonly string[]): boolean {
  return afterOneOf(subject, words) !== undefined
}

/** "Gelesen: Angebot" and not "Read this, please". */
export function isLabelled(subject: string, words: readonly string[]): boolean {
  return /^[:：]/.test(afterOneOf(subject, words) ?? '')
}
