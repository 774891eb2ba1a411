import type { CommandEntry } from '../command-words.ts'
import { longestWords } from './vote.ts'

/** The command by which agents propose something; part of the table in command-words.ts. */
export const feedbackCommands = {
  suggestion: {
    words: { de: ['vorschlag', 'idee'], en: ['suggestion', 'idea'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: {
      de: 'hält einen Vorschlag fest, was sich besser machen lässt; nichts von dieser E-Mail erhält der Kunde',
      en: 'records a suggestion for what could be done better; the customer receives nothing of this email',
    },
    // A second paragraph of the suggestion must not reach the customer as an answer.
    ...{ repeats: true, goesOn: true, keepsInside: true },
  },
} satisfies Record<string, CommandEntry>

export interface FeedbackCommand {
  readonly name: 'suggestion'
  readonly text: string
}

export function isFeedbackCommand(name: string): name is FeedbackCommand['name'] {
  return Object.hasOwn(feedbackCommands, name)
}

export function readFeedbackCommand(
  name: FeedbackCommand['name'],
  text: string,
): { readonly value: FeedbackCommand } {
  return { value: { name, text: text.slice(0, longestWords).toWellFormed() } }
}
