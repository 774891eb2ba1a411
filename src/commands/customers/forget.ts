/** `gateway customers forget`: erases a person (GDPR, article 17). */
import { type Forgotten, forgetPerson, type InTheWay } from '../../intake/erasure/forget-person.ts'
import { openBlobStore } from '../../store/blobs.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, indented, oneLine } from '../terminal.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { fileContextOf } from './import.ts'

export interface ForgetOptions {
  /** Without it nothing is written. */
  readonly yes: boolean
  readonly force: boolean
}

/** Throws CommandFailed where it is not clear who is meant, or something stands in the way. */
export async function runForget(
  place: Place,
  who: string,
  { yes, force }: ForgetOptions,
  now: () => Temporal.Instant = Temporal.Now.instant,
): Promise<Answer> {
  const { config } = place
  if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
  if (who.trim().length < 3) throw new CommandFailed('Name the person by three characters at least.')
  const blobs = await openBlobStore(config.storage, config.data)
  const result = await withDatabase(place, database =>
    forgetPerson(
      { database, blobs, config, now },
      { who, country: fileContextOf(place).country, dryRun: !yes, force },
    ),
  )
  switch (result.is) {
    case 'nobody':
      return {
        text: `Nobody in the books is called "${oneLine(who, 80)}". Whoever is not in the books is named by address or telephone number.`,
        data: { forgotten: null },
      }
    case 'ours':
      throw new CommandFailed(
        'That is an agent or an address of the desk itself; only customers are forgotten.',
      )
    case 'several':
      throw new CommandFailed(
        `Several contacts fit; name the one by its id:\n${indented(result.contacts.map(({ id, name, reached }) => oneLine(`${id}  ${name}, ${reached}`, 200)).join('\n'), 2)}`,
      )
    case 'in-the-way':
      throw new CommandFailed(wayText(result.inTheWay))
    case 'forgotten': {
      const { forgotten, shared } = result
      return {
        text: forgottenText(forgotten, shared, yes, force),
        data: { ...forgotten, shared, written: yes },
      }
    }
  }
}

function wayText({ promises, underWay }: InTheWay): string {
  if (underWay.length > 0)
    return `Something is still under way with this person (tickets ${underWay.join(', ')}): a letter or text that is being sent, a mail that waits for a decision ("gateway held list"), a call or its recording. Let it end, then try again. Nothing was written.`
  return `Promises to this person are still running (tickets ${[...new Set(promises)].join(', ')}). Close the tickets first, or use --force, which withdraws the promises. Nothing was written.`
}

function forgottenText(
  { contacts, reachedBy, tickets, rows, rawMails, recordings }: Forgotten,
  shared: readonly string[],
  yes: boolean,
  force: boolean,
): string {
  const total = contacts + reachedBy + tickets + rows
  if (total === 0) return 'Nothing in the ledger belongs to this person (any more).'
  const counts = columns([
    ['contacts', `${contacts}`],
    ['addresses and numbers', `${reachedBy}`],
    ['tickets as customer', `${tickets}`],
    ['texts with traces', `${rows}`],
    ['raw mails', `${rawMails}`],
    ['recordings', `${recordings}`],
  ])
  return [
    yes ? '✓ forgotten' : 'Nothing was written. This would be erased:',
    indented(counts, 2),
    ...(shared.length === 0
      ? []
      : [`Others have these as well, so they stay: ${oneLine(shared.join(', '), 300)}`]),
    'What stays: what was written and promised, without name, address and number. Not touched: the mails on the mail server, and backups.',
    ...(yes ? [] : [`To erase it, repeat the command with ${force ? '--force --yes' : '--yes'}.`]),
  ].join('\n')
}
