import { readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { TransientFailure } from '../../../src/desk/failure.ts'
import { arrivedFields, callSid, noon, openDoor, taken } from './door.ts'

const path = '/phone/main/in'

/** As the driver says it when nobody listens. */
async function refusedConnection(): Promise<Error> {
  const server = createServer().listen(0)
  const { port } = server.address() as { port: number }
  server.close()
  return fetch(`http://127.0.0.1:${port}`).catch((error: unknown) => error as Error) as Promise<Error>
}

describe('when the database is away', () => {
  it('row 5: the caller hears an apology and can leave a message, and the call is taken in afterwards with its own time', async () => {
    const test = await openDoor()
    const away = await refusedConnection()
    test.desk = async () => {
      throw away
    }
    const answer = await test.post(path)
    expect(answer).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' })
    expect(answer.body).toContain('bitten wir um Entschuldigung')
    expect(answer.body).toContain('We apologise')
    expect(answer.body).toContain('<Record')
    expect(
      await test.post('/phone/main/status', { ...arrivedFields, CallStatus: 'completed' }),
    ).toMatchObject({
      status: 204,
    })
    expect(await test.door.replay()).toEqual({ replayed: 0, left: 2, rejected: 0 })

    test.desk = async () => taken()
    expect(await test.door.replay()).toEqual({ replayed: 2, left: 0, rejected: 0 })
    expect(test.events.map(({ key }) => key)).toEqual([`${callSid}:arrived`, `${callSid}:status:completed`])
    expect(test.events[0]).toMatchObject({ kind: 'arrived', late: true, from: '+4940555123' })
    expect(test.events[0]?.at.equals(noon)).toBe(true)
    expect(test.door.state.spooled).toBe(0)
  })

  it('does not wait to be told that it is back', async () => {
    const test = await openDoor()
    test.desk = async () => {
      throw new TransientFailure('database', 'away')
    }
    await test.post(path)
    let heard = (): void => {}
    const takenIn = new Promise<void>(resolve => {
      heard = resolve
    })
    test.desk = async () => {
      heard()
      return taken()
    }
    // Whichever round comes next: the one of the start may still be under way.
    for (let round = 0; round < 3; round += 1) {
      test.timers.pass(5000)
      await new Promise(resolve => setImmediate(resolve))
    }
    await takenIn
    await test.door.replay()
    expect(test.events).toHaveLength(1)
    expect(readdirSync(test.folder)).toEqual([])
  })

  it('takes in at the next start what an earlier process could not', async () => {
    const first = await openDoor()
    first.desk = async () => {
      throw new TransientFailure('database', 'away')
    }
    await first.post(path)
    await first.door.stop()
    const second = await openDoor({ folder: first.folder })
    await second.door.replay()
    expect(second.events).toMatchObject([{ key: `${callSid}:arrived`, late: true }])
  })

  it('sets a request aside that fails for another reason, without holding up the others', async () => {
    const test = await openDoor()
    test.desk = async () => {
      throw new Error('a bug')
    }
    await test.post(path)
    await test.post(path, { ...arrivedFields, CallSid: `CA${'2'.repeat(32)}` })
    test.desk = async ({ providerId }) => {
      if (providerId === callSid) throw new Error('the same bug')
      return taken()
    }
    expect(await test.door.replay()).toEqual({ replayed: 1, left: 0, rejected: 1 })
    expect(readdirSync(test.folder)).toEqual(['2026-11-23T11.rejected.jsonl'])
  })

  it('with a full disk as well, still answers the caller, and lets what is only told be told again', async () => {
    const test = await openDoor()
    test.desk = async () => {
      throw new TransientFailure('database', 'away')
    }
    rmSync(test.folder, { recursive: true })
    const answer = await test.post(path)
    expect(answer).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' })
    expect(answer.body).toContain('<Record')
    const ended = { ...arrivedFields, CallStatus: 'completed' }
    expect(await test.post('/phone/main/status', ended)).toMatchObject({ status: 503 })
    expect(test.door.figures().get('main')).toMatchObject({ failed: 2, lost: 2 })
  })
})

describe('of a call that is not known yet', () => {
  it('row 3: keeps what it is told until the call is there, and holds up no other', async () => {
    const test = await openDoor()
    const other = `CA${'2'.repeat(32)}`
    test.desk = async ({ providerId, kind }) => {
      if (providerId === other && kind === 'progress') throw new TransientFailure('phone', 'not known yet')
      return taken()
    }
    const early = { ...arrivedFields, CallSid: other, CallStatus: 'ringing' }
    expect(await test.post('/phone/main/status', early)).toMatchObject({ status: 204 })
    expect(await test.door.replay()).toEqual({ replayed: 0, left: 1, rejected: 0 })
    expect(test.door.state).toMatchObject({ spooled: 1, hardDeadlines: 0 })
    test.desk = async () => taken()
    expect(await test.door.replay()).toEqual({ replayed: 1, left: 0, rejected: 0 })
  })

  it('gives it to a human after a day', async () => {
    const test = await openDoor()
    test.desk = async () => {
      throw new TransientFailure('phone', 'not known yet')
    }
    await test.post('/phone/main/status', arrivedFields)
    test.now = noon.add({ hours: 25 })
    expect(await test.door.replay()).toEqual({ replayed: 0, left: 0, rejected: 1 })
  })
})

describe('when an answer takes too long', () => {
  it('row 7: the caller gets the safe answer after ten seconds, and the work that goes on is not torn down', async () => {
    const test = await openDoor()
    let commit = (): void => {}
    let asked = (): void => {}
    const underWay = new Promise<void>(resolve => {
      asked = resolve
    })
    test.desk = () => {
      asked()
      return new Promise(resolve => {
        commit = () => resolve(taken())
      })
    }
    const answer = test.post(path)
    await underWay
    test.timers.pass(3000)
    expect(test.door.figures().get('main')).toMatchObject({ slow: 1, late: 0 })
    test.timers.pass(6999)
    expect(test.door.figures().get('main')).toMatchObject({ late: 0 })
    test.timers.pass(1)
    expect((await answer).body).toContain('<Record')
    expect(test.door.figures().get('main')).toMatchObject({ slow: 1, late: 1 })
    expect(test.events).toEqual([])

    commit()
    test.desk = async () => taken([], { result: 'repeated' })
    await test.door.replay()
    // Once by the work that went on, once out of the spool: the same fact, by its key.
    expect(test.events.map(({ key }) => key)).toEqual([`${callSid}:arrived`, `${callSid}:arrived`])
  })

  it('counts nothing where it does not', async () => {
    const test = await openDoor()
    await test.post(path)
    test.timers.pass(60_000)
    expect(test.door.figures().get('main')).toMatchObject({
      refused: 0,
      slow: 0,
      late: 0,
      failed: 0,
      lost: 0,
    })
  })

  it('is not left by the door before its work has ended', async () => {
    const test = await openDoor()
    let commit = (): void => {}
    let asked = (): void => {}
    const underWay = new Promise<void>(resolve => {
      asked = resolve
    })
    test.desk = () => {
      asked()
      return new Promise(resolve => {
        commit = () => resolve(taken())
      })
    }
    const answer = test.post(path)
    await underWay
    test.timers.pass(10_000)
    await answer
    let stopped = false
    const stop = test.door.stop().then(() => {
      stopped = true
    })
    await new Promise(resolve => setImmediate(resolve))
    expect(stopped).toBe(false)
    commit()
    await stop
    expect(test.events).toHaveLength(1)
  })
})

describe('what the door says of itself', () => {
  it('counts refused signatures by the minute', async () => {
    const test = await openDoor()
    for (let count = 0; count < 3; count += 1) await test.post(path, arrivedFields, { signature: 'x' })
    expect(test.door.state.refusedSignatures(10)).toBe(3)
    test.now = noon.add({ minutes: 11 })
    await test.post(path, arrivedFields, { signature: null })
    expect(test.door.state.refusedSignatures(10)).toBe(1)
    expect(test.door.state.refusedSignatures(60)).toBe(4)
  })
})
