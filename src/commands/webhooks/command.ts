/** `gateway webhooks list`, `show`, `pause`, `resume`, `replay` and `delete` on the command line. */
import { type Command, Option } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

export function addWebhooks(program: Command, answering: Answering): void {
  const webhooks = program
    .command('webhooks')
    .description('look at the webhooks of API clients, see which is stuck and why, and set it going again')
  addLooks(webhooks, answering)
  addActs(webhooks, answering)
}

function addLooks(webhooks: Command, answering: Answering): void {
  answering(
    webhooks
      .command('list')
      .description('list all webhooks, those that fail at the top')
      .addHelpText('after', examples('gateway webhooks list')),
    async (options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { listWebhooks } = await import('./webhooks.ts')
      return listWebhooks(await findPlace(options.config))
    },
  )
  answering(
    webhooks
      .command('show <id>')
      .description('show a webhook with its latest events and what its endpoint said to them')
      .option('--limit <n>', 'how many events', '20')
      .addHelpText('after', examples('gateway webhooks show 5f0c')),
    async (id: string, options: Common & { readonly limit: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { showWebhook } = await import('./webhooks.ts')
      return showWebhook(await findPlace(options.config), id, Number(options.limit))
    },
  )
}

function addActs(webhooks: Command, answering: Answering): void {
  const acts = [
    ['pause', 'send nothing for now; what happens meanwhile is kept'],
    ['resume', 'go on sending: what waits goes at once, and failures are counted anew'],
    ['delete', 'send nothing more, and drop what waits'],
  ] as const
  for (const [act, description] of acts)
    answering(
      webhooks
        .command(`${act} <id>`)
        .description(description)
        .addHelpText('after', examples(`gateway webhooks ${act} 5f0c`)),
      async (id: string, options: Common) => {
        const { findPlace } = await import('../with-database.ts')
        const { actOnWebhook } = await import('./act-on-webhook.ts')
        return actOnWebhook(await findPlace(options.config), id, { act })
      },
    )
  answering(
    webhooks
      .command('replay <id>')
      .description('send events again that were given up, under the ids that they had')
      .requiredOption('--since <moment>', 'those that happened from then on, such as 2026-11-24T08:00+01:00')
      .addOption(new Option('--also <state>', 'also those that arrived').choices(['delivered']))
      .addHelpText('after', examples('gateway webhooks replay 5f0c --since 2026-11-24T08:00+01:00')),
    async (id: string, options: Common & { readonly since: string; readonly also?: 'delivered' }) => {
      const { findPlace } = await import('../with-database.ts')
      const { actOnWebhook } = await import('./act-on-webhook.ts')
      const { since, also } = options
      return actOnWebhook(await findPlace(options.config), id, { act: 'replay', since, also })
    },
  )
}
