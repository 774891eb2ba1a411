import { describe, expect, it } from 'vitest'
import { petra } from '../promises/desk.ts'
import { managerPath, openFeedbackDesk, surveyPath } from './feedback-desk.ts'

/** A matter's end, what its customer says, and who hears of it. In virtual time, on a real database. */

describe('the end of a matter (C5)', () => {
  it('is told with its result, and asks how it went by link and by reply', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const letter = await desk.letter('closing')
    expect(letter.text).toContain('Der Drucker druckt wieder.')
    expect(letter.text).toContain('Wie zufrieden sind Sie?')
    expect(surveyPath(letter)).not.toBe('')
    expect(managerPath(letter)).not.toBe('')
    for (const score of [1, 2, 3, 4, 5]) expect(letter.html).toContain(`${surveyPath(letter)}?score=${score}`)
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked', score: null }])
  })

  it('is asked about although the agent has told the result in their own words', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter('#erledigt\n\nGuten Tag, der Drucker druckt wieder.')
    const letters = (await desk.letters(petra.address)).filter(({ kind }) => kind !== 'auto-reply')
    expect(letters.map(({ kind }) => kind)).toEqual(['agent-answer', 'closing'])
    expect(letters[1]?.text).not.toContain('Das Ergebnis')
    expect(await desk.surveys(number)).toHaveLength(1)
  })

  it('asks nobody twice within the quiet days, and still tells the result and the way to the manager', async () => {
    const desk = await openFeedbackDesk('2026-11-24T09:00', { quietDays: 14 })
    const first = await desk.closedMatter()
    // More than the few automatic mails that an address gets within an hour.
    await desk.until('2026-11-24 11:00')
    const second = await desk.closedMatter('#ergebnis Papier nachgelegt.\n#erledigt', 'Papierstau')
    expect(await desk.surveys(first)).toHaveLength(1)
    expect(await desk.surveys(second)).toHaveLength(0)
    const last = await desk.letter('closing')
    expect(last.text).toContain('Papier nachgelegt.')
    expect(last.text).not.toContain('Wie zufrieden')
    expect(managerPath(last)).not.toBe('')
    await desk.until('2026-12-09 09:00')
    const later = await desk.closedMatter('#ergebnis Toner getauscht.\n#erledigt', 'Toner leer')
    expect(await desk.surveys(later)).toHaveLength(1)
  })
})

describe('what has no end of its own', () => {
  it('is not asked about: spam, and a matter that goes on in another ticket', async () => {
    const desk = await openFeedbackDesk()
    const spam = await desk.closedMatter('#spam', 'Angebot')
    expect(await desk.surveys(spam)).toEqual([])
    await desk.until('2026-11-24 11:00')
    const olaf = { name: 'Olaf Meier', address: 'olaf@kunde.example.com' }
    const { ticketNumber: target = '' } = await desk.mail(
      olaf,
      'Drucker',
      'Guten Tag, der Drucker druckt nicht.',
    )
    const { ticketNumber: merged = '' } = await desk.mail(olaf, 'Noch einmal', 'Siehe meine erste E-Mail.')
    await desk.answer('anna', `#zusammenführen ${target}`)
    expect((await desk.standing(merged)).state).toBe('resolved')
    expect(await desk.surveys(merged)).toEqual([])
  })

  it('is judged all the same where it was asked about before: the ticket that goes on has the manager', async () => {
    const desk = await openFeedbackDesk()
    const closed = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    const { ticketNumber: other = '' } = await desk.mail(
      petra,
      'Drucker im Lager',
      'Guten Tag, auch der druckt nicht.',
    )
    const [notice] = (await desk.lettersTo('anna', 'agent-notice')).filter(({ subject }) =>
      subject.includes(closed),
    )
    await desk.answer('anna', `#zusammenführen ${other}`, notice)
    await desk.send(path, { do: 'vote', score: '1' })
    expect(await desk.surveys(closed)).toMatchObject([{ score: 1 }])
    expect(await desk.managerPromises(closed)).toEqual([])
    expect(await desk.managerPromises(other)).toMatchObject([{ state: 'open' }])
  })
})

describe('the page (L7)', () => {
  it('shows and never votes, whatever a link scanner opens; the form votes once and can be changed for seven days', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    for (const score of ['', '?score=1', '?score=5', '?score=9', '?told=thanks'])
      expect((await desk.open(`${path}${score}`)).status).toBe(200)
    expect((await desk.open(`${path}?score=1`)).text).toMatch(/value="1"[^>]* checked/)
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked', score: null }])

    const voted = {
      do: 'vote',
      score: '4',
      solved: 'yes',
      words: 'Schnell <b>gut</b>',
      suggestion: 'Samstags öffnen',
    }
    const shown = await desk.send(path, voted)
    await desk.send(path, voted)
    expect(shown.text).toContain('Vielen Dank')
    expect(shown.text).toContain('Schnell &lt;b&gt;gut')
    expect(await desk.surveys(number)).toMatchObject([
      { state: 'answered', score: 4, solved: true, how: 'link' },
    ])
    expect(await desk.database.suggestion.findMany()).toMatchObject([
      { text: 'Samstags öffnen', source: 'survey', state: 'new' },
    ])
    expect((await desk.ticket(number)).entries.filter(({ kind }) => kind === 'feedback')).toHaveLength(1)
    expect(await desk.managerPromises(number)).toEqual([])

    await desk.until('2026-11-30 09:00')
    await desk.send(path, { ...voted, score: '5' })
    expect(await desk.surveys(number)).toMatchObject([{ score: 5 }])
    await desk.until('2026-12-02 09:00')
    const late = await desk.send(path, { ...voted, score: '1' })
    expect(late.text).toContain('ändern lässt sie sich nicht mehr')
    expect(await desk.surveys(number)).toMatchObject([{ score: 5 }])
    expect((await desk.standing(number)).state).toBe('resolved')
  })

  it('takes no vote after its days, and still leads to the manager (G8)', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    await desk.until('2026-12-28 10:00')
    const { text } = await desk.send(path, { do: 'vote', score: '3' })
    expect(text).toContain('nehmen wir zu diesem Anliegen nicht mehr entgegen')
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked', score: null }])
    expect((await desk.send(path, { do: 'manager', words: 'Bitte rufen Sie an.' })).text).toContain(
      'meldet sich',
    )
    await desk.send(path, { do: 'manager', words: 'Bitte rufen Sie an.' })
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
    expect(await desk.lettersTo('dirk', 'feedback-task')).toHaveLength(1)
  })

  it('opens nothing by a forged or unknown key, and refuses what is too large', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    const manager = managerPath(await desk.letter('closing'))
    const forged = [
      `${path.slice(0, -1)}${path.endsWith('a') ? 'b' : 'a'}`,
      path.replace('/feedback/s', '/feedback/m'),
      manager.replace('/feedback/m', '/feedback/s'),
      '/feedback/s',
      '/feedback/',
    ]
    for (const one of forged) {
      expect((await desk.open(one)).status).toBe(404)
      expect((await desk.send(one, { do: 'vote', score: '1' })).status).toBe(404)
    }
    expect((await desk.send(manager, { do: 'vote', score: '1' })).status).toBe(404)
    expect((await desk.send(path, { do: 'vote', score: '1', words: 'x'.repeat(80_000) })).status).toBe(413)
    expect((await desk.send(path, { do: 'vote', score: '7' })).text).toContain('noch nichts übernommen')
    expect((await desk.send(path, { do: 'reopen' })).status).toBe(404)
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked', score: null, words: '' }])
  })

  it('opens the matter again when it is asked to', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    const asked = await desk.send(path, { do: 'vote', score: '2', solved: 'no' })
    expect(asked.text).toContain('Sollen wir die Arbeit daran wieder aufnehmen?')
    expect((await desk.standing(number)).state).toBe('resolved')
    await desk.send(path, { do: 'reopen' })
    await desk.send(path, { do: 'reopen' })
    expect((await desk.standing(number)).state).toBe('open')
    expect((await desk.ticket(number)).entries.filter(({ kind }) => kind === 'reopened')).toHaveLength(1)
    expect(
      (await desk.promises(number)).filter(one => one.kind === 'resolution' && one.state === 'open'),
    ).toHaveLength(1)
  })
})

describe('a dissatisfied customer (G8)', () => {
  it('reaches the manager as a task with a promise, which the manager keeps by answering', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    await desk.send(surveyPath(await desk.letter('closing')), {
      do: 'vote',
      score: '1',
      words: 'Dauert zu lange.',
      manager: 'yes',
    })
    const [task, ...others] = await desk.lettersTo('dirk', 'feedback-task')
    expect(others).toEqual([])
    expect(task?.text).toContain('Dauert zu lange.')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
    // Another agent's answer is not the manager's.
    await desk.answer('anna', 'Guten Tag, wir bedauern das.')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
    await desk.answer(
      'dirk',
      'Guten Tag Frau Lindner, das tut mir leid. Ich kümmere mich selbst darum.',
      task,
    )
    expect((await desk.letter('agent-answer')).text).toContain('Ich kümmere mich selbst')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'kept' }])
  })

  it('is promised once, kept by a call as well, and closing the ticket again does not end it', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const path = surveyPath(await desk.letter('closing'))
    await desk.send(path, { do: 'vote', score: '1' })
    await desk.send(path, { do: 'vote', score: '2' })
    expect(await desk.managerPromises(number)).toHaveLength(1)
    await desk.mail(petra, `AW: [#${number}] Drucker`, 'Der Drucker druckt schon wieder nicht.')
    await desk.answer('anna', '#ergebnis Noch einmal gereinigt.\n#erledigt')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
    const [task] = await desk.lettersTo('dirk', 'feedback-task')
    await desk.answer('dirk', '#angerufen Lange mit Frau Lindner gesprochen.', task)
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'kept' }])
  })

  it('who hears nothing has the matter opened again, and it rises', async () => {
    const desk = await openFeedbackDesk(
      '2026-11-24T09:00',
      {},
      {
        config: {
          policy: {
            targets: [],
            levels: [
              { when: { broken: 'manager-contact' }, level: 4, because: 'the manager did not get in touch' },
            ],
          },
        },
      },
    )
    const number = await desk.closedMatter()
    await desk.send(surveyPath(await desk.letter('closing')), { do: 'vote', score: '1' })
    await desk.until('2026-11-24 11:30')
    expect((await desk.lettersTo('dirk', 'promise-task')).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Gespräch mit dem Kunden'),
    ])
    await desk.until('2026-11-24 13:30')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'broken' }])
    expect(await desk.standing(number)).toEqual({ state: 'open', level: 4 })
    expect(await desk.escalations(number)).toMatchObject([{ level: 4, state: 'waiting' }])
  })
})

describe('a vote by reply', () => {
  it('counts, opens nothing, and its trail says so', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const taken = await desk.reply(await desk.letter('closing'), petra, '4 Danke, hat geklappt')
    expect(taken).toMatchObject({ rule: 'feedback-reply', ticketNumber: number })
    expect(await desk.surveys(number)).toMatchObject([
      { score: 4, solved: true, how: 'reply', words: 'Danke, hat geklappt' },
    ])
    expect((await desk.standing(number)).state).toBe('resolved')
    expect(await desk.managerPromises(number)).toEqual([])
  })

  it('that is low reaches the manager, and its writer is told until when; an answer to that opens the matter', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    await desk.reply(await desk.letter('closing'), petra, 'nicht gelöst')
    expect(await desk.surveys(number)).toMatchObject([{ score: null, solved: false }])
    expect((await desk.standing(number)).state).toBe('resolved')
    expect(await desk.lettersTo('dirk', 'feedback-task')).toHaveLength(1)
    const told = await desk.letter('feedback-answer')
    expect(told.text).toContain('heute')
    const taken = await desk.reply(
      told,
      petra,
      'Bitte nehmen Sie die Arbeit wieder auf, er druckt nur leere Seiten.',
    )
    expect(taken.ticketNumber).toBe(number)
    expect((await desk.standing(number)).state).toBe('open')
  })

  it('is no vote where more is said, where it comes too late, and where somebody else sends it', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const letter = await desk.letter('closing')
    const other = { name: 'Olaf', address: 'olaf@fremd.example.com' }
    expect((await desk.reply(letter, other, '1 schlecht')).rule).not.toBe('feedback-reply')
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked' }])
    const taken = await desk.reply(letter, petra, '2 Fragen habe ich noch: Wer zahlt den Toner?')
    expect(taken.rule).not.toBe('feedback-reply')
    expect((await desk.standing(number)).state).toBe('open')
    const row = await desk.database.inbound.findUniqueOrThrow({ where: { id: taken.inboundId } })
    expect(JSON.stringify(row.trail)).toContain('is no vote')
  })
})

describe('the survey by telephone (G7)', () => {
  it('lists a sample of customers who have a number', async () => {
    const desk = await openFeedbackDesk('2026-11-24T09:00', { phonePercent: 100 })
    const without = await desk.closedMatter()
    expect(await desk.surveys(without)).toMatchObject([{ phone: 'not-listed' }])
    const { ticketNumber = '' } = await desk.mail(petra, 'Scanner klemmt', 'Guten Tag, der Scanner klemmt.')
    await desk.database.ticket.update({
      where: { number: ticketNumber },
      data: { customerPhone: '+494066969199' },
    })
    await desk.answer('anna', '#ergebnis Gereinigt.\n#erledigt')
    expect(await desk.surveys(ticketNumber)).toMatchObject([{ phone: 'listed' }])
  })
})
