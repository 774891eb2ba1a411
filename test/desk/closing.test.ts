import { expect, test } from 'vitest'
import { hasClosing } from '../../src/desk/closing.ts'

test.each([
  'Bitte starten Sie neu.\n\nMit freundlichen Grüßen\nAnna Fink',
  'Erledigt.\nViele Grüße, Anna',
  'Erledigt.\nMfG',
  'Please restart.\n\nKind regards,\nAnna',
  'Please restart.\n-- \nAnna Fink | Support',
  'Please restart.\nAnna Fink',
  'Done.\nFreundliche Grüsse aus Hamburg',
])('%j is closed', words => {
  expect(hasClosing(words, 'Anna Fink')).toBe(true)
})

test.each([
  'Bitte starten Sie das Gerät neu.',
  'Vielen Dank für Ihre Nachricht.',
  'Regardsless of the cable, restart it.',
  'Grußkarten drucken Sie mit Anna Fink so:',
  'Mit freundlicher Genehmigung des Herstellers senden wir Ihnen den Schaltplan, der auf Seite 12 beginnt.',
  `Kind regards\n${'line\n'.repeat(30)}`,
  '',
])('%j is not', words => {
  expect(hasClosing(words, 'Anna Fink')).toBe(false)
})
