/** `gateway web sign-in`: lets an agent in where no mail arrives, or an operator who wants to see what agents see. */
import { deskKey, deskKeyEnd, deskKeyMinutes } from '../../desk/desk-key.ts'
import { pageAddress } from '../../desk/page-address.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import type { Place } from '../with-database.ts'

/** Throws CommandFailed where no agent is meant, and without a configuration file. */
export function signInLink({ config }: Place, wanted: string, now: Temporal.Instant): Answer {
  if (!config)
    throw new CommandFailed(
      'This needs a configuration file; name it with --config. The sandbox has the link on its page.',
    )
  const [key, agent] =
    Object.entries(config.agents).find(
      ([one, { addresses }]) =>
        one === wanted || addresses.some(address => address.toLowerCase() === wanted.toLowerCase()),
    ) ?? []
  if (key === undefined || !agent)
    throw new CommandFailed(
      `No agent has the key or address "${wanted}"; there are ${Object.keys(config.agents).join(', ')}.`,
    )
  const until = deskKeyEnd('sign-in', now)
  const link = `${pageAddress(config)}/desk/sign-in/${deskKey(config.secret, 'sign-in', key, until)}`
  return {
    text: `${link}\n\nSigns in ${agent.name}, within ${deskKeyMinutes['sign-in']} minutes. Whoever has the link is that agent.`,
    data: { agent: key, link, until: until.toString() },
  }
}
