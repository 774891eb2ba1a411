/** What customers and a manufacturer write on the day at vs-moebel, in both languages. */
import type { Say } from './vs-moebel-words.ts'

export const outsideWords = (say: Say) => ({
  panel: {
    subject: say('Display in Raum 204 bleibt dunkel', 'Display in room 204 stays dark'),
    text: say(
      `Guten Tag,

unsere Lernwand 86 in Raum 204 (Seriennummer LW86-004711) bleibt seit heute Morgen dunkel, die Leuchte blinkt rot. Sie erreichen mich unter 040 66969100.

Mit freundlichen Grüßen
Petra Lindner
Lindenschule Musterstadt`,
      `Hello,

our Lernwand 86 in room 204 (serial number LW86-004711) has stayed dark since this morning, and its light flashes red. You can reach me on +49 40 66969100.

Kind regards
Petra Lindner
Lindenschule Musterstadt`,
    ),
  },
  stillDark: say(
    'Das hat leider nichts geändert, sie bleibt dunkel.',
    'That did not help, I am afraid. It stays dark.',
  ),
  outage: {
    subject: say(
      'Betriebsverhindernd: alle Displays der Leitstelle aus',
      'Business stopped: all displays of the control room are off',
    ),
    text: say(
      `Guten Morgen,

seit 7:50 Uhr sind alle Displays unserer Leitstelle aus. Wir können keine Einsätze mehr anzeigen.

Sabine Thoma
Klinikum Beispieltal`,
      `Good morning,

since 7.50 am all displays in our control room have been off. We cannot show any operations.

Sabine Thoma
Klinikum Beispieltal`,
    ),
  },
  delivery: {
    subject: say('Liefertermin AB-100234', 'Delivery date of AB-100234'),
    text: say(
      'Guten Tag,\n\nwann kommt unsere Lieferung AB-100234? Zugesagt war gestern.\n\nJens Sommer\nBürohaus Sommer KG',
      'Hello,\n\nwhen will our delivery AB-100234 arrive? It was promised for yesterday.\n\nJens Sommer\nBürohaus Sommer KG',
    ),
  },
  notDelivered: say(
    'Es ist 13:40 Uhr, und hier ist nichts angekommen. So geht es nicht, unsere Eröffnung ist morgen.',
    'It is 1.40 pm and nothing has arrived. This will not do, we open tomorrow.',
  ),
  assembly: {
    subject: say('Montage in der Aula: Wandhalterung schief', 'Assembly in the hall: wall bracket crooked'),
    text: say(
      'Die Wandhalterung in unserer Aula (AB-100777) sitzt schief, das Display lässt sich nicht einhängen.',
      'The wall bracket in our hall (AB-100777) is crooked, and the display cannot be hung on it.',
    ),
  },
  formal: {
    subject: say(
      'Eskalationsanfrage: dritte Störung in vier Wochen',
      'Escalation request: third fault in four weeks',
    ),
    text: say(
      'Guten Tag,\n\nunsere Lernwand 75 (LW75-002201) war in vier Wochen dreimal gestört. Ich bitte um Eskalation.\n\nMarkus Ernst\nStadtwerke Beispielheim GmbH',
      'Hello,\n\nour Lernwand 75 (LW75-002201) has been out of order three times in four weeks. I request an escalation.\n\nMarkus Ernst\nStadtwerke Beispielheim GmbH',
    ),
  },
  counter: {
    subject: say('Beschwerde: Blende der Lernwand zerkratzt', 'Complaint: frame of the Lernwand scratched'),
    text: say(
      'Am 20. November wurde bei der Montage die Blende der neuen Lernwand 75 zerkratzt. Herr Ernst erwartet eine Lösung.',
      'On 20 November the frame of the new Lernwand 75 was scratched during assembly. Mr Ernst expects a solution.',
    ),
  },
  vendorFirst: say(
    'Guten Tag,\n\nwir haben Ihren Fall unter PT-204811 aufgenommen. Bitte aktualisieren Sie zunächst die Firmware.\n\nPrismaTec Service',
    'Hello,\n\nwe have recorded your case as PT-204811. Please update the firmware first.\n\nPrismaTec Service',
  ),
  vendorReplaces: say(
    'Das Netzteil dieser Serie ist ab Werk fehlerhaft. Ein Ersatz ist mit einem Boten unterwegs und um 14 Uhr da.',
    'The power supply of this series is faulty ex works. A new one is on its way by courier and arrives at 2 pm.',
  ),
  works: say(
    'Das neue Netzteil ist da, die Lernwand läuft wieder. Danke!',
    'The new power supply is here, the Lernwand works again. Thank you!',
  ),
  voteInWords: say('4 Danke, hat geklappt', '4 Thank you, that worked'),
  praise: say('In dreieinhalb Stunden gelöst, danke!', 'Solved in three and a half hours, thank you!'),
  blame: say(
    'Erst nach dem dritten Nachfragen kam etwas.',
    'Something came only when I had asked three times.',
  ),
  suggestion: say(
    'Bitte rufen Sie an, wenn ein Termin platzt.',
    'Please ring us when a date cannot be kept.',
  ),
})
