import { describe, expect, it } from 'vitest'
import { openDesk, petra } from './desk.ts'

describe('an agent who answers a second time', () => {
  it('may greet and close as before, though colleagues were told of the first answer', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    await desk.mail(
      petra,
      'Drucker druckt nicht',
      'Sehr geehrte Damen und Herren,\n\nder Drucker druckt nicht mehr.',
    )
    await desk.until('09:05')
    const closing =
      'Bei weiteren Fragen stehe ich Ihnen jederzeit gern zur Verfügung.\n\nMit freundlichen Grüßen aus Hamburg\nAnna Fink'
    await desk.answer(
      'anna',
      `Sehr geehrte Damen und Herren,\n\nbitte schalten Sie ihn einmal aus.\n\n${closing}`,
    )
    await desk.until('09:30')
    await desk.mail(
      petra,
      'Re: Drucker druckt nicht',
      'Das hat nicht geholfen, auch nach dem zweiten Mal nicht.',
    )
    await desk.until('09:40')
    await desk.answer('anna', `Sehr geehrte Damen und Herren,\n\nein Techniker kommt um elf.\n\n${closing}`)
    await desk.until('09:45')
    const answers = (await desk.letters(petra.address)).filter(({ kind }) => kind === 'agent-answer')
    expect(answers.map(({ text }) => text.includes('ein Techniker kommt um elf'))).toEqual([false, true])
    expect(await desk.database.held.count()).toBe(0)
  })

  it('is not held again for the question about a mail that was held', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    await desk.mail(petra, 'Drucker druckt nicht', 'Der Drucker druckt nicht mehr.')
    await desk.until('09:05')
    const [notice] = await desk.lettersTo('anna', 'agent-notice')
    const words = 'Bitte schalten Sie den Drucker einmal ganz aus und nach einer Minute wieder ein.'
    await desk.answer('anna', `${words}\n\n> Der Drucker druckt nicht mehr.\n\nIgx-intern-internal`, notice)
    expect(await desk.database.held.count({ where: { state: 'held' } })).toBe(1)
    await desk.until('09:10')
    await desk.answer('anna', words, notice)
    await desk.until('09:12')
    const answers = (await desk.letters(petra.address)).filter(({ kind }) => kind === 'agent-answer')
    expect(answers.map(({ text }) => text.includes(words))).toEqual([true])
  })
})
