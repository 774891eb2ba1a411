/** A complete policy of an imaginary company: every column, both tables, a roster of levels. */
import { type Config, configSchema } from '../../src/config/schema.ts'

const day = ['08:30-17:00']
const week = { mon: day, tue: day, wed: day, thu: day, fri: day }
const both = (de: string, en: string) => ({ de, en })

export const policySections = {
  areas: {
    delivery: { name: both('Lieferung', 'Delivery'), words: ['Lieferung', 'delivery'] },
    product: { name: both('Produkt', 'Product') },
  },
  contracts: {
    gold: { name: both('Wartung Gold', 'Gold maintenance') },
    basic: { name: both('Wartung Basis', 'Basic maintenance') },
  },
  policy: {
    targets: [
      {
        when: { severity: 'stopped', contract: 'gold' },
        ...{ firstResponse: 30, callback: 30, statusUpdate: 60, resolution: 240 },
      },
      {
        when: { severity: 'stopped' },
        ...{ firstResponse: 60, callback: 60, statusUpdate: 120, resolution: 480 },
      },
      { when: { impact: 'financial-loss' }, firstResponse: 60, statusUpdate: 120 },
      { when: { area: 'delivery' }, resolution: 2400 },
      { when: { contract: ['gold', 'basic'] }, firstResponse: 90, statusUpdate: 480, resolution: 1440 },
      { when: {}, statusUpdate: 960 },
    ],
    levels: [
      {
        when: { impact: 'financial-loss', severity: 'stopped' },
        ...{ level: 3, because: 'the customer loses money while nothing runs' },
      },
      {
        when: { impact: 'financial-loss' },
        ...{ level: 2, because: 'the customer loses money' },
      },
      {
        when: { severity: 'stopped', contract: 'gold' },
        ...{ level: 2, because: 'a gold customer is at a standstill' },
      },
      {
        when: { broken: ['first-response', 'callback'] },
        ...{ level: 'next', because: 'a promise was broken' },
      },
      { when: { reopened: 2 }, level: 2, because: 'it was reopened twice' },
    ],
  },
} as const

/** As `more` of the desk's configuration; levels need agents, whom the desk has. */
export const levelSections = {
  levels: {
    1: { name: both('Support', 'Support'), group: 'support' },
    2: { name: both('Spezialisten', 'Specialists'), group: 'support', acknowledgeMinutes: 30 },
    3: { name: both('Leitung Support', 'Head of support'), group: 'heads', acknowledgeMinutes: 30 },
    4: { name: both('Geschäftsleitung', 'Management'), group: 'board', acknowledgeMinutes: 60 },
  },
}

export const policyConfig: Config = configSchema.parse({
  company: 'Hansen Messtechnik GmbH',
  secret: 'a secret of at least thirty-two characters',
  offices: {
    hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays: 'DE-HH', hours: week },
    woking: { name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours: week },
  },
  groups: { support: { name: 'Support', agents: ['anna'] } },
  agents: { anna: { name: 'Anna Petersen', addresses: ['anna@example.com'] } },
  mailboxes: {
    support: {
      ...{ name: 'Support', address: 'support@example.com', office: 'hamburg', group: 'support' },
      imap: { host: 'imap.example.com', user: 'support', password: 'secret' },
    },
  },
  smtp: { host: 'smtp.example.com' },
  ...policySections,
})
