import { displayNumber } from '../../desk/phone/numbers.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Handset } from '../handset.ts'

/** What a telephone on the page shows, in words. */

/** A number as people read it here; what networks send for a withheld one is said. */
export function numberWords(number: string, language: Language = 'de'): string {
  return /^\+\d+$/.test(number) ? displayNumber(number, language) : 'a withheld number'
}

export function handsetWords(handset: Handset): { readonly display: string; readonly hint: string } {
  const other = numberWords(handset.other())
  switch (handset.state()) {
    case 'idle':
      return { display: 'On the hook', hint: handset.call() === 0 ? '' : 'The call is over.' }
    case 'dialling':
      return { display: `Calling ${other} …`, hint: 'It rings at the other end.' }
    case 'ringing':
      return { display: `Ringing: ${other}`, hint: 'Answer it, or decline.' }
    case 'joined':
      return { display: `Talking, ${other}`, hint: 'You are put through. Say something.' }
    case 'open':
      return { display: `Connected, ${other}`, hint: wantedWords[handset.wanted() ?? 'nothing'] }
  }
}

const wantedWords = {
  keys: 'You can press a key now.',
  'keys-or-words': 'Press a key or say something.',
  message: 'You are recorded: say something, then press # or hang up.',
  nothing: 'Listen.',
} as const
