import { describe, expect, it } from 'vitest'
import { readMail } from '../../../src/channels/mail/read-mail.ts'
import { hostileMails } from './hostile-mails.ts'

/** Processor seconds, not seconds on a clock: other work on the machine must not make a test fail. */
async function work(raw: Buffer): Promise<number> {
  const before = process.cpuUsage()
  await readMail(raw)
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const small = 64 * 1024
const growth = 4
/** Microseconds below which a measurement is mostly the collector's. */
const noise = 25_000

describe('mails built to hurt', () => {
  it.each(Object.entries(hostileMails))('%s costs no more than its size', async (_, make) => {
    const [less, more] = [Buffer.from(make(small)), Buffer.from(make(small * growth))]
    await readMail(less)
    const once = Math.max(noise, Math.min(await work(less), await work(less)))
    const grown = Math.min(await work(more), await work(more))
    // Linear work grows as the mail does; quadratic work would grow by the square.
    expect(grown / once).toBeLessThan((growth * growth) / 1.5)
  })

  it.each(Object.entries(hostileMails))('%s has an outcome within the ceilings', async (_, make) => {
    const content = await readMail(Buffer.from(make(400_000)))
    expect(['customer', 'bounce', 'unparseable']).toContain(content.classification)
    expect(content.text.length).toBeLessThanOrEqual(1_000_000)
    expect(content.replyText.length).toBeLessThanOrEqual(content.text.length)
    expect(content.attachments.length).toBeLessThanOrEqual(10_000)
    expect(content.to.length).toBeLessThanOrEqual(10_000)
    const json = JSON.stringify(content)
    expect(json.includes('\\u0000')).toBe(false)
    expect(json.isWellFormed()).toBe(true)
  })

  it('says what was left out', async () => {
    const defects = async (name: string) =>
      (await readMail(Buffer.from(hostileMails[name]?.(1_000_000) ?? ''))).defects
    expect(await defects('nested multiparts')).toContain('parts nested too deeply')
    expect(await defects('many attachments')).toContain('too many parts')
    expect(await defects('nested blockquotes')).toContain('text cut')
  })
})
