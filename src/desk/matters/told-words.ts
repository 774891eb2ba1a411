import { channelWords } from '../channel.ts'
import type { ToldLine } from '../notice.ts'
import { oneLine } from '../plain-text.ts'
import type { Language } from '../ticket.ts'

/** "in person, recorded by Anna Fink", for letters to agents and for the history. */
export function toldWords({ channel, recorder, client }: ToldLine, language: Language): string {
  const way = channelWords(oneLine(channel), language)
  if (recorder !== '')
    return language === 'de'
      ? `${way}, aufgenommen von ${oneLine(recorder)}`
      : `${way}, recorded by ${oneLine(recorder)}`
  return client === '' ? way : `${way} (${oneLine(client)})`
}
