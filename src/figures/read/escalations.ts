import { ofTicket } from '../columns.ts'
import { countsOf, type Reader } from '../reader.ts'

export const escalations: Reader = {
  key: 'escalations',
  facts: `
    select e.opened_at as at, ${ofTicket}, e.level as to_level, e.cause, e.state,
      case when e.state = 'acknowledged' then extract(epoch from e.ended_at - e.opened_at) / 60 end as minutes
    from escalation e join ticket t on t.id = e.ticket_id
    where e.opened_at >= $1 and e.opened_at < $2`,
  parts: [
    { key: 'all', kind: 'count', where: 'true', name: { de: 'Eskalationen', en: 'Escalations' } },
    ...countsOf(
      'level-',
      {
        1: { de: 'zu Stufe 1', en: 'to level 1' },
        2: { de: 'zu Stufe 2', en: 'to level 2' },
        3: { de: 'zu Stufe 3', en: 'to level 3' },
        4: { de: 'zu Stufe 4', en: 'to level 4' },
      },
      key => `to_level = ${key}`,
    ),
    ...countsOf(
      'cause-',
      {
        command: { de: 'Anlass: Entscheidung eines Menschen', en: 'Cause: decision of a person' },
        policy: { de: 'Anlass: Regelwerk', en: 'Cause: policy' },
        'guarantee-broken': { de: 'Anlass: gebrochene Zusage', en: 'Cause: broken promise' },
        'guarantee-endangered': { de: 'Anlass: gefährdete Zusage', en: 'Cause: endangered promise' },
        unacknowledged: {
          de: 'Anlass: keine Bestätigung der Stufe darunter',
          en: 'Cause: level below silent',
        },
      },
      key => `cause = '${key}'`,
    ),
    {
      ...{ key: 'acknowledged', kind: 'share', part: `state = 'acknowledged'`, of: `state <> 'waiting'` },
      name: { de: 'Von der Stufe bestätigt', en: 'Acknowledged by the level' },
    },
    {
      ...{ key: 'minutes', kind: 'minutes', value: 'minutes', where: 'true' },
      name: { de: 'Bis zur Bestätigung, nach der Uhr', en: 'Until acknowledged, by the clock' },
    },
  ],
}
