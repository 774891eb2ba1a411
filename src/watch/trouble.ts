import type { FailureCode } from '../desk/failure.ts'
import type { Language } from '../desk/ticket.ts'

/** Something that keeps the gateway from its promises, or will: shown by /readyz and told by the alarm. */
export interface Trouble {
  /** The same as long as it is the same trouble; names no secret and no person. */
  readonly key: string
  readonly kind: TroubleKind
  /** The mailbox it is about; undefined where it is about none. */
  readonly mailbox?: string | undefined
  readonly says: Readonly<Record<Language, string>>
}

export type TroubleKind = keyof typeof natures

/**
 * `urgent` waits for nothing: it does not pass by itself. `ahead` is nothing yet, or nothing that the gateway itself
 * could do better: it is ready all the same.
 */
const natures = {
  refused: 'urgent',
  unreachable: 'may-pass',
  frozen: 'urgent',
  silent: 'urgent',
  lagging: 'may-pass',
  'secret-expires': 'ahead',
  'office-removed': 'ahead',
  database: 'may-pass',
  'letters-late': 'urgent',
  'jobs-late': 'may-pass',
  'signatures-refused': 'ahead',
  'spool-waits': 'may-pass',
  'requests-rejected': 'ahead',
  'clips-missing': 'ahead',
  'provider-away': 'may-pass',
  'callbacks-overdue': 'ahead',
  'callbacks-asleep': 'urgent',
  'recordings-late': 'urgent',
  'texts-failed': 'ahead',
  'webhook-paused': 'ahead',
} as const

export const troubleKinds = Object.keys(natures) as TroubleKind[]

export const isUrgent = ({ kind }: Trouble): boolean => natures[kind] !== 'may-pass'
export const isAhead = ({ kind }: Trouble): boolean => natures[kind] === 'ahead'

const codesInGerman: Partial<Record<string, string>> = {
  auth: 'die Anmeldung wird abgelehnt',
  tls: 'die verschlüsselte Verbindung kommt nicht zustande',
  'missing-folder': 'den Ordner gibt es nicht',
  network: 'die Verbindung kommt nicht zustande',
  timeout: 'der Server antwortet nicht',
  database: 'die Datenbank antwortet nicht',
  storage: 'der Speicher für Rohmails ist nicht erreichbar',
}

/** A mailbox that is not read. `phase` and `code` as the door tells them. */
export function notRead(
  mailbox: string,
  phase: string,
  code: FailureCode | 'unexpected' | undefined,
): Trouble {
  const kind = phase === 'refused' ? 'refused' : 'unreachable'
  const inGerman = code === undefined ? '' : `: ${codesInGerman[code] ?? `Fehler „${code}“`}`
  return {
    key: `${kind} ${mailbox}`,
    kind,
    mailbox,
    says: {
      en: `mailbox ${mailbox} is ${phase}${code ? ` (${code})` : ''}`,
      de: `Das Postfach „${mailbox}“ wird nicht gelesen${inGerman}.`,
    },
  }
}

/** The reader is content, but a second login fails. */
export function secondLoginFails(mailbox: string, code: FailureCode, forGood: boolean): Trouble {
  const kind = forGood ? 'refused' : 'unreachable'
  return {
    key: `${kind} ${mailbox}`,
    kind,
    mailbox,
    says: {
      en: `a new login to mailbox ${mailbox} fails (${code}); the open session will not last`,
      de: `Eine neue Anmeldung am Postfach „${mailbox}“ scheitert: ${codesInGerman[code] ?? `Fehler „${code}“`}. Die offene Sitzung wird nicht mehr lange halten.`,
    },
  }
}

/** No access token is to be had for sending. */
export function noSmtpToken(code: FailureCode, forGood: boolean): Trouble {
  const kind = forGood ? 'refused' : 'unreachable'
  return {
    key: `${kind} smtp`,
    kind,
    says: {
      en: `no access token is to be had for smtp (${code})`,
      de: `Für den Versand ist kein Zugriffstoken zu bekommen: ${codesInGerman[code] ?? `Fehler „${code}“`}.`,
    },
  }
}

export function frozen(mailbox: string, unseen: number): Trouble {
  return {
    key: `frozen ${mailbox}`,
    kind: 'frozen',
    mailbox,
    says: {
      en: `the session of mailbox ${mailbox} is frozen: ${unseen} newer mails are seen by a second one; it is being replaced`,
      de: `Die Sitzung am Postfach „${mailbox}“ ist eingefroren: Eine zweite sieht ${unseen} neuere Mails. Sie wird jetzt ersetzt.`,
    },
  }
}

export function silent(mailbox: string, hours: number, lastMailAt: Temporal.Instant): Trouble {
  const at = lastMailAt.toString({ smallestUnit: 'minute' })
  return {
    key: `silent ${mailbox}`,
    kind: 'silent',
    mailbox,
    says: {
      en: `no mail has come to mailbox ${mailbox} for ${hours} office hours (since ${at})`,
      de: `Im Postfach „${mailbox}“ ist seit ${hours} Bürostunden keine Mail eingegangen (seit ${at}). Bitte prüfen Sie Weiterleitungen und Filter.`,
    },
  }
}

export function lagging(mailbox: string, backlog: number, minutes: number): Trouble {
  return {
    key: `lagging ${mailbox}`,
    kind: 'lagging',
    mailbox,
    says: {
      en: `mailbox ${mailbox} lags behind: the oldest of ${backlog} mails has waited for ${minutes} minutes`,
      de: `Das Postfach „${mailbox}“ kommt nicht nach: Von ${backlog} Mails wartet die älteste seit ${minutes} Minuten.`,
    },
  }
}

/** `where` is the configuration's path of the login; `days` may be negative. */
export function secretExpires(where: string, day: string, days: number): Trouble {
  return {
    key: `secret-expires ${where} ${day}`,
    kind: 'secret-expires',
    says: {
      en:
        days < 0
          ? `the client secret of ${where} ended on ${day}`
          : `the client secret of ${where} ends on ${day}, in ${days} days; make a new one before`,
      de:
        days < 0
          ? `Der geheime Clientschlüssel von ${where} ist am ${day} abgelaufen.`
          : `Der geheime Clientschlüssel von ${where} läuft am ${day} ab, in ${days} Tagen. Bitte legen Sie vorher einen neuen an.`,
    },
  }
}

export const databaseAway: Trouble = {
  key: 'database',
  kind: 'database',
  says: { en: 'the database does not answer', de: 'Die Datenbank antwortet nicht.' },
}

export function lettersLate(seconds: number): Trouble {
  return {
    key: 'letters-late',
    kind: 'letters-late',
    says: {
      en: `a letter has been waiting for ${seconds} s`,
      de: `Eine E-Mail an einen Kunden oder eine Kollegin wartet seit ${Math.round(seconds / 60)} Minuten auf den Versand.`,
    },
  }
}

export function jobsLate(seconds: number): Trouble {
  return {
    key: 'jobs-late',
    kind: 'jobs-late',
    says: {
      en: `a job has been overdue for ${seconds} s`,
      de: `Eine geplante Aufgabe ist seit ${Math.round(seconds / 60)} Minuten überfällig.`,
    },
  }
}

export function officeRemoved(office: string, to: string, tickets: number): Trouble {
  return {
    key: `office-removed ${office} ${to}`,
    kind: 'office-removed',
    says: {
      en: `${tickets} open ${tickets === 1 ? 'ticket' : 'tickets'} of the office ${office}, which is no longer in the configuration, went to ${to} at the start`,
      de: `Der Standort „${office}“ steht nicht mehr in der Konfiguration; ${tickets === 1 ? 'ein offenes Ticket wurde' : `${tickets} offene Tickets wurden`} beim Start „${to}“ zugeordnet.`,
    },
  }
}

/** An endpoint of a client of the API kept failing until nothing more is sent to it. */
export function webhookPaused(webhook: string, client: string, since: Temporal.Instant): Trouble {
  const at = since.toString({ smallestUnit: 'minute' })
  return {
    key: `webhook-paused ${webhook}`,
    kind: 'webhook-paused',
    says: {
      en: `webhook ${webhook} of the client ${client} has been failing since ${at} and is paused; POST /api/v1/webhooks/${webhook}/resume sends what waits`,
      de: `Der Webhook ${webhook} des Clients „${client}“ schlägt seit ${at} fehl und ist angehalten. POST /api/v1/webhooks/${webhook}/resume sendet, was wartet.`,
    },
  }
}
