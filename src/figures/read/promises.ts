import type { Language } from '../../desk/ticket.ts'
import { ofTicket } from '../columns.ts'
import { countsOf, type PartSpec, type Reader } from '../reader.ts'

const kinds: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'first-response': { de: 'Erste Antwort eingehalten', en: 'First response kept' },
  callback: { de: 'Rückruf eingehalten', en: 'Callback kept' },
  'status-update': { de: 'Zwischenstand eingehalten', en: 'Status update kept' },
  resolution: { de: 'Lösung eingehalten', en: 'Resolution kept' },
  'manager-contact': { de: 'Gespräch mit der Leitung eingehalten', en: "Manager's contact kept" },
}

const ofKind = Object.entries(kinds).map(
  ([key, name]): PartSpec => ({
    ...{ key, name, kind: 'share', part: `state = 'kept'` },
    of: `kind = '${key}' and state in ('kept', 'broken')`,
  }),
)

export const promises: Reader = {
  key: 'promises',
  facts: `
    select g.started_at as at, ${ofTicket}, g.kind, g.state
    from guarantee g join ticket t on t.id = g.ticket_id
    where g.started_at >= $1 and g.started_at < $2`,
  parts: [
    {
      ...{ key: 'kept', kind: 'share', part: `state = 'kept'`, of: `state in ('kept', 'broken')` },
      name: { de: 'Eingehalten', en: 'Kept' },
    },
    ...countsOf(
      '',
      {
        broken: { de: 'Gebrochen', en: 'Broken' },
        withdrawn: { de: 'Zurückgenommen', en: 'Withdrawn' },
        open: { de: 'Noch offen', en: 'Still running' },
      },
      key => `state = '${key}'`,
    ),
    ...ofKind,
  ],
}
