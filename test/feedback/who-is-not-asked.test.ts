import { describe, expect, it } from 'vitest'
import { petra } from '../promises/desk.ts'
import { type FeedbackDesk, openFeedbackDesk, surveyPath } from './feedback-desk.ts'

/** Programs that answer the closing letter, and those who are not asked at all. */

const absences: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    'an absence note in German that begins with a number',
    { 'Auto-Submitted': 'auto-replied', Subject: 'Automatische Antwort: Ihr Anliegen' },
    '5 Tage bin ich nicht im Büro, danke für Ihre Nachricht.',
  ],
  [
    'an absence note in English',
    { 'X-Auto-Response-Suppress': 'All', Subject: 'Automatic reply: Your request' },
    '4 Thanks for your e-mail. I am out of the office until Monday.',
  ],
  [
    'an absence note that only its subject tells',
    { Subject: 'Abwesenheitsnotiz: Ihr Anliegen' },
    'Ich bin bis Freitag nicht erreichbar.',
  ],
  [
    'the receipt of another ticket system',
    { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk' },
    '1\n\nThank you, your request has been received.',
  ],
  [
    'a read receipt',
    { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=b' },
    '--b\nContent-Type: text/plain\n\n5 gelesen\n--b--',
  ],
]

describe('what a program answers to the closing letter', () => {
  it.each(absences)('%s is no vote and opens nothing', async (_, fields, body) => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const before = await desk.database.letter.count()
    const taken = await desk.bring(await desk.letter('closing'), fields, body)
    expect(taken.outcome).toBe('note-machine-mail')
    expect(await desk.surveys(number)).toMatchObject([{ state: 'asked', score: null, votedAt: null }])
    expect((await desk.standing(number)).state).toBe('resolved')
    expect(await desk.managerPromises(number)).toEqual([])
    expect(await desk.database.letter.count()).toBe(before)
  })

  it('is told from what the customer writes with the same program', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    const taken = await desk.bring(await desk.letter('closing'), {}, '4 Danke, hat geklappt')
    expect(taken.rule).toBe('feedback-reply')
    expect(await desk.surveys(number)).toMatchObject([{ score: 4, solved: true, how: 'reply' }])
  })
})

describe('nobody asks', () => {
  it('a sender that no program may answer', async () => {
    const desk = await openFeedbackDesk()
    const letter = { ...(await anyLetter(desk)), replyTo: 'support@example.com' }
    const { ticketNumber = '' } = await desk.bring(
      letter,
      {
        ...{ From: 'Shop <noreply@shop.example.com>', Subject: 'Neue Bestellung 4711', 'In-Reply-To': '' },
        'X-Auto-Response-Suppress': 'All',
      },
      'Guten Tag, eine Bestellung ist eingegangen, bitte pruefen Sie den Drucker.',
    )
    expect(ticketNumber).not.toBe('')
    await desk.answer('anna', '#ergebnis Bearbeitet.\n#erledigt')
    expect((await desk.standing(ticketNumber)).state).toBe('resolved')
    expect(await desk.surveys(ticketNumber)).toEqual([])
  })

  it('one of our own people', async () => {
    const desk = await openFeedbackDesk()
    const { ticketNumber = '' } = await desk.mail(petra, 'Drucker', 'Guten Tag, er druckt nicht.')
    await desk.database.ticket.update({
      where: { number: ticketNumber },
      data: { customerAddress: 'Bernd@example.com' },
    })
    await desk.answer('anna', '#ergebnis Gereinigt.\n#erledigt')
    expect(await desk.surveys(ticketNumber)).toEqual([])
  })

  it('the customers of a known problem, who are closed together', async () => {
    const desk = await openFeedbackDesk()
    const { ticketNumber = '' } = await desk.mail(petra, 'Drucker', 'Guten Tag, er meldet E42.')
    const notice = (await desk.lettersTo('anna', 'agent-notice')).at(-1)
    await desk.answer('anna', '#bekannt e42 Drucker meldet E42', notice)
    await desk.answer('anna', '#gelöst e42 Bitte schalten Sie ihn aus und wieder ein.', notice)
    await desk.until('10:00')
    expect((await desk.standing(ticketNumber)).state).toBe('resolved')
    expect(await desk.surveys(ticketNumber)).toEqual([])
  })

  it('twice, because an agent closes what is closed', async () => {
    const desk = await openFeedbackDesk()
    const number = await desk.closedMatter()
    await desk.answer('anna', '#erledigt')
    await desk.answer('anna', '#ergebnis Toner getauscht.\n#erledigt')
    expect(await desk.surveys(number)).toHaveLength(1)
    const asked = (await desk.letters(petra.address)).filter(letter => surveyPath(letter) !== '')
    expect(asked).toHaveLength(1)
  })
})

async function anyLetter(desk: FeedbackDesk) {
  await desk.mail(petra, 'Drucker', 'Guten Tag, er druckt nicht.')
  return desk.letter('auto-reply')
}
