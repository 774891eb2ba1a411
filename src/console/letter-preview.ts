import type { Language } from '../desk/ticket.ts'

/** Letters as they would read now, without sending any: for whoever edits their wording. */
export interface LetterPreview {
  /** Names of all letters. */
  readonly kinds: readonly string[]
  render(wish: PreviewWish): Promise<PreviewedLetter>
}

export interface PreviewWish {
  readonly kind: string
  /** Left out: the language in which the ticket's letter was written. */
  readonly language?: Language | undefined
  /** Left out: example data. */
  readonly ticketNumber?: string | undefined
}

export type PreviewedLetter =
  | {
      readonly ok: true
      readonly subject: string
      readonly text: string
      readonly html: string
      /** Whose data it shows, in a sentence. */
      readonly shows: string
      /** An edited file cannot be used, so this is the former wording; '' where all files are in force. */
      readonly broken: string
    }
  | { readonly ok: false; readonly because: string }
