/** `gateway quarantine list`, `show` and `retry` on the command line. */
import { type Command, InvalidArgumentError } from 'commander'
import { print } from '../answer.ts'
import { type Answering, type Common, type Done, examples } from '../registration.ts'

export function addQuarantine(program: Command, answering: Answering, done: Done): void {
  const quarantine = program
    .command('quarantine')
    .description('look at and release what could not be taken in')
  answering(
    quarantine
      .command('list')
      .description('list the mails in quarantine, newest first')
      .option('--limit <count>', 'how many at the most', positive, 50),
    async (options: Common & { readonly limit: number }) => {
      const { findPlace } = await import('../with-database.ts')
      const { listQuarantine } = await import('./quarantine.ts')
      return listQuarantine(await findPlace(options.config), options.limit)
    },
  )
  const show = quarantine
    .command('show <id>')
    .description('tell why a mail is in quarantine')
    .option('--json', 'print the answer as JSON')
    .option('--raw', 'print the mail itself, exactly as it came (to a terminal: without control characters)')
    .addHelpText(
      'after',
      examples('gateway quarantine show 17', 'gateway quarantine show 17 --raw > mail.eml'),
    )
  show.action(async (id: string) => {
    const options = show.optsWithGlobals<Common & { readonly raw?: boolean }>()
    const { findPlace } = await import('../with-database.ts')
    const { printRaw, showQuarantined } = await import('./quarantine.ts')
    const place = await findPlace(options.config)
    done(
      options.raw
        ? await printRaw(place, id)
        : print(await showQuarantined(place, id), options.json === true),
    )
  })
  const retry = quarantine
    .command('retry [id]')
    .description('read a mail again and take it in; exit code 1 if one stays in quarantine')
    .option('--all', 'every mail in quarantine, oldest first')
    .addHelpText('after', examples('gateway quarantine retry 17', 'gateway quarantine retry --all'))
  answering(retry, async (id: string | undefined, options: Common & { readonly all?: boolean }) => {
    if ((id === undefined) === (options.all !== true))
      retry.error('error: name one id, or --all', { exitCode: 2 })
    const { findPlace } = await import('../with-database.ts')
    const release = await import('./quarantine-retry.ts')
    return release.retry(await findPlace(options.config), id)
  })
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a whole number, 1 or more.')
  return Number(text)
}
