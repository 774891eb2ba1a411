/** Counts what is sent to the database, "begin" and "commit" as well. */
import pg from 'pg'

export interface StatementCount {
  /** Since the last time it was asked. */
  take(): number
}

/** To be called before any connection is opened. */
export function countStatements(): StatementCount {
  let statements = 0
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    statements += 1
    return Reflect.apply(query, this, given)
  } as typeof query
  return {
    take() {
      const taken = statements
      statements = 0
      return taken
    },
  }
}
