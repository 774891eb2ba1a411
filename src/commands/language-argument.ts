import type { Language } from '../desk/ticket.ts'
import { CommandFailed } from './answer.ts'

/** "de" or "en", or `otherwise` where none was given. Throws CommandFailed for another word. */
export function languageIn(argument: string | undefined, otherwise: string): Language {
  if (argument === undefined) return otherwise === 'en' ? 'en' : 'de'
  if (argument !== 'de' && argument !== 'en')
    throw new CommandFailed(`"${argument}" is no language of ours; use de or en.`)
  return argument
}
