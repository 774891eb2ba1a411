/** A hotline that could not work: nobody carries it, two lines have one number, or its promises contradict each other. */
import { trunksOf } from '../desk/phone/lines.ts'
import { type ConfigDraft, type Draft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import { isLoopback } from './login-checks.ts'
import type { LineConfig } from './phone-schema.ts'
import type { Path } from './shape.ts'
import { suggestion } from './suggest.ts'

const checks: readonly ((config: ConfigDraft) => readonly Fault[])[] = [
  nothingInIt,
  reservedKeys,
  references,
  publicUrl,
  repeatedNumbers,
  halfPlaces,
  texting,
  times,
]

export function phoneFaults(config: ConfigDraft): readonly Fault[] {
  return config.phone ? checks.flatMap(check => check(config)) : []
}

function nothingInIt({ phone }: ConfigDraft): readonly Fault[] {
  const empty = (section: object | undefined) => section !== undefined && Object.keys(section).length === 0
  return [
    ...(empty(phone?.providers)
      ? [{ path: ['phone', 'providers'], says: 'is empty; describe who carries the calls' }]
      : []),
    ...(empty(phone?.lines)
      ? [{ path: ['phone', 'lines'], says: 'is empty; describe at least one number of yours' }]
      : []),
  ]
}

/** Agents' pages have this address: requests of a provider of the same name would never arrive. */
const reserved = 'call-now'

function reservedKeys({ phone }: ConfigDraft): readonly Fault[] {
  return phone?.providers?.[reserved] === undefined
    ? []
    : [
        {
          path: ['phone', 'providers', reserved],
          says: `has the name of the agents' pages below /phone; give the provider another one`,
        },
      ]
}

const sections = { office: 'an office', group: 'a group', mailbox: 'a mailbox' } as const

function references(config: ConfigDraft): readonly Fault[] {
  const known = {
    office: Object.keys(config.offices ?? {}),
    group: Object.keys(config.groups ?? {}),
    mailbox: Object.keys(config.mailboxes ?? {}),
    provider: Object.keys(config.phone?.providers ?? {}),
  }
  const judge = (path: Path, key: string | undefined, what: string, keys: readonly string[]) =>
    key === undefined || keys.includes(key)
      ? []
      : [{ path, says: `is ${JSON.stringify(key)}, which is not ${what}${suggestion(key, keys)}` }]
  const inSection = (path: Path, entry: Draft<Pick<LineConfig, keyof typeof sections>>) =>
    (['office', 'group', 'mailbox'] as const).flatMap(name =>
      judge([...path, name], entry[name], sections[name], known[name]),
    )
  const { texts } = config.phone ?? {}
  const who = 'a telephone provider'
  return [
    ...entriesOf(config.phone?.lines).flatMap(([key, line]) => {
      const path: Path = ['phone', 'lines', key]
      return [
        ...judge([...path, 'provider'], line.provider, who, known.provider),
        ...inSection(path, line),
        ...entriesOf(line.extensions).flatMap(([digits, extension]) =>
          inSection([...path, 'extensions', digits], extension),
        ),
      ]
    }),
    ...judge(['phone', 'texts', 'provider'], texts?.provider, who, known.provider),
  ]
}

/** Signatures are made over it and recordings and links go through it: in the clear anybody on the way could do both. */
function publicUrl({ phone }: ConfigDraft): readonly Fault[] {
  const path = ['phone', 'publicUrl']
  if (phone?.publicUrl === undefined || !URL.canParse(phone.publicUrl)) return []
  const { protocol, hostname, search, hash, username } = new URL(phone.publicUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  const seen = `is "${phone.publicUrl}"`
  if (username !== '') return [{ path, says: 'holds a login; leave it out, requests are signed instead' }]
  if (search !== '' || hash !== '')
    return [{ path, says: `${seen}; leave out everything from "${search === '' ? '#' : '?'}" on` }]
  return protocol === 'http:' && !isLoopback(host)
    ? [{ path, says: `${seen}, but ${host} is not this machine; use https` }]
    : []
}

/** A call is told apart by the number alone. */
function repeatedNumbers({ phone }: ConfigDraft): readonly Fault[] {
  const taken = new Map<string, string>()
  return entriesOf(phone?.lines).flatMap(([key, line]) => {
    const { number } = line
    if (number === undefined) return []
    const digits = Object.keys(line.extensions ?? {})
    const own = [
      { path: ['phone', 'lines', key, 'number'], number, says: `is "${number}"` },
      ...digits.flatMap(extension =>
        trunksOf({ number, extensions: line.extensions as LineConfig['extensions'] }).map(trunk => ({
          path: ['phone', 'lines', key, 'extensions', extension],
          number: trunk + extension,
          says: `is reached at ${trunk}${extension}`,
        })),
      ),
    ]
    return own.flatMap(({ path, number: reached, says }) => {
      const other = taken.get(reached)
      taken.set(reached, other ?? path.slice(0, path.includes('extensions') ? 5 : 3).join('.'))
      return other === undefined
        ? []
        : [{ path, says: `${says}, which is the number of ${other}; a number leads to one place` }]
    })
  })
}

/** A region without its edge would send calls, and what is spoken in them, through another part of the world. */
function halfPlaces({ phone }: ConfigDraft): readonly Fault[] {
  return entriesOf(phone?.providers).flatMap(([key, provider]) => {
    if (provider.kind !== 'twilio' || (provider.region === undefined) === (provider.edge === undefined))
      return []
    const [set, missing] = provider.region === undefined ? ['edge', 'region'] : ['region', 'edge']
    return [
      {
        path: ['phone', 'providers', key, set ?? ''],
        says: `is set without "${missing}"; they belong together, such as region ie1 and edge dublin`,
      },
    ]
  })
}

function texting({ phone }: ConfigDraft): readonly Fault[] {
  const key = phone?.texts?.provider
  const kind = key === undefined ? undefined : phone?.providers?.[key]?.kind
  return kind === undefined || kind === 'twilio'
    ? []
    : [
        {
          path: ['phone', 'texts', 'provider'],
          says: `is "${key}", which is of kind ${kind} and sends no text messages; use one of kind twilio, or leave "texts" out`,
        },
      ]
}

function times({ phone }: ConfigDraft): readonly Fault[] {
  const [first, second] = phone?.callback?.reminders ?? []
  const { ringSeconds = 15, huntSeconds = 60 } = phone ?? {}
  return [
    ...(first !== undefined && second !== undefined && first >= second
      ? [
          {
            path: ['phone', 'callback', 'reminders'],
            says: `are ${first} and ${second}; the second must be later than the first`,
          },
        ]
      : []),
    ...(huntSeconds < ringSeconds
      ? [
          {
            path: ['phone', 'huntSeconds'],
            says: `is ${huntSeconds}, less than the ${ringSeconds} s that one agent is rung; use more`,
          },
        ]
      : []),
  ]
}
