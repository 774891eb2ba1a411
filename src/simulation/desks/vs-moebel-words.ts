/** What agents write on the day at vs-moebel, in both languages; customers' words are in vs-moebel-outside.ts. */

export type Say = (german: string, english: string) => string

/** Commands that an agent writes, with or without words for the customer below. */
export const agentWords = (say: Say) => ({
  firstHelp: say(
    `#übernehmen
#sofort Gerät stromlos gemacht und Netzkabel getauscht, ohne Erfolg

Guten Tag Frau Lindner,

bitte trennen Sie die Lernwand zwei Minuten lang vom Strom. Bleibt sie danach dunkel, kümmern wir uns sofort darum.`,
    `#take
#immediate Device cut off from power and its cable replaced, without success

Hello Ms Lindner,

please disconnect the Lernwand from power for two minutes. If it stays dark after that, we will deal with it at once.`,
  ),
  outageTaken: say(
    `Guten Morgen Frau Thoma,

ich habe Ihren Ausfall übernommen. Zwei Techniker sind um 8:30 Uhr auf dem Weg zu Ihnen, bis dahin prüfen wir die Zuspielung aus der Ferne.`,
    `Good morning Ms Thoma,

I have taken over your outage. Two technicians leave for you at 8.30 am, and until then we check the feed remotely.`,
  ),
  outageLoss: say(
    '#auswirkung finanzschaden\n#sofort Zwei Techniker mit Ersatzgeräten losgeschickt',
    '#impact financial-loss\n#immediate Two technicians sent with spare devices',
  ),
  divisionTakes: say(
    '#übernehme\n#stand Die Leitstelle arbeitet mit Ersatzgeräten. | Bis 13 Uhr wissen wir, warum die Zuspielung ausfiel.',
    '#take\n#status The control room works with spare devices. | By 1 pm we will know why the feed failed.',
  ),
  tooEarly: say(
    '#ergebnis Alle Displays laufen wieder.\n#erledigt',
    '#result All displays work again.\n#close',
  ),
  documented: say(
    `#ursache Nach dem Firmwarestand 4.2 startet die Zuspielung nicht mehr
#korrektur Firmware 4.3 auf allen acht Geräten
#vorbeugung Neue Stände laufen zuerst eine Woche im Testraum
#ergebnis Alle acht Displays laufen wieder, mit der Firmware 4.3.
#erledigt`,
    `#cause Since firmware 4.2 the feed does not start any more
#corrective Firmware 4.3 on all eight devices
#preventive New releases run in the test room for a week first
#result All eight displays work again, with firmware 4.3.
#close`,
  ),
  vendorTooLittle: say('#hersteller prismatec', '#vendor prismatec'),
  vendorCase: say(
    `#hersteller prismatec

Das Display bleibt dunkel, die Leuchte am Netzteil blinkt rot, dreimal kurz. Am Ausgang des Netzteils liegen 4,1 V statt 12 V an.`,
    `#vendor prismatec

The display stays dark, the light of its power supply flashes red, three times. The output of the power supply has 4.1 V instead of 12 V.`,
  ),
  vendorMore: say(
    'Die Firmware ist 4.3 und damit aktuell; ohne 12 V startet das Gerät nicht. Bitte nennen Sie uns einen Weg zum Ersatz des Netzteils.',
    'The firmware is 4.3 and up to date; without 12 V the device does not start. Please tell us how to get a new power supply.',
  ),
  share: say(
    `#teilen

Hallo Frau Lindner,

der Hersteller schickt ein neues Netzteil; Herr Stahl baut es um 14:30 Uhr ein. Die Auskunft von PrismaTec finden Sie unten.`,
    `#share

Dear Ms Lindner,

the manufacturer sends a new power supply, and Mr Stahl fits it at 2.30 pm. What PrismaTec says stands below.`,
  ),
  vendorDone: say(
    '#herstellerende ersetzt 3 Ersatz kam am selben Tag, aber erst nach der Eskalation',
    '#vendorclose replaced 3 The spare part came the same day, but only after the escalation',
  ),
  panelDone: say(
    `#ursache Netzteil ab Werk fehlerhaft
#korrektur Netzteil des Displays ersetzt
#ergebnis Ihre Lernwand hat ein neues Netzteil und läuft wieder.
#erledigt`,
    `#cause Power supply faulty ex works
#corrective Power supply of the display replaced
#result Your Lernwand has a new power supply and works again.
#close`,
  ),
  delivery: say(
    `#erledigt

Guten Tag Herr Sommer,

Ihre Lieferung AB-100234 ist heute zwischen 11 und 13 Uhr bei Ihnen.`,
    `#close

Hello Mr Sommer,

your delivery AB-100234 will be with you today between 11 am and 1 pm.`,
  ),
  toTheBoard: say(
    '#eskalieren 4 Die Eröffnung des Kunden morgen steht in der Zeitung',
    '#escalate 4 The customer opens tomorrow, and the newspaper writes about it',
  ),
  boardTakes: say(
    '#übernehme\n#stand Ein eigener Wagen holt die Stühle beim Spediteur ab. | Um 15:40 Uhr ist er bei Ihnen.',
    '#take\n#status A car of our own fetches the chairs from the haulier. | It will be with you at 3.40 pm.',
  ),
  redress: say(
    `#ursache Die Spedition hat die Sendung nicht verladen
#sofort Eigener Wagen geschickt
#vorbeugung Der Spediteur meldet jede Sendung, die stehen bleibt, bis 9 Uhr
#ausgleich Lieferkosten von 89 Euro erlassen
#ergebnis Die Stühle sind um 15:40 Uhr bei Ihnen angekommen; die Lieferkosten erlassen wir Ihnen.
#erledigt`,
    `#cause The haulier did not load the shipment
#immediate Sent a car of our own
#preventive The haulier reports every shipment that stays behind by 9 am
#redress Delivery costs of 89 euros waived
#result The chairs arrived at 3.40 pm; we waive the costs of delivery.
#close`,
  ),
  assembly: say(
    'Guten Tag,\n\nbitte entschuldigen Sie die späte Antwort. Unser Monteur ist morgen um 8 Uhr bei Ihnen und richtet die Wandhalterung.',
    'Hello,\n\nplease accept our apologies for this late reply. Our fitter will be with you tomorrow at 8 am to set the wall bracket right.',
  ),
  calledBack: say(
    '#angerufen Einstellung der Helligkeit erklärt\n#ergebnis Die Helligkeit regelt sich wieder selbst.\n#erledigt',
    '#called Explained how brightness is set\n#result Brightness is controlled automatically again.\n#close',
  ),
  formal: say(
    'Guten Tag Herr Ernst,\n\nIhre Eskalation liegt bei mir. Ich rufe Sie morgen um 9 Uhr an und bringe einen Vorschlag mit.',
    'Hello Mr Ernst,\n\nyour escalation is with me. I will ring you tomorrow at 9 am with a proposal.',
  ),
  manager: say(
    'Hallo Herr Sommer,\n\nSie haben recht, wir hätten Sie anrufen müssen. Ab morgen ruft der Disponent an, sobald ein Termin nicht zu halten ist.',
    'Dear Mr Sommer,\n\nyou are right, we should have rung you. From tomorrow the dispatcher rings as soon as a date cannot be kept.',
  ),
  counter: say(
    `#ursache Kratzer bei der Montage
#ausgleich Gutschrift von 120 Euro
#ergebnis Wir tauschen die Blende und schreiben Ihnen 120 Euro gut.
#erledigt`,
    `#cause Scratched during assembly
#redress Credit of 120 euros
#result We replace the frame and credit you with 120 euros.
#close`,
  ),
})
