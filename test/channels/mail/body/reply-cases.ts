/** Replies as mail clients write them: what the sender newly wrote must come out, and nothing of the history. */
export interface ReplyCase {
  readonly name: string
  readonly text: string
  readonly reply: string
  readonly forwarded?: boolean
}

export const own = 'Hallo,\n\nder Tisch wackelt noch immer.\n\nMit freundlichen Grüßen\nAnna Muster'
const ownEnglish = 'Hello,\n\nthe table still wobbles.\n\nKind regards\nAnna Smith'

export function below(name: string, history: string, text = own): ReplyCase {
  return { name, text: `${text}\n\n${history}`, reply: text }
}

export const replyCases: readonly ReplyCase[] = [
  below(
    'Gmail, German',
    'Am Do., 5. März 2026 um 10:11 Uhr schrieb Support <support@example.com>:\n\n> Guten Tag\n> haben Sie die Schrauben nachgezogen?',
  ),
  below(
    'Gmail, English',
    'On Thu, Mar 5, 2026 at 10:11 AM Support <support@example.com> wrote:\n\n> Hello\n> did you tighten the screws?',
    ownEnglish,
  ),
  below(
    'Gmail, English, wrapped',
    'On Thu, Mar 5, 2026 at 10:11 AM Support Team of the Example Company\n<support@example.com> wrote:\n\n> Hello',
    ownEnglish,
  ),
  below('Thunderbird, German', 'Am 05.03.26 um 10:11 schrieb Support:\n> Guten Tag\n>\n> -- \n> Ihr Support'),
  below('Thunderbird, English', 'On 05/03/2026 10:11, Support wrote:\n> Hello', ownEnglish),
  below(
    'Apple Mail, German',
    '> Am 05.03.2026 um 10:11 schrieb Support <support@example.com>:\n> \n> Guten Tag',
  ),
  below(
    'Apple Mail, English',
    '> On 5 Mar 2026, at 10:11, Support <support@example.com> wrote:\n> \n> Hello',
    ownEnglish,
  ),
  below(
    'iPhone, German',
    'Von meinem iPhone gesendet\n\n> Am 05.03.2026 um 10:11 schrieb Support <support@example.com>:\n> \n> ﻿Guten Tag',
  ),
  below(
    'iPhone, English',
    'Sent from my iPhone\n\n> On 5 Mar 2026, at 10:11, Support <support@example.com> wrote:\n> \n> ﻿Hello',
    ownEnglish,
  ),
  below(
    'Outlook, German',
    '________________________________\nVon: Support <support@example.com>\nGesendet: Donnerstag, 5. März 2026 10:11\nAn: Anna Muster <anna@example.com>\nBetreff: AW: Tisch\n\nGuten Tag,\n\nhaben Sie die Schrauben nachgezogen?',
  ),
  below(
    'Outlook, English',
    'From: Support <support@example.com>\nSent: 05 March 2026 10:11\nTo: Anna Smith <anna@example.com>\nSubject: RE: Table\n\nHello,\n\ndid you tighten the screws?',
    ownEnglish,
  ),
  below(
    'Outlook with bold marks',
    '*Von:* Support <support@example.com>\n*Gesendet:* Donnerstag, 5. März 2026 10:11\n*An:* Anna Muster\n*Cc:* Bernd\n*Betreff:* AW: Tisch\n\nGuten Tag',
  ),
  below(
    'Outlook 2003, German',
    '-----Ursprüngliche Nachricht-----\nVon: Support [mailto:support@example.com]\nGesendet: Donnerstag, 5. März 2026 10:11\nAn: Anna\nBetreff: AW: Tisch\n\nGuten Tag',
  ),
  below(
    'Outlook 2003, English',
    '-----Original Message-----\nFrom: Support [mailto:support@example.com]\nSent: 05 March 2026 10:11\nTo: Anna\nSubject: RE: Table\n\nHello',
    ownEnglish,
  ),
  below(
    'Outlook for iOS, German',
    'Gesendet von Outlook für iOS<https://aka.ms/o0ukef>\n________________________________\nVon: Support <support@example.com>\nGesendet: Thursday, March 5, 2026 10:11:12 AM\nAn: Anna\nBetreff: AW: Tisch\n\nGuten Tag',
  ),
  below(
    'Outlook for Android, English',
    'Get Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Support <support@example.com>\nSent: Thursday, March 5, 2026 10:11:12 AM\nTo: Anna\nSubject: RE: Table\n\nHello',
    ownEnglish,
  ),
  below(
    'Outlook, recipients over two lines',
    'Von: Support <support@example.com>\nGesendet: Donnerstag, 5. März 2026 10:11\nAn: Anna Muster <anna@example.com>;\n Bernd Beispiel <bernd@example.com>\nBetreff: AW: Tisch\n\nGuten Tag',
  ),
  below(
    'GMX, German',
    'Gesendet: Donnerstag, 05. März 2026 um 10:11 Uhr\nVon: "Support" <support@example.com>\nAn: anna@example.com\nBetreff: Re: Tisch\n\nGuten Tag',
  ),
  below(
    'GMX, English',
    'Sent: Thursday, March 05, 2026 at 10:11 AM\nFrom: "Support" <support@example.com>\nTo: anna@example.com\nSubject: Re: Table\n\nHello',
    ownEnglish,
  ),
  below(
    'GMX app',
    '--\nDiese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.\n\nAm 05.03.26, 10:11 schrieb Support <support@example.com>:\n\n> Guten Tag',
  ),
  below(
    'T-Online',
    '-----Original-Nachricht-----\nBetreff: AW: Tisch\nDatum: 2026-03-05T10:11:12+0100\nVon: "Support" <support@example.com>\nAn: "anna@example.com" <anna@example.com>\n\nGuten Tag',
  ),
  below(
    'Samsung, German',
    'Von meinem Samsung Galaxy Smartphone gesendet.\n\n-------- Ursprüngliche Nachricht --------\nVon: Support <support@example.com>\nDatum: 05.03.26 10:11 (GMT+01:00)\nAn: Anna <anna@example.com>\nBetreff: AW: Tisch\n\nGuten Tag',
  ),
  below(
    'Samsung, English',
    'Sent from my Galaxy\n\n-------- Original message --------\nFrom: Support <support@example.com>\nDate: 05/03/2026 10:11 (GMT+00:00)\nTo: Anna <anna@example.com>\nSubject: RE: Table\n\nHello',
    ownEnglish,
  ),
  below(
    'Lotus Notes, German',
    'Von:\tSupport <support@example.com>\nAn:\tAnna Muster <anna@example.com>\nDatum:\t05.03.2026 10:11\nBetreff:\tAW: Tisch\n\n\n\nGuten Tag',
  ),
  below(
    'Lotus Notes, one line',
    '"Support" <support@example.com> schrieb am 05.03.2026 10:11:12:\n\n> Von: "Support"\n> Guten Tag',
  ),
  below(
    'Lotus Notes, English',
    'Support <support@example.com> wrote on 05/03/2026 10:11:12 AM:\n\n> Hello',
    ownEnglish,
  ),
  below(
    'Yahoo, German',
    'Am Donnerstag, 5. März 2026 um 10:11:12 MEZ hat Support <support@example.com> Folgendes geschrieben:\n\nGuten Tag',
  ),
  below(
    'Yahoo on Android',
    'Gesendet von Yahoo Mail auf Android\n\n  Am Do., März 5, 2026 um 10:11 schrieb Support<support@example.com>:   Guten Tag',
  ),
  below(
    'Yahoo, English',
    'On Thursday, 5 March 2026 at 10:11:12 GMT, Support <support@example.com> wrote:\n\nHello',
    ownEnglish,
  ),
  below(
    'Proton Mail',
    'Sent with Proton Mail secure email.\n\nOn Thursday, March 5th, 2026 at 10:11, Support <support@example.com> wrote:\n\n> Hello',
    ownEnglish,
  ),
  below(
    'Proton Mail, older',
    '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Thursday, March 5, 2026 10:11 AM, Support <support@example.com> wrote:\n\n> Hello',
    ownEnglish,
  ),
  below(
    'Zoho',
    '---- On Thu, 05 Mar 2026 10:11:12 +0100 Support <support@example.com> wrote ----\n\nHello',
    ownEnglish,
  ),
  below('Horde', 'Zitat von Support <support@example.com>:\n\n> Guten Tag'),
  below('Roundcube', 'Am 2026-03-05 10:11, schrieb Support:\n> Guten Tag'),
  below('K-9', '-- \nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.'),
  below(
    'Windows Mail',
    'Gesendet von Mail für Windows\n\nVon: Support\nGesendet: Donnerstag, 5. März 2026 10:11\nAn: Anna\nBetreff: AW: Tisch\n\nGuten Tag',
  ),
  below(
    'our own line, German',
    '----- Bitte antworten Sie oberhalb dieser Linie -----\n\nIhre Anfrage wurde aufgenommen.',
  ),
  below(
    'our own line, English',
    '##- Please type your reply above this line -##\n\nWe received your request.',
    ownEnglish,
  ),
  below(
    'a history in which history is forwarded',
    'Am 05.03.26 um 10:11 schrieb Support:\n> ---------- Forwarded message ---------\n> From: x',
  ),
  below(
    'a signature before the history',
    '-- \nAnna Muster\nBeispielstraße 1\n\nAm 05.03.26 um 10:11 schrieb Support:\n> Guten Tag',
  ),
  below('a signature and nothing else', '-- \nAnna Muster\nBeispielstraße 1\n12345 Beispielstadt'),
]
