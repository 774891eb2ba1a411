import { type Recognised, recognise, type Sought } from '../../desk/customers/recognise.ts'
import type { Tx } from '../../store/database.ts'
import { readBook } from './read-book.ts'

/**
 * Who that is, by the customers' books. Guesses nothing: what contradicts itself is in `conflicts`. An unknown customer
 * is `nobody`, which changes nothing for him.
 */
export async function recogniseCustomer(tx: Tx, sought: Sought): Promise<Recognised> {
  return recognise(sought, await readBook(tx, [sought]))
}
