import { documentingCommands } from './documenting-commands.ts'
import { feedbackCommands } from './feedback/feedback-commands.ts'
import { procedureCommands } from './procedures/procedure-commands.ts'
import { routingCommands } from './routing-commands.ts'
import type { Language } from './ticket.ts'
import { vendorCommands } from './vendor/vendor-commands.ts'

/**
 * The commands that an agent may write at the top of a reply, in one table: what is read, what is explained and what
 * the help shows all come from here. Words are matched without regard to case and umlauts ("übernehmen" is
 * "uebernehmen"); each command may be written in either language, whatever the agent's own is.
 */
export interface CommandEntry {
  readonly words: Readonly<Record<Language, readonly string[]>>
  readonly argument: 'none' | 'optional' | 'needed'
  /** What follows the word, as the help shows it. */
  readonly form: Readonly<Record<Language, string>>
  /** One line of help. */
  readonly does: Readonly<Record<Language, string>>
  /** Of commands that exclude each other one may stand in a mail: they would leave open which one counts. */
  readonly excludes?: 'end' | 'owner' | 'verdict' | 'reader'
  /** The text below goes to nobody outside. */
  readonly keepsInside?: true
  /** May stand in a mail more than once. */
  readonly repeats?: true
  /** Its text goes on in the lines below, up to an empty one: mail programs break long lines. */
  readonly goesOn?: true
  /** Its text leaves the house, now or at the end: nothing internal may be in it. */
  readonly reachesCustomer?: true
}

export const commandTable = {
  close: {
    words: { de: ['erledigt', 'schließen', 'geschlossen'], en: ['close', 'closed', 'done'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: { de: 'schließt das Ticket', en: 'closes the ticket' },
    excludes: 'end',
  },
  wait: {
    words: { de: ['warten'], en: ['wait'] },
    argument: 'needed',
    form: { de: '2 Tage', en: '2 days' },
    does: {
      de: 'wartet auf den Kunden: 3h, 2d oder 2 Tage, 1 Woche',
      en: 'waits for the customer: 3h, 2d or 2 days, 1 week',
    },
    excludes: 'end',
  },
  note: {
    words: { de: ['intern', 'notiz'], en: ['note', 'internal'] },
    argument: 'optional',
    form: { de: '[text]', en: '[text]' },
    does: {
      de: 'behält den Text im Ticket; der Kunde erhält ihn nicht',
      en: 'keeps the text in the ticket; the customer does not receive it',
    },
    keepsInside: true,
  },
  take: {
    words: { de: ['übernehmen', 'übernehme'], en: ['take'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: { de: 'macht Sie für das Ticket zuständig', en: 'makes the ticket yours' },
    excludes: 'owner',
  },
  assign: {
    words: { de: ['zuweisen'], en: ['assign'] },
    argument: 'needed',
    form: { de: 'name', en: 'name' },
    does: {
      de: 'gibt das Ticket an eine Kollegin oder einen Kollegen (Name, Kürzel oder Adresse)',
      en: 'gives the ticket to a colleague (name, key or address)',
    },
    excludes: 'owner',
  },
  escalate: {
    words: { de: ['eskalieren', 'eskalation'], en: ['escalate'] },
    argument: 'needed',
    form: { de: '[stufe] grund', en: '[level] reason' },
    does: {
      de: 'hebt das Ticket auf die nächste oder die genannte Stufe',
      en: 'raises the ticket to the next level, or to the one named',
    },
  },
  severity: {
    words: { de: ['schwere'], en: ['severity'] },
    argument: 'needed',
    form: { de: 'betriebsverhindernd | betriebsbehindernd | gering', en: 'stopped | hindered | minor' },
    does: { de: 'legt fest, wie schwer die Störung ist', en: 'sets how serious the fault is' },
  },
  ...documentingCommands,
  callback: {
    words: { de: ['rückruf'], en: ['callback'] },
    argument: 'needed',
    form: { de: '+49 40 123456 14:30', en: '+44 20 7946 0123 14:30' },
    does: {
      de: 'vermerkt einen Rückruf und sagt ihn zu, wo es eine Hotline gibt; die Zeit darf fehlen, „morgen 9:00“ oder „24.12. 9:00“ geht auch',
      en: 'notes a callback, and promises it where there is a hotline; the time may be left out, “tomorrow 9:00” or “24/12 9:00” work too',
    },
  },
  called: {
    words: { de: ['angerufen', 'telefoniert'], en: ['called', 'phoned'] },
    argument: 'optional',
    form: { de: '[text]', en: '[text]' },
    does: {
      de: 'vermerkt, dass mit dem Kunden gesprochen wurde; ein zugesagter Rückruf ist damit erledigt',
      en: 'notes that you have spoken to the customer; a promised callback is done with it',
    },
  },
  address: {
    words: { de: ['adresse', 'mailadresse'], en: ['address', 'email'] },
    argument: 'needed',
    form: { de: 'kunde@example.com', en: 'customer@example.com' },
    does: {
      de: 'trägt die E-Mail-Adresse des Kunden ein, wo noch keine bekannt ist; der Text darunter geht dann dorthin',
      en: 'enters the customer’s address where none is known yet; the text below then goes there',
    },
  },
  merge: {
    words: { de: ['zusammenführen'], en: ['merge'] },
    argument: 'needed',
    form: { de: 'nummer', en: 'number' },
    does: {
      de: 'führt dieses Ticket mit dem genannten zusammen, das weiterläuft',
      en: 'merges this ticket into the one named, which goes on',
    },
    excludes: 'end',
  },
  spam: {
    words: { de: ['gesperrt', 'sperren'], en: ['spam', 'block'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: {
      de: 'schließt das Ticket als Spam; der Absender erhält keine automatische Post mehr',
      en: 'closes the ticket as spam; the sender gets no more automatic mail',
    },
    excludes: 'end',
    keepsInside: true,
  },
  ...routingCommands,
  ...procedureCommands,
  ...vendorCommands,
  ...feedbackCommands,
  why: {
    words: { de: ['warum'], en: ['why'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: {
      de: 'schickt Ihnen, was zu diesem Ticket warum entschieden wurde',
      en: 'sends you what was decided about this ticket, and why',
    },
    keepsInside: true,
  },
  help: {
    words: { de: ['hilfe'], en: ['help'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: { de: 'schickt Ihnen diese Übersicht', en: 'sends you this overview' },
    keepsInside: true,
  },
  send: {
    words: { de: ['senden'], en: ['send'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: {
      de: 'schickt die Antwort ab, die zur Rückfrage zurückgehalten wurde',
      en: 'sends the answer that was held back with a question',
    },
  },
} satisfies Record<string, CommandEntry>

export type CommandName = keyof typeof commandTable

export const commandNames = Object.keys(commandTable) as readonly CommandName[]

export function commandEntry(name: CommandName): CommandEntry {
  return commandTable[name]
}

/** A line of help: "#warten 2 Tage" with what it does. */
export interface HelpLine {
  readonly usage: string
  readonly does: string
}

/** The command as an agent types it: "#eskalieren 3". */
export function commandLine(name: CommandName, language: Language, argument = ''): string {
  return `#${commandEntry(name).words[language][0]} ${argument}`.trim()
}

export function helpLine(name: CommandName, language: Language): HelpLine {
  const { form, does } = commandEntry(name)
  return { usage: commandLine(name, language, form[language]), does: does[language] }
}

/** The word as it is compared: without case, accents and the ways to write an umlaut. */
export function folded(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, letter => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
}

const byWord = new Map(
  commandNames.flatMap(name => {
    const { de, en } = commandEntry(name).words
    return [...de, ...en].map(word => [folded(word), name] as const)
  }),
)

export function commandNamed(word: string): CommandName | undefined {
  return byWord.get(folded(word))
}

/**
 * A line as the agent typed it: mail programs add no-break spaces, invisible characters and, where it was set in bold,
 * asterisks. "# intern" with a space is a command where the word is one; "# Steps" is a heading for the customer.
 */
export function commandText(line: string): string {
  const bare = line
    .normalize('NFC')
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .replace(/[\u00A0\u202F]/g, ' ')
    .trim()
  const plain = bare.replace(/^([*_]{1,3})(?=\s?[#＃])(.*)$/su, (_, mark: string, text: string) =>
    text.replace(mark, ''),
  )
  const spaced = /^[#＃]\s{1,3}(\p{L}[\p{L}\p{M}]{0,30})/u.exec(plain.trim())
  const text = plain.trim().replace(/^＃/, '#')
  return spaced && commandNamed(spaced[1] ?? '') ? text.replace(/^#\s+/, '#') : text
}
