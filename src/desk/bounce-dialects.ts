import { wordList } from './word-list.ts'

/** How mail servers begin, qualify and end a delivery report in words. Data; lower case, single spaces. */

/** Phrases near the beginning that only a mail server writes. */
export const deliveryOpenings = wordList(`
  this is the qmail-send program | did not reach the following recipient | invalid user address | incorrectly constructed | there was an error delivering your mail | trouble delivering your message | your delivery to the following address | unknown user: | invalid final delivery userid | an error occurred while trying to deliver | i'm afraid i wasn't able to deliver |
  this message was created automatically by mail delivery software |
  a message that you sent could not be delivered | a message that you have sent could not be delivered |
  this is the mail system at host | i'm sorry to have to inform you that your message could not |
  message could not be delivered | could not be delivered to | couldn't be delivered |
  delivery to the following recipient | delivery has failed to these recipients |
  delivery to these recipients | your message did not reach some or all of the intended recipients |
  your message was not delivered | was not delivered to: | unable to deliver your message |
  unable to deliver message to | unable to deliver mail | failed to deliver |
  the original message was received at | the following addresses had |
  the following address(es) failed | the following address failed | the following recipient(s) |
  the following recipients | returned mail | transcript of session follows | message log follows |
  failed addresses follow | this is an automatically generated delivery status notification |
  delivery status notification | delivery report | this report relates to a message you sent |
  your mail message to the following address(es) could not be delivered |
  user mailbox exceeds allowed size | undeliverable to the following | was undeliverable |
  is undeliverable | undelivered mail | undeliverable message | permanent error |
  message wasn't delivered | wasn't delivered to | has been delayed | not yet been delivered |
  still being retried | still trying | will keep trying | will be retried | the message you sent |
  address not found | message blocked | message not delivered | recipient inbox full |
  delivery incomplete |  the mail system | 
  has been successfully delivered | successfully delivered to | successfully relayed |
  your message has been delivered | ihre nachricht hat mindestens einen empfänger nicht erreicht |
  ihre nachricht hat einige oder alle empfänger nicht erreicht | ihre nachricht konnte nicht |
  ihre e-mail konnte nicht | ihre mail konnte nicht | fehler bei der nachrichtenzustellung |
  folgende(r) empfänger | folgende empfänger | konnte nicht zugestellt werden |
  konnten nicht zugestellt werden | nicht zugestellt | nicht zustellbar | unzustellbar |
  wurde nicht zugestellt an | zustellung fehlgeschlagen |  
  automatisch vom mail | automatisch von der mail | diese nachricht wurde automatisch |
  wurde erfolgreich zugestellt | übermittlung an folgende | übermittlung an die folgenden |
  dieser bericht | die folgende adresse | die folgenden adressen | n'a pas pu être |
  no se ha podido entregar | non è stato possibile | kon niet worden | kunde inte |
  nie można dostarczyć
`)

/** The mail is still on its way. */
export const delayWords = wordList(`
  has not yet been delivered | not yet been delivered | will keep trying | will continue to try |
  will be retried | still being retried | delivery attempts will continue |
  delivery to the following recipient has been delayed |
  delivery to the following recipients has been delayed | has been delayed | 
  message delayed | delayed for | no action is required on your part | you do not need to resend |
  warning message only | this is a warning message | deferred | have not yet been delivered |
  not been delivered yet | gmail will retry | noch nicht zugestellt | wurde verzögert | verzögert sich |
  zustellung verzögert | weitere zustellversuche | weitere zustellungsversuche | versucht weiterhin |
  müssen die nachricht nicht erneut | no es necesario
`)

/** The mail arrived. */
export const deliveredWords = wordList(`
  successfully delivered | your message was successfully delivered | was successfully relayed |
  has been delivered to | your message has been delivered | wurde erfolgreich zugestellt |
  wurde zugestellt an | ihre nachricht wurde zugestellt |
  delivery to these recipients or groups is complete |
  ihre nachricht wurde an die folgenden empfänger übermittelt
`)

/** The returned mail begins below such a line. */
export const returnedMailMarks = wordList(`
  below this line is a copy of the message | message headers follow | returned message -- | copy of the message header | this is a copy of the message |
  this is a copy of your message | this is a copy of the headers | the header of the original message |
  original message follows | original message headers | original message header | unsent message below |
  unsent message follows | message header follows | message follows | header follows |
  message text follows | the original message was: | returned message follows |
  undelivered message follows | your original message | ----- original message ----- |
  -----original message----- | --- original message | ----- message header |
  copy of the original message | included below | received headers | ursprüngliche kopfzeilen |
  originalnachrichtenkopfzeilen | ursprüngliche nachrichtenkopfzeilen | kopfzeilen der ursprünglichen |
  header der originalnachricht | ursprüngliche nachricht folgt | originalnachricht folgt |
  kopie der nachricht | kopie der ursprünglichen | die kopfzeilen | --- nachfolgend |
  ursprüngliche nachricht ----- | original-nachricht | returned message: | message contents follow |
  start of returned message | beginning of original message | message being returned |
  --- undelivered message | en-têtes de message
`)
