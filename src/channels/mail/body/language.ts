import { eld } from 'eld/extrasmall'

/**
 * Whether a text is German or English, for the language of our answer. Short or foreign texts get null: the mailbox's
 * own language is a better guess than a detector's.
 */
const lettersNeeded = 20
/** Characters looked at: a detector needs no more, and history at the end may be in another language. */
const sampleLength = 1_500

/** 'de', 'en' or null. */
export function languageOf(text: string): string | null {
  const sample = text.slice(0, sampleLength).replace(/\S*(?:@|:\/\/)\S*/g, ' ')
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  if (letters < lettersNeeded) return null
  const { language, isReliable } = eld.detect(sample)
  return (language === 'de' || language === 'en') && isReliable() ? language : null
}
