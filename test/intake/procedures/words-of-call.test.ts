import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import { recordHandDialled } from '../../../src/intake/calls/attempts.ts'
import { workRecordings } from '../../../src/intake/calls/recordings.ts'
import { mailboxFactsOf } from '../../../src/intake/mailbox-facts.ts'
import { similarTickets } from '../../../src/intake/procedures/similar.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { openFileBlobs } from '../../../src/store/file-blobs.ts'
import { noon } from '../../desk/mail-example.ts'
import { entriesOf, openWorld, oweCall, phoneConfig, type World } from '../calls/letter-world.ts'
import { arrival } from '../desk.ts'

/** A call opens its ticket before a word is said; what is said and noted is read when it is there as text. */

const both = (de: string, en: string) => ({ de, en })
const words = 'Mein Messverstärker MV-400 zeigt Fehler E17, bitte löschen Sie auch meine Kundendaten.'
const vocabulary = {
  areas: { amplifiers: { name: both('Messverstärker', 'Amplifiers'), words: ['Messverstärker'] } },
  products: { 'mv-400': { name: 'MV-400', area: 'amplifiers', words: [] } },
  requestTypes: {
    fault: { name: both('Störung', 'Fault'), fields: {} },
    deletion: {
      name: both('Löschung', 'Deletion'),
      fields: {},
      words: ['löschen'],
      steps: { approve: { kind: 'approve', name: both('Freigabe', 'Approval'), by: 'support' } },
    },
  },
}

let folder: string
let world: World
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'words-of-call-'))
  const transcriber = join(folder, 'transcriber')
  await writeFile(transcriber, `#!/bin/sh\necho '${words}'\n`)
  await chmod(transcriber, 0o700)
  world = await openWorld({
    config: configSchema.parse({ ...phoneConfig({ recording: { transcriber } }), ...vocabulary }),
    answers: { fetchRecording: async () => ({ bytes: Buffer.from('RIFF'), contentType: 'audio/wav' }) },
  })
})
afterEach(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const theTicket = () => world.database.ticket.findUniqueOrThrow({ where: { id: world.ticketId } })
function mailDeps() {
  const { database, config, offices, now, nudge, log } = world.deps
  return { database, config, offices, now, nudge, log, mailboxFacts: mailboxFactsOf(config) }
}
/** Somebody else's mail of the same fault, and the notice that agents got of it. */
async function similarMail(uid: number) {
  const [taken] = await takeIn(mailDeps(), [
    arrival(uid, {
      from: { address: `k${uid}@firma.example.com`, name: '' },
      subject: 'Messverstärker MV-400 Fehler E17',
      ...{ text: words, replyText: words },
    }),
  ])
  return world.database.ticket.findUniqueOrThrow({ where: { number: taken?.ticketNumber ?? '' } })
}

async function leaveMessage(): Promise<void> {
  const at = new Date(noon.epochMilliseconds)
  const { callId, ticketId } = world
  await world.database.recording.create({
    data: {
      ...{
        id: randomUUID(),
        callId,
        ticketId,
        providerId: 'RE1',
        of: 'message',
        state: 'ready',
        seconds: 12,
      },
      ...{ provider: 'carrier', announcedAt: at, wakeAt: at },
    },
  })
  await workRecordings({ ...world.deps, blobs: await openFileBlobs(folder) })
}

test('a message that was written down says what the call is about, and begins the procedure of its kind of request', async () => {
  const mail = await similarMail(1)
  await leaveMessage()
  expect(await theTicket()).toMatchObject({
    ...{ area: 'amplifiers', product: 'mv-400', requestType: 'deletion' },
  })
  const steps = await world.database.procedureStep.findMany({ where: { ticketId: world.ticketId } })
  expect(steps).toMatchObject([{ key: 'approve', state: 'open' }])
  const kinds = (await entriesOf(world)).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['recording', 'recognised', 'procedure-begun', 'step-begun']))
  // It is similar to the mail, and the agents read so where they read the message.
  const found = await inTransaction(world.database, tx => similarTickets(tx, world.ticketId, 5))
  expect(found.nearest).toMatchObject([{ number: mail.number }])
  const notice = await world.database.letter.findFirstOrThrow({
    where: { ticketId: world.ticketId, kind: 'agent-notice' },
  })
  expect(notice.data).toMatchObject({ similar: { tickets: 1, numbers: [mail.number] } })
})

test('what an agent notes after a call is read as well, and a mail of the same fault finds the call', async () => {
  const callbackId = await oweCall(world)
  await recordHandDialled(world.deps, { callbackId, agent: 'anna', outcome: 'mailbox', remark: words })
  expect(await theTicket()).toMatchObject({ area: 'amplifiers', product: 'mv-400' })
  const mail = await similarMail(2)
  const found = await inTransaction(world.database, tx => similarTickets(tx, mail.id, 5))
  expect(found.nearest).toMatchObject([{ number: '1004711' }])
})

test('what somebody has said already stays, and a second note begins nothing anew', async () => {
  await world.database.ticket.update({
    where: { id: world.ticketId },
    data: { area: null, product: 'mv-900' },
  })
  const callbackId = await oweCall(world)
  for (const remark of [words, `Noch einmal: ${words}`]) {
    await recordHandDialled(world.deps, { callbackId, agent: 'anna', outcome: 'mailbox', remark })
    world.pass({ minutes: 1 })
  }
  expect(await theTicket()).toMatchObject({ area: 'amplifiers', product: 'mv-900', requestType: 'deletion' })
  const kinds = (await entriesOf(world)).map(({ kind }) => kind)
  for (const once of ['recognised', 'procedure-begun', 'step-begun'])
    expect(kinds.filter(kind => kind === once)).toHaveLength(1)
})

test('a closed ticket begins nothing, and neither do words that say nothing', async () => {
  const callbackId = await oweCall(world)
  await recordHandDialled(world.deps, { callbackId, agent: 'anna', outcome: 'mailbox', remark: 'Mailbox' })
  expect(await theTicket()).toMatchObject({ area: null, product: null, requestType: null })
  await world.database.ticket.update({ where: { id: world.ticketId }, data: { state: 'resolved' } })
  await leaveMessage()
  expect(await theTicket()).toMatchObject({ area: null, product: null, requestType: null })
  expect(await world.database.procedureStep.count()).toBe(0)
})
