import type { Severity } from '../../../desk/command-arguments.ts'
import type { Impact } from '../../../desk/promise/matter.ts'
import type { MeasureKind } from '../../../desk/promise/measure.ts'
import type { Language } from '../../../desk/ticket.ts'

/** What the page of a ticket says, in its reader's language. */
export const words = {
  de: {
    title: (number: string) => `Ticket ${number}`,
    subject: 'Betreff',
    customer: 'Kunde',
    unnamed: 'noch ohne Namen',
    entitlement: 'Anspruch',
    severity: 'Schwere, unsere Sicht',
    customerSeverity: 'Schwere, Sicht des Kunden',
    impact: 'Auswirkung',
    unsaid: 'noch nicht eingestuft',
    severities: {
      stopped: 'betriebsverhindernd',
      hindered: 'betriebsbehindernd',
      minor: 'gering',
    } as Readonly<Record<Severity, string>>,
    impacts: { 'financial-loss': 'finanzieller Schaden', serious: 'erheblich', normal: 'normal' } as Readonly<
      Record<Impact, string>
    >,
    level: 'Stufe',
    responsible: 'Zuständig',
    group: (name: string) => `${name} (noch niemand persönlich)`,
    escalation: 'Eskalation',
    waiting: (level: number, by: string) =>
      `Stufe ${level} hat noch nicht bestätigt${by && `; zu bestätigen ${by}`}`,
    taken: (level: number, name: string) => `Stufe ${level}, bestätigt von ${name}`,
    promises: 'Laufende Zusagen',
    noPromises: 'Es läuft keine Zusage.',
    kinds: {
      'first-response': 'Erste Antwort',
      callback: 'Rückruf',
      'status-update': 'Zwischenstand',
      resolution: 'Lösung',
      'manager-contact': 'Gespräch mit der Leitung',
    } as Readonly<Record<string, string>>,
    left: (minutes: number) => `noch ${minutes} Büromin.`,
    late: 'überfällig',
    paused: 'die Uhr steht',
    measures: 'Ursache, Maßnahmen und Ergebnis',
    noMeasures: 'Es ist noch nichts eingetragen.',
    measureKinds: {
      cause: 'Ursache',
      immediate: 'Sofortmaßnahme',
      corrective: 'Korrekturmaßnahme',
      preventive: 'Vorbeugung',
      redress: 'Ausgleich',
      result: 'Ergebnis',
    } as Readonly<Record<MeasureKind, string>>,
    missing: (kinds: string) => `Zum Schließen fehlt noch: ${kinds}.`,
    openCases: (numbers: readonly string[]) =>
      `Beim Hersteller ist noch offen: ${numbers.join(', ')}. Ein Fall endet mit #herstellerende.`,
    mayClose: 'Zum Schließen fehlt nichts.',
    isClosed: 'Dieses Ticket ist geschlossen. Hier wird nichts mehr eingetragen.',
    isMerged: (number: string) => `Es geht in Ticket ${number} weiter.`,
    record: 'Maßnahme eintragen',
    what: 'Was möchten Sie eintragen?',
    text: 'In eigenen Worten',
    textHint: 'Ein Ergebnis liest der Kunde beim Schließen im Wortlaut; alles andere bleibt intern.',
    save: 'Eintragen',
    update: 'Zwischenstand an den Kunden',
    done: 'Was ist geschehen? Der Kunde liest es im Wortlaut.',
    next: 'Was kommt als Nächstes? (freiwillig)',
    send: 'An den Kunden senden',
    classify: 'Schwere und Auswirkung ändern',
    classifyHint: 'Zugesagte Zeiten und Stufe richten sich danach.',
    change: 'Ändern',
    told: {
      recorded: 'Danke, das ist eingetragen.',
      told: 'Der Zwischenstand geht an den Kunden.',
      changed: 'Die Einstufung ist geändert.',
      unchanged: 'Es wurde nichts geändert: Es steht schon so da, oder jemand war schneller.',
      'no-way':
        'Der Kunde ist weder per E-Mail noch per SMS erreichbar; es ging nichts hinaus. Die Gruppe wurde benachrichtigt.',
      internal:
        'Es wurde nichts eingetragen und nichts gesendet: Im Text steht etwas aus einer internen Nachricht. Bitte schreiben Sie es in eigenen Worten.',
      closed: 'Es wurde nichts eingetragen: Das Ticket ist inzwischen geschlossen.',
      incomplete: 'Es wurde nichts eingetragen: Bitte füllen Sie das Formular vollständig aus.',
    },
  },
  en: {
    title: (number: string) => `Ticket ${number}`,
    subject: 'Subject',
    customer: 'Customer',
    unnamed: 'no name yet',
    entitlement: 'Entitlement',
    severity: 'Severity in our view',
    customerSeverity: "Severity in the customer's view",
    impact: 'Impact',
    unsaid: 'not classified yet',
    severities: { stopped: 'business stopped', hindered: 'business hindered', minor: 'minor' } as Readonly<
      Record<Severity, string>
    >,
    impacts: { 'financial-loss': 'financial loss', serious: 'serious', normal: 'normal' } as Readonly<
      Record<Impact, string>
    >,
    level: 'Level',
    responsible: 'Responsible',
    group: (name: string) => `${name} (nobody in person yet)`,
    escalation: 'Escalation',
    waiting: (level: number, by: string) =>
      `Level ${level} has not acknowledged yet${by && `; to be acknowledged ${by}`}`,
    taken: (level: number, name: string) => `Level ${level}, acknowledged by ${name}`,
    promises: 'Running promises',
    noPromises: 'No promise is running.',
    kinds: {
      'first-response': 'First response',
      callback: 'Callback',
      'status-update': 'Status update',
      resolution: 'Resolution',
      'manager-contact': "Manager's contact",
    } as Readonly<Record<string, string>>,
    left: (minutes: number) => `${minutes} office min left`,
    late: 'overdue',
    paused: 'the clock stands still',
    measures: 'Cause, measures and result',
    noMeasures: 'Nothing has been recorded yet.',
    measureKinds: {
      cause: 'Cause',
      immediate: 'Immediate measure',
      corrective: 'Corrective measure',
      preventive: 'Preventive measure',
      redress: 'Redress',
      result: 'Result',
    } as Readonly<Record<MeasureKind, string>>,
    missing: (kinds: string) => `Still needed before it may be closed: ${kinds}.`,
    openCases: (numbers: readonly string[]) =>
      `Still open with the manufacturer: ${numbers.join(', ')}. A case ends with #vendorclose.`,
    mayClose: 'Nothing is missing for closing.',
    isClosed: 'This ticket is closed. Nothing more is recorded here.',
    isMerged: (number: string) => `It goes on in ticket ${number}.`,
    record: 'Record a measure',
    what: 'What would you like to record?',
    text: 'In your own words',
    textHint: 'The customer reads a result word for word as the ticket is closed; the rest stays internal.',
    save: 'Record',
    update: 'Status update to the customer',
    done: 'What has happened? The customer reads your exact words.',
    next: 'What comes next? (optional)',
    send: 'Send to the customer',
    classify: 'Change severity and impact',
    classifyHint: 'Promised times and level follow from it.',
    change: 'Change',
    told: {
      recorded: 'Thank you, that has been recorded.',
      told: 'The status update is on its way to the customer.',
      changed: 'The classification has been changed.',
      unchanged: 'Nothing was changed: it says so already, or somebody was faster.',
      'no-way':
        'The customer can be reached neither by email nor by text; nothing was sent. The group has been told.',
      internal:
        'Nothing was recorded or sent: the text holds something out of an internal message. Please put it in your own words.',
      closed: 'Nothing was recorded: the ticket has been closed meanwhile.',
      incomplete: 'Nothing was recorded: please fill in the whole form.',
    },
  },
} satisfies Record<Language, object>

export type Told = keyof (typeof words)['de']['told']

/** For links that open nothing (any more): the reader's language is not known. */
export const deadWords = [
  {
    language: 'de',
    title: 'Dieser Link gilt nicht (mehr)',
    text: 'Es wurde nichts eingetragen. Bitte öffnen Sie den Link in der neuesten Benachrichtigung zu diesem Ticket, oder antworten Sie darauf mit einem Befehl wie #ursache oder #stand.',
  },
  {
    language: 'en',
    title: 'This link is not valid (any more)',
    text: 'Nothing has been recorded. Please use the link in the newest notification about this ticket, or answer it with a command such as #cause or #status.',
  },
] as const

/** For a fault of ours. */
export const faultWords = [
  {
    language: 'de',
    title: 'Das hat gerade nicht geklappt',
    text: 'Es ist nicht sicher, ob Ihr Eintrag angekommen ist. Bitte gehen Sie in einer Minute zurück und senden Sie ihn noch einmal: Doppelt eingetragen wird er nicht.',
  },
  {
    language: 'en',
    title: 'That did not work just now',
    text: 'It is not certain whether your entry arrived. Please go back in a minute and send it again: it will not be recorded twice.',
  },
] as const

export const unreadableWords = [
  {
    language: 'de',
    title: 'Das Formular war nicht lesbar',
    text: 'Es wurde nichts eingetragen; vielleicht war der Text zu lang. Bitte gehen Sie zurück und senden Sie ihn gekürzt noch einmal.',
  },
  {
    language: 'en',
    title: 'The form could not be read',
    text: 'Nothing was recorded; perhaps the text was too long. Please go back, shorten it and send it again.',
  },
] as const
