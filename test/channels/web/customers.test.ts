import { describe, expect, it } from 'vitest'
import { bringIn, contracts } from '../../intake/customers/bring-in.ts'
import { openDesk } from '../../promises/desk.ts'
import { browserOf } from './browser.ts'

const base = '/desk/customers'

async function opened(agent = 'anna') {
  const desk = await openDesk('2026-11-24T09:00', { config: { contracts } })
  await bringIn(desk.database, desk.config)
  const { database } = desk
  const browser = await browserOf(desk, agent)
  const company = await database.company.findUniqueOrThrow({ where: { number: 'K-1001' } })
  const eva = await database.contact.findFirstOrThrow({ where: { name: 'Eva Lang' } })
  const page = `${base}/company/${company.id}`
  const shown = async (path: string) => (await browser.get(path)).body
  /** Opens the form and sends it with what it holds, as changed by the fields. */
  const fill = async (path: string, fields: Record<string, string>) => {
    const { body } = await browser.get(path)
    const inputs = [...body.matchAll(/<input type="\w+" name="([\w-]+)" value="([^"]*)"/g)]
    const chosen = [...body.matchAll(/<select name="(\w+)"[^>]*>(.*?)<\/select>/gs)]
    const filled = Object.fromEntries([
      ...inputs.map(([, name = '', value = '']) => [name, value]),
      ...chosen.map(([, name = '', options = '']) => [
        name,
        /value="([^"]*)" selected/.exec(options)?.[1] ?? '',
      ]),
    ])
    return browser.post(path, { ...filled, ...fields })
  }
  return { desk, database, browser, company, eva, page, shown, fill }
}

describe('the customers’ pages', () => {
  it('find a customer by name, number, address, telephone, contract and serial number', async () => {
    const { page, shown } = await opened()
    for (const words of [
      ...['nordlicht', 'k-1001', 'eva.lang@', '0171 3920099', 'wv-2041', 'wx 4711 a', 'Eva Lang'],
    ]) {
      const body = await shown(`${base}?q=${encodeURIComponent(words)}`)
      expect(body, words).toContain(`href="${page}">Nordlicht Logistik GmbH</a>`)
      expect(body, words).toContain('1 Kunde<')
    }
    expect(await shown(base)).toContain('4 Kunden')
    expect(await shown(`${base}?q=lena`)).toContain('Privatkunde')
    expect(await shown(`${base}?q=${encodeURIComponent('%')}`)).toContain('findet sich niemand')
    expect(await shown(`${base}?q=${encodeURIComponent('"><b>x')}`)).toContain('value="&quot;&gt;&lt;b&gt;x"')
  })

  it('show fifty at a time', async () => {
    const { database, shown } = await opened()
    await database.company.createMany({
      data: Array.from({ length: 120 }, (_, at) => ({
        id: crypto.randomUUID(),
        number: `M-${at}`,
        name: `Muster ${String(at).padStart(3, '0')} GmbH`,
      })),
    })
    const second = await shown(`${base}?q=muster&page=2`)
    expect(second).toContain('120 Kunden')
    expect(second).toContain('Seite 2 von 3')
    expect([...second.matchAll(/Muster (\d+) GmbH/g)].map(([, number]) => number)).toEqual(
      Array.from({ length: 50 }, (_, at) => String(at + 50).padStart(3, '0')),
    )
    for (const odd of ['0', '-1', 'x', '999999999999'])
      expect((await shown(`${base}?page=${odd}`)).includes('<h1>Kunden</h1>')).toBe(true)
  })

  it('show a company with its people, contracts, devices and tickets', async () => {
    const { desk, page, shown } = await opened()
    const { ticketNumber: number = '' } = await desk.mail(
      { address: 'eva.lang@nordlicht.example', name: 'Eva Lang' },
      'Waage <steht>',
      'Sie steht.',
    )
    const body = await shown(page)
    expect(body).toContain('<h1>Nordlicht Logistik GmbH</h1>')
    expect(body).toContain('eva.lang@nordlicht.example')
    expect(body).toContain('+491713920099')
    expect(body).toContain('Wartungsvertrag Premium bis 31.12.2026 (Nr. WV-2041)')
    expect(body).toContain('WX-4711-A')
    expect(body).toContain('31.03.2027')
    expect(body).toContain('Waage &lt;steht&gt;')
    const [link = ''] = new RegExp(`/ticket/${number}-[\\w-]+`).exec(body) ?? []
    expect(await shown(link)).toMatch(new RegExp(`<h1>Ticket [^<]*${number}`))
  })

  it('speak English to whoever reads English', async () => {
    const { page, shown } = await opened('emma')
    expect(await shown(page)).toContain('Premium maintenance until 31 December 2026 (no. WV-2041)')
  })

  it('add a company, a contact, a contract and a device, as an import would', async () => {
    const { database, browser, fill, shown } = await opened()
    const added = await fill(`${base}/companies/new`, {
      number: 'K-2000',
      name: 'Elbe & Söhne',
      language: 'de',
    })
    expect(added.headers.get('location')).toBe(`${base}?told=done`)
    const { id } = await database.company.findUniqueOrThrow({ where: { number: 'K-2000' } })
    const of = `new?company=${id}`
    const person = { name: 'Ole Kamp', addresses: 'Ole@elbe.example', phones: '040 66969901', language: '' }
    await fill(`${base}/contacts/${of}`, person)
    const agreed = { number: 'WV-9', kind: 'premium', validFrom: '2026-01-01', validTo: '' }
    await fill(`${base}/contracts/${of}`, agreed)
    const device = { serial: 'QX 1', product: 'Kran', contract: 'WV-9', warrantyTo: '2027-05-01' }
    const last = await fill(`${base}/devices/${of}`, device)
    expect(last.headers.get('location')).toBe(`${base}/company/${id}?told=done`)
    const body = await shown(`${base}/company/${id}?told=done`)
    expect(body).toContain('Gespeichert.')
    for (const part of [
      'Elbe &amp; Söhne',
      'ole@elbe.example',
      '+494066969901',
      'WV-9',
      'QX 1',
      '01.05.2027',
    ])
      expect(body).toContain(part)
    await fill(`${base}/contacts/new`, {
      name: 'Uta Rau',
      addresses: 'uta@rau.example',
      phones: '',
      language: '',
    })
    const uta = await database.contact.findFirstOrThrow({ where: { name: 'Uta Rau' } })
    expect(uta.companyId).toBeNull()
    expect((await browser.get(`${base}/person/${uta.id}`)).body).toContain('uta@rau.example')
  })

  it('name what is wrong beside its field, keep what was typed, and write nothing', async () => {
    const { database, company, fill } = await opened()
    const form = { name: 'Ole <Kamp>', addresses: 'ole@', phones: '12', language: '' }
    const { status, body } = await fill(`${base}/contacts/new?company=${company.id}`, form)
    expect(status).toBe(422)
    expect(body).toContain('value="Ole &lt;Kamp&gt;"')
    expect(body).toMatch(
      /name="addresses" value="ole@"[^>]*aria-invalid="true"[^<]*<span class="quiet">[^<]*<\/span><span class="fault" id="fault-addresses">Das ist keine E-Mail-Adresse/,
    )
    expect(body).toContain('id="fault-phones">Das ist keine Telefonnummer')
    const nobody = { name: 'Ole', addresses: '', phones: '', language: '' }
    expect((await fill(`${base}/contacts/new?company=${company.id}`, nobody)).body).toContain(
      'Bitte nennen Sie eine E-Mail-Adresse oder eine Telefonnummer.',
    )
    const empty = await fill(`${base}/companies/new`, { number: '', name: '', language: '' })
    expect(empty.body).toContain('id="fault-name">Bitte ausfüllen.')
    const taken = await fill(`${base}/companies/new`, { number: 'k 1001', name: 'Andere', language: '' })
    expect(taken.body).toContain('id="fault-number">Das gibt es schon.')
    const backwards = { number: 'X', kind: 'premium', validFrom: '2026-02-01', validTo: '2026-01-01' }
    expect((await fill(`${base}/contracts/new?company=${company.id}`, backwards)).body).toContain(
      'Der Vertrag endet, bevor er beginnt.',
    )
    expect(await database.contact.count()).toBe(5)
    expect(await database.company.count()).toBe(3)
    expect(await database.contract.count()).toBe(2)
  })

  it('change a contact, whatever it is called afterwards', async () => {
    const { database, eva, page, fill } = await opened()
    const changed = await fill(`${base}/contacts/${eva.id}/edit`, {
      ...{ name: 'Eva Lang-Voss', addresses: 'eva.voss@nordlicht.example', phones: '' },
    })
    expect(changed.headers.get('location')).toBe(`${page}?told=done`)
    const after = await database.contact.findUniqueOrThrow({
      where: { id: eva.id },
      include: { points: true },
    })
    expect(after.name).toBe('Eva Lang-Voss')
    expect(after.points.map(({ value }) => value)).toEqual(['eva.voss@nordlicht.example'])
    const same = await fill(`${base}/contacts/${eva.id}/edit`, { name: 'jonas petersen' })
    expect(same.body).toContain('id="fault-name">Das gibt es schon.')
  })

  it('undo nothing that somebody else did meanwhile', async () => {
    const { database, eva, browser, shown } = await opened()
    const path = `${base}/contacts/${eva.id}/edit`
    const was = /name="was" value="([^"]+)"/.exec(await shown(path))?.[1] ?? ''
    await database.contact.update({ where: { id: eva.id }, data: { name: 'Eva Neu' } })
    const late = { was, name: 'Eva Alt', addresses: 'eva@x.example', phones: '', language: '' }
    const { status, body } = await browser.post(path, late)
    expect(status).toBe(409)
    expect(body).toContain('Jemand hat die Angaben inzwischen geändert')
    expect(body).toContain('value="Eva Neu"')
    expect((await database.contact.findUniqueOrThrow({ where: { id: eva.id } })).name).toBe('Eva Neu')
  })

  it('keep number and company of a row, whatever a form says', async () => {
    const { database, fill } = await opened()
    const contract = await database.contract.findUniqueOrThrow({ where: { number: 'WV-2041' } })
    await fill(`${base}/contracts/${contract.id}/edit`, {
      ...{ kind: 'standard', number: 'WV-1877', company: 'K-1002' },
    })
    expect(await database.contract.findUniqueOrThrow({ where: { id: contract.id } })).toEqual({
      ...contract,
      kind: 'standard',
    })
  })

  it('end a contract on a day, and take a contact and a device out of the books', async () => {
    const { desk, database, eva, page, fill, shown } = await opened()
    const { ticketNumber: number = '' } = await desk.mail(
      { address: 'eva.lang@nordlicht.example', name: 'Eva Lang' },
      'Waage WX-4711-A',
      'Die Waage WX-4711-A steht.',
    )
    const contract = await database.contract.findUniqueOrThrow({ where: { number: 'WV-2041' } })
    const end = `${base}/contracts/${contract.id}/end`
    expect(await shown(end)).toContain('value="2026-11-24"')
    expect((await fill(end, { validTo: '' })).body).toContain('Bitte ausfüllen.')
    expect((await fill(end, { validTo: '2025-11-30' })).status).toBe(422)
    await fill(end, { validTo: '2026-11-23' })
    expect(await shown(page)).toContain('Vertrag abgelaufen am 23.11.2026')
    const device = await database.device.findUniqueOrThrow({ where: { serialKey: 'WX4711A' } })
    for (const path of [`devices/${device.id}`, `contacts/${eva.id}`]) {
      expect(await shown(`${base}/${path}/end`)).toContain('<button>Entfernen</button>')
      const gone = await fill(`${base}/${path}/end`, {})
      expect(gone.headers.get('location')).toBe(`${page}?told=removed`)
      expect((await fill(`${base}/${path}/end`, {})).status).toBe(404)
    }
    expect(await database.ticket.findFirstOrThrow({ where: { number } })).toMatchObject({
      ...{ customerName: 'Eva Lang', contactId: null, deviceId: null },
    })
  })

  it('take a company out of the books only when nothing is left in it', async () => {
    const { database, company, browser, fill } = await opened()
    const full = await fill(`${base}/companies/${company.id}/end`, {})
    expect([full.status, full.body.includes('hat noch Ansprechpartner')]).toEqual([409, true])
    await browser.post(`${base}/companies/new`, { number: 'K-9', name: 'Leer GmbH', language: '' })
    const { id } = await database.company.findUniqueOrThrow({ where: { number: 'K-9' } })
    expect((await fill(`${base}/companies/${id}/end`, {})).headers.get('location')).toBe(
      `${base}?told=removed`,
    )
    expect(await database.company.count()).toBe(3)
  })

  it('change nothing by being opened', async () => {
    const { database, eva, browser, company, page } = await opened()
    const all = () =>
      Promise.all([
        database.company.findMany({ orderBy: { id: 'asc' } }),
        database.contact.findMany({ orderBy: { id: 'asc' }, include: { points: true } }),
        database.contract.findMany({ orderBy: { id: 'asc' } }),
        database.device.findMany({ orderBy: { id: 'asc' } }),
      ])
    const before = await all()
    for (const path of [
      page,
      `${base}/contacts/${eva.id}/edit`,
      `${base}/contacts/${eva.id}/end`,
      `${base}/companies/${company.id}/end`,
    ])
      expect(await browser.get(path)).toMatchObject({ status: 200 })
    expect(await all()).toEqual(before)
  })

  it.each([
    'company/nobody',
    'company/00000000-0000-0000-0000-000000000000',
    'person/x',
    'gossip/new',
    'contacts/new?company=1',
    'devices/new',
    'contacts/00000000-0000-0000-0000-000000000000/edit',
  ])('say that there is no such page: %s', async path => {
    const { browser } = await opened()
    const { status, body } = await browser.get(`${base}/${path}`)
    expect(status).toBe(404)
    expect(body).toContain('Nicht gefunden')
  })

  it('read no form that is larger than anybody types', async () => {
    const { browser } = await opened()
    const { status, body } = await browser.post(`${base}/companies/new`, { name: 'x'.repeat(40_000) })
    expect(status).toBe(413)
    expect(body).toContain('Das Formular war nicht zu lesen')
  })
})
