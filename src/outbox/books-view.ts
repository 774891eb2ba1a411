/** What letters to agents show of the customer out of the books. See letter-view.ts. */
import type { InBooks } from '../desk/customers/in-books.ts'
import { conflictWords, deviceWords, entitlementWords } from '../desk/customers/words.ts'
import { oneLine, shortened } from '../desk/plain-text.ts'
import type { ViewSource } from './letter-view.ts'

const longest = 200

/** All empty where no books are kept. */
export function booksView(books: InBooks | null | undefined, { config, language }: ViewSource) {
  if (!books) return { booksCompany: '', device: '', entitlement: '', unclear: [] }
  const { company, companyNumber, entitlement, conflicts } = books
  const line = (text: string) => shortened(oneLine(text), longest)
  return {
    booksCompany: line(companyNumber === null || company === '' ? company : `${company} (${companyNumber})`),
    device: line(deviceWords(books, language)),
    entitlement: line(entitlementWords(entitlement, language, config.contracts)),
    unclear: conflicts.map(one => line(conflictWords(one, language))),
  }
}
