import { describe, expect, it } from 'vitest'
import { forgetPerson } from '../../../src/intake/erasure/forget-person.ts'
import { openBlobStore } from '../../../src/store/blobs.ts'
import { openDesk, petra, type TestDesk } from '../../promises/desk.ts'
import { bringIn, contracts } from '../customers/bring-in.ts'

const eva = { address: 'eva.lang@nordlicht.example', name: 'Eva Lang' }

async function opened() {
  const desk = await openDesk('2026-11-24T09:00', { config: { contracts } })
  await bringIn(desk.database, desk.config)
  const blobs = await openBlobStore({ kind: 'files' }, desk.config.data)
  const removed: string[] = []
  const forget = (who: string, more: { dryRun?: boolean; force?: boolean } = {}) =>
    forgetPerson(
      {
        ...{ database: desk.database, config: desk.config, now: desk.clock.now },
        blobs: {
          ...blobs,
          remove: async sha256 => {
            removed.push(sha256)
          },
        },
      },
      { who, country: 'DE', dryRun: false, force: false, ...more },
    )
  return { desk, forget, removed }
}

/** Everything that the database holds, row by row. */
async function dump({ database }: TestDesk): Promise<readonly string[]> {
  const tables = await database.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  const rows: string[] = []
  for (const { name } of tables)
    for (const { row } of await database.$queryRawUnsafe<{ row: string }[]>(
      `select t::text as row from "${name}" t order by 1`,
    ))
      rows.push(`${name} ${row}`)
  return rows
}

/** A matter of hers from first mail to closing, and one of Petra's that she takes part in. */
async function twoMatters(desk: TestDesk): Promise<{ hers: string; theirs: string }> {
  const { ticketNumber: hers = '' } = await desk.mail(
    eva,
    'Waage WX-4711-A, Frau Lang',
    'Die Waage WX-4711-A steht. Rufen Sie mich unter 0171 3920099 an.\n\nEva Lang',
  )
  await desk.until('09:05')
  await desk.answer('anna', 'Guten Tag Frau Lang, wir kümmern uns darum.\n\nAnna Fink')
  await desk.until('09:10')
  await desk.answer('anna', '#erledigt')
  const { ticketNumber: theirs = '' } = await desk.mail(
    petra,
    'Drucker',
    'Fragen Sie bitte eva.lang@nordlicht.example.',
  )
  await desk.until('09:15')
  return { hers, theirs }
}

describe('forgetting a person', () => {
  it('leaves neither name, address nor number of the person anywhere, and everything else as it was', async () => {
    const { desk, forget, removed } = await opened()
    const { hers } = await twoMatters(desk)
    const words = /eva\.lang@|Eva Lang|Frau Lang|3920099/
    expect((await dump(desk)).filter(row => words.test(row)).length).toBeGreaterThan(5)
    const result = await forget(eva.address)
    expect(result).toMatchObject({ is: 'forgotten', forgotten: { contacts: 1, tickets: 1 } })
    // Somebody else's words about her, in somebody else's matter, belong to that matter; see docs/decisions.md.
    const left = (await dump(desk)).filter(row => words.test(row))
    expect(left.filter(row => !row.includes(petra.address) && !row.includes('Fragen Sie bitte'))).toEqual([])
    expect(removed.length).toBeGreaterThan(0)
    const { ticket, entries } = await desk.ticket(hers)
    expect(ticket).toMatchObject({ state: 'resolved', customerName: '', customerAddress: '' })
    expect(
      entries.some(({ text }) => text.includes('Die Waage WX-4711-A steht. Rufen Sie mich unter █████ an.')),
    ).toBe(true)
    expect(entries.some(({ text }) => text.includes('Guten Tag Frau █████, wir kümmern uns darum.'))).toBe(
      true,
    )
    expect(entries.filter(({ kind }) => kind === 'customer-forgotten')).toHaveLength(1)
    const promises = await desk.promises(hers)
    expect(promises.find(({ kind }) => kind === 'first-response')).toMatchObject({ state: 'kept' })
    const nordlicht = await desk.database.company.findFirstOrThrow({
      where: { number: 'K-1001' },
      include: { contacts: true, devices: true, contracts: true },
    })
    expect(nordlicht.contacts.map(({ name }) => name)).toEqual(['Jonas Petersen'])
    expect([nordlicht.devices.length, nordlicht.contracts.length]).toEqual([1, 1])
  })

  it('counts the same in a dry run, and changes nothing', async () => {
    const { desk, forget, removed } = await opened()
    await twoMatters(desk)
    const before = await dump(desk)
    const tried = await forget('Eva Lang', { dryRun: true })
    expect(await dump(desk)).toEqual(before)
    expect(removed).toEqual([])
    expect(await forget('Eva Lang')).toEqual(tried)
  })

  it('does nothing the second time', async () => {
    const { desk, forget } = await opened()
    await twoMatters(desk)
    await forget(eva.address)
    const before = await dump(desk)
    const none = { contacts: 0, reachedBy: 0, tickets: 0, rows: 0, rawMails: 0, recordings: 0 }
    expect(await forget(eva.address)).toMatchObject({ is: 'forgotten', forgotten: none })
    expect(await forget('Eva Lang')).toEqual({ is: 'nobody' })
    expect(await dump(desk)).toEqual(before)
  })

  it('waits for promises that run, unless it is forced, which withdraws them', async () => {
    const { desk, forget } = await opened()
    const { ticketNumber: number = '' } = await desk.mail(eva, 'Waage', 'Sie steht.')
    await desk.until('09:05')
    const before = await dump(desk)
    expect(await forget(eva.address)).toEqual({
      is: 'in-the-way',
      inTheWay: { promises: [number], underWay: [] },
    })
    expect(await dump(desk)).toEqual(before)
    expect(await forget(eva.address, { force: true })).toMatchObject({ is: 'forgotten' })
    const states = (await desk.promises(number)).map(({ state }) => state)
    expect(states.length).toBeGreaterThan(0)
    expect(new Set(states)).toEqual(new Set(['withdrawn']))
    await desk.until('2026-11-30 12:00')
    const letters = await desk.database.letter.findMany({ where: { recipient: { contains: 'erased' } } })
    expect(letters.filter(({ createdAt }) => createdAt > new Date('2026-11-24T09:00:00Z'))).toEqual([])
  })

  it('forgets whoever never was in the books, by address alone', async () => {
    const { desk, forget } = await opened()
    await desk.mail(petra, 'Drucker', 'Er druckt nicht.\n\nPetra Lindner')
    await desk.until('09:05')
    await desk.answer('anna', '#erledigt')
    await desk.until('09:10')
    expect(await forget(petra.address)).toMatchObject({
      is: 'forgotten',
      forgotten: { contacts: 0, tickets: 1 },
    })
    expect((await dump(desk)).filter(row => /petra@kunde|Lindner/.test(row))).toEqual([])
  })

  it('keeps a number that a colleague has as well', async () => {
    const { desk, forget } = await opened()
    expect(await forget('Eva Lang')).toMatchObject({ is: 'forgotten', shared: ['+494066969900'] })
    expect(await desk.database.contactPoint.count({ where: { value: '+494066969900' } })).toBe(1)
  })

  it('asks who is meant where several fit, and forgets none of our own', async () => {
    const { desk, forget } = await opened()
    expect(await forget('040 66969900')).toMatchObject({ is: 'several' })
    expect(await forget('anna@example.com')).toEqual({ is: 'ours' })
    expect(await forget('support@example.com')).toEqual({ is: 'ours' })
    expect(await forget('%')).toEqual({ is: 'nobody' })
    expect(await desk.database.contact.count()).toBe(5)
  })
})
