/** Offices to begin with. Hours are the usual ones; the written file invites to change them. */
export interface OfficePreset {
  readonly name: string
  readonly timeZone: 'Europe/Berlin' | 'Europe/London'
  readonly holidays: string
  readonly language: 'de' | 'en'
}

const german = { timeZone: 'Europe/Berlin', language: 'de' } as const
const british = { timeZone: 'Europe/London', language: 'en' } as const

export const officePresets: Readonly<Record<string, OfficePreset>> = {
  hamburg: { name: 'Hamburg', holidays: 'DE-HH', ...german },
  berlin: { name: 'Berlin', holidays: 'DE-BE', ...german },
  bremen: { name: 'Bremen', holidays: 'DE-HB', ...german },
  dresden: { name: 'Dresden', holidays: 'DE-SN', ...german },
  duesseldorf: { name: 'Düsseldorf', holidays: 'DE-NW', ...german },
  frankfurt: { name: 'Frankfurt', holidays: 'DE-HE', ...german },
  hannover: { name: 'Hannover', holidays: 'DE-NI', ...german },
  koeln: { name: 'Köln', holidays: 'DE-NW', ...german },
  muenchen: { name: 'München', holidays: 'DE-BY', ...german },
  stuttgart: { name: 'Stuttgart', holidays: 'DE-BW', ...german },
  belfast: { name: 'Belfast', holidays: 'GB-NIR', ...british },
  cardiff: { name: 'Cardiff', holidays: 'GB-WLS', ...british },
  edinburgh: { name: 'Edinburgh', holidays: 'GB-SCT', ...british },
  london: { name: 'London', holidays: 'GB-ENG', ...british },
  manchester: { name: 'Manchester', holidays: 'GB-ENG', ...british },
  woking: { name: 'Woking', holidays: 'GB-ENG', ...british },
}
