import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../desk/ticket.ts'
import { MailFolder } from './mail-folder.ts'

/**
 * Who has a mailbox in the sandbox: the desk, one agent, two customers, and whoever else is written to or writes
 * from the page. Names and addresses are invented; example.com, .org and .net belong to nobody (RFC 2606).
 */

export type Role = 'support' | 'agent' | 'customer'

export interface Account {
  readonly address: string
  /** A short user name for mail clients; the address works too. */
  readonly user: string
  readonly password: string
  readonly role: Role
  readonly name: string
  readonly language: Language
}

/** The sandbox listens on this machine only and holds nothing of value: one password that a person can remember. */
export const password = 'sandbox'

const cast: readonly Account[] = [
  {
    address: 'support@example.com',
    user: 'support',
    password,
    role: 'support',
    name: 'Nordlicht Support',
    language: 'de',
  },
  {
    address: 'jonas.brandt@example.com',
    user: 'agent',
    password,
    role: 'agent',
    name: 'Jonas Brandt',
    language: 'de',
  },
  {
    address: 'petra.lindner@example.org',
    user: 'petra',
    password,
    role: 'customer',
    name: 'Petra Lindner',
    language: 'de',
  },
  {
    address: 'james.whitfield@example.net',
    user: 'james',
    password,
    role: 'customer',
    name: 'James Whitfield',
    language: 'en',
  },
]

const mostAccounts = 200
const addressShape = /^[a-z0-9.!#$%&'*/=?^_`{|}~-]{1,64}@[a-z0-9][a-z0-9.-]{0,190}$/
const firstFolders = ['INBOX', 'Sent']
const folderName = /^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$/
const mostFolders = 20

/** Why an address gets no mailbox, in the words of an SMTP answer. */
export class NoSuchMailbox extends Error {
  override readonly name = 'NoSuchMailbox'
}

export class Accounts {
  readonly #root: string
  readonly #now: () => Temporal.Instant
  readonly #accounts = new Map<string, Account>()
  readonly #folders = new Map<string, Map<string, MailFolder>>()

  /** `people`: who is there from the beginning, in the place of ours. */
  constructor(root: string, now: () => Temporal.Instant, people: readonly Account[] = cast) {
    this.#root = root
    this.#now = now
    mkdirSync(root, { recursive: true })
    for (const account of people) this.#open(account)
    for (const name of readdirSync(root)) if (name.includes('@')) this.provide(decodeURIComponent(name))
  }

  list(): readonly Account[] {
    return [...this.#accounts.values()]
  }

  /** The account of an address, whatever its sub-address: support+t100-x@example.com is support@example.com. */
  find(address: string): Account | undefined {
    return this.#accounts.get(plain(address))
  }

  /**
   * As `find`, and a new one where there is none: a customer, unless `person` says who it is. Somebody who is there as
   * somebody else, such as after a restart, becomes that person. Throws `NoSuchMailbox` past 200 accounts.
   */
  provide(address: string, person?: Pick<Account, 'user' | 'role' | 'name' | 'language'>): Account {
    const found = this.find(address)
    if (found) {
      if (!person || found.role === person.role) return found
      return this.#open({ ...found, ...person })
    }
    if (this.#accounts.size >= mostAccounts)
      throw new NoSuchMailbox(`the sandbox has room for ${mostAccounts} mailboxes`)
    const bare = plain(address)
    if (!addressShape.test(bare)) throw new NoSuchMailbox('the sandbox takes plain ASCII addresses only')
    const local = bare.slice(0, bare.lastIndexOf('@'))
    const customer = { user: bare, role: 'customer', name: local, language: 'en' } as const
    return this.#open({ address: bare, password, ...customer, ...person })
  }

  /** Undefined unless user (short name or address) and password are right. */
  login(user: string, given: string): Account | undefined {
    const account = this.list().find(each => each.user === user) ?? this.find(user)
    return account?.password === given ? account : undefined
  }

  /** Folders by name, INBOX first. */
  folders(account: Account): ReadonlyMap<string, MailFolder> {
    const folders = this.#folders.get(account.address)
    if (!folders) throw new NoSuchMailbox('this account is not one of the sandbox')
    return folders
  }

  folder(account: Account, name: string): MailFolder {
    const folder = this.folders(account).get(name)
    if (!folder) throw new NoSuchMailbox(`${account.address} has no folder ${name}`)
    return folder
  }

  /** Makes a folder that an IMAP client asks for. The name becomes a directory: only harmless ones are taken. */
  makeFolder(account: Account, name: string): MailFolder {
    const folders = this.#folders.get(account.address)
    if (!folders || !folderName.test(name))
      throw new NoSuchMailbox('the sandbox wants plain folder names without levels')
    if (folders.size >= mostFolders)
      throw new NoSuchMailbox(`the sandbox has room for ${mostFolders} folders`)
    const folder = new MailFolder(join(this.#home(account), name), this.#now())
    folders.set(name, folder)
    return folder
  }

  #open(account: Account): Account {
    const home = this.#home(account)
    const kept = existsSync(home) ? readdirSync(home).filter(name => folderName.test(name)) : []
    const folders = new Map<string, MailFolder>()
    for (const name of new Set([...firstFolders, ...kept]))
      folders.set(name, new MailFolder(join(home, name), this.#now()))
    this.#folders.set(account.address, folders)
    this.#accounts.set(account.address, account)
    return account
  }

  /** An address as a directory name: nothing in it can climb out of the root. */
  #home(account: Account): string {
    const name = account.address.replace(/[^a-z0-9@._-]/g, char => `%${char.charCodeAt(0).toString(16)}`)
    return join(this.#root, name)
  }
}

function plain(address: string): string {
  const lower = address.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  const [local = ''] = lower.slice(0, at).split('+')
  return `${local}${lower.slice(at)}`
}
