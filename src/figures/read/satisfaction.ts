import { ofTicket } from '../columns.ts'
import type { Reader } from '../reader.ts'

/** C6: did the matter go wrong on its way? Then its votes are shown apart from the others. */
const wentWrong = `(exists (select from escalation e where e.ticket_id = t.id)
  or exists (select from guarantee g where g.ticket_id = t.id and g.state = 'broken'))`

export const satisfaction: Reader = {
  key: 'satisfaction',
  facts: `
    select s.voted_at as at, 'vote' as what, ${ofTicket}, s.score, s.solved, s.wants_manager,
      ${wentWrong} as went_wrong, true as answered
    from survey s join ticket t on t.id = s.ticket_id
    where s.voted_at >= $1 and s.voted_at < $2
    union all
    select s.asked_at, 'asked', ${ofTicket}, null, null, null, null, s.voted_at is not null
    from survey s join ticket t on t.id = s.ticket_id
    where s.asked_at >= $1 and s.asked_at < $2`,
  parts: [
    {
      ...{ key: 'score', kind: 'score', value: 'score', where: `what = 'vote'` },
      name: { de: 'Bewertung', en: 'Score' },
    },
    {
      ...{ key: 'solved', kind: 'share', part: 'solved', of: `what = 'vote' and solved is not null` },
      name: { de: 'Gelöst aus Sicht der Kunden', en: 'Solved, say customers' },
    },
    {
      ...{ key: 'answer-rate', kind: 'share', part: 'answered', of: `what = 'asked'` },
      name: { de: 'Antworten auf Umfragen', en: 'Surveys answered' },
    },
    {
      ...{ key: 'manager', kind: 'count', where: `what = 'vote' and wants_manager` },
      name: { de: 'Wunsch nach Gespräch mit der Leitung', en: 'Asked for the manager' },
    },
    {
      ...{ key: 'score-smooth', kind: 'score', value: 'score', where: `what = 'vote' and not went_wrong` },
      name: { de: 'Bewertung, wo alles glatt lief', en: 'Score where all went well' },
    },
    {
      ...{ key: 'score-wrong', kind: 'score', value: 'score', where: `what = 'vote' and went_wrong` },
      name: {
        de: 'Bewertung nach Eskalation oder gebrochener Zusage',
        en: 'Score after an escalation or a broken promise',
      },
    },
  ],
}
