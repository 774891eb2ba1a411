import { describe, expect, it } from 'vitest'
import { petra } from '../promises/desk.ts'
import { openFeedbackDesk, surveyPath } from './feedback-desk.ts'

/** What agents and customers propose (G7). */

describe('what an agent proposes by mail', () => {
  it.each([
    ['in German', '#vorschlag Ersatzschlüssel per Kurier schicken.'],
    ['in English', '#suggestion Ersatzschlüssel per Kurier schicken.'],
  ])('is recorded as an agent’s, %s, and stays inside', async (_, line) => {
    const desk = await openFeedbackDesk()
    const { ticketNumber = '' } = await desk.mail(petra, 'Schlüssel', 'Guten Tag, der Schlüssel fehlt.')
    await desk.answer('anna', `${line}\n\nDas erspart uns drei Fahrten im Monat.\n\nAnna Fink`)
    expect(await desk.database.suggestion.findMany({ include: { ticket: true } })).toMatchObject([
      {
        ...{ text: 'Ersatzschlüssel per Kurier schicken.', source: 'agent', state: 'new', surveyId: null },
        ticket: { number: ticketNumber },
      },
    ])
    const told = JSON.stringify(await desk.letters(petra.address))
    expect(told).not.toMatch(/Kurier|Fahrten/)
    const receipt = (await desk.lettersTo('anna', 'receipt')).at(-1)
    expect(receipt?.text).toContain('Ihr Vorschlag ist festgehalten')
    expect(await desk.promises(ticketNumber)).toContainEqual(
      expect.objectContaining({ kind: 'first-response', state: 'open' }),
    )
  })

  it('may be several, and need words', async () => {
    const desk = await openFeedbackDesk()
    await desk.mail(petra, 'Schlüssel', 'Guten Tag, der Schlüssel fehlt.')
    await desk.answer('anna', '#vorschlag Erstens.\n#vorschlag Zweitens.')
    expect((await desk.database.suggestion.findMany()).map(({ text }) => text).toSorted()).toEqual([
      'Erstens.',
      'Zweitens.',
    ])
    const notice = (await desk.lettersTo('anna', 'agent-notice')).at(-1)
    await desk.answer('anna', '#vorschlag', notice)
    expect((await desk.lettersTo('anna', 'help')).at(-1)?.text).toContain('#vorschlag')
    expect(await desk.database.suggestion.count()).toBe(2)
  })

  it('is taken up where nobody is asked for votes as well', async () => {
    const desk = await openFeedbackDesk('2026-11-24T09:00', {}, { config: { feedback: undefined } })
    await desk.mail(petra, 'Schlüssel', 'Guten Tag, der Schlüssel fehlt.')
    await desk.answer('anna', '#idee Schilder an die Türen.')
    expect(await desk.database.suggestion.findMany()).toMatchObject([{ source: 'agent' }])
  })
})

describe('what a customer proposes', () => {
  it('takes the place of what the same customer proposed before, while nobody has looked at it', async () => {
    const desk = await openFeedbackDesk()
    await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    await desk.send(path, { do: 'vote', score: '4', suggestion: 'Samstags öffnen' })
    await desk.send(path, { do: 'vote', score: '4', suggestion: 'Samstags und sonntags öffnen' })
    expect(await desk.database.suggestion.findMany()).toMatchObject([
      { text: 'Samstags und sonntags öffnen' },
    ])
    await desk.database.suggestion.updateMany({ data: { state: 'considered' } })
    await desk.send(path, { do: 'vote', score: '4', suggestion: 'Nur samstags' })
    expect(await desk.database.suggestion.count()).toBe(2)
  })
})
