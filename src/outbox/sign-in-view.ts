/** What the letter shows that brings the link to the agents' pages. See letter-view.ts. */
import { deskKey, deskKeyEnd } from '../desk/desk-key.ts'
import type { SignInData } from '../desk/notice.ts'
import { pageAddress } from '../desk/page-address.ts'
import { commonView, officeOf, type ViewSource } from './letter-view.ts'

/** Signed when the letter is rendered: whoever reads the database could let himself in. */
export function signInView({ agent, name }: SignInData, source: ViewSource) {
  const { config, createdAt, mailbox } = source
  const until = deskKeyEnd('sign-in', Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()))
  return {
    ...commonView(source, officeOf(mailbox.office, source)),
    name,
    link: `${pageAddress(config)}/desk/sign-in/${deskKey(config.secret, 'sign-in', agent, until)}`,
    until: until.toString(),
  }
}
