import { expect, it } from 'vitest'
import { readFigure } from '../../src/figures/report.ts'
import { castVote } from '../../src/intake/feedback/cast-vote.ts'
import { inTransaction } from '../../src/store/database.ts'
import { period, valuesOf } from '../figures/world.ts'
import { petra } from '../promises/desk.ts'
import { openFeedbackDesk, surveyPath } from './feedback-desk.ts'

/** L7: what customers said, by whichever way, is in the figures once. */
it('counts votes by link, by reply and by telephone, each survey once', async () => {
  const desk = await openFeedbackDesk()
  const numbers: string[] = []
  for (const subject of ['Drucker', 'Scanner', 'Telefon', 'Kasse']) {
    numbers.push(await desk.closedMatter('#ergebnis Ausgetauscht.\n#erledigt', subject))
    // So few automatic mails does an address get within an hour.
    await desk.until(`${10 + numbers.length}:00`)
  }
  const letters = (await desk.letters(petra.address)).filter(({ kind }) => kind === 'closing')
  const [byLink, byReply, byPhone] = letters
  if (!byLink || !byReply || !byPhone) throw new Error('each customer was asked')
  await desk.send(surveyPath(byLink), { do: 'vote', score: '1', solved: 'no', manager: 'yes' })
  await desk.send(surveyPath(byLink), { do: 'vote', score: '2', solved: 'no', manager: 'yes' })
  await desk.reply(byReply, petra, '4 Danke, hat geklappt')
  const [survey] = await desk.surveys(numbers[2] ?? '')
  const vote = { score: 5, solved: true, words: '', wantsManager: false }
  const now = desk.clock.now()
  await inTransaction(desk.database, tx =>
    castVote(tx, desk.deps, { surveyId: survey?.id ?? '', vote, how: 'phone', by: 'anna', now }),
  )
  const asked = { period: period('2026-11-24', '2026-11-24') }
  const { total } = await readFigure(desk.database, desk.deps, 'satisfaction', asked)
  expect(valuesOf(total)).toMatchObject({
    ...{ solved: '2 of 3', 'answer-rate': '3 of 4', manager: 1 },
    score: expect.stringMatching(/: 0,1,0,1,1$/),
  })
  const { slices } = await readFigure(desk.database, desk.deps, 'satisfaction', { ...asked, by: 'group' })
  expect(slices.map(({ key, parts }) => [key, valuesOf(parts).solved])).toEqual([['support', '2 of 3']])
})
