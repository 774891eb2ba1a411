/**
 * Every command, its arguments and its help. What a command does is loaded when it is called: `inspect` must not wait
 * for a database client, nor `config print` for a mail library.
 */
import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { addCalls } from './call/command.ts'
import { addCallbacks } from './callbacks/command.ts'
import { addCheck } from './check/command.ts'
import { addCustomers } from './customers/command.ts'
import { addDesks } from './desks/command.ts'
import { addDuty } from './duty/command.ts'
import { addFeedback } from './feedback/command.ts'
import { addGuarantees } from './guarantees/command.ts'
import { addHeld } from './held/command.ts'
import { addInit } from './init/command.ts'
import { addKnown } from './known/command.ts'
import { addLetters } from './letters/command.ts'
import { addPhone } from './phone/command.ts'
import { addPolicy } from './policy/command.ts'
import { addPromises } from './promises/command.ts'
import { addQuarantine } from './quarantine/command.ts'
import { type Answering, answeringWith, type Common, type Done, examples } from './registration.ts'
import { addRehearse } from './rehearse/command.ts'
import { addReport } from './report/command.ts'
import { addRouting } from './routing/command.ts'
import { addSimulate } from './simulate/command.ts'
import { escapedJson } from './terminal.ts'
import { addTickets } from './ticket/command.ts'
import { addVendors } from './vendors/command.ts'
import { addWeb } from './web/command.ts'
import { addWebhooks } from './webhooks/command.ts'

export function commandLine(done: Done): Command {
  const program = new Command('gateway')
    .description(packageJson.description)
    .version(packageJson.version, '-V, --version', 'print the version')
    .option('--config <file>', 'configuration file (else GATEWAY_CONFIG, else ./gateway.yaml)')
    .helpOption('-h, --help', 'explain a command')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help explains the command)')
    .exitOverride()
  const answering = answeringWith(done)
  addRunning(program, done)
  addCheck(program, done)
  addInit(program, done)
  addConfig(program, answering)
  addTickets(program, answering)
  addVendors(program, answering)
  addCalls(program, answering)
  addCallbacks(program, answering)
  addCustomers(program, answering)
  addPhone(program, answering)
  addLedger(program, answering)
  addGuarantees(program, answering)
  addPromises(program, answering)
  addDuty(program, answering)
  addPolicy(program, answering)
  addReport(program, answering)
  addRouting(program, answering)
  addFeedback(program, answering)
  addHeld(program, answering)
  addKnown(program, answering)
  addQuarantine(program, answering, done)
  addInspection(program, done)
  addRehearse(program, done)
  addSimulate(program, answering)
  addDesks(program, answering)
  addLetters(program, answering)
  addWeb(program, answering)
  addWebhooks(program, answering)
  addSafekeeping(program, answering)
  return program
}

function addRunning(program: Command, done: Done): void {
  program
    .command('start')
    .description('run the gateway until Ctrl-C; without a configuration file, the sandbox')
    .addHelpText('after', examples('gateway start', 'gateway start --config /etc/gateway/gateway.yaml'))
    .action(async (_options, command: Command) => {
      const { runUntilStopped } = await import('../run.ts')
      await runUntilStopped(command.optsWithGlobals<Common>().config)
      done(0)
    })
}

function addConfig(program: Command, answering: Answering): void {
  const config = program.command('config').description('look at the configuration')
  answering(
    config
      .command('print')
      .description('print the effective configuration, secrets masked')
      .addHelpText('after', examples('gateway config print', 'gateway config print --json')),
    async (options: Common) => (await import('./config-print.ts')).printConfig(options.config),
  )
}

function addLedger(program: Command, answering: Answering): void {
  answering(
    program
      .command('ledger')
      .description('compare mailboxes with the ledger')
      .command('balance')
      .description('list every folder, read gaps again and report; exit code 1 if a mail is still missing')
      .option('--mailbox <key>', 'only this mailbox')
      .addHelpText('after', examples('gateway ledger balance', 'gateway ledger balance --mailbox support')),
    async (options: Common & { readonly mailbox?: string }) => {
      const { findPlace } = await import('./with-database.ts')
      const { balanceLedger } = await import('./ledger-balance.ts')
      return balanceLedger(await findPlace(options.config), options.mailbox)
    },
  )
}

function addInspection(program: Command, done: Done): void {
  const inspect = program
    .command('inspect [file]')
    .description('print how the gateway understands a mail, as JSON; no network, no database')
    .option('--batch <folder>', 'every .eml file of a folder, one line each')
    .addHelpText(
      'after',
      examples('gateway inspect mail.eml', 'gateway inspect --batch ./mails > mails.jsonl'),
    )
  inspect.action(async (file: string | undefined, { batch }: { readonly batch?: string }) => {
    if ((file === undefined) === (batch === undefined))
      inspect.error('error: name one file, or --batch <folder>', { exitCode: 2 })
    const { runInspect } = await import('./inspect.ts')
    const write = (line: string) => {
      process.stdout.write(`${escapedJson(line)}\n`)
    }
    await runInspect({
      ...(file === undefined ? {} : { file }),
      ...(batch === undefined ? {} : { batchFolder: batch }),
      write,
    })
    done(0)
  })
}

function addSafekeeping(program: Command, answering: Answering): void {
  answering(
    program
      .command('backup')
      .description('copy the embedded database and the raw mail; the gateway may run meanwhile')
      .requiredOption('--to <folder>', 'a new folder for the copy')
      .option(
        '--raw-mail-only',
        'leave the database out, where a server of its own is backed up by its own means',
      )
      .addHelpText('after', examples('gateway backup --to /backup/2026-11-20')),
    async (options: Common & { readonly to: string; readonly rawMailOnly?: boolean }) => {
      const { findPlace } = await import('./with-database.ts')
      const { backUp } = await import('./safekeeping.ts')
      return backUp(await findPlace(options.config), options.to, options.rawMailOnly === true)
    },
  )
  answering(
    program
      .command('restore')
      .description('bring a backup back into an empty data folder')
      .requiredOption('--from <folder>', 'a folder written by backup')
      .addHelpText('after', examples('gateway restore --from /backup/2026-11-20')),
    async (options: Common & { readonly from: string }) => {
      const { findPlace } = await import('./with-database.ts')
      const { restoreFrom } = await import('./safekeeping.ts')
      return restoreFrom(await findPlace(options.config), options.from)
    },
  )
}
