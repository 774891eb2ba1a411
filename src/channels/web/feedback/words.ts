import type { Language } from '../../../desk/ticket.ts'

/** What the page says behind the link of a closing letter, in the customer's language. */
export const words = {
  de: {
    title: 'Wie zufrieden sind Sie?',
    managerTitle: 'Gespräch mit der Leitung',
    number: 'Ihre Ticketnummer',
    subject: 'Ihr Anliegen',
    result: 'Das Ergebnis',
    score: 'Ihre Bewertung',
    scoreOf: (score: number) => `${score} von 5`,
    worst: '1: sehr unzufrieden',
    best: '5: sehr zufrieden',
    solved: 'Ist Ihr Anliegen gelöst?',
    yes: 'Ja',
    no: 'Nein',
    words: 'Was möchten Sie uns dazu sagen? (freiwillig)',
    suggestion: 'Haben Sie einen Vorschlag, was wir besser machen können? (freiwillig)',
    manager: 'Ich möchte, dass sich die Leitung des technischen Supports bei mir meldet.',
    reopen: 'Bitte nehmen Sie die Arbeit an meinem Anliegen wieder auf.',
    send: 'Absenden',
    change: 'Bewertung ändern',
    until: (day: string) => `Ihre Bewertung können Sie bis ${day} abgeben.`,
    changeUntil: (day: string) => `Ändern können Sie Ihre Bewertung bis ${day}.`,
    over: 'Eine Bewertung nehmen wir zu diesem Anliegen nicht mehr entgegen. Vielen Dank, dass Sie sich die Zeit nehmen.',
    overVoted: 'Ihre Bewertung haben wir erhalten; ändern lässt sie sich nicht mehr. Vielen Dank.',
    managerIntro:
      'Sind Sie mit unserer Arbeit nicht zufrieden, oder kommt Ihr Anliegen nicht voran? Die Leitung des technischen Supports meldet sich gern persönlich bei Ihnen.',
    managerWords: 'Worum geht es Ihnen? (freiwillig)',
    managerSend: 'Bitte melden Sie sich bei mir',
    managerDue: (due: string) => `Die Leitung des technischen Supports meldet sich ${due} bei Ihnen.`,
    askReopen: 'Ihr Anliegen ist nicht gelöst. Sollen wir die Arbeit daran wieder aufnehmen?',
    reopenSend: 'Ja, bitte wieder aufnehmen',
    isOpen: 'Ihr Anliegen ist bei uns in Arbeit.',
    told: {
      thanks: 'Vielen Dank, Ihre Bewertung ist bei uns.',
      changed: 'Vielen Dank, Ihre Änderung ist bei uns.',
      reopened: 'Wir nehmen die Arbeit an Ihrem Anliegen wieder auf.',
      asked: 'Vielen Dank, Ihr Wunsch ist bei uns.',
      incomplete:
        'Bitte wählen Sie eine Zahl, oder schreiben Sie uns ein paar Worte. Es wurde noch nichts übernommen.',
    },
  },
  en: {
    title: 'How satisfied are you?',
    managerTitle: 'Contact the manager',
    number: 'Your ticket number',
    subject: 'Your request',
    result: 'The result',
    score: 'Your rating',
    scoreOf: (score: number) => `${score} of 5`,
    worst: '1: very dissatisfied',
    best: '5: very satisfied',
    solved: 'Has your request been solved?',
    yes: 'Yes',
    no: 'No',
    words: 'What would you like to tell us about it? (optional)',
    suggestion: 'Do you have a suggestion for what we could do better? (optional)',
    manager: 'I would like the technical support manager to contact me.',
    reopen: 'Please open the matter again.',
    send: 'Send',
    change: 'Change my rating',
    until: (day: string) => `You can rate us until ${day}.`,
    changeUntil: (day: string) => `You can change your rating until ${day}.`,
    over: 'We no longer take a rating of this request. Thank you for taking the time.',
    overVoted: 'We have received your rating; it can no longer be changed. Thank you.',
    managerIntro:
      'Are you not satisfied with our work, or is your request making no progress? Our technical support manager will be glad to contact you in person.',
    managerWords: 'What is it about? (optional)',
    managerSend: 'Please contact me',
    managerDue: (due: string) => `Our technical support manager will contact you ${due}.`,
    askReopen: 'Your request has not been solved. Would you like us to open the matter again?',
    reopenSend: 'Yes, please open it again',
    isOpen: 'We are working on your request.',
    told: {
      thanks: 'Thank you, we have your rating.',
      changed: 'Thank you, we have your change.',
      reopened: 'We have opened your request again.',
      asked: 'Thank you, we have passed on your wish.',
      incomplete: 'Please choose a number or write a few words. Nothing has been recorded yet.',
    },
  },
} satisfies Record<Language, object>

export type Told = keyof (typeof words)['de']['told']

/** For links that open nothing (any more): the reader's language is not known. */
export const deadWords = [
  {
    language: 'de',
    title: 'Dieser Link führt zu keiner Umfrage',
    text: 'Bitte öffnen Sie den Link aus unserer E-Mail vollständig, oder antworten Sie einfach auf die E-Mail: Wir lesen jede Antwort.',
  },
  {
    language: 'en',
    title: 'This link leads to no survey',
    text: 'Please open the complete link from our email, or simply reply to the email: we read every reply.',
  },
] as const

/** For a fault of ours. */
export const faultWords = [
  {
    language: 'de',
    title: 'Das hat gerade nicht geklappt',
    text: 'Es ist nicht sicher, ob Ihre Angaben bei uns angekommen sind. Bitte laden Sie die Seite in einer Minute neu: Sie zeigt dann, was wir haben.',
  },
  {
    language: 'en',
    title: 'That did not work just now',
    text: 'It is not certain whether your answer has reached us. Please reload the page in a minute: it will then show what we have.',
  },
] as const

/** For what is too large to be a form of ours. */
export const tooLargeWords = [
  {
    language: 'de',
    title: 'Der Text ist zu lang',
    text: 'Es wurde nichts übernommen. Bitte gehen Sie zurück und kürzen Sie Ihren Text, oder schreiben Sie uns eine E-Mail.',
  },
  {
    language: 'en',
    title: 'The text is too long',
    text: 'Nothing has been recorded. Please go back and shorten your text, or write us an email.',
  },
] as const
