import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { definitions } from '../../../../src/figures/definitions.ts'
import { figureResultSchema } from '../../../../src/figures/figure-schema.ts'
import { openDesk, petra } from '../../../promises/desk.ts'
import { browserOf, openBrowser } from '../browser.ts'

const base = '/desk/reports'
const areas = { net: { name: { de: 'Netz <1>', en: 'Network <1>' } } }

async function opened(agent = 'anna') {
  const desk = await openDesk('2026-11-24T09:00', { config: { areas } })
  await desk.mail(petra, 'Drucker steht', 'Er druckt nicht.')
  await desk.mail({ address: 'olaf@kunde.example.com', name: 'Olaf Beck' }, 'Netz weg', 'Kein Netz.')
  const browser = await browserOf(desk, agent)
  return { desk, browser, shown: async (path: string) => (await browser.get(path)).body }
}

describe('the report pages', () => {
  it('open for agents who are signed in, and for nobody else', async () => {
    const { desk } = await opened()
    for (const path of [base, `${base}/throughput`, `${base}/all.csv`]) {
      const { status, headers } = await openBrowser(desk).get(path)
      expect([status, headers.get('location')]).toEqual([303, '/desk/sign-in'])
    }
  })

  it('show every figure with its course, and lead to each', async () => {
    const { shown } = await opened()
    const body = await shown(base)
    for (const { key, name } of definitions)
      expect(body).toMatch(new RegExp(`<a href="${base}/${key}\\?[^"]*">${name.de}</a>`))
    expect(body).toContain('<strong>2</strong> <span class="quiet">Neu eröffnet</span>')
    expect(body.match(/<svg class="chart" role="img"/g)).toHaveLength(definitions.length)
  })

  it('draw each figure with its numbers in a table beside it, whatever it is told apart by', async () => {
    const { browser } = await opened('emma')
    for (const { key, name, dimensions } of definitions)
      for (const by of dimensions) {
        const { status, body } = await browser.get(`${base}/${key}?by=${by}`)
        expect([key, by, status]).toEqual([key, by, 200])
        expect(body).toContain(`<h1>${name.en}</h1>`)
        const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
        expect(new Set(ids).size, `${key} by ${by}`).toBe(ids.length)
        expect(body.match(/<svg class="chart"/g)?.length ?? 0).toBe(body.match(/<desc /g)?.length ?? 0)
        // The policy of these pages allows neither.
        expect(body).not.toMatch(/ style="|<script/)
      }
  })

  it('filter by what the address says, and escape what a name holds', async () => {
    const { desk, shown } = await opened()
    await desk.database.ticket.updateMany({ where: { subject: 'Netz weg' }, data: { area: 'net' } })
    const apart = await shown(`${base}/throughput?by=area`)
    expect(apart).toContain('Netz &lt;1&gt;</a>')
    expect(apart).not.toContain('Netz <1>')
    const [, link = ''] = /href="([^"]*)">Netz &lt;1&gt;<\/a>/.exec(apart) ?? []
    const only = await shown(`${base}/throughput${link.replaceAll('&amp;', '&')}`)
    expect(only).toContain('Servicebereich: Netz &lt;1&gt;')
    expect(only).toMatch(/Neu eröffnet<\/th><td class="number" data-name="Wert">1</)
    expect(await shown(`${base}/throughput?area=-`)).toMatch(
      /Neu eröffnet<\/th><td class="number" data-name="Wert">1</,
    )
  })

  it('say what cannot be shown as it was asked for, and show what can', async () => {
    const { browser, shown } = await opened()
    expect(await shown(`${base}?from=2026-12-01&to=2026-11-01`)).toContain('endet, bevor er beginnt')
    expect(await shown(`${base}?from=gestern`)).toContain('Das ist kein Datum')
    expect(await shown(`${base}?from=0001-01-01`)).toContain('höchstens zehn Jahre')
    expect(await shown(`${base}/throughput?by=day&from=2024-01-01`)).toContain('zu lang')
    expect(await shown(`${base}/throughput?by=vendor`)).toContain('nicht aufteilen')
    const odd = [
      'by=%00',
      'by[]=day',
      'area=%00',
      'customer=x',
      `group=${'x'.repeat(5000)}`,
      'from=2026-02-30',
      'to[a]=1',
    ]
    for (const query of odd)
      expect((await browser.get(`${base}/throughput?${query}`)).status, query).toBe(200)
    for (const path of ['nothing', 'throughput.exe', 'all', 'throughput.csv.csv', '..%2fsign-in'])
      expect((await browser.get(`${base}/${path}`)).status, path).toBe(404)
  })

  it('give the same figures as files', async () => {
    const { browser } = await opened()
    const csv = await browser.get(`${base}/all.csv?from=2026-11-23&to=2026-11-24`)
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename=all-2026-11-23-2026-11-24.csv')
    const rows: Record<string, string>[] = parse(csv.body, { columns: true, bom: true })
    expect(
      rows.find(({ figure, part, by }) => figure === 'throughput' && part === 'opened' && by === ''),
    ).toMatchObject({ count: '2' })
    const json: unknown = JSON.parse((await browser.get(`${base}/throughput.json?by=channel`)).body)
    expect(figureResultSchema.array().parse(json)).toMatchObject([
      { figure: 'throughput', slices: [{ key: 'mail' }] },
    ])
  })
})
