import { describe, expect, it } from 'vitest'
import { isInPhoneSample } from '../../../src/desk/feedback/phone-sample.ts'
import { readReplyVote } from '../../../src/desk/feedback/reply-vote.ts'
import { rules } from '../../../src/desk/rules.ts'

const from = { address: 'petra@kunde.example.com', name: 'Petra Lindner' }
const read = (replyText: string) => readReplyVote({ replyText, attachments: [], from })

describe('a vote by reply', () => {
  it.each([
    ['4 Danke, hat geklappt', 4, true],
    ['5', 5, null],
    ['5/5 tadellos', 5, null],
    ['3 von 5', 3, null],
    ['4 out of 5, quick and friendly', 4, null],
    ['5 Sterne!', 5, null],
    ['2 - leider nicht gelöst', 2, false],
    ['1 immer noch nicht gelöst', 1, false],
    ['1, not solved', 1, false],
    ['2 still not solved', 2, false],
    ['5 Thank you', 5, null],
    ['4 Perfekt', 4, null],
    ['2 hat schlecht geklappt', 2, null],
    ['1 ging nicht', 1, false],
    ['1 ging überhaupt nicht', 1, false],
    ['1 hat nicht funktioniert, schlecht', 1, false],
    ['2 badly, hardly worked', 2, null],
    ['4 gut, nur halb gelöst', 4, null],
    ['4 good, not everything solved', 4, null],
    ['5 Danke, Internet funktioniert', 5, true],
    ['5 Worked, thanks', 5, true],
    ['nicht gelöst', null, false],
    ['Leider noch nicht gelöst.', null, false],
    ['Still not solved!', null, false],
    ['4 Danke\n\nMit freundlichen Grüßen\nPetra Lindner', 4, null],
    ['4 Danke\n\nPetra Lindner', 4, null],
  ])('reads %j', (text, score, solved) => {
    const result = read(text)
    expect(result.kind === 'vote' && [result.vote.score, result.vote.solved]).toEqual([score, solved])
  })

  it.each([
    '2 Fragen habe ich noch dazu',
    '3 not really working',
    '3 hat nicht wirklich funktioniert',
    '2 isn’t working properly',
    '3 Geräte sind ausgefallen',
    '2 Tage lang ging es, jetzt nicht mehr',
    '4 aber der zweite Drucker druckt noch immer nicht',
    '5 Danke! Können Sie mir noch die Rechnung schicken?',
    '4 Danke, bitte noch die Rechnung',
    '1. Das Netzteil fiepst',
    '10 Punkte',
    '45',
    '6',
    '0',
    '4,5 Stunden stand die Anlage',
    'Vielen Dank, hat geklappt',
    'Es ist nicht gelöst, weil die Anzeige flackert und der Techniker nie kam, das ärgert uns',
    '4 Danke\nDer Drucker im zweiten Stock macht jetzt dasselbe.',
    '',
    'nicht gelöst\n\nDie Anzeige flackert weiter.',
    `5 ${'gut '.repeat(40)}`,
  ])('leaves %j to a person', text => {
    expect(read(text).kind).toBe('mail')
  })

  it('leaves it to a person where something is attached, or where it is not sure what is new', () => {
    const file = { filename: 'a.pdf', contentType: 'application/pdf', size: 1, sha256: 'x', contentId: null }
    const attachments = [{ ...file, disposition: 'attachment' }]
    expect(readReplyVote({ replyText: '5 Danke', attachments, from }).kind).toBe('mail')
    expect(
      readReplyVote({ replyText: '5 Danke', replyConfidence: 'unsure', attachments: [], from }).kind,
    ).toBe('mail')
  })

  it('keeps the words as they were written', () => {
    expect(read('4 Danke, hat geklappt')).toMatchObject({ vote: { words: 'Danke, hat geklappt' } })
  })
})

describe('a machine', () => {
  it('casts no vote: its mails are recognised before anybody looks for one', () => {
    const names = rules.map(({ name }) => name)
    expect(names.indexOf('machine-mail')).toBeGreaterThanOrEqual(0)
    expect(names.indexOf('machine-mail')).toBeLessThan(names.indexOf('feedback-reply'))
  })
})

describe('the sample for the telephone', () => {
  it('is the same each time it is drawn, and about as large as it should be', () => {
    const ids = Array.from(
      { length: 2000 },
      (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    )
    const drawn = ids.filter(id => isInPhoneSample(id, 20))
    expect(drawn).toEqual(ids.filter(id => isInPhoneSample(id, 20)))
    expect(drawn.length).toBeGreaterThan(300)
    expect(drawn.length).toBeLessThan(500)
    expect(ids.some(id => isInPhoneSample(id, 0))).toBe(false)
    expect(ids.every(id => isInPhoneSample(id, 100))).toBe(true)
  })
})
