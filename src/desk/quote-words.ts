import { wordList } from './word-list.ts'

/**
 * How mail clients mark history, forwards and phone footers, language by language (de, en, fr, es, it, nl, pl, pt, sv,
 * da, no, fi, cs, hu, tr, ru, uk, ja, zh). Data for the reply reader; all lower case. To teach it a new client, add a word here.
 */

/** First words of "Am … schrieb …:". Only they may open an attribution that has no address and no verb of its own. */
export const attributionOpeners = wordList(`
  am_ | on_ | le_ | el_ | il_ | op_ | w dniu_ | dnia_ | den_ | em_ | dne_ | il giorno_ |
  på_
`)

/** Verbs of attribution lines, compared as whole words where the script has words. */
export const attributionVerbs = wordList(`
  schrieb | geschrieben | schreibt | wrote | writes | a écrit | écrit | escribió | escribio | escrito |
  ha scritto | scrisse | schreef | geschreven | skrev | skreiv | napisał | napisał(a) | napisała |
  pisze | escreveu | kirjoitti | napsal | napsal(a) | napísal | napísal(a) | írta | yazdı | a scris |
  je napisao | написал | написала | написал(а) | пишет | писал | пише | έγραψε | rašė | kirjutas |
  wrote on | schrieb am | さんは書きました | のメール | 写道 | 寫道
`)

/** Whole lines that open an attribution: Horde writes "Zitat von Anna <…>:". */
export const quotingOpeners = ['zitat von ', 'quoting ', 'quoting: ', 'citando ', 'citeren ', 'en réponse à ']

/** Between dashes: the text below is the mail answered. */
export const originalMessageWords = wordList(`
  ursprüngliche nachricht | urspruengliche nachricht | ursprüngliche mail | ursprüngliche e-mail |
  original-nachricht | originalnachricht | original nachricht | original-mail | original message |
  original email | original e-mail | reply message | message original | message d'origine |
  message d’origine | mensaje original | messaggio originale | oorspronkelijk bericht |
  origineel bericht | oorspronkelijke bericht | ursprungligt meddelande | originalmeddelande |
  oprindelig meddelelse | original meddelelse | opprinnelig melding | oryginalna wiadomość |
  wiadomość oryginalna | wiadomość pierwotna | mensagem original | původní zpráva | eredeti üzenet |
  alkuperäinen viesti | исходное сообщение | оригинальное сообщение | оригінальне повідомлення |
  orijinal ileti | αρχικό μήνυμα | mesaj original | pôvodná správa | 原始邮件 | 原始郵件 | 元のメッセージ
`)

/** A forward starts here: everything below stays. */
export const forwardWords = wordList(`
  weitergeleitete nachricht | weitergeleitete mail | weitergeleitete e-mail |
  anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail | weitergeleitet von |
  weitergeleitet durch | forwarded message | begin forwarded message | forwarded by | forwarded mail |
  forwarded email | message transféré | début du message transféré | début du message réexpédié |
  message réexpédié | mensaje reenviado | inicio del mensaje reenviado | messaggio inoltrato |
  inizio messaggio inoltrato | doorgestuurd bericht | begin doorgestuurd bericht |
  vidarebefordrat meddelande | vidarebefordrat brev | videresendt besked | videresendt melding |
  videresendt meddelelse | start på videresendt besked | przekazana wiadomość | wiadomość przekazana |
  mensagem encaminhada | mensagem reencaminhada | přeposlaná zpráva | továbbított üzenet |
  välitetty viesti | пересылаемое сообщение | начало переадресованного сообщения | iletilmiş mesaj |
  转发的邮件 | 轉寄的郵件
`)

/** Keys of a quoted header block, by meaning. */
export const headerKeys: Readonly<Record<'from' | 'date' | 'to' | 'subject' | 'other', readonly string[]>> = {
  from: wordList(`
  von | from | de | da | van | från | fra | od | lähettäjä | от | від | feladó | kimden | expéditeur |
  remitente | mittente | absender | afzender | från | gönderen | από | 发件人 | 寄件者 | 差出人
`),
  date: wordList(`
  gesendet | gesendet am | datum | sent | date | envoyé | envoyé le | enviado | enviado el |
  enviada em | enviado em | fecha | inviato | inviato il | data | verzonden | verzonden op | skickat |
  skickades | sendt | dato | wysłano | wysłane | lähetetty | päivämäärä | отправлено | дата |
  надіслано | odesláno | odoslané | küldve | elküldve | dátum | gönderme tarihi | tarih | sent at |
  date sent | ημερομηνία | 发送时间 | 日期 | 送信日時 | 日時
`),
  to: wordList(`
  an | to | à | para | a | aan | till | til | do | komu | кому | vastaanottaja | címzett | kime |
  destinataire | destinatario | empfänger | pro | προς | 收件人 | 宛先
`),
  subject: wordList(`
  betreff | subject | objet | asunto | oggetto | onderwerp | ämne | emne | temat | assunto | aihe |
  тема | tárgy | předmět | predmet | konu | θέμα | 主题 | 主旨 | 件名
`),
  other: wordList(`
  cc | kopie | copie | copia | kopia | kopi | bcc | antwort an | reply-to | antworten an | wichtigkeit |
  importance | priorität | priority | organisation | organization | anlagen | attachments | 抄送 | 副本
`),
}

/** A line of ours or of another ticket system: whatever stands below it is history. */
export const replyAboveWords = wordList(`
  reply above this line | reply above the line | type your reply above | write above this line |
  respond above this line | reply above here | oberhalb dieser linie | oberhalb dieser zeile |
  über dieser linie | über dieser zeile | über dieser trennlinie | oberhalb dieser trennlinie |
  please do not write below this line
`)

/** Lines that a phone or an app adds by itself: the whole line starts so, has few words, and names one of the signs. */
export const footerStarts = wordList(`
  gesendet von meinem_ | gesendet von meinem/meiner_ | gesendet von meiner_ | gesendet vom_ | gesendet von outlook |
  gesendet von mail | gesendet von yahoo | gesendet von iphone | gesendet von ipad |
  gesendet von android | gesendet von samsung | gesendet mit_ | gesendet über_ | gesendet aus_ |
  versendet mit_ | verschickt mit_ | geschickt von meinem_ | diese nachricht wurde von meinem_ |
  diese nachricht wurde mit_ | diese e-mail wurde von meinem_ | diese mail wurde von meinem_ |
  holen sie sich outlook | outlook für ios beziehen | outlook für android beziehen |
  laden sie outlook für_ | von samsung mobile gesendet | von samsung-tablet gesendet |
  von outlook für_ | von mobil gesendet | mobil gesendet | von unterwegs gesendet | sent from_ |
  sent via_ | sent with_ | sent using_ | sent on the go | get outlook for_ | get bluemail for_ |
  typed on_ | envoyé de mon_ | envoyé depuis_ | envoyé à partir de_ | télécharger outlook pour |
  obtenez outlook pour | enviado desde_ | enviado do_ | enviado de mi_ | enviado a partir_ |
  obtener outlook para | obtenha o outlook para | inviato da_ | inviato dal_ | scarica outlook per |
  ottieni outlook per | verzonden vanaf_ | verzonden met_ | verstuurd vanaf_ | outlook voor_ |
  skickat från_ | skickat fra | hämta outlook | sendt fra_ | hent outlook | wysłane z_ | wysłano z_ |
  pobierz outlook | lähetetty_ | odesláno z_ | odoslané z_ | отправлено с_ | отправлено из_ |
  надіслано з_ | iphone’umdan gönderildi | iphone'umdan gönderildi | iphoneから送信 | 发自我的 | 從我的
`)

/** "Von meinem iPhone gesendet": starts and ends, because "Von meinem iPhone geht die Anmeldung nicht" is a request. */
export const footerFrames: readonly (readonly [start: string, end: string])[] = [
  ['von meinem ', 'gesendet'],
  ['von meinem/meiner ', 'gesendet'],
  ['von yahoo mail', 'gesendet'],
  ['von meiner ', 'gesendet'],
  ['von meinem ', 'geschickt'],
  ['von meinem ', 'verschickt'],
  ['von meinem ', 'versendet'],
  ['mit meinem ', 'gesendet'],
  ['mit der ', 'gesendet'],
]

/** What such a line names; without one of these it is the sender's own sentence. */
export const footerSigns = wordList(`
  iphone | ipad | ipod | android | smartphone | handy | mobil | phone | galaxy | samsung | huawei |
  xiaomi | pixel | blackberry | windows | outlook | yahoo | gmx | web.de | mail | tablet | nokia | htc |
  sony | xperia | lg_ | oneplus | motorola | fairphone | spark | aqua | k-9 | proton | tutanota | tuta |
  apple watch | macbook | laptop | workspace | telekom | t-online | freenet | edison | nine | vivo |
  oppo | redmi | surface | chromebook | on the go | unterwegs | device | gerät | 送信 | 发自
`)
