/**
 * The words by which people and companies are recognised in mails, German and English, as data. Lower case where case
 * does not count.
 */

/** Lines that begin like one of these close a letter: name, company and numbers follow. */
export const closings: readonly string[] = [
  'mit freundlichen grüßen',
  'mit freundlichen grüssen',
  'mit freundlichem gruß',
  'mit freundlichem gruss',
  'mit besten grüßen',
  'mit bestem gruß',
  'freundliche grüße',
  'freundliche grüsse',
  'beste grüße',
  'beste grüsse',
  'viele grüße',
  'viele grüsse',
  'herzliche grüße',
  'schöne grüße',
  'liebe grüße',
  'gruß',
  'gruss',
  'grüße',
  'mfg',
  'vg',
  'lg',
  'hochachtungsvoll',
  'kind regards',
  'best regards',
  'warm regards',
  'with kind regards',
  'regards',
  'best wishes',
  'yours sincerely',
  'yours faithfully',
  'sincerely',
  'many thanks',
  'thanks',
  'cheers',
  'all the best',
]

/** Beginnings of display names that name a desk, not a person. */
export const deskNames: readonly string[] = [
  'info',
  'support',
  'service',
  'kontakt',
  'contact',
  'office',
  'büro',
  'einkauf',
  'verkauf',
  'vertrieb',
  'buchhaltung',
  'sekretariat',
  'empfang',
  'zentrale',
  'technik',
  'werkstatt',
  'team',
  'sales',
  'accounts',
  'admin',
  'reception',
  'purchasing',
  'scanner',
  'kopierer',
  'noreply',
  'no-reply',
  'mailer',
]

/** Words before a colon that say what follows, by kind of field. */
export const fieldWords: Readonly<Record<string, readonly string[]>> = {
  name: [
    'name',
    'ihr name',
    'mein name',
    'ansprechpartner',
    'ansprechpartnerin',
    'your name',
    'my name',
    'contact name',
  ],
  company: [
    'firma',
    'ihre firma',
    'unternehmen',
    'firmenname',
    'company',
    'your company',
    'company name',
    'organisation',
  ],
  phone: [
    'telefon',
    'telefonnummer',
    'tel',
    'rückrufnummer',
    'rückruf',
    'durchwahl',
    'mobil',
    'handy',
    'phone',
    'phone number',
    'telephone',
    'mobile',
  ],
  product: [
    'produkt',
    'produktname',
    'gerät',
    'modell',
    'artikel',
    'gerätetyp',
    'product',
    'product name',
    'model',
    'device',
  ],
  serial: [
    'seriennummer',
    'serien-nr',
    'seriennr',
    'serien-nummer',
    'gerätenummer',
    'fabriknummer',
    'serial',
    'serial number',
    'serial no',
    'serial nr',
    's/n',
    'sn',
  ],
}

/** What stands behind a label when there is nothing to say. */
export const emptyAnswers: ReadonlySet<string> = new Set([
  '-',
  '--',
  '?',
  '???',
  'n/a',
  'na',
  'keine',
  'keiner',
  'unbekannt',
  'weiß nicht',
  'weiß ich nicht',
  'none',
  'unknown',
  'tbd',
  'not known',
  'siehe unten',
  'siehe oben',
  'see below',
  'see above',
])

/** Legal forms: a line of a signature that holds one names a company. */
export const legalForm =
  /(?:^|[\s.&])(?:g?GmbH|mbH|AG|KG|KGaA|OHG|GbR|UG|SE|e\. ?K\.|e\. ?V\.|Ltd\.?|Limited|PLC|plc|LLP|LLC|Inc\.?)(?=$|[\s,.;|·)])/

/** Lines of a company's footer that speak about it without naming it for the reader. */
export const companySmallPrint =
  /geschäftsführ|registergericht|amtsgericht|handelsregister|\bHRB\b|\bHRA\b|sitz der gesellschaft|ust-?id|registered (?:in|office)|company (?:no|number|reg)|\bVAT\b/i
