import type { Severity } from '../../command-arguments.ts'
import type { Language } from '../../ticket.ts'
import type { Spoken } from '../instruction.ts'

/**
 * Everything that callers and agents hear and that does not change from call to call. Each phrase is a recording of its
 * own where the provider cannot speak, so a phrase ends where a number, a time or a name begins.
 */

const german = {
  'this-language': 'Für Deutsch drücken Sie die 9.',
  'not-recorded': 'Dieser Anruf wird nicht aufgezeichnet.',
  'recorded-if-allowed': 'Dieser Anruf wird nur aufgezeichnet, wenn Sie später ausdrücklich zustimmen.',

  'calling-about': 'Wenn Sie wegen des Tickets',
  'about-press-1': 'anrufen, drücken Sie die 1.',
  'about-press-2': 'anrufen, drücken Sie die 2.',
  'about-press-3': 'anrufen, drücken Sie die 3.',
  'other-matter': 'Wenn es um etwas anderes geht, drücken Sie die 0.',
  joined: 'Vielen Dank. Ihr Anruf gehört nun zu diesem Ticket.',

  'your-ticket': 'Ihre Ticketnummer lautet:',
  'once-more': 'Noch einmal:',
  'hear-again': 'Um sie noch einmal zu hören, drücken Sie die 1.',

  'ask-severity':
    'Wenn Ihr Betrieb stillsteht, drücken Sie die 1. Wenn er erheblich behindert ist, drücken Sie die 2. ' +
    'Bei einer geringen Störung oder einer Frage drücken Sie die 3.',
  'severity-stopped': 'Aufgenommen als betriebsverhindernde Störung.',
  'severity-hindered': 'Aufgenommen als betriebsbehindernde Störung.',
  'severity-minor': 'Aufgenommen als geringe Störung oder Frage.',
  'severity-open': 'Ihre Meldung ist ohne Einstufung aufgenommen.',

  'cannot-ring-caller': 'Unter der Nummer Ihres Anrufs können wir Sie nicht zurückrufen.',
  'ask-number':
    'Bitte geben Sie die Rufnummer, unter der wir Sie erreichen, mit Vorwahl ein, und dann die Raute-Taste.',
  'number-missing': 'Wir haben keine vollständige Rufnummer erhalten.',
  'number-unusable': 'Diese Rufnummer können wir leider nicht anrufen.',
  'you-entered': 'Sie haben eingegeben:',
  'check-number': 'Wenn das richtig ist, drücken Sie die 1. Für eine neue Eingabe drücken Sie die 2.',
  'number-noted': 'Vielen Dank. Die Rufnummer ist notiert.',
  'number-stays': 'Es bleibt bei der bisherigen Rufnummer.',
  'no-callback': 'Ohne eine Rufnummer, die wir anrufen können, ist ein Rückruf leider nicht möglich.',

  'ask-consent':
    'Dürfen wir das Gespräch aufzeichnen, damit wir Ihr Anliegen genau bearbeiten können? ' +
    'Wenn Sie zustimmen, drücken Sie die 1. Sonst wird nichts aufgezeichnet.',
  'consent-given': 'Vielen Dank. Das Gespräch wird aufgezeichnet.',
  'consent-refused': 'Das Gespräch wird nicht aufgezeichnet.',

  connecting: 'Wir verbinden Sie jetzt.',
  'still-trying': 'Bitte haben Sie noch einen Augenblick Geduld.',
  'nobody-free': 'Leider ist im Moment niemand frei.',
  'not-put-through': 'Wir können Sie unter dieser Nummer leider nicht direkt verbinden.',
  closed: 'Sie rufen außerhalb unserer Servicezeiten an.',

  'we-call-you': 'Wir rufen Sie',
  'on-the-number': 'unter der Nummer',
  'soon-instead': 'so bald wie möglich',
  overdue: 'Ihr Rückruf ist überfällig. Dafür bitten wir um Entschuldigung.',
  'promise-keys': 'Um das zu bestätigen, drücken Sie die 1. Für eine andere Rufnummer drücken Sie die 2.',
  'message-key': 'Um eine Nachricht zu hinterlassen, drücken Sie die 3.',
  'your-report': 'Ihre Meldung liegt uns vor. Bitte rufen Sie uns wieder an und nennen Sie die Ticketnummer',
  'number-key': 'Um doch eine Rufnummer anzugeben, drücken Sie die 2.',

  'leave-message':
    'Ihre Nachricht wird aufgezeichnet, damit wir Ihr Anliegen bearbeiten können. ' +
    'Bitte sprechen Sie nach dem Signalton. Zum Beenden drücken Sie die Raute-Taste oder legen Sie auf.',
  'message-taken': 'Vielen Dank. Ihre Nachricht ist aufgezeichnet.',
  'message-missing': 'Wir haben leider keine Nachricht gehört.',
  bye: 'Vielen Dank für Ihren Anruf. Auf Wiederhören.',

  'agent-call': 'Support-Anruf.',
  'agent-callback': 'Rückruf.',
  'agent-other-language': 'Das Gespräch ist auf Englisch.',
  'agent-stopped': 'Betriebsverhindernde Störung.',
  'agent-hindered': 'Betriebsbehindernde Störung.',
  'agent-minor': 'Geringe Störung oder Frage.',
  'agent-open': 'Noch nicht eingestuft.',
  'agent-ticket': 'Ticket',
  'agent-number': 'Rufnummer',
  'accept-keys': 'Mit der 1 nehmen Sie an, mit der 2 lehnen Sie ab.',
  'callback-keys': 'Mit der 1 werden Sie verbunden, mit der 2 lehnen Sie ab.',
  'caller-gone': 'Am anderen Ende wurde inzwischen aufgelegt. Vielen Dank.',
  'calling-customer': 'Wir verbinden Sie jetzt. Bitte bleiben Sie in der Leitung.',
  'callback-over': 'Dieser Rückruf ist nicht mehr nötig. Vielen Dank.',
  'customer-busy': 'Der Anschluss ist besetzt. Wir versuchen es in Kürze noch einmal.',
  'customer-no-answer': 'Es nimmt niemand ab. Wir versuchen es später noch einmal.',
  'customer-failed': 'Der Anruf ist nicht zustande gekommen. Bitte prüfen Sie die Rufnummer.',
  'ask-result':
    'Wie ist der Anruf ausgegangen? Gespräch geführt: drücken Sie die 1. ' +
    'Anrufbeantworter: drücken Sie die 2. Die richtige Person nicht erreicht: drücken Sie die 3.',
  'result-noted': 'Danke, das ist notiert. Auf Wiederhören.',
}

export type PhraseId = keyof typeof german

const english: Readonly<Record<PhraseId, string>> = {
  'this-language': 'For English, press 9.',
  'not-recorded': 'This call is not being recorded.',
  'recorded-if-allowed': 'This call will only be recorded if you expressly agree later on.',

  'calling-about': 'If you are calling about ticket',
  'about-press-1': 'press 1.',
  'about-press-2': 'press 2.',
  'about-press-3': 'press 3.',
  'other-matter': 'If it is about something else, press 0.',
  joined: 'Thank you. Your call has been added to that ticket.',

  'your-ticket': 'Your ticket number is',
  'once-more': 'Once again:',
  'hear-again': 'To hear it again, press 1.',

  'ask-severity':
    'If your business has come to a stop, press 1. If it is seriously hindered, press 2. ' +
    'For a minor fault or a question, press 3.',
  'severity-stopped': 'Registered as: business stopped.',
  'severity-hindered': 'Registered as: business seriously hindered.',
  'severity-minor': 'Registered as a minor fault or a question.',
  'severity-open': 'We have registered your report without a classification.',

  'cannot-ring-caller': 'We cannot call you back on the number you are calling from.',
  'ask-number': 'Please key in the number we can reach you on, with the area code, and then the hash key.',
  'number-missing': 'We did not receive a complete number.',
  'number-unusable': 'We are sorry, we cannot call that number.',
  'you-entered': 'You entered',
  'check-number': 'If that is correct, press 1. To key it in again, press 2.',
  'number-noted': 'Thank you. We have made a note of the number.',
  'number-stays': 'We will keep to the number we have.',
  'no-callback': 'Without a number that we can ring, we cannot call you back.',

  'ask-consent':
    'May we record the conversation, so that we can deal with your report accurately? ' +
    'If you agree, press 1. Otherwise nothing will be recorded.',
  'consent-given': 'Thank you. The conversation will be recorded.',
  'consent-refused': 'The conversation will not be recorded.',

  connecting: 'We are putting you through now.',
  'still-trying': 'Please bear with us for another moment.',
  'nobody-free': 'We are sorry, nobody is free at the moment.',
  'not-put-through': 'We are sorry, we cannot put you through on this number.',
  closed: 'You are calling outside our office hours.',

  'we-call-you': 'We will call you back',
  'on-the-number': 'on',
  'soon-instead': 'as soon as possible',
  overdue: 'Your callback is overdue, and we apologise for that.',
  'promise-keys': 'To confirm this, press 1. For a different number, press 2.',
  'message-key': 'To leave a message, press 3.',
  'your-report': 'We have your report. Please call us again and quote ticket number',
  'number-key': 'To give us a number after all, press 2.',

  'leave-message':
    'Your message will be recorded so that we can deal with your report. ' +
    'Please speak after the tone. To finish, press the hash key or hang up.',
  'message-taken': 'Thank you. Your message has been recorded.',
  'message-missing': 'We are sorry, we did not hear a message.',
  bye: 'Thank you for calling. Goodbye.',

  'agent-call': 'Support call.',
  'agent-callback': 'Callback.',
  'agent-other-language': 'The caller speaks German.',
  'agent-stopped': 'Business stopped.',
  'agent-hindered': 'Business seriously hindered.',
  'agent-minor': 'Minor fault or question.',
  'agent-open': 'Not classified yet.',
  'agent-ticket': 'Ticket',
  'agent-number': 'Phone number',
  'accept-keys': 'Press 1 to accept, or 2 to decline.',
  'callback-keys': 'Press 1 to be connected, or 2 to decline.',
  'caller-gone': 'The other side has hung up in the meantime. Thank you.',
  'calling-customer': 'We are connecting you now. Please hold the line.',
  'callback-over': 'This callback is no longer needed. Thank you.',
  'customer-busy': 'The line is engaged. We will try again shortly.',
  'customer-no-answer': 'There is no answer. We will try again later.',
  'customer-failed': 'The call could not be put through. Please check the number.',
  'ask-result':
    'How did the call go? If you had the conversation, press 1. For an answering machine, press 2. ' +
    'If the right person was not available, press 3.',
  'result-noted': 'Thank you, that has been noted. Goodbye.',
}

const phrases = { de: german, en: english }

/** Words that there is a recording of. */
export type Clip = Extract<Spoken, { readonly clip: string }>

/** A phrase as a piece of speech; its clip is "de/bye". */
export function phrase(language: Language, id: PhraseId): Clip {
  return { clip: `${language}/${id}`, text: phrases[language][id] }
}

/** What the caller hears the report was taken as. */
export function severityPhrase(language: Language, severity: Severity | null): Clip {
  return phrase(language, `severity-${severity ?? 'open'}`)
}

/** The verb's second half, which German keeps for the end: "Wir rufen Sie bis heute 15 Uhr 20 zurück." */
const back: Spoken = { clip: 'de/back', text: 'zurück.' }

/** "Wir rufen Sie bis heute 15 Uhr 20 unter der Nummer … zurück.", of the pieces that stand between. */
export function callbackSentence(language: Language, between: readonly Spoken[]): readonly Spoken[] {
  return [phrase(language, 'we-call-you'), ...between, ...(language === 'de' ? [back] : [])]
}

/** All phrases of a language, with their clips. */
export function allPhrases(language: Language): readonly Spoken[] {
  const ids = Object.keys(german) as PhraseId[]
  return [...ids.map(id => phrase(language, id)), ...(language === 'de' ? [back] : [])]
}
