import { describe, expect, test } from 'vitest'
import { petra } from '../promises/desk.ts'
import { openVendorDesk, service, type VendorDesk } from './vendor-desk.ts'

const intro = 'Guten Tag, hören Sie, was das Werk schreibt:'
const fromWorks = 'Die Sicherung F3 ist ab Werk fehlerhaft.'
const newest = async (desk: VendorDesk, kind: string) => (await desk.lettersTo('anna', kind)).at(-1)
const plain = (text: string | undefined) => (text ?? '').replaceAll(/\s+/g, ' ')

async function answeredDesk(): Promise<VendorDesk> {
  const desk = await openVendorDesk()
  await desk.answers(fromWorks)
  return desk
}

describe('the agent’s text stands above what is shared, as the help says', () => {
  for (const kind of ['vendor-notice', 'agent-notice'])
    test(`in a reply to a ${kind}`, async () => {
      const desk = await answeredDesk()
      const before = (await desk.sent()).length
      await desk.answer('anna', `#teilen\n\n${intro}`, await newest(desk, kind))
      const [letter, ...more] = (await desk.letters(petra.address)).filter(one => one.kind === 'agent-answer')
      expect(more).toEqual([])
      expect(plain(letter?.text)).toContain(`${intro} ${fromWorks}`)
      expect(await desk.sent()).toHaveLength(before)
      expect(JSON.stringify(await desk.letters(service.address))).not.toContain('hören Sie')
    })

  test('in a case nothing else is said to have been sent', async () => {
    const desk = await answeredDesk()
    await desk.answer('anna', `#teilen\n\n${intro}`, await newest(desk, 'vendor-notice'))
    const receipt = plain((await newest(desk, 'vendor-notice'))?.text)
    expect(receipt).toContain('Erledigt')
    expect(receipt).not.toContain('hören Sie')
    expect((await desk.theCase()).messages.filter(({ direction }) => direction === 'out')).toHaveLength(1)
  })

  test('but never with words that another command keeps inside', async () => {
    const desk = await answeredDesk()
    await desk.answer('anna', `#intern\n#teilen\n${intro}`, await newest(desk, 'vendor-notice'))
    expect(plain((await newest(desk, 'vendor-notice'))?.text)).toContain('widerspricht')
    expect(JSON.stringify(await desk.letters(petra.address))).not.toContain('hören Sie')
  })
})

describe('what was not done is named in the command that its German agent types', () => {
  test('on the ticket', async () => {
    const desk = await openVendorDesk()
    const onTicket = await newest(desk, 'agent-notice')
    await desk.answer('anna', '#vendor messwerk\nNoch einmal.', onTicket)
    expect((await newest(desk, 'help'))?.text).toMatch(/#hersteller messwerk/)
    await desk.answer('anna', '#close', onTicket)
    const closing = (await newest(desk, 'help'))?.text
    expect(closing).toContain('#erledigt')
    expect(closing).not.toMatch(/#(?:close|vendor)/)
  })

  test('in the case', async () => {
    const desk = await openVendorDesk()
    await desk.answer('anna', '#share', await newest(desk, 'vendor-notice'))
    const text = (await newest(desk, 'vendor-notice'))?.text
    expect(text).toContain('- #teilen: ')
    expect(text).not.toContain('#share')
  })
})

/** As after the post has gone: the texts of letters are those that were sent. */
async function posted(desk: VendorDesk): Promise<void> {
  const readers = await desk.database.letter.findMany({ distinct: ['recipient'] })
  const letters = await Promise.all(readers.map(({ recipient }) => desk.letters(recipient)))
  for (const { messageId, text } of letters.flat())
    await desk.database.letter.updateMany({ where: { messageId }, data: { text, state: 'sent' } })
}

describe('an agent who writes the same again', () => {
  const closing =
    'Für alles Weitere rufen Sie bitte unsere Zentrale in der Gartenstraße an, Durchwahl Service.'

  test('to the manufacturer is not held, though the notice repeats it', async () => {
    const desk = await openVendorDesk()
    await desk.answers('Welche Firmware?')
    await desk.answer('anna', `Firmware 4.2.\n\n${closing}`)
    await desk.answers(`Danke, das ist notiert:\n${closing}`)
    const before = (await desk.sent()).length
    await posted(desk)
    await desk.answer('anna', `Und die Platine ist Version C.\n\n${closing}`)
    expect((await desk.sent()).slice(before).map(({ kind }) => kind)).toEqual(['vendor-message'])
  })

  test('to the manufacturer what only the customer was told is still held', async () => {
    const desk = await openVendorDesk()
    await desk.answer('anna', `Wir prüfen das.\n\n${closing}`, await newest(desk, 'agent-notice'))
    const reply = (await desk.letters(petra.address)).at(-1)
    if (!reply) throw new Error('the customer has no letter')
    await desk.reply(reply, petra, `Danke, das ist notiert:\n${closing}`)
    await desk.answers('Welche Firmware?')
    const before = (await desk.sent()).length
    await posted(desk)
    await desk.answer('anna', `Firmware 4.2.\n\n${closing}`, await newest(desk, 'vendor-notice'))
    expect(await desk.sent()).toHaveLength(before)
  })
})
