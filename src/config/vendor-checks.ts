/** Manufacturers that could not be written to, or told apart from everybody else who writes. */
import { type ConfigDraft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import { reference } from './references.ts'

export function vendorFaults(config: ConfigDraft): readonly Fault[] {
  const keys = (section: object | undefined) => Object.keys(section ?? {})
  const own = new Set(ownAddresses(config))
  return entriesOf(config.vendors).flatMap(([key, { name, address, alsoFrom, levels, office, mailbox }]) => {
    const path = ['vendors', key]
    const written: readonly (readonly [readonly (string | number)[], string | undefined])[] = [
      [[...path, 'address'], address],
      ...(levels ?? []).map((level, i) => [[...path, 'levels', i, 'address'], level?.address] as const),
      ...(alsoFrom ?? []).map((one, i) => [[...path, 'alsoFrom', i], one] as const),
    ]
    return [
      ...reference([...path, 'office'], office, 'an office', keys(config.offices)),
      ...reference([...path, 'mailbox'], mailbox, 'a mailbox', keys(config.mailboxes)),
      ...written.flatMap(([where, one]) =>
        one !== undefined && own.has(one.toLowerCase())
          ? [
              {
                path: where,
                says: `is ${JSON.stringify(one)}, an address of our own; whose mail is it then?`,
              },
            ]
          : [],
      ),
      ...sameName(config, key, name),
    ]
  })
}

/** Mailboxes and agents: a mail of theirs must never be taken for a manufacturer's. */
function ownAddresses({ mailboxes, agents }: ConfigDraft): readonly string[] {
  const all = [
    ...entriesOf(mailboxes).flatMap(([, { address, aliases }]) => [address, ...(aliases ?? [])]),
    ...entriesOf(agents).flatMap(([, { addresses }]) => addresses ?? []),
  ]
  const known = all.flatMap(one => one?.toLowerCase() ?? [])
  return [...known, ...known.map(one => one.slice(one.indexOf('@')))]
}

/** "#hersteller name" must mean one of them. */
function sameName(config: ConfigDraft, key: string, name: string | undefined): readonly Fault[] {
  const rival = entriesOf(config.vendors).find(
    ([other, { name: called }]) =>
      other < key &&
      name !== undefined &&
      [other, called].some(one => one?.toLowerCase() === name.toLowerCase()),
  )
  return rival
    ? [
        {
          path: ['vendors', key, 'name'],
          says: `is ${JSON.stringify(name)}, as vendors.${rival[0]} is called`,
        },
      ]
    : []
}
