import { own, type ReplyCase } from './reply-cases.ts'

/** Answers between and below quotes, forwards, and sentences that only look like history. */
export const specialReplyCases: readonly ReplyCase[] = [
  {
    name: 'answers between the quoted lines',
    text: 'Am 05.03.26 um 10:11 schrieb Support:\n> Haben Sie die Schrauben nachgezogen?\n\nJa, alle vier.\n\n> Steht der Tisch eben?\n\nNein.\n\nAnna',
    reply: 'Ja, alle vier.\n\nNein.\n\nAnna',
  },
  {
    name: 'an answer below the quote',
    text: 'On 05/03/2026 10:11, Support wrote:\n> Did you tighten the screws?\n\nYes, all of them.',
    reply: 'Yes, all of them.',
  },
  {
    name: 'an answer below, history without marks',
    text: 'On Thu, 5 Mar 2026 at 10:11, Support <support@example.com> wrote:\nDid you tighten the screws?\n\nYes.',
    reply: 'Did you tighten the screws?\n\nYes.',
  },
  {
    name: 'an answer above and one below',
    text: 'Vorab: danke!\n\nAm 05.03.26 um 10:11 schrieb Support:\n> Steht der Tisch eben?\n\nNein.',
    reply: 'Vorab: danke!\n\nNein.',
  },
  { name: 'a quote that is all there is', text: '> Guten Tag', reply: '> Guten Tag' },
  { name: 'an empty mail', text: '', reply: '' },
  { name: 'a first mail', text: own, reply: own },
  {
    name: 'a forward by Gmail',
    text: 'Bitte kümmern.\n\n---------- Forwarded message ---------\nVon: Bernd <bernd@example.com>\nDate: Do., 5. März 2026 um 10:11 Uhr\nSubject: Tisch\nTo: Anna <anna@example.com>\n\n> Zitat\nDer Tisch wackelt.\n-- \nBernd',
    reply:
      'Bitte kümmern.\n\n---------- Forwarded message ---------\nVon: Bernd <bernd@example.com>\nDate: Do., 5. März 2026 um 10:11 Uhr\nSubject: Tisch\nTo: Anna <anna@example.com>\n\n> Zitat\nDer Tisch wackelt.\n-- \nBernd',
    forwarded: true,
  },
  {
    name: 'a forward by Apple Mail',
    text: 'Siehe unten.\n\nAnfang der weitergeleiteten Nachricht:\n\n> Von: Bernd <bernd@example.com>\n> Betreff: Tisch\n> \n> Der Tisch wackelt.',
    reply:
      'Siehe unten.\n\nAnfang der weitergeleiteten Nachricht:\n\n> Von: Bernd <bernd@example.com>\n> Betreff: Tisch\n> \n> Der Tisch wackelt.',
    forwarded: true,
  },
  {
    name: 'a forward by Outlook',
    text: 'Zur Info.\n\nVon: Bernd <bernd@example.com>\nGesendet: Donnerstag, 5. März 2026 10:11\nAn: Anna\nBetreff: Tisch\n\nDer Tisch wackelt.',
    reply:
      'Zur Info.\n\nVon: Bernd <bernd@example.com>\nGesendet: Donnerstag, 5. März 2026 10:11\nAn: Anna\nBetreff: Tisch\n\nDer Tisch wackelt.',
    forwarded: true,
  },
  {
    name: 'a forward by Thunderbird without words of its own',
    text: '-------- Weitergeleitete Nachricht --------\nBetreff: Tisch\nDatum: Thu, 5 Mar 2026 10:11:12 +0100\nVon: Bernd <bernd@example.com>\nAn: anna@example.com\n\nDer Tisch wackelt.',
    reply:
      '-------- Weitergeleitete Nachricht --------\nBetreff: Tisch\nDatum: Thu, 5 Mar 2026 10:11:12 +0100\nVon: Bernd <bernd@example.com>\nAn: anna@example.com\n\nDer Tisch wackelt.',
    forwarded: true,
  },
  {
    name: 'a forward with quote marks',
    text: 'Zur Info\n\nBernd schrieb am 05.03.2026 10:11:\n> Der Tisch wackelt.',
    reply: 'Zur Info\n\nBernd schrieb am 05.03.2026 10:11:\n> Der Tisch wackelt.',
    forwarded: true,
  },
  {
    name: 'a sentence that looks like an attribution',
    text: 'Am Montag habe ich an support@example.com geschrieben:\n\nMein Tisch wackelt, und niemand hat geantwortet.',
    reply:
      'Am Montag habe ich an support@example.com geschrieben:\n\nMein Tisch wackelt, und niemand hat geantwortet.',
  },
  {
    name: 'a sentence about what somebody wrote',
    text: 'Am 5.3. schrieb mir Ihr Kollege Folgendes:\n\nDie Ware ist unterwegs.\n\nSie ist nicht da.',
    reply: 'Am 5.3. schrieb mir Ihr Kollege Folgendes:\n\nDie Ware ist unterwegs.\n\nSie ist nicht da.',
  },
  {
    name: 'a delivery from and to',
    text: 'Bitte um Abholung.\n\nVon: Hamburg\nAn: Berlin\nGewicht: 40 kg',
    reply: 'Bitte um Abholung.\n\nVon: Hamburg\nAn: Berlin\nGewicht: 40 kg',
  },
  {
    name: 'a contact form',
    text: 'Von: Anna Muster <anna@example.com>\nBetreff: Tisch\n\nNachrichtentext:\nDer Tisch wackelt.',
    reply: 'Von: Anna Muster <anna@example.com>\nBetreff: Tisch\n\nNachrichtentext:\nDer Tisch wackelt.',
  },
  {
    name: 'a sentence about a phone',
    text: 'Hallo\n\nVon meinem iPhone aus geht die Anmeldung nicht.',
    reply: 'Hallo\n\nVon meinem iPhone aus geht die Anmeldung nicht.',
  },
  {
    name: 'a sentence about what was sent',
    text: 'Gesendet mit DHL am 5. März, aber das Paket mit meinem neuen Handy ist bis heute leider noch nicht angekommen.',
    reply:
      'Gesendet mit DHL am 5. März, aber das Paket mit meinem neuen Handy ist bis heute leider noch nicht angekommen.',
  },
  {
    name: 'dashes as a divider in a long text',
    text: `Teil eins\n--\n${Array.from({ length: 20 }, (_, i) => `Zeile ${i}`).join('\n')}`,
    reply: `Teil eins\n--\n${Array.from({ length: 20 }, (_, i) => `Zeile ${i}`).join('\n')}`,
  },
  {
    name: 'the status code of a delivery report, which begins like a date',
    text: '<jo@example.org>: host mx.example.org said: 450\n    4.1.1 <jo@example.org>: Recipient address rejected: User unknown in\n    virtual alias table',
    reply:
      '<jo@example.org>: host mx.example.org said: 450\n    4.1.1 <jo@example.org>: Recipient address rejected: User unknown in\n    virtual alias table',
  },
  {
    name: 'the sentence before a wrapped attribution',
    text: 'Danke!\nAm 5. März 2026 um 10:11 schrieb Support Team\n<support@example.com>:\n> Hallo',
    reply: 'Danke!',
  },
]
