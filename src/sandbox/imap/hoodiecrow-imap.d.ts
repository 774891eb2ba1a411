/** The parts of hoodiecrow-imap that the sandbox stands on; the package ships no types. */
declare module 'hoodiecrow-imap' {
  import type { Socket } from 'node:net'

  interface Token {
    readonly type?: string
    readonly value?: string
    readonly section?: readonly Token[]
    partial?: number[]
  }

  interface Command {
    readonly tag: string
    readonly command: string
    readonly attributes?: readonly Token[]
  }

  interface Response {
    tag: string
    command?: string
    attributes?: readonly unknown[]
  }

  /** Flags are changed in place by STORE, and by a FETCH that is no PEEK. */
  interface Message {
    readonly uid: number
    readonly raw: string
    readonly internaldate: string
    flags: string[]
    MODSEQ?: number
    /** Set once the message has left its mailbox. */
    ghost?: boolean
  }

  interface Mailbox {
    path: string
    messages: Message[]
    uidvalidity: number
    uidnext: number
    flags?: string[]
    'special-use'?: string
    HIGHESTMODSEQ?: number
  }

  interface Connection {
    server: Server
    state: 'Not Authenticated' | 'Authenticated' | 'Selected' | 'Logout'
    socket: Socket | null
    readOnly?: boolean
    selectedMailbox?: Mailbox
    directNotifications: boolean
    inputHandler: false | ((line: string) => void)
    readonly _command: string
    readonly _remainder: string
    readonly _literalRemaining: number
    readonly _notificationCallback: (notification: unknown) => void
    onData(chunk: Buffer): void
    send(response: Response, description: string, parsed: Command, data: string, extra?: unknown): void
    processNotifications(): void
    expungeSpecificMessages(
      mailbox: Mailbox,
      which: unknown,
      ignoreSelf?: boolean,
      ignoreExists?: boolean,
    ): void
  }

  type CommandHandler = (connection: Connection, parsed: Command, data: string, done: () => void) => void
  type Plugin = (server: Server) => void
  type FetchHandler = (connection: Connection, message: Message, query: Token) => unknown

  interface Server {
    readonly storage: Record<string, { folders?: Record<string, Partial<Mailbox>> } | Partial<Mailbox>>
    readonly folderCache: Record<string, Mailbox>
    readonly connectionHandlers: ((connection: Connection) => void)[]
    readonly outputHandlers: ((connection: Connection, response: Response, description: string) => void)[]
    readonly fetchHandlers: Record<string, FetchHandler>
    readonly searchHandlers: Record<
      string,
      (connection: Connection, message: Message, sequence: number, key: string, value: string) => boolean
    >
    createClient(socket: Socket): void
    registerCapability(name: string): void
    setCommandHandler(command: string, handler: CommandHandler): void
    getCommandHandler(command: string): CommandHandler | false
    getMailbox(path: string): Mailbox | undefined
    createMailbox(path: string): void
    processMessage(message: Message, mailbox: Mailbox): void
    getMessageRange(mailbox: Mailbox | Message[], range: string, isUid?: boolean): [number, Message][]
    appendMessage(
      mailbox: Mailbox | string,
      flags: string[],
      internaldate: string | undefined,
      raw: string,
      ignoreConnection?: Connection,
    ): { mailbox: Mailbox; message: Message }
    notify(command: Response, mailbox: Mailbox, ignoreConnection?: Connection): void
    on(event: 'notify', listener: (notification: unknown) => void): void
    removeListener(event: 'notify', listener: (notification: unknown) => void): void
    setMaxListeners(count: number): void
  }

  function hoodiecrow(options: {
    plugins: readonly (string | Plugin)[]
    storage: Server['storage']
    credentials: object
    users: object
    id?: Record<string, string>
  }): Server

  export type {
    Command,
    CommandHandler,
    Connection,
    FetchHandler,
    Mailbox,
    Message,
    Plugin,
    Response,
    Server,
    Token,
  }
  // biome-ignore lint/style/noDefaultExport: a CommonJS package has no other
  export { hoodiecrow as default }
}

declare module 'hoodiecrow-imap/lib/mimeparser.js' {
  /** A binary string in, the tree that ENVELOPE and BODYSTRUCTURE are made from out. */
  function parseMime(raw: string): { readonly header?: readonly string[] }

  // biome-ignore lint/style/noDefaultExport: a CommonJS package has no other
  export { parseMime as default }
}

declare module 'hoodiecrow-imap/lib/commands/handlers/fetch.js' {
  import type { FetchHandler } from 'hoodiecrow-imap'

  const handlers: { readonly BODY: FetchHandler }

  // biome-ignore lint/style/noDefaultExport: a CommonJS package has no other
  export { handlers as default }
}
