import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'))
  await writeFile(
    join(folder, 'a.eml'),
    'From: a@example.com\r\nSubject: =?utf-8?Q?=C2=9B31m?=\r\n\r\nHello\r\n',
  )
  await writeFile(join(folder, 'b.eml'), Buffer.from([0, 255, 10, 13]))
})
afterAll(() => rm(folder, { recursive: true }))

it('prints one mail readably, without characters that a terminal obeys', async () => {
  const { code, stdout } = await runCli(['inspect', join(folder, 'a.eml')])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ file: 'a.eml', from: { address: 'a@example.com' } })
  expect(stdout).not.toContain('\u009b')
})

it('prints a line for each file of a folder', async () => {
  const { code, stdout } = await runCli(['inspect', '--batch', folder])
  expect(code).toBe(0)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).file),
  ).toEqual(['a.eml', 'b.eml'])
})

it('has an answer even for a file that is not there, but not for a folder', async () => {
  expect(await runCli(['inspect', join(folder, 'c.eml')])).toMatchObject({ code: 0 })
  expect(await runCli(['inspect', '--batch', join(folder, 'c')])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ENOENT: no such file or directory/),
  })
})

it('calls nothing but a delivery report a bounce, and shows of it what the schema names', async () => {
  const mails = join(import.meta.dirname, '../channels/mail/mails')
  const report = JSON.parse((await runCli(['inspect', join(mails, 'postfix-bounce.eml')])).stdout)
  expect(report.classification).toBe('bounce')
  const [recipient] = report.bounce.recipients
  expect(Object.keys(recipient)).toEqual(['recipient', 'status', 'action', 'diagnosticCode'])
  const receipt = [
    'From: b@example.com',
    'Subject: Gelesen: Angebot',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=disposition-notification; boundary=x',
    '',
    '--x',
    '',
    'Gelesen.',
    '--x',
    'Content-Type: message/disposition-notification',
    '',
    'Original-Message-ID: <1@example.com>',
    'Disposition: manual-action/MDN-sent-manually; displayed',
    '--x--',
    '',
  ]
  const file = join(folder, 'receipt.mdn')
  await writeFile(file, receipt.join('\r\n'))
  const read = JSON.parse((await runCli(['inspect', file])).stdout)
  expect(read).toMatchObject({ classification: 'auto-reply', bounce: null })
  await rm(file)
})
