import type { Language } from '../../../desk/ticket.ts'

/** What the page behind an escalation's link says, in its reader's language. */
export const words = {
  de: {
    title: (number: string) => `Eskalation ${number}`,
    level: 'Stufe',
    customer: 'Kunde',
    unnamed: 'noch ohne Namen',
    subject: 'Betreff',
    reason: 'Grund',
    severity: 'Schwere',
    severities: {
      stopped: 'betriebsverhindernd',
      hindered: 'betriebsbehindernd',
      minor: 'gering',
    } as Readonly<Record<string, string>>,
    by: 'Zu bestätigen',
    take: 'Ich übernehme',
    hint: 'Damit sind Sie für dieses Ticket zuständig, und niemand sonst wird mehr benachrichtigt.',
    mine: 'Sie haben dieses Ticket übernommen. Vielen Dank.',
    taken: (name: string) => `${name} hat dieses Ticket bereits übernommen.`,
    passedOn: (level: number) =>
      `Es liegt inzwischen bei Stufe ${level}. Wenn Sie helfen können, antworten Sie bitte auf die Benachrichtigung.`,
    withdrawn: 'Diese Eskalation hat sich erledigt; das Ticket ist geschlossen oder zusammengeführt.',
    notYours:
      'Bestätigen kann nur, wer zu dieser Stufe gehört oder dort vertritt. Es wurde nichts eingetragen.',
  },
  en: {
    title: (number: string) => `Escalation ${number}`,
    level: 'Level',
    customer: 'Customer',
    unnamed: 'no name yet',
    subject: 'Subject',
    reason: 'Reason',
    severity: 'Severity',
    severities: {
      stopped: 'business stopped',
      hindered: 'business hindered',
      minor: 'minor',
    } as Readonly<Record<string, string>>,
    by: 'To be acknowledged',
    take: 'I am taking it',
    hint: 'This makes you responsible for the ticket, and nobody else will be notified any more.',
    mine: 'You have taken this ticket. Thank you.',
    taken: (name: string) => `${name} has taken this ticket already.`,
    passedOn: (level: number) =>
      `It is with level ${level} by now. If you can help, please reply to the notification.`,
    withdrawn: 'This escalation is settled; the ticket has been closed or merged.',
    notYours: 'Only people of this level, and their deputies, can acknowledge. Nothing was recorded.',
  },
} satisfies Record<Language, object>

/** For links that open nothing (any more): the reader's language is not known. */
export const deadWords = [
  {
    language: 'de',
    title: 'Dieser Link gilt nicht (mehr)',
    text: 'Es wurde nichts bestätigt. Bitte antworten Sie auf die neueste Benachrichtigung zu diesem Ticket mit #übernehmen.',
  },
  {
    language: 'en',
    title: 'This link is not valid (any more)',
    text: 'Nothing has been acknowledged. Please reply to the latest notification about this ticket with #take.',
  },
] as const

/** For a fault of ours. */
export const faultWords = [
  {
    language: 'de',
    title: 'Das hat gerade nicht geklappt',
    text: 'Es ist nicht sicher, ob Ihre Bestätigung angekommen ist. Bitte laden Sie die Seite in einer Minute neu: Sie zeigt dann, wie es steht.',
  },
  {
    language: 'en',
    title: 'That did not work just now',
    text: 'It is not certain whether your acknowledgement arrived. Please reload the page in a minute: it will show where things stand.',
  },
] as const
