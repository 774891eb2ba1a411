import type { Voices } from './twiml.ts'

/**
 * Voices of Twilio's list (package 6.2.0) that speak our two languages. With a pair that does not fit a sentence fails
 * and the caller hears nothing, so that it is looked at before the first call. Hannah speaks Austrian German, and is
 * listed under another language.
 */
const speakers: Readonly<Record<keyof Voices, RegExp>> = {
  de: /^(?:Polly\.(?:Vicki|Daniel)-(?:Neural|Generative)|Polly\.(?:Vicki|Marlene|Hans)|Google\.de-DE-(?:Standard|Wavenet|Neural2)-[A-H]|Google\.de-DE-Chirp3-HD-(?:Aoede|Charon|Fenrir|Kore|Leda|Orus|Puck|Zephyr))$/,
  en: /^(?:Polly\.(?:Amy|Emma|Brian|Arthur)-Neural|Polly\.Amy-Generative|Polly\.(?:Amy|Emma|Brian)|Google\.en-GB-(?:Standard|Wavenet|Neural2)-[A-DFNO]|Google\.en-GB-Chirp3-HD-(?:Aoede|Charon|Fenrir|Kore|Leda|Orus|Puck|Zephyr))$/,
}

/** Twilio's oldest voices of their kind: what to go back to when a newer one is withdrawn. */
const basic: Readonly<Record<keyof Voices, string>> = { de: 'Polly.Vicki', en: 'Polly.Amy' }
const names: Readonly<Record<keyof Voices, string>> = { de: 'German', en: 'British English' }

/** A sentence for each voice that does not speak its language, with one that does; empty where all is well. */
export function voiceFaults(voices: Voices): string[] {
  return (['de', 'en'] as const)
    .filter(language => !speakers[language].test(voices[language]))
    .map(
      language =>
        `voices.${language} is "${voices[language]}", which is no voice of Twilio's for ${names[language]}; "${basic[language]}" is one.`,
    )
}
