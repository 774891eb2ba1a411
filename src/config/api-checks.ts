/** Clients of the API that would post into nothing or pass for each other, and reports that nobody would get. */
import { type ConfigDraft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import { reference } from './references.ts'

export function apiFaults(config: ConfigDraft): readonly Fault[] {
  const mailboxes = Object.keys(config.mailboxes ?? {})
  const groups = Object.keys(config.groups ?? {})
  const clients = entriesOf(config.api?.clients)
  return clients.flatMap(([key, { mailbox, groups: seen, token }], at) => {
    const path = ['api', 'clients', key]
    const twin = clients.slice(0, at).find(([, other]) => token !== undefined && other.token === token)
    return [
      ...reference([...path, 'mailbox'], mailbox, 'a mailbox', mailboxes),
      ...(seen ?? []).flatMap((one, i) => reference([...path, 'groups', i], one, 'a group', groups)),
      ...(twin
        ? [
            {
              path: [...path, 'token'],
              says: `is that of api.clients.${twin[0]}; give each a token of its own`,
            },
          ]
        : []),
    ]
  })
}

export function reportFaults({ reports, agents, groups }: ConfigDraft): readonly Fault[] {
  const keys = Object.keys(groups ?? {})
  const readers = [...Object.keys(agents ?? {}), ...keys]
  return (reports ?? []).flatMap((report, at) => [
    ...(report?.to ?? []).flatMap((one, i) =>
      reference(['reports', at, 'to', i], one, 'an agent or a group', readers),
    ),
    ...(report?.groups ?? []).flatMap((one, i) =>
      reference(['reports', at, 'groups', i], one, 'a group', keys),
    ),
  ])
}
