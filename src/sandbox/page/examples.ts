import type { Account } from '../accounts.ts'
import type { Sandbox } from '../sandbox.ts'

/** A mail as a customer might write it, so that one click is enough to see something happen. */
export interface Example {
  readonly subject: string
  readonly text: string
  /** The mailbox it is for; left out: the desk's first. */
  readonly to?: string
}

const german: readonly Example[] = [
  {
    subject: 'Rechnungsexport bricht seit dem Update ab',
    text: `Guten Tag,

seit dem Update von gestern bricht der Rechnungsexport bei etwa jedem zweiten Beleg ab. Es erscheint kurz „Fehler 217“, danach ist die Datei leer.

Wir müssen heute Abend an unsere Steuerberatung liefern. Dürfen wir solange auf die alte Version zurück?

Mit freundlichen Grüßen
Petra Lindner`,
  },
  {
    subject: 'Neue Kollegin braucht einen Zugang',
    text: `Hallo liebes Support-Team,

zum Monatsanfang kommt Aylin Demir zu uns in die Disposition. Könnten Sie ihr bitte dieselben Rechte einrichten wie mir? Ihre Adresse reiche ich nach.

Vielen Dank und schöne Grüße
Petra Lindner`,
  },
  {
    subject: 'Umlaute fehlen auf den Lieferscheinen',
    text: `Guten Tag,

auf unseren Lieferscheinen steht statt „Größe“ seit heute „Gr??e“. Betroffen sind nur die Drucker im Lager, am Bildschirm sieht alles richtig aus.

Freundliche Grüße
Petra Lindner`,
  },
]

const english: readonly Example[] = [
  {
    subject: 'Nobody in our Leeds office can sign in',
    text: `Good morning,

since about half past eight nobody in our Leeds office has been able to sign in. The page loads, takes the password and then goes back to the start without a word. London is fine.

There are fourteen of us waiting, so anything you can tell us would help.

Kind regards
James Whitfield`,
  },
  {
    subject: 'Which invoice is the right one?',
    text: `Hello,

we have received two invoices for October, both with the number 2290 but with different totals. Could you let me know which one we should pay?

Many thanks
James Whitfield`,
  },
  {
    subject: 'Moving our archive to the new server',
    text: `Dear all,

we should like to move eight years of archived orders to the new server over a weekend. Is there anything we ought to switch off first, and roughly how long does it take?

Best wishes
James Whitfield`,
  },
]

/**
 * The `n`th example of a person, beginning again after the last. Who is none of the desk's customers writes what another
 * of them might write in that language.
 */
export function exampleFor(
  { address, language }: Account,
  n: number,
  { customers }: Pick<Sandbox, 'customers'>,
): Example {
  const own = customers.find(one => one.address === address)
  const others = customers.filter(one => one.language === language)
  const builtIn = language === 'de' ? german : english
  const examples = own?.mails ?? (customers.length > 0 ? others.flatMap(({ mails }) => mails) : builtIn)
  return examples[n % examples.length] ?? { subject: '', text: '' }
}
