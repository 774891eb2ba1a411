import { describe, expect, it } from 'vitest'
import { forgetPerson } from '../../src/intake/erasure/forget-person.ts'
import { wakeGuarantees } from '../../src/intake/promises/wake-guarantees.ts'
import { openBlobStore } from '../../src/store/blobs.ts'
import { people, petra } from '../promises/desk.ts'
import { managerPath, openFeedbackDesk, surveyPath } from './feedback-desk.ts'

/** Votes at the wrong time, many at once, of the wrong people, and managers who are not there. */

const colleague = { name: 'Olaf Meier', address: 'olaf@kunde.example.com' }

describe('many votes', () => {
  it('of one link at once are one vote, a line of history each, and one promise', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    const votes = Array.from({ length: 30 }, (_, at) => ({
      ...{ do: 'vote', score: String((at % 5) + 1), words: `Stimme ${at}`, suggestion: `Vorschlag ${at}` },
      ...(at % 7 === 0 ? { manager: 'yes' } : {}),
    }))
    const answers = await Promise.all(votes.map(vote => desk.send(path, vote)))
    expect(answers.map(({ status }) => status)).toEqual(votes.map(() => 200))
    const [survey, ...others] = await desk.surveys(number)
    expect(others).toEqual([])
    const said = (await desk.ticket(number)).entries.filter(({ kind }) => kind === 'feedback')
    expect(said).toHaveLength(30)
    expect(said.filter(({ detail }) => (detail as { changed: boolean }).changed)).toHaveLength(29)
    expect(votes).toContainEqual(
      expect.objectContaining({ score: String(survey?.score), words: survey?.words }),
    )
    expect(await desk.database.suggestion.count()).toBe(1)
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
    // At most one for each reason to be dissatisfied.
    expect((await desk.lettersTo('dirk', 'feedback-task')).length).toBeLessThanOrEqual(2)
  })

  it('back and forth fill nobody’s mailbox, and count anew when the manager has been in touch', async () => {
    const desk = await openFeedbackDesk()
    await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    for (const score of ['1', '5', '2', '5', '1']) await desk.send(path, { do: 'vote', score })
    const [task, ...more] = await desk.lettersTo('dirk', 'feedback-task')
    expect(more).toEqual([])
    await desk.until('09:10')
    await desk.answer('dirk', '#angerufen Mit Frau Lindner gesprochen.', task)
    await desk.send(path, { do: 'vote', score: '5' })
    await desk.send(path, { do: 'vote', score: '1' })
    expect(await desk.lettersTo('dirk', 'feedback-task')).toHaveLength(2)
  })
})

describe('a vote while something else happens to the ticket', () => {
  it.each([
    ['merged', '#zusammenführen'],
    ['closed again', '#ergebnis Toner getauscht.\n#erledigt'],
    ['raised', '#eskalieren 2 Kundin ist unzufrieden'],
  ])('is neither lost nor counted twice: %s', async (what, command) => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    const [notice] = await desk.lettersTo('anna', 'agent-notice')
    const { ticketNumber: other = '' } = await desk.mail(petra, 'Lager', 'Guten Tag, auch dort klemmt er.')
    const [voted] = await Promise.all([
      desk.send(path, { do: 'vote', score: '1', solved: 'no', reopen: 'yes' }),
      desk.answer('anna', what === 'merged' ? `${command} ${other}` : command, notice),
      desk.reply(await desk.letter('closing'), petra, 'Er druckt leider schon wieder nicht, was nun?'),
    ])
    expect(voted.status).toBe(200)
    expect((await desk.surveys(number)).filter(({ score }) => score === 1)).toHaveLength(1)
    const owed = [...(await desk.managerPromises(number)), ...(await desk.managerPromises(other))]
    expect(owed.filter(({ state }) => state === 'open')).toHaveLength(1)
  })
})

describe('a link in other hands', () => {
  it('shows the subject and what the customer was told, and nothing of ours', async () => {
    const desk = await openFeedbackDesk()
    const { ticketNumber: number = '' } = await desk.mail(petra, 'Drucker', 'Geheime Worte der Kundin.')
    await desk.answer(
      'anna',
      '#ursache Billiges Netzteil.\n#vorbeugung Lieferanten wechseln.\n#intern Kundin ist schwierig.',
    )
    const notice = (await desk.lettersTo('anna', 'agent-notice'))[0]
    await desk.answer('anna', '#ergebnis Das Netzteil ist getauscht.\n#erledigt', notice)
    const letter = await desk.letter('closing')
    await desk.until('09:10')
    await desk.reply(letter, petra, 'Er geht schon wieder nicht, bitte melden Sie sich.')
    await desk.answer('anna', '#ergebnis Noch nicht freigegeben: Rückruf der Serie.', notice)
    expect((await desk.standing(number)).state).toBe('open')
    for (const path of [surveyPath(letter), managerPath(letter)]) {
      const { status, text } = await desk.open(path)
      expect(status).toBe(200)
      expect(text).toContain('Drucker')
      expect(text).not.toMatch(
        /Petra|Lindner|kunde\.example|Anna|Fink|Geheime|Netzteil\.|Lieferanten|schwierig|Serie/,
      )
    }
    expect((await desk.open(surveyPath(letter))).text).toContain('Das Netzteil ist getauscht.')
  })

  it('a colleague’s reply with a number is no vote of the customer’s', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const taken = await desk.reply(await desk.letter('closing'), colleague, '1 schlecht')
    expect(taken.rule).not.toBe('feedback-reply')
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked', score: null }])
    const { trail } = await desk.database.inbound.findUniqueOrThrow({ where: { id: taken.inboundId } })
    expect(JSON.stringify(trail)).toContain('was not asked')
  })
})

describe('a customer who was erased', () => {
  it('is on no list, and the old links open nothing', async () => {
    const desk = await openFeedbackDesk('2026-11-24T09:00', { phonePercent: 100 })
    const number = await desk.closedMatter()
    const letter = await desk.letter('closing')
    await desk.database.survey.updateMany({ data: { phone: 'listed' } })
    await desk.send(surveyPath(letter), {
      do: 'vote',
      score: '2',
      words: 'Petra Lindner, petra@kunde.example.com',
    })
    await desk.until('09:10')
    const blobs = await openBlobStore({ kind: 'files' }, desk.config.data)
    const forget = forgetPerson(
      { database: desk.database, config: desk.config, now: desk.clock.now, blobs },
      { who: petra.address, country: 'DE', dryRun: false, force: true },
    )
    expect(await desk.clock.during(forget)).toMatchObject({ is: 'forgotten' })
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'withdrawn' }])
    for (const path of [surveyPath(letter), managerPath(letter)]) {
      expect((await desk.open(path)).status).toBe(404)
      expect((await desk.send(path, { do: 'vote', score: '1', words: 'Petra Lindner' })).status).toBe(404)
      expect((await desk.send(path, { do: 'manager', words: 'Petra Lindner' })).status).toBe(404)
    }
    const [survey] = await desk.surveys(number)
    expect(survey).toMatchObject({ score: 2, phone: 'not-listed' })
    expect(survey?.words).not.toMatch(/Petra|Lindner|kunde\.example/)
  })
})

describe('the manager', () => {
  it('is told of a vote at midnight when the office opens, and has office minutes to get in touch', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    await desk.until('2026-11-25 00:05')
    await desk.send(path, { do: 'vote', score: '1' })
    const letter = () => desk.database.letter.findFirstOrThrow({ where: { kind: 'feedback-task' } })
    const opening = desk.at('08:30', '2026-11-25')
    expect(await letter()).toMatchObject({
      state: 'queued',
      nextTryAt: new Date(opening.epochMilliseconds),
      // A letter that waits for office hours must not look like a mail server that is away.
      createdAt: new Date(opening.epochMilliseconds),
    })
    expect(await desk.managerPromises(number)).toMatchObject([
      { dueAt: '2026-11-25T11:30:00.000Z', minutes: 240 },
    ])
    await desk.until('2026-11-25 12:00')
    expect((await letter()).state).toBe('sent')
  })

  it('who is away is replaced by the deputy, whose words count', async () => {
    const absences = [{ from: '2026-11-23', to: '2026-11-27' }]
    const agents = { ...people, clara: { ...people.clara, absences } }
    const desk = await openFeedbackDesk('2026-11-24T09:00', { manager: 'clara' }, { config: { agents } })
    const number = await desk.closedMatter()
    await desk.send(surveyPath(await desk.letter('closing')), { do: 'vote', score: '1' })
    expect(await desk.lettersTo('clara', 'feedback-task')).toEqual([])
    const [task] = await desk.lettersTo('kim', 'feedback-task')
    await desk.answer('kim', 'Guten Tag Frau Lindner, ich vertrete Frau Voss und melde mich gleich.', task)
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'kept' }])
  })

  it('hears of it although nobody of the group is there: late is better than never', async () => {
    const absences = [{ from: '2026-11-23', to: '2026-11-27' }]
    const agents = { ...people, dirk: { ...people.dirk, absences } }
    const desk = await openFeedbackDesk('2026-11-24T09:00', {}, { config: { agents } })
    const number = await desk.closedMatter()
    await desk.send(surveyPath(await desk.letter('closing')), { do: 'vote', score: '1' })
    expect(await desk.lettersTo('dirk', 'feedback-task')).toHaveLength(1)
    await desk.until('13:30')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'broken' }])
    expect((await desk.standing(number)).state).toBe('open')
  })

  it('who is not configured any more leaves a promise that ends all the same', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    await desk.send(surveyPath(await desk.letter('closing')), { do: 'vote', score: '1' })
    const { feedback: _, ...config } = desk.config
    const later = desk.at('14:00')
    await wakeGuarantees({ ...desk.deps, config, now: () => later })
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'broken' }])
    expect((await desk.standing(number)).state).toBe('open')
  })
})
