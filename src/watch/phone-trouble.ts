import type { Trouble } from './trouble.ts'

/** What keeps the promises that are made on the telephone from being kept. */

/**
 * Wrong token, wrong public address, or somebody who tries. Never a reason to call the gateway unready: whoever can
 * reach it could switch it off so.
 */
export function signaturesRefused(count: number, minutes: number): Trouble {
  return {
    key: 'signatures-refused',
    kind: 'signatures-refused',
    says: {
      en: `${count} telephone requests with a bad signature in ${minutes} minutes; check phone.publicUrl and the provider's token`,
      de: `In ${minutes} Minuten wurden ${count} Telefonanfragen mit falscher Signatur abgewiesen. Bitte prüfen Sie phone.publicUrl und das Token des Anbieters.`,
    },
  }
}

export function spoolWaits(count: number): Trouble {
  return {
    key: 'spool-waits',
    kind: 'spool-waits',
    says: {
      en: `${count} telephone requests wait to be taken in; their callers heard an apology`,
      de: `${count} Telefonanfragen warten auf die Verarbeitung; die Anrufer haben eine Entschuldigung gehört.`,
    },
  }
}

/** Nothing is lost: they are on the disk. Whether one of them was a customer only a human can tell. */
export function requestsRejected(count: number): Trouble {
  return {
    key: 'requests-rejected',
    kind: 'requests-rejected',
    says: {
      en: `${count} telephone requests could not be taken in; look at phone-spool/*.rejected.jsonl in the data folder, then remove the files`,
      de: `${count} Telefonanfragen ließen sich nicht verarbeiten. Bitte sehen Sie phone-spool/*.rejected.jsonl im Datenordner durch und entfernen Sie die Dateien dann.`,
    },
  }
}

/** Callers hear sentences with holes in them. */
export function clipsMissing(count: number): Trouble {
  return {
    key: 'clips-missing',
    kind: 'clips-missing',
    says: {
      en: `${count} recordings that callers need cannot be played; "gateway phone clips" lists them`,
      de: `${count} Ansagen, die Anrufer brauchen, lassen sich nicht abspielen; „gateway phone clips“ zeigt sie.`,
    },
  }
}

/** `provider` is its key in the configuration. */
export function providerAway(provider: string): Trouble {
  return {
    key: `provider-away ${provider}`,
    kind: 'provider-away',
    says: {
      en: `provider ${provider} places no calls; agents dial by hand`,
      de: `Der Telefonanbieter „${provider}“ stellt keine Gespräche her. Rückrufe werden von Hand gewählt.`,
    },
  }
}

/** The agents have been told, each; this is for whoever answers for the promise. */
export function callbacksOverdue(count: number): Trouble {
  return {
    key: 'callbacks-overdue',
    kind: 'callbacks-overdue',
    says: {
      en: `${count} promised calls are overdue; "gateway callbacks" lists them`,
      de: `${count} zugesagte Rückrufe sind überfällig; „gateway callbacks“ zeigt sie.`,
    },
  }
}

export const callbacksAsleep: Trouble = {
  key: 'callbacks-asleep',
  kind: 'callbacks-asleep',
  says: {
    en: 'promised calls are not being watched: nobody would be reminded of them; "gateway callbacks" lists them',
    de: 'Zugesagte Rückrufe werden nicht überwacht: Niemand würde an sie erinnert. „gateway callbacks“ zeigt sie.',
  },
}

export function recordingsLate(count: number): Trouble {
  return {
    key: 'recordings-late',
    kind: 'recordings-late',
    says: {
      en: `${count} spoken messages could not be fetched from the provider for more than an hour`,
      de: `${count} Nachrichten auf Band konnten seit über einer Stunde nicht vom Anbieter abgeholt werden.`,
    },
  }
}

export function textsFailed(count: number): Trouble {
  return {
    key: 'texts-failed',
    kind: 'texts-failed',
    says: {
      en: `${count} text messages were given up in the last 24 hours`,
      de: `${count} SMS konnten in den letzten 24 Stunden nicht zugestellt werden.`,
    },
  }
}
