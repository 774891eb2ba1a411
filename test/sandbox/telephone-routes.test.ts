import { expect, test } from 'vitest'
import { openPage } from './page-world.ts'
import { openTelephoneWorld, type TelephoneWorld } from './telephone-world.ts'

const tuesday = '2026-11-24T10:00:00+01:00'

function deed(
  { origin }: TelephoneWorld,
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<number> {
  const body = new URLSearchParams(fields)
  return fetch(`${origin}/sandbox/telephone/${path}`, { method: 'POST', body, headers }).then(
    ({ status }) => status,
  )
}

/** The first message of the stream. */
async function firstNews({ origin }: TelephoneWorld): Promise<string> {
  const { body } = await fetch(`${origin}/sandbox/telephone/events`)
  const reader = body?.getReader()
  const chunk = await reader?.read()
  await reader?.cancel()
  return Buffer.from(chunk?.value ?? []).toString()
}

test('a telephone rings a hotline once at a time, and tells of it', async () => {
  const world = await openTelephoneWorld(tuesday)
  const call = { from: 'anonymous', to: '+442079460123' }
  expect(await deed(world, 'caller/call', call)).toBe(204)
  expect(await deed(world, 'caller/call', call)).toBe(409)
  const news = JSON.parse((await firstNews(world)).replace('data: ', ''))
  expect(news).toMatchObject({
    first: true,
    phones: [
      { key: 'caller', call: 1 },
      { key: 'jonas', state: 'idle' },
      { key: 'emma', state: 'idle' },
    ],
  })
})

test('a telephone does only what telephones do, for this page only', async () => {
  const world = await openTelephoneWorld(tuesday)
  const call = { from: '+491713920099', to: '+494066969123' }
  const answers = [
    await deed(world, 'caller/call', { ...call, from: '+4930110' }),
    await deed(world, 'caller/call', { ...call, to: '+493012345678' }),
    await deed(world, 'jonas/call', call),
    await deed(world, 'nobody/answer'),
    await deed(world, 'jonas/explode'),
    await deed(world, 'caller/press', { keys: '1<script>' }),
    await deed(world, 'caller/say', { words: 'x'.repeat(600) }),
    await deed(world, 'caller/call', call, { 'sec-fetch-site': 'cross-site' }),
  ]
  expect(answers).toEqual([409, 409, 409, 404, 404, 404, 404, 403])
  expect(world.telephone.callsPlaced()).toEqual([])
})

test('without a telephone network there is neither page nor link', async () => {
  const { origin } = await openPage()
  expect((await fetch(`${origin}/telephone`)).status).toBe(404)
  expect(await (await fetch(origin)).text()).not.toContain('/telephone')
})
