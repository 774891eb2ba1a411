/** The alarm by the second way: no database, no outbox, an SMTP server of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openLog } from '../../src/log.ts'
import { openSecondWay } from '../../src/watch/second-way.ts'
import { databaseAway, notRead, type Trouble } from '../../src/watch/trouble.ts'
import { startWatch, type Watch } from '../../src/watch/watch.ts'
import { type SmtpSink, startSmtpSink } from '../smtp-sink.ts'

let sink: SmtpSink
let folder: string
let now = Temporal.Instant.from('2026-03-02T09:00:00Z')
let found: Trouble[] = []

beforeEach(async () => {
  sink = await startSmtpSink({ password: 'other' })
  folder = await mkdtemp(join(tmpdir(), 'gateway-watch-'))
  now = Temporal.Instant.from('2026-03-02T09:00:00Z')
  found = []
  return async () => {
    await sink.stop()
    await rm(folder, { recursive: true })
  }
})

async function watch(language: 'de' | 'en' = 'en'): Promise<Watch> {
  const second = {
    host: '127.0.0.1',
    port: sink.port,
    tls: 'none' as const,
    user: 'alarm',
    password: 'other',
    from: 'alarm@example.net',
    to: ['oncall@example.net'],
    language,
  }
  const started = await startWatch({
    looks: [],
    examine: async () => found,
    secondWay: openSecondWay(second, 'gateway'),
    bookFile: join(folder, 'alarms.json'),
    patienceMinutes: 10,
    everyMinutes: 60,
    now: () => now,
    log: openLog('silent'),
  })
  onTestFinished(() => started.stop())
  return started
}

const subjects = () => sink.accepted.map(({ raw }) => /^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim())
const auth = notRead('support', 'refused', 'auth')

describe('the alarm', () => {
  it('tells a refused login at once, once a day, and again when it is over', async () => {
    const watching = await watch()
    found = [auth]
    await watching.round()
    expect(subjects()).toEqual(['[gateway] ALARM: mailbox support is refused (auth)'])
    now = now.add({ hours: 5 })
    await watching.round()
    expect(sink.accepted).toHaveLength(1)
    now = now.add({ hours: 19 })
    await watching.round()
    expect(sink.accepted).toHaveLength(2)
    found = []
    await watching.round()
    now = now.add({ minutes: 10 })
    await watching.round()
    await watching.round()
    expect(subjects().slice(2)).toEqual(['[gateway] All clear: mailbox support is refused (auth)'])
  })

  it('has patience with what may pass by itself, and says nothing when it does', async () => {
    const watching = await watch()
    found = [databaseAway]
    await watching.round()
    now = now.add({ minutes: 9 })
    await watching.round()
    found = []
    await watching.round()
    expect(sink.accepted).toHaveLength(0)
    found = [databaseAway]
    await watching.round()
    now = now.add({ minutes: 10 })
    await watching.round()
    expect(subjects()).toEqual(['[gateway] ALARM: the database does not answer'])
  })

  it('tells all that is due in one mail, in German where that is wished', async () => {
    const watching = await watch('de')
    found = [auth, notRead('second', 'refused', 'missing-folder')]
    await watching.round()
    expect(sink.accepted).toHaveLength(1)
    const raw = sink.accepted[0]?.raw.toString() ?? ''
    expect(raw).toContain('Auto-Submitted: auto-generated')
    expect(raw).toContain('X-Intake-Gateway: gateway; kind=alarm')
    expect(raw).toContain('wird nicht gelesen')
    expect(sink.accepted[0]?.recipient).toBe('oncall@example.net')
  })

  it('is tried again at the next round when the second way fails too', async () => {
    const watching = await watch()
    found = [auth]
    sink.next({ kind: 'answer', at: 'rcpt', code: 451, text: '4.3.0 later' })
    await watching.round()
    expect(sink.accepted).toHaveLength(0)
    await watching.round()
    expect(sink.accepted).toHaveLength(1)
  })

  it('remembers over a restart what it has told', async () => {
    const first = await watch()
    found = [auth]
    await first.round()
    await first.stop()
    const second = await watch()
    await second.round()
    expect(sink.accepted).toHaveLength(1)
    found = []
    await second.round()
    now = now.add({ minutes: 10 })
    await second.round()
    expect(sink.accepted).toHaveLength(2)
  })
})
