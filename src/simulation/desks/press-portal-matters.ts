import type { DeskDay } from './desk-day.ts'
import { portal, portalCustomers } from './press-portal-people.ts'

/** The three procedures of the press portal: P5 to P8. */

/** Escalated only when everything is known, and solved as the head of technology says. */
export async function aTechnicalProblem(day: DeskDay): Promise<string> {
  const { until, say, answer } = day
  const { carolin } = portalCustomers
  await until('10:40')
  const { ticketNumber = '' } = await day.mail(
    carolin,
    portal.support,
    say(
      'PR-Gateway: Fehlermeldung beim Bild hochladen',
      'PR-Gateway: error message when uploading a picture',
    ),
    say(
      'Guten Tag,\n\nbeim Bild hochladen in PR-Gateway kommt eine Fehlermeldung, und die Mitteilung lässt sich nicht senden. Ich habe Windows 11 und Firefox 131.\n\nMit freundlichen Grüßen\nCarolin Eckert\nTelefon 0171 3920051',
      'Hello,\n\nwhen uploading a picture in PR-Gateway there is an error message, and the release cannot be sent. I have Windows 11 and Firefox 131.\n\nKind regards\nCarolin Eckert\nPhone +49 171 3920051',
    ),
  )
  const agent = await whoHas(day, ticketNumber)
  const notice = { kind: 'agent-notice', about: ticketNumber }
  await until('10:50')
  await answer(agent, say('#eskalieren Upload geht nicht', '#escalate Upload does not work'), notice)
  await until('11:00')
  await day.answerAs(
    carolin,
    say(
      'Guten Tag,\n\nInternetverbindung: Glasfaser. Ich habe die Mitteilung geöffnet, auf „Bild hinzufügen“ geklickt und die Datei gewählt; danach kam „Fehler 413“. Das Bild: JPG, 8 MB, 4000 x 3000. Ich bin erreichbar bis 16 Uhr. Es ist ein SHOW-STOPPER und passiert zum ersten Mal.',
      'Hello,\n\nInternet connection: fibre. I opened the release, clicked "Add picture" and chose the file; then "error 413" appeared. The picture: JPG, 8 MB, 4000 x 3000. I am available until 4 pm. It is a SHOW-STOPPER and happens for the first time.',
    ),
    'auto-reply',
  )
  await until('11:10')
  await answer(
    agent,
    say(
      '#schritt walk-through am Telefon durchgespielt, Fehler besteht\n#eskalieren Upload bricht bei großen Bildern ab',
      '#step walk-through gone through on the telephone, the error persists\n#escalate Uploading breaks off with large pictures',
    ),
    notice,
  )
  await until('11:20')
  await answer('philine', say('#übernehme', '#take'), { kind: 'escalation', about: ticketNumber })
  await answer(
    'philine',
    say(
      '#genehmigt Grenze auf 20 MB anheben\n#stand Wir haben die Ursache gefunden. | Bis heute Nachmittag heben wir die Grenze für Bilder an.',
      '#approve Raise the limit to 20 MB\n#status We have found the cause. | By this afternoon we will raise the limit for pictures.',
    ),
    { kind: 'procedure-task', about: ticketNumber },
  )
  await until('11:45')
  await answer(
    'philine',
    say(
      '#ursache Größe von Bildern war auf 5 MB begrenzt\n#ergebnis Bilder bis 20 MB lassen sich jetzt hochladen.\n#erledigt',
      '#cause The size of pictures was limited to 5 MB\n#result Pictures of up to 20 MB can be uploaded now.\n#close',
    ),
  )
  return ticketNumber
}

/** Reason, extent, agreement, an exception from the prepayment that only the deciders may allow, the order, accounting. */
export async function aDeletion(day: DeskDay): Promise<string> {
  const { until, say, answer } = day
  const { uwe } = portalCustomers
  await until('11:50')
  const { ticketNumber = '' } = await day.mail(
    uwe,
    portal.support,
    say('Löschung unserer Pressemitteilung', 'Deletion of our press release'),
    say(
      'Guten Tag,\n\nbitte löschen Sie unsere Mitteilung zur Herbstaktion.\n\nMit freundlichen Grüßen\nUwe Sommerfeld',
      'Hello,\n\nplease delete our release about the autumn offer.\n\nKind regards\nUwe Sommerfeld',
    ),
  )
  await until('12:00')
  await day.answerAs(
    uwe,
    say(
      'Die Preise darin gelten nicht mehr. Eine Berichtigung genügt nicht.',
      'The prices in it are no longer valid. A correction is not enough.',
    ),
    'procedure-letter',
  )
  await until('12:10')
  await day.answerAs(
    uwe,
    say(
      'Bekannt ist uns https://presse.example.org/herbstaktion, auch mit dem Bild.',
      'We know of https://presse.example.org/herbstaktion, with the picture.',
    ),
    'procedure-letter',
  )
  await until('12:20')
  await answer(
    'nils',
    say('#angerufen\n#schritt agreed am Telefon abgestimmt', '#called\n#step agreed agreed on the telephone'),
    {
      kind: 'procedure-task',
      about: ticketNumber,
    },
  )
  await until('12:40')
  await answer('lina', say('#überspringen Stammkunde', '#skip a regular customer'), {
    kind: 'procedure-task',
    about: ticketNumber,
  })
  await until('12:50')
  await answer(
    'philine',
    say(
      '#überspringen Stammkunde seit zehn Jahren, Rechnung folgt',
      '#skip a customer of ten years, the invoice follows',
    ),
    { kind: 'procedure-task', about: ticketNumber },
  )
  await until('13:05')
  await day.answerAs(
    uwe,
    say(
      'Gartenbau Sommerfeld, Uwe Sommerfeld: Hiermit beauftrage ich die Löschung.',
      'Gartenbau Sommerfeld, Uwe Sommerfeld: I hereby order the deletion.',
    ),
    'procedure-letter',
  )
  await until('13:10')
  await answer(
    'lina',
    say(
      '#ergebnis Die Mitteilung ist auf allen Portalen gelöscht.\n#erledigt',
      '#result The release has been deleted from all portals.\n#close',
    ),
    { about: ticketNumber },
  )
  return ticketNumber
}

/** Told in the minute in which it arrives; taken down at once; what follows is the deciders' to say. */
export async function aLegalThreat(day: DeskDay): Promise<string> {
  const { until, say, answer } = day
  await until('14:15')
  const { ticketNumber = '' } = await day.mail(
    portalCustomers.lawyer,
    portal.support,
    say('Abmahnung wegen einer Mitteilung', 'Cease and desist: a release on your portal'),
    say(
      'Sehr geehrte Damen und Herren,\n\nwir fordern Sie auf, die Mitteilung https://presse.example.org/neuheit bis morgen zu entfernen.\n\nHenning Ohlsen\nKanzlei Dr. Ohlsen',
      'Dear Sir or Madam,\n\nwe request that you take down the release https://presse.example.org/neuheit by tomorrow.\n\nHenning Ohlsen\nKanzlei Dr. Ohlsen',
    ),
  )
  await until('14:22')
  await answer(
    'nils',
    say('#schritt takedown Mitteilung ist offline', '#step takedown the release is offline'),
    { kind: 'procedure-task', about: ticketNumber },
  )
  await until('14:40')
  await answer(
    'georg',
    say(
      '#genehmigt Kanzlei antworten, kein Anerkenntnis',
      '#approve Answer the lawyers, acknowledge nothing',
    ),
    { kind: 'procedure-task', about: ticketNumber },
  )
  await until('14:50')
  await answer(
    'nils',
    say(
      '#ursache Die Mitteilung nannte eine geschützte Marke\n#ergebnis Die Mitteilung ist entfernt.\n#erledigt\n\nSehr geehrter Herr Ohlsen,\n\ndie Mitteilung ist seit 14:22 Uhr entfernt.',
      '#cause The release named a protected trade mark\n#result The release has been removed.\n#close\n\nDear Mr Ohlsen,\n\nthe release was removed at 14:22.',
    ),
    { kind: 'agent-notice', about: ticketNumber },
  )
  return ticketNumber
}

/** Whom the routing gave it to. */
async function whoHas({ database }: DeskDay, number: string): Promise<string> {
  const { assignee } = await database.ticket.findUniqueOrThrow({ where: { number } })
  if (assignee === null) throw new Error(`nobody has the ticket ${number}`)
  return assignee
}
