import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { exampleDeskFolder, exampleDesks, loadExampleDesk } from '../../src/config/example-desks.ts'
import { loadExampleCustomers } from '../../src/config/example-mails.ts'

const digits = (text: string) => text.replaceAll(/\D/g, '').replace(/^0(?!0)/, '49')

it.each(exampleDesks)(
  '%s offers three of its own contacts, in both languages, writing to its own mailboxes',
  async desk => {
    const { mailboxes } = await loadExampleDesk(desk)
    const own = Object.values(mailboxes).map(({ address }) => address)
    const customers = await loadExampleCustomers(desk)
    const contacts = (await readFile(`${exampleDeskFolder(desk)}customers/contacts.csv`, 'utf8')).split('\n')
    expect(customers).toHaveLength(3)
    expect(new Set(customers.map(({ language }) => language))).toEqual(new Set(['de', 'en']))
    for (const { name, address, language, phone = '', mails } of customers) {
      const [, ...books] = contacts.find(line => line.includes(address))?.split(';') ?? []
      expect(books.slice(0, 3)).toEqual([name, language, address])
      expect(books.slice(3).map(digits)).toContain(digits(phone))
      for (const mail of mails) expect(own).toContain(mail.to)
      for (const mail of mails) expect(mail.text).toContain(name)
    }
  },
)
