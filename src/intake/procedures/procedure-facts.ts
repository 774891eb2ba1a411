import type { Step } from '../../desk/procedures/procedure.ts'
import type { Tx } from '../../store/database.ts'
import { stepOf } from './ticket-of.ts'

/** What commands about procedures and known problems speak of, as far as only the ledger knows. */
export interface ProcedureFacts {
  /** In their order, by the ticket's id. */
  readonly steps: ReadonlyMap<string, readonly Step[]>
  /** Known problems that a mail names, by their keys. */
  readonly problems: ReadonlyMap<string, 'open' | 'solved'>
}

export const noProcedureFacts: ProcedureFacts = { steps: new Map(), problems: new Map() }

const commands =
  /#\s?(?:schritt|step|genehmig|approve|abgelehnt|ablehnen|refuse|ueberspringen|überspringen|skip)/iu
const problem = /[#＃]\s?(?:bekannt|known|geloest|gelöst|solved)[:.!]?\s+#?([\p{L}\d-]{2,41})/giu

/** Reads only what the texts speak of: most mails name no command, and cost no statement here. */
export async function readProcedureFacts(
  tx: Tx,
  texts: readonly string[],
  ticketIds: readonly string[],
): Promise<ProcedureFacts> {
  const written = texts.map(text => text.normalize('NFC'))
  const keys = written.flatMap(text => [...text.matchAll(problem)].map(([, key = '']) => key.toLowerCase()))
  const rows = written.some(text => commands.test(text))
    ? await tx.procedureStep.findMany({
        where: { ticketId: { in: [...ticketIds] } },
        orderBy: { position: 'asc' },
      })
    : []
  const problems =
    keys.length === 0
      ? []
      : await tx.knownProblem.findMany({ where: { key: { in: keys } }, select: { key: true, state: true } })
  const steps = Map.groupBy(rows, ({ ticketId }) => ticketId)
  return {
    steps: new Map([...steps].map(([id, own]) => [id, own.map(stepOf)])),
    problems: new Map(problems.map(({ key, state }) => [key, state === 'solved' ? 'solved' : 'open'])),
  }
}
